// Norwegian account number (kontonummer): 11 digits, the last by mod 11, weights 2-7 from the
// right.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class NorwegianAccount {
 public:
  // From the ten digits before the check digit. Errors: those of parse(), and no_check_digit for
  // the one number in eleven that has none and is never used.
  [[nodiscard]] static base::Result<NorwegianAccount> from_base(std::string_view base);
  // Spaces and full stops are dropped. Errors: not_digits, wrong_length, wrong_check_digit.
  [[nodiscard]] static base::Result<NorwegianAccount> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return digits_; }
  // "8601 11 17947", as it is printed.
  [[nodiscard]] std::string formatted() const;

  friend auto operator<=>(const NorwegianAccount&, const NorwegianAccount&) = default;

 private:
  explicit NorwegianAccount(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

}  // namespace domain
