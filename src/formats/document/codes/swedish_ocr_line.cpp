#include "formats/document/codes/swedish_ocr_line.h"

#include "domain/bank/giro.h"
#include "domain/check/digits.h"

namespace formats::document::codes {
namespace {

constexpr std::int64_t kOreMax = 9'999'999'999;
constexpr std::size_t kReferencePlaces = 25, kKronorPlaces = 8, kGiroPlaces = 23;

// The number and the type of slip behind it.
base::Result<std::string> giro_columns(const domain::PayeeAccounts& payee) {
  if (const auto bankgiro = domain::Bankgiro::parse(payee.bankgiro)) {
    return to_the_right(bankgiro->text(), kGiroPlaces, ' ') + "#41#";
  }
  const auto plusgiro = domain::Plusgiro::parse(payee.plusgiro);
  if (plusgiro) return to_the_right(plusgiro->text(), kGiroPlaces, ' ') + " #14#";
  std::string text = "the OCR line pays to a bankgiro or plusgiro number";
  if (!payee.plusgiro.empty()) text += ": " + plusgiro.error().text;
  return base::fail("code_wrong_account", std::move(text), "account");
}

}  // namespace

base::Result<std::string> write_swedish_ocr_line(const PaymentFacts& facts) {
  const std::string giro = TRY(giro_columns(facts.payee));
  const auto ore = TRY(amount_of(facts, "SEK", kOreMax));
  const std::string reference = TRY(reference_of(facts, {"se_ocr_luhn", "se_ocr_luhn_length"}));
  std::string kronor, rest = "  ", control = " ";
  if (ore) {
    kronor = std::to_string(*ore / 100);
    rest = to_the_right(std::to_string(*ore % 100), 2, '0');
    control = domain::check::luhn_digit(kronor + rest);
  }
  return "# " + to_the_right(reference, kReferencePlaces, ' ') + " #" +
         to_the_right(kronor, kKronorPlaces, ' ') + " " + rest + "   " + control + " > " + giro;
}

}  // namespace formats::document::codes
