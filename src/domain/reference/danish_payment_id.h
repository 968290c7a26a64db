// Danish payment identification of payment slip type 71 (FIK +71): 15 digits, the last by Luhn.
//
// On paper it stands in a line with the type before it and the creditor's number behind it,
// "+71<123456789012347+81234567<"; parse() takes that line as well as the 15 digits
// (rules.csv fik71; the public proof of this scheme is thin, see bank-formats section 7).
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class DanishPaymentId {
 public:
  // Fills up with zeros on the left to 14 digits and appends the check digit.
  // Errors: not_digits, too_short (no digit), too_long.
  [[nodiscard]] static base::Result<DanishPaymentId> from_base(std::string_view base);
  // Errors: not_digits, too_short, too_long, wrong_check_digit.
  [[nodiscard]] static base::Result<DanishPaymentId> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return digits_; }

  friend auto operator<=>(const DanishPaymentId&, const DanishPaymentId&) = default;

 private:
  explicit DanishPaymentId(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

}  // namespace domain
