#include "flows/compose/payment_words.h"

#include <array>
#include <utility>

#include "domain/bank/giro.h"
#include "domain/bank/iban.h"
#include "domain/reference/payment_reference.h"

namespace flows::compose {
namespace {

[[nodiscard]] std::string_view reference_key(std::string_view scheme) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNames = {{
      {"se_ocr_luhn", "bill.reference.ocr"},
      {"se_ocr_luhn_length", "bill.reference.ocr"},
      {"fi_viite", "bill.reference.viite"},
      {"no_kid_mod10", "bill.reference.kid"},
      {"no_kid_mod11", "bill.reference.kid"},
      {"dk_fik71", "bill.reference.fik"},
      {"plain", "bill.reference.plain"},
  }};
  for (const auto& [name, key] : kNames) {
    if (name == scheme) return key;
  }
  return "document.reference";
}

}  // namespace

std::vector<PaymentText> account_texts(const domain::PayeeAccounts& payee, const Words& words) {
  std::vector<PaymentText> texts;
  if (const auto bankgiro = domain::Bankgiro::parse(payee.bankgiro)) {
    texts.push_back({words.say("bill.pay.bankgiro"), bankgiro->formatted()});
  }
  if (const auto plusgiro = domain::Plusgiro::parse(payee.plusgiro)) {
    texts.push_back({words.say("bill.pay.plusgiro"), plusgiro->formatted()});
  }
  if (const auto iban = domain::Iban::parse(payee.iban)) {
    texts.push_back({words.say("bill.pay.iban"), iban->grouped(), true});
    if (!payee.bic.empty()) texts.push_back({words.say("bill.pay.bic"), payee.bic});
  }
  return texts;
}

PaymentText reference_text(std::string_view scheme, std::string_view reference,
                           const Words& words) {
  const auto known = domain::PaymentReference::parse(scheme, reference);
  return {words.say(reference_key(scheme)), known ? known->grouped() : std::string(reference),
          true};
}

std::string one_line(const domain::PostalAddress& address) {
  std::string line;
  const auto add = [&line](std::string_view part, std::string_view separator) {
    if (part.empty()) return;
    if (!line.empty()) line += separator;
    line += part;
  };
  for (const auto& part : address.lines) add(part, ", ");
  add(address.postal_code, ", ");
  add(address.city, address.postal_code.empty() ? ", " : " ");
  return line;
}

}  // namespace flows::compose
