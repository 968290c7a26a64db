// Every code of payments. To add one: its writer beside this file, one line in kCodes, and, where
// papers carry it, its name in kCountries.
#include "formats/document/codes/registry.h"

#include <algorithm>

#include "formats/document/codes/danish_fi_line.h"
#include "formats/document/codes/finnish_barcode.h"
#include "formats/document/codes/norwegian_kid_line.h"
#include "formats/document/codes/swedish_ocr_line.h"
#include "formats/document/codes/swiss_qr.h"
#include "formats/document/qr/payment_qr.h"

namespace formats::document::codes {
namespace {

template <DanishSlip kSlip>
base::Result<std::string> write_danish(const PaymentFacts& facts) {
  return write_danish_fi_line(facts, kSlip);
}

base::Result<std::string> write_epc(const PaymentFacts& facts) {
  if (!facts.amount) {
    return base::fail("not_payable_in_euro", "a transfer code carries its amount", "amount");
  }
  if (facts.amount->currency().code() != "EUR") {
    return base::fail("code_wrong_currency", "a transfer code carries EUR only", "currency");
  }
  return write_euro_transfer({.payee_name = facts.payee_name,
                              .payee = facts.payee,
                              .amount = *facts.amount,
                              .reference_scheme = facts.reference_scheme,
                              .reference = facts.reference,
                              .page_url = {}});
}

constexpr auto kIban = CodeAccount::kIban;
constexpr auto kCreditor = CodeAccount::kDanishCreditor;

constexpr PaymentCode kCodes[] = {
    {"epc-qr", "SEPA transfer, EPC069-12 (GiroCode)", CodeShape::kQr, kIban, "EUR", write_epc},
    {"swiss-qr", "Swiss QR bill", CodeShape::kSwissQr, kIban, "CHF", write_swiss_qr},
    {"fi-barcode-4", "Finnish bank bar code, viitenumero", CodeShape::kBarcode, kIban, "EUR",
     write_finnish_barcode_4},
    {"fi-barcode-5", "Finnish bank bar code, RF reference", CodeShape::kBarcode, kIban, "EUR",
     write_finnish_barcode_5},
    {"se-ocr-line", "Swedish OCR line", CodeShape::kLine, CodeAccount::kGiro, "SEK",
     write_swedish_ocr_line},
    {"no-kid-line", "Norwegian KID line", CodeShape::kLine, kIban, "NOK", write_norwegian_kid_line},
    {"dk-fi-71", "Danish FI line, payment id of 15 digits", CodeShape::kLine, kCreditor, "DKK",
     write_danish<DanishSlip::k71>},
    {"dk-fi-73", "Danish FI line without payment id", CodeShape::kLine, kCreditor, "DKK",
     write_danish<DanishSlip::k73>},
    {"dk-fi-75", "Danish FI line, payment id of 16 digits", CodeShape::kLine, kCreditor, "DKK",
     write_danish<DanishSlip::k75>},
    {"dk-fi-01", "Danish giro line without payment id", CodeShape::kLine, kCreditor, "DKK",
     write_danish<DanishSlip::k01>},
    {"dk-fi-04", "Danish giro line, payment id of 16 digits", CodeShape::kLine, kCreditor, "DKK",
     write_danish<DanishSlip::k04>},
    {"dk-fi-15", "Danish giro line, payment id, for machines", CodeShape::kLine, kCreditor, "DKK",
     write_danish<DanishSlip::k15>},
};

struct CountryCodes {
  std::string_view country;
  std::array<std::string_view, 3> names;
};
// In the order of preference. Countries that are not here have the code of the euro.
constexpr CountryCodes kCountries[] = {
    {"CH", {"swiss-qr"}},
    {"LI", {"swiss-qr"}},
    {"DK", {"dk-fi-71", "epc-qr"}},
    {"FI", {"fi-barcode-4", "fi-barcode-5", "epc-qr"}},
    {"NO", {"no-kid-line", "epc-qr"}},
    {"SE", {"se-ocr-line", "epc-qr"}},
};
constexpr CountryCodes kElsewhere = {"", {"epc-qr"}};

}  // namespace

std::span<const PaymentCode> payment_codes() { return kCodes; }

base::Result<const PaymentCode*> find_payment_code(std::string_view name) {
  const auto code = std::ranges::find(kCodes, name, &PaymentCode::name);
  if (code != std::end(kCodes)) return code;
  std::string names;
  for (const PaymentCode& each : kCodes) {
    names += (names.empty() ? "" : ", ") + std::string(each.name);
  }
  return base::fail("unknown_payment_code", "the payment codes are " + names, std::string(name));
}

std::vector<WrittenCode> codes_for_paper(std::string_view country, const PaymentFacts& facts) {
  const auto row = std::ranges::find(kCountries, country, &CountryCodes::country);
  std::vector<WrittenCode> written;
  for (const std::string_view name : (row == std::end(kCountries) ? kElsewhere : *row).names) {
    if (name.empty()) continue;
    const PaymentCode* code = std::ranges::find(kCodes, name, &PaymentCode::name);
    const auto has_shape = [code](const WrittenCode& each) {
      return each.code->shape == code->shape;
    };
    if (std::ranges::any_of(written, has_shape)) continue;
    if (auto text = code->write(facts)) written.push_back({code, *std::move(text)});
  }
  return written;
}

}  // namespace formats::document::codes
