#include "domain/bank/norwegian_account.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {
namespace {

constexpr std::size_t kLength = 11;
constexpr std::string_view kSeparators = " .";

// 0-9, or 10 where no digit fits.
int check_value(std::string_view base) {
  constexpr int kWeights[] = {2, 3, 4, 5, 6, 7};
  return (11 - check::weighted_sum_from_right(base, kWeights) % 11) % 11;
}

}  // namespace

base::Result<NorwegianAccount> NorwegianAccount::from_base(std::string_view base) {
  const std::string digits = check::without(base, kSeparators);
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "a Norwegian account number is made of digits only");
  }
  const int value = check_value(digits);
  if (value == 10) {
    return base::fail("no_check_digit", "no check digit fits this number; it is never used");
  }
  return parse(digits + check::digit_of(value));
}

base::Result<NorwegianAccount> NorwegianAccount::parse(std::string_view text) {
  std::string digits = check::without(text, kSeparators);
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "a Norwegian account number has digits only");
  }
  if (digits.size() != kLength) {
    return base::fail("wrong_length", "a Norwegian account number has 11 digits");
  }
  if (check::value_of(digits.back()) != check_value(digits.substr(0, kLength - 1))) {
    return base::fail("wrong_check_digit",
                      "the last digit of the account number does not fit the others: "
                      "a digit is mistyped");
  }
  return NorwegianAccount(std::move(digits));
}

std::string NorwegianAccount::formatted() const {
  return digits_.substr(0, 4) + " " + digits_.substr(4, 2) + " " + digits_.substr(6);
}

}  // namespace domain
