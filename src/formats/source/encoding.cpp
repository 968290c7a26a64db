#include "formats/source/encoding.h"
#include "base/text/beginning.h"

#include <algorithm>
#include <array>

namespace formats::source {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

struct EncodingName {
  std::string_view name;
  Encoding encoding;
};
constexpr EncodingName kEncodingNames[] = {
    {"utf-8", Encoding::kUtf8},
    {"iso-8859-1", Encoding::kLatin1},
    {"windows-1252", Encoding::kWindows1252},
    {"utf-8-bom", Encoding::kUtf8},
};

// Windows-1252 from 0x80 to 0x9F; zero where the code page has nothing.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_utf8(std::string& out, unsigned code) {
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0 | code >> 6));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xE0 | code >> 12));
    out.push_back(static_cast<char>(0x80 | (code >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
}

// What a lead byte announces: how many bytes follow, and the limits of the first of them
// (Unicode table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF).
struct Lead {
  int following = -1;  // Less than none: no lead byte.
  std::uint8_t next_min = 0x80, next_max = 0xBF;
};

Lead read_lead(std::uint8_t byte) {
  if (byte < 0x80) return {.following = 0};
  if (byte < 0xC2) return {};
  if (byte < 0xE0) return {.following = 1};
  if (byte == 0xE0) return {.following = 2, .next_min = 0xA0};
  if (byte == 0xED) return {.following = 2, .next_max = 0x9F};
  if (byte < 0xF0) return {.following = 2};
  if (byte == 0xF0) return {.following = 3, .next_min = 0x90};
  if (byte < 0xF4) return {.following = 3};
  if (byte == 0xF4) return {.following = 3, .next_max = 0x8F};
  return {};
}

// Zero where the byte means nothing in the encoding.
unsigned code_of(Encoding encoding, std::uint8_t byte) {
  if (byte < 0x80 || byte >= 0xA0) return byte;
  return encoding == Encoding::kWindows1252 ? kWindows1252[byte - 0x80U] : 0U;
}

std::unexpected<base::Error> refuse(std::string_view code, std::string text, std::size_t at) {
  return base::fail(code, std::move(text), "byte " + std::to_string(at + 1));
}

// The place of the first byte that is not UTF-8, or npos.
std::size_t find_broken_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const Lead lead = read_lead(static_cast<std::uint8_t>(bytes[at]));
    if (lead.following < 0) return at;
    for (int nth = 1; nth <= lead.following; ++nth) {
      const std::size_t next = at + static_cast<std::size_t>(nth);
      if (next >= bytes.size()) return at;
      const auto byte = static_cast<std::uint8_t>(bytes[next]);
      const bool first = nth == 1;
      if (byte < (first ? lead.next_min : 0x80) || byte > (first ? lead.next_max : 0xBF)) return at;
    }
    at += static_cast<std::size_t>(lead.following) + 1;
  }
  return std::string_view::npos;
}

}  // namespace

base::Result<Encoding> parse_encoding(std::string_view name) {
  const auto found = std::ranges::find(kEncodingNames, name, &EncodingName::name);
  if (found == std::end(kEncodingNames)) {
    return base::fail("unknown_encoding", "'" + base::beginning(name, 40) +
                                              "' is not utf-8, utf-8-bom, iso-8859-1 or "
                                              "windows-1252");
  }
  return found->encoding;
}

std::string_view to_text(Encoding encoding) {
  return std::ranges::find(kEncodingNames, encoding, &EncodingName::encoding)->name;
}

base::Result<std::string> decode(Encoding encoding, std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto byte = static_cast<std::uint8_t>(bytes[at]);
    if (byte == 0) return refuse("nul_byte", "the line holds a NUL byte", at);
    if ((byte < 0x20 && byte != '\t') || byte == 0x7F) {
      return refuse("control_character", "the line holds a control character", at);
    }
  }
  if (encoding == Encoding::kUtf8) {
    if (const std::size_t at = find_broken_utf8(bytes); at != std::string_view::npos) {
      return refuse("bad_encoding", "the line is not valid UTF-8", at);
    }
    if (const std::size_t at = bytes.find(kLostText); at != std::string_view::npos) {
      return refuse("bad_encoding", "the line holds the sign that stands for a lost letter", at);
    }
    return std::string(bytes);
  }
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 16);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const unsigned code = code_of(encoding, static_cast<std::uint8_t>(bytes[at]));
    if (code == 0) {
      return refuse("bad_encoding",
                    "the line holds a byte that is no letter in " + std::string(to_text(encoding)),
                    at);
    }
    append_utf8(text, code);
  }
  return text;
}

std::string decode_for_display(Encoding encoding, std::string_view bytes) {
  if (auto text = decode(encoding, bytes)) return *std::move(text);
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    const unsigned code = code_of(Encoding::kWindows1252, byte);
    if ((byte < 0x20 && byte != '\t') || byte == 0x7F || code == 0) {
      text += kLostText;
    } else {
      append_utf8(text, code);
    }
  }
  return text;
}

void EncodingProbe::look_at(std::string_view chunk) {
  if (head_.size() < 3) head_ += chunk.substr(0, 3 - head_.size());
  for (const char c : chunk) look_at_utf8(static_cast<std::uint8_t>(c));
}

void EncodingProbe::look_at_utf8(std::uint8_t byte) {
  if (pending_ > 0 && byte >= next_min_ && byte <= next_max_) {
    next_min_ = 0x80;
    next_max_ = 0xBF;
    if (--pending_ == 0) has_multibyte_ = true;
    return;
  }
  if (pending_ > 0) has_broken_utf8_ = true;
  const Lead lead = read_lead(byte);
  if (lead.following < 0) has_broken_utf8_ = true;
  pending_ = std::max(lead.following, 0);
  next_min_ = lead.next_min;
  next_max_ = lead.next_max;
}

base::Result<> EncodingProbe::check(Encoding declared, std::string_view file) const {
  const auto wrong = [&](std::string_view truth) {
    return base::fail("wrong_encoding",
                      "the mapping says " + std::string(to_text(declared)) +
                          ", but the file is in " + std::string(truth) +
                          "; correct the mapping or ask for the right file",
                      std::string(file));
  };
  if (head_.starts_with("\xFF\xFE") || head_.starts_with("\xFE\xFF")) return wrong("UTF-16");
  if (declared == Encoding::kUtf8) {
    // One spoilt line among good ones is that line's matter; nothing but spoilt ones is not.
    if (has_broken_utf8_ && !has_multibyte_) return wrong("another encoding, perhaps iso-8859-1");
    return {};
  }
  // What reads as UTF-8 from end to end, with letters outside ASCII, is never anything else.
  if (head_.starts_with(kUtf8Mark) || (has_multibyte_ && !has_broken_utf8_)) return wrong("utf-8");
  return {};
}

}  // namespace formats::source
