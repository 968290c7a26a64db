#include "formats/document/codes/finnish_barcode.h"

#include "domain/bank/iban.h"
#include "domain/check/characters.h"
#include "domain/reference/finnish_reference.h"
#include "domain/reference/rf_reference.h"

namespace formats::document::codes {
namespace {

constexpr std::int64_t kCentsMax = 99'999'999;
constexpr std::size_t kNationalPlaces = 23, kRfBodyPlaces = 21, kRfPrefix = 2;

base::Result<std::string> account_digits(const PaymentFacts& facts) {
  const auto iban = domain::Iban::parse(facts.payee.iban);
  if (!iban) return base::fail("code_wrong_account", iban.error().text, "account");
  if (iban->country() != "FI") {
    return base::fail("code_wrong_account", "the Finnish bar code pays to a Finnish IBAN only",
                      "account");
  }
  return iban->text().substr(2);
}

std::string due_digits(const std::optional<base::Date>& due) {
  if (!due) return "000000";
  return domain::check::without(due->to_string(), "-").substr(2);
}

base::Result<std::string> national_digits(const PaymentFacts& facts) {
  const std::string reference = TRY(reference_of(facts, {"fi_viite"}));
  return to_the_right(reference, kNationalPlaces, '0');
}

base::Result<std::string> rf_digits(const PaymentFacts& facts) {
  const std::string reference =
      TRY(reference_of(facts, {"fi_viite", "fi_rf_viite", "iso11649_rf"}));
  std::string rf = reference;
  if (facts.reference_scheme == "fi_viite") {
    const auto finnish = TRY(domain::FinnishReference::parse(reference));
    rf = domain::FinnishRfReference::of(finnish).text();
  }
  const std::string_view view = rf;
  if (!domain::check::all_digits(view.substr(kRfPrefix))) {
    return base::fail("code_wrong_reference",
                      "the Finnish bar code carries an RF reference of digits only", "reference");
  }
  return rf.substr(kRfPrefix, 2) + to_the_right(view.substr(kRfPrefix + 2), kRfBodyPlaces, '0');
}

// Account and amount first: whoever has one of them wrong is not told of the reference.
base::Result<std::string> write(const PaymentFacts& facts, char version,
                                base::Result<std::string> (*reference_in)(const PaymentFacts&)) {
  const std::string account = TRY(account_digits(facts));
  const auto cents = TRY(amount_of(facts, "EUR", kCentsMax));
  const std::string reference = TRY(reference_in(facts));
  return version + account + to_the_right(std::to_string(cents.value_or(0)), 8, '0') + reference +
         due_digits(facts.due);
}

}  // namespace

base::Result<std::string> write_finnish_barcode_4(const PaymentFacts& facts) {
  return write(facts, '4', national_digits);
}

base::Result<std::string> write_finnish_barcode_5(const PaymentFacts& facts) {
  return write(facts, '5', rf_digits);
}

}  // namespace formats::document::codes
