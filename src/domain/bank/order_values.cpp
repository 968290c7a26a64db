#include "domain/bank/order_values.h"

#include <algorithm>
#include <array>

namespace domain {
namespace {

constexpr std::size_t kIdLettersMax = 35;
constexpr std::size_t kClearingDigits = 4;
constexpr std::size_t kAccountDigitsMax = 12;

constexpr bool is_digit(char c) { return '0' <= c && c <= '9'; }

constexpr bool is_sepa_letter(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || is_digit(c) ||
         std::string_view("/-?:().,'+ ").find(c) != std::string_view::npos;
}

// What stands for the other letters of ASCII, from ! to ~.
constexpr char of_ascii(char c) {
  switch (c) {
    case '&': return '+';
    case ';': return ',';
    case '[':
    case '{': return '(';
    case ']':
    case '}': return ')';
    case '\\':
    case '|': return '/';
    case '_':
    case '~': return '-';
    case '`': return '\'';
    case '\t': return ' ';
    default: return is_sepa_letter(c) ? c : '.';
  }
}

// U+00C0 to U+017F, sixteen a line: the letter without its accent.
constexpr std::string_view kPlainLetters =
    "AAAAAAACEEEEIIII"
    "DNOOOOO.OUUUUYTs"
    "aaaaaaaceeeeiiii"
    "dnooooo.ouuuuyty"
    "AaAaAaCcCcCcCcDd"
    "DdEeEeEeEeEeGgGg"
    "GgGgHhHhIiIiIiIi"
    "IiIiJjKkkLlLlLlL"
    "lLlNnNnNnnNnOoOo"
    "OoOoRrRrRrSsSsSs"
    "SsTtTtTtUuUuUuUu"
    "UuUuWwYyYZzZzZzs";
constexpr char32_t kFirstPlain = 0xC0;
static_assert(kPlainLetters.size() == 0x180 - kFirstPlain);

struct Likeness {
  char32_t letter;
  char sepa;
};
constexpr Likeness kLikenesses[] = {
    {U'\u00A0', ' '},  {U'\u00AB', '\''}, {U'\u00B4', '\''}, {U'\u00BB', '\''}, {U'\u00BF', '?'},
    {U'\u0218', 'S'},  {U'\u0219', 's'},  {U'\u021A', 'T'},  {U'\u021B', 't'},  {U'\u1E9E', 'S'},
    {U'\u2010', '-'},  {U'\u2011', '-'},  {U'\u2013', '-'},  {U'\u2014', '-'},  {U'\u2018', '\''},
    {U'\u2019', '\''}, {U'\u20AC', 'E'},
};

char of_letter(char32_t letter) {
  if (letter < 0x80) return of_ascii(static_cast<char>(letter));
  if (letter >= kFirstPlain && letter - kFirstPlain < kPlainLetters.size()) {
    return kPlainLetters[letter - kFirstPlain];
  }
  const auto found = std::ranges::find(kLikenesses, letter, &Likeness::letter);
  return found == std::end(kLikenesses) ? '.' : found->sepa;
}

// The letter that begins at `at`, which moves behind it. A byte that begins none stands for itself.
char32_t next_letter(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  const int more = lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  if (more == 0) return lead;
  char32_t letter = lead & (0x3FU >> static_cast<unsigned>(more));
  for (int index = 0; index < more && at < text.size(); ++index) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0U) != 0x80U) break;
    letter = (letter << 6U) | (byte & 0x3FU);
    ++at;
  }
  return letter;
}

}  // namespace

base::Result<BankId> BankId::parse(std::string_view text) {
  if (text.empty()) return base::fail("too_short", "a name for the bank must not be empty");
  if (text.size() > kIdLettersMax) {
    return base::fail("too_long", "a name for the bank has at most 35 characters");
  }
  const bool slashes = text.front() == '/' || text.back() == '/' || text.find("//") != text.npos;
  const bool blanks = text.front() == ' ' || text.back() == ' ';
  if (slashes || blanks || !is_sepa_text(text)) {
    return base::fail("wrong_characters",
                      "a name for the bank has letters, digits and /-?:().,'+ and blanks between; "
                      "no slash or blank stands at an end, and no two slashes together");
  }
  return BankId(std::string(text));
}

base::Result<SwedishAccount> SwedishAccount::parse(std::string_view text) {
  std::string clearing, number;
  bool behind = false;
  for (const char c : text) {
    if (c == ' ') continue;
    if (c == ',') {
      behind = true;
    } else if (c == '-') {
      // "8327-9, 12": what stands behind the first hyphen is the fifth digit where a comma follows.
      if (text.find(',') == std::string_view::npos) behind = true;
    } else if (!is_digit(c)) {
      return base::fail("not_digits", "a Swedish account has digits: 8901-3232323232");
    } else {
      (behind ? number : clearing).push_back(c);
    }
  }
  if (!behind) {
    return base::fail("wrong_structure",
                      "write the clearing number, a hyphen and the account: 8901-3232323232");
  }
  if (clearing.size() == kClearingDigits + 1 && clearing.front() == '8') clearing.pop_back();
  if (clearing.size() < kClearingDigits || number.empty()) {
    return base::fail("too_short", "a clearing number has four digits, an account at least one");
  }
  if (clearing.size() > kClearingDigits || number.size() > kAccountDigitsMax) {
    return base::fail("too_long", "a clearing number has four digits, an account at most twelve");
  }
  return SwedishAccount(std::move(clearing), std::move(number));
}

std::string text_of(const BankAccount& account) {
  return std::visit([](const auto& kind) { return std::string(kind.text()); }, account);
}

bool is_sepa_text(std::string_view text) { return std::ranges::all_of(text, is_sepa_letter); }

std::string to_sepa_text(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) plain.push_back(of_letter(next_letter(text, at)));
  return plain;
}

bool is_latin1_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t letter = next_letter(text, at);
    if (letter < 0x20 || (letter >= 0x7F && letter < 0xA0) || letter > 0xFF) return false;
  }
  return true;
}

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace domain
