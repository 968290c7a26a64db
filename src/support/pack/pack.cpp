// A mark, the length of the text as four bytes, and one block of LZ4.
#include "support/pack/pack.h"

#include <cstdint>
#include <memory>

#include <lz4.h>

namespace pack {
namespace {

constexpr std::size_t kHeadBytes = 5;
// No block is smaller than its text by more: what claims to be is not opened.
constexpr std::size_t kRatioMax = 256;

std::unexpected<base::Error> bad() {
  return base::fail("bad_packing", "the packed text does not open: cut short or changed");
}

struct Free {
  void operator()(LZ4_stream_t* stream) const { LZ4_freeStream(stream); }
};

}  // namespace

std::string pack(std::string_view text, std::string_view words) {
  if (text.size() > LZ4_MAX_INPUT_SIZE) return std::string(text);
  const int size = static_cast<int>(text.size());
  const int bound = LZ4_compressBound(size);
  thread_local const std::unique_ptr<LZ4_stream_t, Free> kStream(LZ4_createStream());
  LZ4_loadDict(kStream.get(), words.data(), static_cast<int>(words.size()));
  std::string packed(kHeadBytes + static_cast<std::size_t>(bound), '\0');
  packed[0] = kMark;
  const auto length = static_cast<std::uint32_t>(size);
  for (std::size_t at = 0; at < 4; ++at) {
    packed[1 + at] = static_cast<char>(length >> (24 - 8 * at) & 0xFF);
  }
  const int written = LZ4_compress_fast_continue(kStream.get(), text.data(),
                                                 packed.data() + kHeadBytes, size, bound, 1);
  packed.resize(kHeadBytes + static_cast<std::size_t>(written));
  return packed;
}

base::Result<std::string> unpack(std::string_view bytes, std::string_view words) {
  if (bytes.empty() || bytes.front() != kMark) return std::string(bytes);
  if (bytes.size() < kHeadBytes) return bad();
  std::size_t size = 0;
  for (const char byte : bytes.substr(1, 4)) size = size << 8 | static_cast<unsigned char>(byte);
  bytes.remove_prefix(kHeadBytes);
  if (size > LZ4_MAX_INPUT_SIZE || size > bytes.size() * kRatioMax) return bad();
  std::string text(size, '\0');
  const int read = LZ4_decompress_safe_usingDict(
      bytes.data(), text.data(), static_cast<int>(bytes.size()), static_cast<int>(size),
      words.data(), static_cast<int>(words.size()));
  if (read < 0 || static_cast<std::size_t>(read) != size) return bad();
  return text;
}

}  // namespace pack
