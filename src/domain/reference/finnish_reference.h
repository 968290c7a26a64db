// Finnish creditor reference (viitenumero): says which invoice a payment settles.
//
// Form: 3-19 free digits and one check digit. The check digit brings the sum of the free digits,
// weighted 7, 3, 1 from the right, up to the next multiple of ten (Finanssiala; rules.csv area
// reference, viite_check and viite_length).
//
// A FinnishReference that exists is valid. It knows nothing of invoices, banks or storage.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class FinnishReference {
 public:
  // Appends the check digit: from_base("123") is 1232. Errors: those of parse().
  [[nodiscard]] static base::Result<FinnishReference> from_base(std::string_view base);

  // Reads what a payer typed or a bank sent. Spaces, and the zeros that banks pad with on the
  // left, carry no meaning and are dropped, so that equal references compare equal.
  // Errors: not_digits, too_short, too_long, wrong_check_digit.
  [[nodiscard]] static base::Result<FinnishReference> parse(std::string_view text);

  // The one form to store, compare and put on the wire.
  [[nodiscard]] const std::string& text() const { return digits_; }

  friend auto operator<=>(const FinnishReference&, const FinnishReference&) = default;

 private:
  explicit FinnishReference(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

}  // namespace domain
