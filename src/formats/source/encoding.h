// Character encodings of source files: bytes to UTF-8, and a guard against the wrong one.
//
// Telecom exports say one encoding and hold another; read with the wrong one, every name with å
// is spoiled and nothing fails. EncodingProbe looks at the whole file before anything is stored
// and refuses what is surely not what the mapping says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result/result.h"

namespace formats::source {

enum class Encoding { kUtf8, kLatin1, kWindows1252 };

// "utf-8", "utf-8-bom", "iso-8859-1", "windows-1252". A byte-order mark before UTF-8 is skipped
// whether it was announced or not. Errors: unknown_encoding.
[[nodiscard]] base::Result<Encoding> parse_encoding(std::string_view name);
[[nodiscard]] std::string_view to_text(Encoding encoding);

// A line of a file as UTF-8. Errors: nul_byte, control_character, bad_encoding; place: the byte.
[[nodiscard]] base::Result<std::string> decode(Encoding encoding, std::string_view bytes);
// Stands where text was lost (U+FFFD). A line that holds it is refused, so that a record which
// lost something is never taken for a whole one.
inline constexpr std::string_view kLostText = "\xEF\xBF\xBD";
// Something readable for people, whatever the bytes are; never fails.
[[nodiscard]] std::string decode_for_display(Encoding encoding, std::string_view bytes);

// Collects what the bytes of a file say about its encoding, in chunks of any size.
class EncodingProbe {
 public:
  void look_at(std::string_view chunk);
  // Errors: wrong_encoding, which names the encoding that the file surely has.
  [[nodiscard]] base::Result<> check(Encoding declared, std::string_view file) const;

 private:
  void look_at_utf8(std::uint8_t byte);

  std::string head_;  // The first bytes, for byte-order marks.
  bool has_multibyte_ = false;
  bool has_broken_utf8_ = false;
  // The UTF-8 character being read: bytes still to come, and the least value of the next one.
  int pending_ = 0;
  std::uint8_t next_min_ = 0x80, next_max_ = 0xBF;
};

}  // namespace formats::source
