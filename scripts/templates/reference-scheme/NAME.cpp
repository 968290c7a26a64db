#include "domain/reference/NAME.h"

#include <algorithm>

#include "domain/check/characters.h"

namespace domain {
namespace {

// From the specification: how the digit is made.
char check_digit(std::string_view) { return '0'; }

}  // namespace

base::Result<TYPE> TYPE::from_base(std::string_view base) {
  return parse(std::string(base) + check_digit(base));
}

base::Result<TYPE> TYPE::parse(std::string_view text) {
  if (text.empty()) return base::fail("too_short", "the reference is empty");
  if (!std::ranges::all_of(text, check::is_digit)) {
    return base::fail("not_digits", "the reference has digits only");
  }
  if (text.back() != check_digit(text.substr(0, text.size() - 1))) {
    return base::fail("wrong_check_digit", "the check digit is wrong: look for a typing mistake");
  }
  return TYPE(std::string(text));
}

}  // namespace domain
