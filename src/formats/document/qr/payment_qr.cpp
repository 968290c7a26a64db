#include "formats/document/qr/payment_qr.h"

#include <algorithm>

#include "domain/bank/bic.h"
#include "domain/bank/iban.h"
#include "domain/reference/finnish_reference.h"
#include "domain/reference/rf_reference.h"

namespace formats::document {
namespace {

// Limits of EPC069-12: the name of the payee, the free text, the whole, the amount.
constexpr std::size_t kNameMax = 70;
constexpr std::size_t kTextMax = 140;
constexpr std::size_t kBytesMax = 331;
constexpr std::int64_t kCentsMax = 99'999'999'999;

// Without the line ends that separate fields.
[[nodiscard]] std::string one_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(line, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line;
}

// Of UTF-8.
[[nodiscard]] std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

[[nodiscard]] std::unexpected<base::Error> too_long(std::string_view what, std::size_t most,
                                                    std::string_view place) {
  return base::fail("not_payable_in_euro",
                    std::string(what) + " of a transfer code has at most " + std::to_string(most),
                    std::string(place));
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
  const std::string name = one_line(bill.payee_name);
  if (name.empty()) return base::fail("not_payable_in_euro", "the payee has no name", "name");
  if (characters_in(name) > kNameMax) return too_long("the name (letters)", kNameMax, "name");
  // Inside the EEA the BIC may be left out in version 002; a wrong one would stop the payment.
  const auto bic = domain::Bic::parse(bill.payee.bic);
  const auto rf = rf_form(bill.reference_scheme, bill.reference);
  std::string text = "BCD\n002\n1\nSCT\n";
  text += (bic ? bic->text() : "") + "\n";
  text += name + "\n" + iban->text() + "\n";
  text += "EUR" + bill.amount.to_decimal_string() + "\n";
  text += "\n";  // Purpose.
  if (!rf && characters_in(bill.reference) > kTextMax) {
    return too_long("the reference (letters)", kTextMax, "reference");
  }
  text += rf ? *rf : "\n" + one_line(bill.reference);
  if (text.size() > kBytesMax) return too_long("the whole (bytes)", kBytesMax, "");
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
