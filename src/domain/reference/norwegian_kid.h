// Norwegian KID: the customer identification by which OCR giro finds the bill.
//
// Form: 2-25 positions, digits of the creditor's own choosing and one check character. Which of
// two algorithms makes it is agreed per creditor and never told by the number itself: mod 10
// (Luhn) or mod 11 with weights 2-7 from the right, where ten is written as a hyphen
// (rules.csv kid_check, kid_length).
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

enum class KidControl { kMod10, kMod11 };

class NorwegianKid {
 public:
  // Appends the check character. Errors: those of parse().
  [[nodiscard]] static base::Result<NorwegianKid> from_base(std::string_view base,
                                                            KidControl control);
  // Spaces are dropped; zeros on the left belong to the number.
  // Errors: not_digits, too_short, too_long, wrong_check_digit.
  [[nodiscard]] static base::Result<NorwegianKid> parse(std::string_view text, KidControl control);

  [[nodiscard]] const std::string& text() const { return text_; }

  friend auto operator<=>(const NorwegianKid&, const NorwegianKid&) = default;

 private:
  explicit NorwegianKid(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace domain
