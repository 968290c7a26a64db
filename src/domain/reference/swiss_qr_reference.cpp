#include "domain/reference/swiss_qr_reference.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {
namespace {

constexpr std::size_t kLengthMin = 2, kLength = 27;

}  // namespace

base::Result<SwissQrReference> SwissQrReference::from_base(std::string_view base) {
  const std::string digits = check::without(base, " ");
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "a Swiss QR reference is made of digits only");
  }
  return parse(digits + check::recursive_mod10_digit(digits));
}

base::Result<SwissQrReference> SwissQrReference::parse(std::string_view text) {
  std::string digits = check::without(text, " ");
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "a Swiss QR reference has digits only");
  }
  if (digits.size() < kLengthMin) {
    return base::fail("too_short", "a Swiss QR reference has at least 2 digits");
  }
  if (digits.size() > kLength) {
    return base::fail("too_long", "a Swiss QR reference has 27 digits at the most");
  }
  const auto base = std::string_view(digits).substr(0, digits.size() - 1);
  if (digits.back() != check::recursive_mod10_digit(base)) {
    return base::fail("wrong_check_digit",
                      "the last digit of the Swiss QR reference does not fit the others: "
                      "a digit is mistyped");
  }
  // A zero in front leaves the check digit as it is.
  digits.insert(0, kLength - digits.size(), '0');
  return SwissQrReference(std::move(digits));
}

}  // namespace domain
