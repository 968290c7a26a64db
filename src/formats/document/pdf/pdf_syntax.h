// The smallest parts of PDF (ISO 32000-1, 7.3): numbers, strings, streams; and lengths on paper.
//
// Lengths are whole hundredths of a point, so that the same paper has the same bytes everywhere;
// a point is 1/72 inch.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace formats::document::pdf {

using Length = std::int32_t;  // Hundredths of a point.

inline constexpr Length kPoint = 100;
// Millimetres and tenths of them.
[[nodiscard]] constexpr Length mm(std::int32_t whole, std::int32_t tenths = 0) {
  return static_cast<Length>((std::int64_t{whole} * 10 + tenths) * 28'346'457 / 1'000'000);
}

// "12.5", "-3", "0.07".
void append_length(std::string& out, Length length);
// One byte of a string within parentheses.
void append_escaped(std::string& out, char byte);
// <FEFF...>: text that a reader of the file shows or copies, as UTF-16.
[[nodiscard]] std::string text_string(std::string_view utf8);

// A character of UTF-8 that takes several bytes, at `at`, which moves behind it; U+FFFD for what
// is broken.
[[nodiscard]] char32_t next_long_character(std::string_view text, std::size_t& at);
// The next character, whatever its length.
[[nodiscard]] inline char32_t next_character(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first >= 0x80) return next_long_character(text, at);
  ++at;
  return first;
}
void append_utf8(std::string& out, char32_t character);
// Big-endian UTF-16 in hexadecimal.
void append_utf16_hex(std::string& out, char32_t character);
// "&lt;", and no character that XML does not know.
[[nodiscard]] std::string escaped_xml(std::string_view text);

// "<< ... /Length 12 >>\nstream\n...\nendstream"
[[nodiscard]] std::string stream_object(std::string_view entries, std::string_view bytes);

}  // namespace formats::document::pdf
