#include "formats/document/pdf/deflate.h"

#include <libdeflate.h>

#include "base/result/check.h"

namespace formats::document::pdf {
namespace {

constexpr int kFastLevel = 1;
constexpr int kSmallLevel = 12;

struct Free {
  void operator()(libdeflate_compressor* compressor) const {
    libdeflate_free_compressor(compressor);
  }
};

}  // namespace

struct Deflater::Parts {
  std::unique_ptr<libdeflate_compressor, Free> compressor;
};

Deflater::Deflater(Effort effort) : parts_(std::make_unique<Parts>()) {
  parts_->compressor.reset(
      libdeflate_alloc_compressor(effort == Effort::kFast ? kFastLevel : kSmallLevel));
  CHECK(parts_->compressor != nullptr);
}
Deflater::~Deflater() = default;
Deflater::Deflater(Deflater&&) noexcept = default;

std::string Deflater::deflate(std::string_view bytes) {
  libdeflate_compressor* compressor = parts_->compressor.get();
  std::string out(libdeflate_zlib_compress_bound(compressor, bytes.size()), '\0');
  const std::size_t size =
      libdeflate_zlib_compress(compressor, bytes.data(), bytes.size(), out.data(), out.size());
  CHECK(size > 0);
  out.resize(size);
  return out;
}

}  // namespace formats::document::pdf
