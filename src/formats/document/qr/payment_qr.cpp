#include "formats/document/qr/payment_qr.h"

#include "domain/bank/bic.h"
#include "domain/bank/iban.h"
#include "domain/reference/finnish_reference.h"
#include "domain/reference/rf_reference.h"

namespace formats::document {
namespace {

// Limits of EPC069-12: the name of the payee, the free text, the amount.
constexpr std::size_t kNameMax = 70;
constexpr std::size_t kTextMax = 140;
constexpr std::int64_t kCentsMax = 99'999'999'999;

// The first `characters` characters of UTF-8, without the line ends that separate fields.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t characters) {
  std::string line;
  std::size_t count = 0;
  for (const char c : text) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (!continues && ++count > characters) break;
    line.push_back(c == '\n' || c == '\r' ? ' ' : c);
  }
  return line;
}

// The structured form where there is one: a viitenumero travels as the RF that carries it.
[[nodiscard]] std::optional<std::string> rf_form(std::string_view scheme,
                                                 std::string_view reference) {
  if (scheme == "fi_viite") {
    if (const auto finnish = domain::FinnishReference::parse(reference)) {
      return domain::FinnishRfReference::of(*finnish).text();
    }
  }
  if (const auto rf = domain::RfReference::parse(reference)) return rf->text();
  return std::nullopt;
}

}  // namespace

base::Result<std::string> write_euro_transfer(const PayableBill& bill) {
  if (bill.amount.currency().code() != "EUR" || bill.amount.minor() < 1 ||
      bill.amount.minor() > kCentsMax) {
    return base::fail("not_payable_in_euro", "a transfer code carries 0.01 to 999999999.99 euro",
                      "amount");
  }
  const auto iban = domain::Iban::parse(bill.payee.iban);
  if (!iban) return base::fail("not_payable_in_euro", iban.error().text, "iban");
  const std::string name = one_line(bill.payee_name, kNameMax);
  if (name.empty()) return base::fail("not_payable_in_euro", "the payee has no name", "name");
  // Inside the EEA the BIC may be left out in version 002; a wrong one would stop the payment.
  const auto bic = domain::Bic::parse(bill.payee.bic);
  const auto rf = rf_form(bill.reference_scheme, bill.reference);
  std::string text = "BCD\n002\n1\nSCT\n";
  text += (bic ? bic->text() : "") + "\n";
  text += name + "\n" + iban->text() + "\n";
  text += "EUR" + bill.amount.to_decimal_string() + "\n";
  text += "\n";  // Purpose.
  text += rf ? *rf : "\n" + one_line(bill.reference, kTextMax);
  return text;
}

std::optional<PaymentQr> payment_qr(const PayableBill& bill) {
  if (auto transfer = write_euro_transfer(bill)) {
    return PaymentQr{PaymentQrKind::kEuroTransfer, *std::move(transfer)};
  }
  if (bill.page_url.empty()) return std::nullopt;
  return PaymentQr{PaymentQrKind::kPageLink, std::string(bill.page_url)};
}

}  // namespace formats::document
