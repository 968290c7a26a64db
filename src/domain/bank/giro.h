// Bankgiro and Plusgiro: the Swedish giro account numbers that stand on bills.
//
// Bankgiro: 7 or 8 digits, the last by Luhn, written 123-4567 or 1234-5678. Plusgiro: 2 to 8
// digits, the last by Luhn, written in pairs with the last digit behind a hyphen.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class Bankgiro {
 public:
  // Appends the check digit. Errors: those of parse().
  [[nodiscard]] static base::Result<Bankgiro> from_base(std::string_view base);
  // Spaces and hyphens are dropped. Errors: not_digits, too_short, too_long, wrong_check_digit.
  [[nodiscard]] static base::Result<Bankgiro> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return digits_; }
  // "5402-9681"
  [[nodiscard]] std::string formatted() const;

  friend auto operator<=>(const Bankgiro&, const Bankgiro&) = default;

 private:
  explicit Bankgiro(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

class Plusgiro {
 public:
  // Appends the check digit. Errors: those of parse().
  [[nodiscard]] static base::Result<Plusgiro> from_base(std::string_view base);
  // Spaces and hyphens are dropped. Errors: not_digits, too_short, too_long, wrong_check_digit.
  [[nodiscard]] static base::Result<Plusgiro> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return digits_; }
  // "410 54 68-5"
  [[nodiscard]] std::string formatted() const;

  friend auto operator<=>(const Plusgiro&, const Plusgiro&) = default;

 private:
  explicit Plusgiro(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

}  // namespace domain
