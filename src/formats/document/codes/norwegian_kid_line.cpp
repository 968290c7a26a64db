#include "formats/document/codes/norwegian_kid_line.h"

#include "domain/bank/iban.h"
#include "domain/check/digits.h"

namespace formats::document::codes {
namespace {

constexpr std::int64_t kOreMax = 9'999'999'999;
constexpr std::size_t kKidPlaces = 25, kKronerPlaces = 8;

}  // namespace

base::Result<std::string> write_norwegian_kid_line(const PaymentFacts& facts) {
  const auto iban = domain::Iban::parse(facts.payee.iban);
  if (!iban) return base::fail("code_wrong_account", iban.error().text, "account");
  if (iban->country() != "NO") {
    return base::fail("code_wrong_account", "the KID line pays to a Norwegian account only",
                      "account");
  }
  const auto ore = TRY(amount_of(facts, "NOK", kOreMax));
  const std::string kid = TRY(reference_of(facts, {"no_kid_mod10", "no_kid_mod11"}));
  std::string kroner, rest = "  ", control = " ";
  if (ore) {
    kroner = std::to_string(*ore / 100);
    rest = to_the_right(std::to_string(*ore % 100), 2, '0');
    control = domain::check::luhn_digit(kroner + rest);
  }
  return "H " + to_the_right(kid, kKidPlaces, ' ') + "  " +
         to_the_right(kroner, kKronerPlaces, ' ') + "  " + rest + "  < " + control + " >  " +
         std::string(iban->bban());
}

}  // namespace formats::document::codes
