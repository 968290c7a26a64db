#include "formats/document/pdf/pdf_syntax.h"

#include <array>

namespace formats::document::pdf {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

void append_hex16(std::string& out, std::uint32_t value) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[(value >> shift) & 0xF];
}

[[nodiscard]] int length_of_sequence(unsigned char first) {
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

}  // namespace

void append_length(std::string& out, Length length) {
  if (length < 0) {
    out += '-';
    length = -length;
  }
  std::array<char, 12> digits;
  std::size_t at = digits.size();
  Length whole = length / kPoint;
  do {
    digits[--at] = static_cast<char>('0' + whole % 10);
    whole /= 10;
  } while (whole > 0);
  out.append(digits.data() + at, digits.size() - at);
  const Length rest = length % kPoint;
  if (rest == 0) return;
  out += '.';
  out += static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) out += static_cast<char>('0' + rest % 10);
}

void append_escaped(std::string& out, char byte) {
  switch (byte) {
    case '(':
    case ')':
    case '\\': out += '\\'; break;
    case '\r': out += "\\r"; return;  // Bare, it would be read as a line end.
    default: break;
  }
  out += byte;
}

std::string text_string(std::string_view utf8) {
  std::string out = "<FEFF";
  for (std::size_t at = 0; at < utf8.size();) append_utf16_hex(out, next_character(utf8, at));
  return out + ">";
}

char32_t next_long_character(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const int length = length_of_sequence(first);
  const auto size = static_cast<std::size_t>(length);
  if (length == 0 || text.size() - at < size) {
    ++at;
    return kReplacement;
  }
  char32_t character = first & (0xFFU >> (length + 1));
  for (std::size_t next = 1; next < size; ++next) {
    const auto byte = static_cast<unsigned char>(text[at + next]);
    if ((byte & 0xC0) != 0x80) {
      ++at;
      return kReplacement;
    }
    character = (character << 6) | (byte & 0x3FU);
  }
  constexpr char32_t kFirstOfLength[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (character < kFirstOfLength[length] || character > 0x10FFFF || is_surrogate) {
    ++at;
    return kReplacement;
  }
  at += size;
  return character;
}

void append_utf8(std::string& out, char32_t character) {
  const auto add = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (character < 0x80) {
    add(character);
  } else if (character < 0x800) {
    add(0xC0 | (character >> 6));
    add(0x80 | (character & 0x3F));
  } else if (character < 0x10000) {
    add(0xE0 | (character >> 12));
    add(0x80 | ((character >> 6) & 0x3F));
    add(0x80 | (character & 0x3F));
  } else {
    add(0xF0 | (character >> 18));
    add(0x80 | ((character >> 12) & 0x3F));
    add(0x80 | ((character >> 6) & 0x3F));
    add(0x80 | (character & 0x3F));
  }
}

void append_utf16_hex(std::string& out, char32_t character) {
  if (character < 0x10000) {
    append_hex16(out, character);
    return;
  }
  const char32_t above = character - 0x10000;
  append_hex16(out, 0xD800 + (above >> 10));
  append_hex16(out, 0xDC00 + (above & 0x3FF));
}

std::string escaped_xml(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t character = next_character(text, at);
    switch (character) {
      case U'&': out += "&amp;"; break;
      case U'<': out += "&lt;"; break;
      case U'>': out += "&gt;"; break;
      default:
        if (character < 0x20 || character == 0xFFFE || character == 0xFFFF) {
          out += ' ';
        } else {
          append_utf8(out, character);
        }
    }
  }
  return out;
}

std::string stream_object(std::string_view entries, std::string_view bytes) {
  std::string out = "<<";
  out += entries;
  out += "/Length " + std::to_string(bytes.size()) + ">>\nstream\n";
  out += bytes;
  out += "\nendstream";
  return out;
}

}  // namespace formats::document::pdf
