#include "domain/reference/norwegian_kid.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {
namespace {

constexpr std::size_t kLengthMin = 2, kLengthMax = 25;

char check_character(std::string_view base, KidControl control) {
  if (control == KidControl::kMod10) return check::luhn_digit(base);
  constexpr int kWeights[] = {2, 3, 4, 5, 6, 7};
  const int digit = (11 - check::weighted_sum_from_right(base, kWeights) % 11) % 11;
  return digit == 10 ? '-' : check::digit_of(digit);
}

}  // namespace

base::Result<NorwegianKid> NorwegianKid::from_base(std::string_view base, KidControl control) {
  const std::string digits = check::without(base, " ");
  if (!check::all_digits(digits)) return base::fail("not_digits", "a KID is made of digits only");
  return parse(digits + check_character(digits, control), control);
}

base::Result<NorwegianKid> NorwegianKid::parse(std::string_view text, KidControl control) {
  std::string kid = check::without(text, " ");
  if (kid.size() < kLengthMin) return base::fail("too_short", "a KID has at least 2 digits");
  if (kid.size() > kLengthMax) {
    return base::fail("too_long", "a KID has 25 digits at the most");
  }
  const auto base = std::string_view(kid).substr(0, kid.size() - 1);
  const bool may_end_with_hyphen = control == KidControl::kMod11;
  if (!check::all_digits(base) ||
      !(check::is_digit(kid.back()) || (may_end_with_hyphen && kid.back() == '-'))) {
    return base::fail("not_digits", "a KID has digits only; with mod 11 it may end with a hyphen");
  }
  if (kid.back() != check_character(base, control)) {
    return base::fail("wrong_check_digit",
                      "the last digit of the KID does not fit the others: a digit is mistyped, or "
                      "the creditor uses the other of mod 10 and mod 11");
  }
  return NorwegianKid(std::move(kid));
}

}  // namespace domain
