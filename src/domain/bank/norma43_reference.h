// The control digit of reference 1 in Spanish bank statements (Norma 43, record 22, column 64).
//
// Eleven digits and a control: weights 2-9, then 2-4 from the right, the sum modulo 11, and ten
// written as 0 (CSB cuaderno 43, annex 3).
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class Norma43Reference {
 public:
  // From the eleven digits before the control. Errors: not_digits, wrong_length.
  [[nodiscard]] static base::Result<Norma43Reference> from_base(std::string_view base);
  // Errors: not_digits, wrong_length, wrong_check_digit.
  [[nodiscard]] static base::Result<Norma43Reference> parse(std::string_view text);

  // All twelve digits.
  [[nodiscard]] const std::string& text() const { return digits_; }
  [[nodiscard]] char control() const { return digits_.back(); }

  friend auto operator<=>(const Norma43Reference&, const Norma43Reference&) = default;

 private:
  explicit Norma43Reference(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

}  // namespace domain
