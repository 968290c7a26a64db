#include "domain/party/customer_number.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {

std::int64_t make_customer_number(std::int64_t count) {
  return count * 10 + check::value_of(check::luhn_digit(std::to_string(count)));
}

base::Result<std::int64_t> parse_customer_number(std::string_view text) {
  constexpr std::size_t kDigitsMax = 18;
  const std::string digits = check::without(text, " ");
  if (digits.empty() || !check::all_digits(digits)) {
    return base::fail("not_digits", "a customer number has digits only");
  }
  if (digits.size() > kDigitsMax) {
    return base::fail("too_long", "a customer number has 18 digits at the most");
  }
  if (!check::ends_with_luhn_digit(digits)) {
    return base::fail("wrong_check_digit",
                      "the last digit of the customer number does not fit the others: mistyped?");
  }
  return std::stoll(digits);
}

std::string format_customer_number(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, " ");
  }
  return text;
}

}  // namespace domain
