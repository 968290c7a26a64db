#include "domain/contact/email_address.h"

#include <algorithm>
#include <cstdint>

#include "domain/check/characters.h"

namespace domain {
namespace {

// RFC 5321 4.5.3.1 and RFC 1035 2.3.4, in octets.
constexpr std::size_t kLocalPartMax = 64, kDomainMax = 253, kLabelMax = 63, kAddressMax = 254;

bool is_letter_or_digit(char c) {
  return check::is_digit(c) || check::is_upper(c) || ('a' <= c && c <= 'z');
}

bool is_atom_character(char c) {
  constexpr std::string_view kSigns = "!#$%&'*+-/=?^_`{|}~";
  return is_letter_or_digit(c) || kSigns.find(c) != std::string_view::npos;
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (check::is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// One code point of UTF-8 from the front of the text; 0 where it is malformed or overlong.
std::uint32_t take_code_point(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  constexpr std::uint32_t kLeast[] = {0, 0x00, 0x80, 0x800, 0x10000};
  if (text.size() < length || (first >= 0x80 && first < 0xC2) || first > 0xF4) return 0;
  std::uint32_t code = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t at = 1; at < length; ++at) {
    const auto next = static_cast<unsigned char>(text[at]);
    if ((next & 0xC0U) != 0x80U) return 0;
    code = code << 6U | (next & 0x3FU);
  }
  text.remove_prefix(length);
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code < kLeast[length] || code > 0x10FFFF || is_surrogate ? 0 : code;
}

// Letters of other scripts may stand in a label; blanks, controls, marks that turn the direction
// of writing, and full-width forms of ASCII, which only serve to deceive, may not.
bool may_stand_in_label(std::uint32_t code) {
  struct Range {
    std::uint32_t first, last;
  };
  constexpr Range kRefused[] = {{0x80, 0xBF},     {0x1680, 0x1680}, {0x2000, 0x206F},
                                {0x2FF0, 0x3004}, {0xD800, 0xF8FF}, {0xFE00, 0xFE0F},
                                {0xFEFF, 0xFEFF}, {0xFF00, 0xFFEF}, {0xFFF0, 0xFFFF}};
  if (code < 0x80) return code == '-' || is_letter_or_digit(static_cast<char>(code));
  return std::ranges::none_of(
      kRefused, [&](const Range& range) { return range.first <= code && code <= range.last; });
}

bool is_dot_atom(std::string_view text) {
  if (text.empty() || text.starts_with('.') || text.ends_with('.')) return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::ranges::all_of(text, [](char c) { return c == '.' || is_atom_character(c); });
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kLabelMax) return false;
  if (label.starts_with('-') || label.ends_with('-')) return false;
  while (!label.empty()) {
    if (!may_stand_in_label(take_code_point(label))) return false;
  }
  return true;
}

// At least two labels, the last of which is no number: an address of a machine is no domain.
bool is_domain_name(std::string_view domain) {
  std::size_t labels = 0;
  std::string_view label;
  for (std::size_t from = 0; from <= domain.size(); from += label.size() + 1, ++labels) {
    label = domain.substr(from, domain.find('.', from) - from);
    if (!is_label(label)) return false;
  }
  return labels >= 2 && !check::all_digits(label);
}

}  // namespace

base::Result<EmailAddress> EmailAddress::parse(std::string_view text) {
  text = trimmed(text);
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) {
    return base::fail("no_at_sign", "an e-mail address has an @ between its two parts");
  }
  const std::string_view local_part = text.substr(0, at), domain = text.substr(at + 1);
  if (text.size() > kAddressMax || local_part.size() > kLocalPartMax ||
      domain.size() > kDomainMax) {
    return base::fail("too_long",
                      "an e-mail address has 254 characters at the most, 64 before the @");
  }
  if (!is_dot_atom(local_part)) {
    return base::fail("wrong_local_part",
                      "before the @ stand letters a-z, digits and signs, with single full stops "
                      "between");
  }
  if (!is_domain_name(domain)) {
    return base::fail("wrong_domain", "behind the @ stands a domain name such as example.com");
  }
  return EmailAddress(std::string(local_part), lower(domain));
}

}  // namespace domain
