#include "base/id/id.h"
#include "base/text/beginning.h"

namespace base {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kLetters = 26;  // 26 x 5 = 130 bits: the first letter is 0 to 7.

}  // namespace

std::string print_id(std::string_view prefix, const IdBytes& bytes) {
  std::string text(prefix);
  text.push_back('_');
  unsigned buffer = 0;
  int bits = 2;  // Two leading zero bits make 130.
  for (const std::uint8_t byte : bytes) {
    buffer = buffer << 8 | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text.push_back(kAlphabet[buffer >> bits & 31U]);
    }
  }
  return text;
}

Result<IdBytes> parse_id(std::string_view prefix, std::string_view text) {
  const auto bad = [&] {
    return fail("not_an_id",
                "'" + beginning(text, 60) + "' is not an id like " + std::string(prefix) + "_...");
  };
  const std::size_t skip = prefix.size() + 1;
  if (text.size() != skip + kLetters || !text.starts_with(prefix) || text[prefix.size()] != '_') {
    return bad();
  }
  IdBytes bytes{};
  unsigned buffer = 0;
  int bits = -2;
  std::size_t at = 0;
  for (const char letter : text.substr(skip)) {
    const std::size_t value = kAlphabet.find(letter);
    if (value == std::string_view::npos) return bad();
    if (at == 0 && bits == -2 && value > 7) return bad();
    buffer = buffer << 5 | static_cast<unsigned>(value);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = static_cast<std::uint8_t>(buffer >> bits & 255U);
    }
  }
  return bytes;
}

}  // namespace base
