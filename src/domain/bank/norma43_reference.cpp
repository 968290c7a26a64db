#include "domain/bank/norma43_reference.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {
namespace {

constexpr std::size_t kBaseLength = 11;

char control_digit(std::string_view base) {
  constexpr int kWeights[] = {2, 3, 4, 5, 6, 7, 8, 9};
  return check::digit_of(check::weighted_sum_from_right(base, kWeights) % 11 % 10);
}

}  // namespace

base::Result<Norma43Reference> Norma43Reference::from_base(std::string_view base) {
  std::string digits = check::without(base, " ");
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "reference 1 of Norma 43 is made of digits only");
  }
  if (digits.size() != kBaseLength) {
    return base::fail("wrong_length", "reference 1 of Norma 43 has 11 digits before its control");
  }
  digits.push_back(control_digit(digits));
  return Norma43Reference(std::move(digits));
}

base::Result<Norma43Reference> Norma43Reference::parse(std::string_view text) {
  const std::string digits = check::without(text, " ");
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "reference 1 of Norma 43 has digits only");
  }
  if (digits.size() != kBaseLength + 1) {
    return base::fail("wrong_length", "reference 1 of Norma 43 has 12 digits");
  }
  Norma43Reference made = TRY(from_base(digits.substr(0, kBaseLength)));
  if (made.digits_ != digits) {
    return base::fail("wrong_check_digit",
                      "the last digit of reference 1 does not fit the others: "
                      "a digit is mistyped");
  }
  return made;
}

}  // namespace domain
