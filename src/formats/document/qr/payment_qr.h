// What the QR code of a bill says.
//
// In euro, to an IBAN: a credit transfer that banks' apps read (EPC069-12, version 2, "GiroCode").
// Elsewhere: the address of the bill's own page, which knows what is left to pay when it is
// opened. The Nordic giro systems have no published open code that every bank's app reads, so we
// claim none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/money/money.h"
#include "base/result/result.h"
#include "domain/operator/operator.h"

namespace formats::document {

struct PayableBill {
  std::string_view payee_name;
  const domain::PayeeAccounts& payee;
  base::Money amount;  // What is asked for now.
  std::string_view reference_scheme;
  std::string_view reference;
  std::string_view page_url;  // Whole, https://...; empty where nobody told it.
};

enum class PaymentQrKind { kEuroTransfer, kPageLink };

struct PaymentQr {
  PaymentQrKind kind = PaymentQrKind::kPageLink;
  std::string text;
};

// Nothing where there is neither an account in euro nor an address.
[[nodiscard]] std::optional<PaymentQr> payment_qr(const PayableBill& bill);

// The text of a transfer. Nothing is cut: a name of more than 70 letters, a reference of more than
// 140 or more than 331 bytes in all have no such code, and papers go without it.
// Errors: not_payable_in_euro (place: amount, iban, name, reference, or none for the whole).
[[nodiscard]] base::Result<std::string> write_euro_transfer(const PayableBill& bill);

}  // namespace formats::document
