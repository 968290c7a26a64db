#include "domain/reference/danish_payment_id.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {
namespace {

constexpr std::size_t kLength = 15;

// The id out of "+71<id+creditor<"; text that is no such line stays as it is.
std::string_view id_of_line(std::string_view text) {
  constexpr std::string_view kType = "+71<";
  if (!text.starts_with(kType)) return text;
  text.remove_prefix(kType.size());
  return text.substr(0, text.find('+'));
}

}  // namespace

base::Result<DanishPaymentId> DanishPaymentId::from_base(std::string_view base) {
  std::string digits = check::without(base, " ");
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "a Danish payment id is made of digits only");
  }
  if (digits.empty()) {
    return base::fail("too_short", "a Danish payment id needs a digit to start from");
  }
  if (digits.size() >= kLength) {
    return base::fail("too_long", "a Danish payment id has 14 digits before its check digit");
  }
  digits.insert(0, kLength - 1 - digits.size(), '0');
  return parse(digits + check::luhn_digit(digits));
}

base::Result<DanishPaymentId> DanishPaymentId::parse(std::string_view text) {
  const std::string cleaned = check::without(text, " ");
  const std::string_view digits = id_of_line(cleaned);
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "a Danish payment id has digits only");
  }
  if (digits.size() < kLength) {
    return base::fail("too_short", "a Danish payment id of type 71 has 15 digits");
  }
  if (digits.size() > kLength) {
    return base::fail("too_long", "a Danish payment id of type 71 has 15 digits");
  }
  if (!check::ends_with_luhn_digit(digits)) {
    return base::fail("wrong_check_digit",
                      "the last digit of the payment id does not fit the others: "
                      "a digit is mistyped");
  }
  return DanishPaymentId(std::string(digits));
}

}  // namespace domain
