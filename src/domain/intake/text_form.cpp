#include "domain/intake/text_form.h"

#include <algorithm>
#include <cstdint>

#include "domain/check/characters.h"

namespace domain {
namespace {

// A letter of UTF-8 as far as the Latin alphabets of Europe go, or any other sequence of bytes.
struct Letter {
  std::uint32_t code = 0;  // Of one and two byte sequences only.
  std::size_t bytes = 1;
};

Letter letter_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<std::uint8_t>(text[at]);
  if (first < 0x80) return {first, 1};
  if (first >= 0xC2 && first < 0xE0 && at + 1 < text.size()) {
    return {(first & 0x1FU) << 6 | (static_cast<std::uint8_t>(text[at + 1]) & 0x3FU), 2};
  }
  return {0, 1};
}

// Latin-1 capitals are 32 below their small letters; in Latin Extended-A they stand in pairs,
// the capital first, on even places but for two stretches.
std::uint32_t small_letter(std::uint32_t code) {
  if (code >= 'A' && code <= 'Z') return code + 32;
  if (code >= 0xC0 && code <= 0xDE && code != 0xD7) return code + 32;
  const bool odd_capitals = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
  if (odd_capitals) return code % 2 == 1 ? code + 1 : code;
  if (code >= 0x100 && code <= 0x177 && code != 0x130 && code != 0x138 && code != 0x149) {
    return code % 2 == 0 ? code + 1 : code;
  }
  return code;
}

bool is_small(std::uint32_t code) {
  if (code >= 'a' && code <= 'z') return true;
  if (code >= 0xDF && code <= 0xFF) return code != 0xF7;
  return code >= 0x100 && code <= 0x17F && small_letter(code) == code;
}

bool is_capital(std::uint32_t code) { return small_letter(code) != code; }

void append(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else {
    out.push_back(static_cast<char>(0xC0 | code >> 6));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
}

struct PostalForm {
  std::string_view country;
  std::size_t digits;
  std::size_t space_after;  // Zero: none.
};
constexpr PostalForm kPostalForms[] = {
    {"SE", 5, 3}, {"FI", 5, 0}, {"NO", 4, 0}, {"DK", 4, 0},
    {"IT", 5, 0}, {"ES", 5, 0}, {"DE", 5, 0},
};

}  // namespace

std::string without_shouting(std::string_view text) {
  std::size_t capitals = 0;
  for (std::size_t at = 0; at < text.size(); at += letter_at(text, at).bytes) {
    const std::uint32_t code = letter_at(text, at).code;
    if (is_small(code)) return std::string(text);
    if (is_capital(code)) ++capitals;
  }
  if (capitals < 2) return std::string(text);
  std::string quiet;
  bool word_begins = true;
  for (std::size_t at = 0; at < text.size();) {
    const Letter letter = letter_at(text, at);
    if (is_capital(letter.code)) {
      append(quiet, word_begins ? letter.code : small_letter(letter.code));
      word_begins = false;
    } else {
      quiet += text.substr(at, letter.bytes);
      word_begins = letter.code == ' ' || letter.code == '-' || letter.code == '/';
    }
    at += letter.bytes;
  }
  return quiet;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    if (to > from) words.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

base::Result<std::string> tidy_postal_code(std::string_view country, std::string_view text) {
  const auto form = std::ranges::find(kPostalForms, country, &PostalForm::country);
  if (form == std::end(kPostalForms)) {
    return base::fail("unknown_country", "we do not know this country's postal codes");
  }
  std::string code = check::upper(check::without(text, " -"));
  if (code.starts_with(country)) code.erase(0, country.size());
  if (code.size() != form->digits || !check::all_digits(code)) {
    return base::fail("bad_postal_code", "the country's postal codes have " +
                                             std::to_string(form->digits) + " digits");
  }
  if (form->space_after > 0) code.insert(form->space_after, " ");
  return code;
}

}  // namespace domain
