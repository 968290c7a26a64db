#include "domain/reference/plain_reference.h"

#include <algorithm>

#include "domain/check/characters.h"

namespace domain {
namespace {

constexpr std::size_t kLengthMax = 35;

bool is_sepa_latin(char c) {
  constexpr std::string_view kSigns = "/-?:().,'+ ";
  return check::is_digit(c) || check::is_upper(c) || ('a' <= c && c <= 'z') ||
         kSigns.find(c) != std::string_view::npos;
}

std::string with_single_spaces(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (c != ' ' || (!kept.empty() && kept.back() != ' ')) kept.push_back(c);
  }
  if (kept.ends_with(' ')) kept.pop_back();
  return kept;
}

}  // namespace

base::Result<PlainReference> PlainReference::parse(std::string_view text) {
  std::string reference = with_single_spaces(text);
  if (reference.empty()) return base::fail("too_short", "the reference is empty");
  if (reference.size() > kLengthMax) {
    return base::fail("too_long", "a reference has 35 characters at the most");
  }
  if (!std::ranges::all_of(reference, is_sepa_latin)) {
    return base::fail("wrong_characters",
                      "banks carry only a-z A-Z 0-9 / - ? : ( ) . , ' + and space in a reference");
  }
  if (reference.starts_with('/') || reference.ends_with('/') ||
      reference.find("//") != std::string::npos) {
    return base::fail("wrong_characters",
                      "a reference may not begin or end with a slash, nor have two in a row");
  }
  return PlainReference(std::move(reference));
}

}  // namespace domain
