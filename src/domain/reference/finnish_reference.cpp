#include "domain/reference/finnish_reference.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {
namespace {

constexpr std::size_t kLengthMin = 4, kLengthMax = 20;

char check_digit(std::string_view base) {
  constexpr int kWeights[] = {7, 3, 1};
  return check::digit_of((10 - check::weighted_sum_from_right(base, kWeights) % 10) % 10);
}

}  // namespace

base::Result<FinnishReference> FinnishReference::from_base(std::string_view base) {
  const std::string digits = check::without(base, " ");
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "a Finnish reference is made of digits only");
  }
  return parse(digits + check_digit(digits));
}

base::Result<FinnishReference> FinnishReference::parse(std::string_view text) {
  std::string digits = check::without(text, " ");
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "a Finnish reference has digits only");
  }
  digits.erase(0, digits.find_first_not_of('0'));
  if (digits.size() < kLengthMin) {
    return base::fail("too_short", "a Finnish reference has at least 4 digits, the last a check");
  }
  if (digits.size() > kLengthMax) {
    return base::fail("too_long", "a Finnish reference has 20 digits at the most");
  }
  if (digits.back() != check_digit(std::string_view(digits).substr(0, digits.size() - 1))) {
    return base::fail("wrong_check_digit",
                      "the last digit of the Finnish reference does not fit the others: "
                      "a digit is mistyped");
  }
  return FinnishReference(std::move(digits));
}

}  // namespace domain
