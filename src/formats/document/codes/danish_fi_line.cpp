#include "formats/document/codes/danish_fi_line.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace formats::document::codes {
namespace {

constexpr std::int64_t kOreMax = 99'999'999'999;

struct SlipForm {
  std::string_view type;
  std::size_t id_digits = 0;
  std::size_t account_min = 8;
};

SlipForm form_of(DanishSlip slip) {
  switch (slip) {
    case DanishSlip::k01: return {"01", 0, 7};
    case DanishSlip::k04: return {"04", 16, 7};
    case DanishSlip::k15: return {"15", 16, 7};
    case DanishSlip::k71: return {"71", 15, 8};
    case DanishSlip::k73: return {"73", 0, 8};
    case DanishSlip::k75: return {"75", 16, 8};
  }
  CHECK(false);
}

base::Result<std::string> payment_id(const PaymentFacts& facts, const SlipForm& form) {
  if (!facts.reference_scheme.empty() && facts.reference_scheme != "dk_fik71") {
    return base::fail("code_wrong_reference", "a Danish slip takes a reference of dk_fik71",
                      "reference");
  }
  const std::string digits = domain::check::without(facts.reference, " ");
  if (form.id_digits == 0) {
    if (digits.empty()) return digits;
    return base::fail("code_wrong_reference",
                      "a slip of type " + std::string(form.type) + " carries no payment id",
                      "reference");
  }
  if (digits.size() < 2 || digits.size() > form.id_digits || !domain::check::all_digits(digits)) {
    return base::fail("code_wrong_reference",
                      "a slip of type " + std::string(form.type) + " carries a payment id of " +
                          std::to_string(form.id_digits) + " digits",
                      "reference");
  }
  if (!domain::check::ends_with_luhn_digit(digits)) {
    return base::fail("code_wrong_reference",
                      "the last digit of the payment id does not fit the others", "reference");
  }
  return to_the_right(digits, form.id_digits, '0');
}

}  // namespace

base::Result<std::string> write_danish_fi_line(const PaymentFacts& facts, DanishSlip slip) {
  const SlipForm form = form_of(slip);
  const std::string account = domain::check::without(facts.danish_creditor, " -");
  if (account.size() < form.account_min || account.size() > 8 ||
      !domain::check::all_digits(account)) {
    return base::fail("code_wrong_account",
                      "a slip of type " + std::string(form.type) + " pays to a number of " +
                          (form.account_min == 8 ? "8" : "7 or 8") + " digits",
                      "account");
  }
  // The line carries no amount; a slip is for kroner all the same.
  TRY(amount_of(facts, "DKK", kOreMax));
  const std::string id = TRY(payment_id(facts, form));
  return "+" + std::string(form.type) + "<" + id + "+" + account + "<";
}

}  // namespace formats::document::codes
