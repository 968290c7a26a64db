#include "domain/reference/swedish_ocr.h"

#include <algorithm>

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {
namespace {

constexpr std::size_t kLengthMin = 2, kLengthMax = 25;

base::Result<> check_agreement(const OcrAgreement& agreement) {
  if (agreement.control == OcrControl::kFixedLength && agreement.lengths.empty()) {
    return base::fail("bad_option", "OCR control level 4 needs the agreed length");
  }
  if (std::ranges::any_of(agreement.lengths,
                          [](auto length) { return length < kLengthMin || length > kLengthMax; })) {
    return base::fail("bad_option", "an agreed OCR length lies between 2 and 25");
  }
  if (!check::all_digits(agreement.pad)) {
    return base::fail("bad_option", "an OCR number is padded with digits only");
  }
  return {};
}

char length_digit(std::size_t length) { return check::digit_of(static_cast<int>(length % 10)); }

}  // namespace

base::Result<SwedishOcr> SwedishOcr::from_base(std::string_view base,
                                               const OcrAgreement& agreement) {
  TRY(check_agreement(agreement));
  std::string digits = check::without(base, " ") + agreement.pad;
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "an OCR number is made of digits only");
  }
  if (digits.empty()) return base::fail("too_short", "an OCR number needs a digit to start from");
  const std::size_t added = agreement.control == OcrControl::kLengthDigit ? 2 : 1;
  if (!agreement.lengths.empty()) {
    const auto length = std::ranges::find_if(
        agreement.lengths, [&](auto agreed) { return agreed >= digits.size() + added; });
    if (length == agreement.lengths.end()) {
      return base::fail("too_long", "the OCR number does not fit into an agreed length");
    }
    digits.insert(0, *length - added - digits.size(), '0');
  }
  if (added == 2) digits.push_back(length_digit(digits.size() + 2));
  digits.push_back(check::luhn_digit(digits));
  return parse(digits, agreement);
}

base::Result<SwedishOcr> SwedishOcr::parse(std::string_view text, const OcrAgreement& agreement) {
  TRY(check_agreement(agreement));
  std::string digits = check::without(text, " ");
  if (!check::all_digits(digits)) return base::fail("not_digits", "an OCR number has digits only");
  if (digits.size() < kLengthMin) {
    return base::fail("too_short", "an OCR number has at least 2 digits");
  }
  if (digits.size() > kLengthMax) {
    return base::fail("too_long", "an OCR number has 25 digits at the most");
  }
  if (!agreement.lengths.empty() &&
      std::ranges::find(agreement.lengths, digits.size()) == agreement.lengths.end()) {
    return base::fail("wrong_length",
                      "an OCR number of " + std::to_string(digits.size()) +
                          " digits is not of a length that is agreed with the bank");
  }
  SwedishOcr ocr(std::move(digits));
  if (agreement.control == OcrControl::kSoft) return ocr;
  if (!ocr.has_right_check_digit()) {
    return base::fail("wrong_check_digit",
                      "the last digit of the OCR number does not fit the others: "
                      "a digit is mistyped");
  }
  if (agreement.control == OcrControl::kLengthDigit &&
      ocr.digits_[ocr.digits_.size() - 2] != length_digit(ocr.digits_.size())) {
    return base::fail("wrong_length_digit",
                      "the next to last digit of the OCR number is not its length: "
                      "a digit is missing or too many");
  }
  return ocr;
}

bool SwedishOcr::has_right_check_digit() const { return check::ends_with_luhn_digit(digits_); }

}  // namespace domain
