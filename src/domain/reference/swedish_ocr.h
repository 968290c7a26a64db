// Swedish OCR reference: the digits by which Bankgirot and Plusgirot find the bill.
//
// Form: 2-25 digits, the last a Luhn digit over the others; next to last may stand the length
// of the whole, modulo ten. Which of it the banks demand is agreed for each account in four
// levels (Bankgirot's "OCR-kontroll"; rules.csv ocr_levels): soft asks the payer again but takes
// a wrong number after all, so wrong numbers WILL arrive; hard refuses them; two more levels
// also hold the length, by its digit or because only one or two lengths are agreed.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result/result.h"

namespace domain {

enum class OcrControl {
  kSoft,         // 1: the Luhn digit is asked for, not enforced.
  kHard,         // 2: the Luhn digit is enforced.
  kLengthDigit,  // 3: as hard, and next to last stands the length modulo ten.
  kFixedLength,  // 4: as hard, and only the agreed lengths exist.
};

// What is agreed with the bank for one account.
struct OcrAgreement {
  OcrControl control = OcrControl::kHard;
  std::vector<std::size_t> lengths = {};  // In all; empty allows any. Level 4 needs one.
  std::string pad = {};  // Digits put between the base and the check digits when one is made.
};

class SwedishOcr {
 public:
  // Appends what the agreement asks for. Where lengths are agreed the base is filled up with
  // zeros on the left to the first one that fits.
  // Errors: those of parse(), bad_option.
  [[nodiscard]] static base::Result<SwedishOcr> from_base(std::string_view base,
                                                          const OcrAgreement& agreement = {});

  // Spaces carry no meaning and are dropped; zeros on the left do, because they are counted.
  // Errors: not_digits, too_short, too_long, wrong_check_digit, wrong_length_digit,
  // wrong_length, bad_option (level 4 without lengths).
  [[nodiscard]] static base::Result<SwedishOcr> parse(std::string_view text,
                                                      const OcrAgreement& agreement = {});

  [[nodiscard]] const std::string& text() const { return digits_; }
  // False only under a soft agreement, for a number that the payer insisted on.
  [[nodiscard]] bool has_right_check_digit() const;

  friend auto operator<=>(const SwedishOcr&, const SwedishOcr&) = default;

 private:
  explicit SwedishOcr(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

}  // namespace domain
