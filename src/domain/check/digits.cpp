#include "domain/check/digits.h"

#include <string>

#include "base/result/check.h"
#include "domain/check/characters.h"

namespace domain::check {

char luhn_digit(std::string_view digits) {
  CHECK(all_digits(digits));
  int sum = 0;
  bool twice = true;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
    const int value = value_of(*digit) * (twice ? 2 : 1);
    sum += value / 10 + value % 10;
  }
  return digit_of((10 - sum % 10) % 10);
}

bool ends_with_luhn_digit(std::string_view digits) {
  return !digits.empty() && luhn_digit(digits.substr(0, digits.size() - 1)) == digits.back();
}

int weighted_sum_from_right(std::string_view digits, std::span<const int> weights) {
  CHECK(all_digits(digits) && !weights.empty());
  int sum = 0;
  std::size_t at = 0;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, ++at) {
    sum += value_of(*digit) * weights[at % weights.size()];
  }
  return sum;
}

int mod97(std::string_view text) {
  int remainder = 0;
  for (const char c : text) {
    CHECK(is_digit(c) || is_upper(c));
    remainder = is_digit(c) ? remainder * 10 + value_of(c) : remainder * 100 + (c - 'A' + 10);
    remainder %= 97;
  }
  return remainder;
}

Mod97Digits mod97_digits(std::string_view text, std::string_view country) {
  const int check = 98 - mod97(std::string(text) + std::string(country) + "00");
  return {digit_of(check / 10), digit_of(check % 10)};
}

char mod11_10_digit(std::string_view digits) {
  CHECK(all_digits(digits));
  int product = 10;
  for (const char c : digits) {
    const int sum = (value_of(c) + product) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return digit_of((11 - product) % 10);
}

char recursive_mod10_digit(std::string_view digits) {
  CHECK(all_digits(digits));
  constexpr int kNext[] = {0, 9, 4, 6, 8, 2, 7, 1, 3, 5};
  int carry = 0;
  for (const char c : digits) carry = kNext[(carry + value_of(c)) % 10];
  return digit_of((10 - carry) % 10);
}

}  // namespace domain::check
