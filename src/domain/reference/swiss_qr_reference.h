// Swiss QR reference (QRR, before 2022 ESR): 27 digits, the last by recursive modulo 10.
//
// Old slips print it without the zeros on the left; they are put back, so that equal references
// compare equal.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class SwissQrReference {
 public:
  // Errors: those of parse().
  [[nodiscard]] static base::Result<SwissQrReference> from_base(std::string_view base);
  // Errors: not_digits, too_short, too_long, wrong_check_digit.
  [[nodiscard]] static base::Result<SwissQrReference> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return digits_; }

  friend auto operator<=>(const SwissQrReference&, const SwissQrReference&) = default;

 private:
  explicit SwissQrReference(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

}  // namespace domain
