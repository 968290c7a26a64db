#include "app/cli/commands_codes.h"

#include "domain/bank/giro.h"
#include "domain/bank/iban.h"
#include "domain/bank/norwegian_account.h"
#include "domain/reference/registry.h"
#include "formats/document/codes/registry.h"

namespace app::cli {
namespace {

namespace codes = formats::document::codes;
using base::Result;

std::string_view shape_text(codes::CodeShape shape) {
  switch (shape) {
    case codes::CodeShape::kQr: return "qr";
    case codes::CodeShape::kSwissQr: return "swiss_qr";
    case codes::CodeShape::kBarcode: return "barcode";
    case codes::CodeShape::kLine: return "line";
  }
  CHECK(false);
}

domain::PostalAddress address_of(const BankCodeOptions::Named& named) {
  return {{named.street}, named.postal_code, named.city, named.country};
}

// A Norwegian account may be told as it stands on bills, without the country's digits.
std::string iban_of(const std::string& account) {
  const auto norwegian = domain::NorwegianAccount::parse(account);
  if (!norwegian) return account;
  const auto iban = domain::Iban::from_bban("NO", norwegian->text());
  return iban ? iban->text() : account;
}

domain::PayeeAccounts payee_of(const BankCodeOptions& options, codes::CodeAccount account) {
  domain::PayeeAccounts payee;
  payee.bic = options.bic;
  switch (account) {
    case codes::CodeAccount::kIban: payee.iban = iban_of(options.account); break;
    case codes::CodeAccount::kGiro:
      // A number that could be either is a plusgiro where it is written as one.
      if (domain::Bankgiro::parse(options.account) &&
          options.account.find(' ') == std::string::npos) {
        payee.bankgiro = options.account;
      } else {
        payee.plusgiro = options.account;
      }
      break;
    case codes::CodeAccount::kDanishCreditor: break;
  }
  return payee;
}

Result<std::optional<base::Money>> amount_of(const std::string& text, base::Currency currency) {
  if (text.empty()) return std::nullopt;
  return TRY(of_option("--amount", base::Money::parse(text, currency)));
}

Result<std::optional<base::Date>> due_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return TRY(of_option("--due", base::Date::parse(text)));
}

std::string payment_schemes() {
  std::string names;
  for (const auto& scheme : domain::reference_schemes()) {
    if (scheme.use != domain::ReferenceUse::kPayment) continue;
    names += (names.empty() ? "" : ", ") + std::string(scheme.name);
  }
  return names;
}

Result<> check_scheme(const std::string& name) {
  const auto* scheme = domain::find_reference_scheme(name);
  if (name.empty() || (scheme != nullptr && scheme->use == domain::ReferenceUse::kPayment)) {
    return {};
  }
  return base::fail(
      "unknown_reference_scheme",
      "references of bills have no scheme '" + name + "'; use one of " + payment_schemes(),
      "--scheme");
}

// Where nobody names the reference's scheme: the first by which the code, which is of a country,
// can carry it.
Result<std::string> write_by_any_scheme(const codes::PaymentCode& code, codes::PaymentFacts facts,
                                        std::string& scheme) {
  auto text = code.write(facts);
  if (text || facts.reference.empty()) return text;
  for (const auto& each : domain::reference_schemes()) {
    if (each.use != domain::ReferenceUse::kPayment) continue;
    facts.reference_scheme = each.name;
    auto written = code.write(facts);
    if (!written) {
      if (written.error().code != "code_wrong_reference") return written;  // The reference fits.
      continue;
    }
    scheme = each.name;
    return written;
  }
  if (text.error().code == "code_wrong_reference") {
    text.error().text += "; '" + std::string(facts.reference) + "' is none";
  }
  return text;
}

}  // namespace

Outcome bank_code(const BankCodeOptions& options) {
  const auto* code = TRY(codes::find_payment_code(options.kind));
  TRY(check_scheme(options.scheme));
  const std::string currency_code =
      options.currency.empty() ? std::string(code->currency) : options.currency;
  const base::Currency currency =
      TRY(of_option("--currency", base::Currency::parse(currency_code)));
  const auto payee = payee_of(options, code->account);
  const auto payee_address = address_of(options.payee), payer_address = address_of(options.payer);
  const auto amount = TRY(amount_of(options.amount, currency));
  const auto due = TRY(due_of(options.due));
  const bool is_danish = code->account == codes::CodeAccount::kDanishCreditor;
  const codes::PaymentFacts facts = {
      .payee_name = options.payee.name,
      .payee_address = payee_address,
      .payee = payee,
      .danish_creditor = is_danish ? std::string_view(options.account) : "",
      .currency = currency,
      .amount = amount,
      .reference_scheme = options.scheme,
      .reference = options.reference,
      .due = due,
      .message = options.message,
      .payer_name = options.payer.name,
      .payer_address = &payer_address};
  std::string scheme = options.scheme;
  const std::string text =
      scheme.empty() ? TRY(write_by_any_scheme(*code, facts, scheme)) : TRY(code->write(facts));
  base::Json json;
  json.set("kind", code->name)
      .set("title", code->title)
      .set("shape", shape_text(code->shape))
      .set("scheme", scheme.empty() ? base::Json() : base::Json(scheme))
      .set("text", text);
  return Answer{std::move(json), text + "\n"};
}

}  // namespace app::cli
