// Nexo messages to a terminal and what its answers mean, as pure functions on values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/instant.h"
#include "domain/payment/intent.h"
#include "gateways/psp/exchange/exchange.h"
#include "ports/gateway.h"

namespace gateways::adyen_terminal {

// How a payment at a terminal is named: the terminal and our name of the message, and once it is
// paid the terminal's own name of it with its time, without which it can't be given back.
struct Name {
  std::string device, service, transaction, time;

  [[nodiscard]] std::string to_text() const;  // "V400m-1/A1B2/tx.PSP/2026-..."
  // Errors: bad_gateway_order.
  [[nodiscard]] static base::Result<Name> parse(std::string_view text);
};

// Who speaks, and the name of the message (at most ten characters).
struct Header {
  std::string category;  // "Payment"
  std::string service, sale, device;
};

// The whole message. Amounts are decimal numbers in it, written digit by digit.
[[nodiscard]] std::string payment_message(const Header& header, const ports::PaymentOrder& order,
                                          base::Instant now);
[[nodiscard]] std::string status_message(const Header& header, const Name& payment);
[[nodiscard]] std::string abort_message(const Header& header, const Name& payment);
[[nodiscard]] std::string reversal_message(const Header& header, const Name& payment,
                                           const ports::PaymentChange& change, base::Instant now);

// Of a payment, sent as `name.service`.
[[nodiscard]] domain::IntentUpdate read_payment(const Answer& answer, const Name& name,
                                                base::Currency currency);
// How a payment stands; `found` is false where the terminal has never heard of it.
struct Standing {
  bool found = true;
  domain::IntentUpdate update;
};
[[nodiscard]] Standing read_status(const Answer& answer, const Header& asked, const Name& name,
                                   base::Currency currency);
[[nodiscard]] domain::IntentUpdate read_reversal(const Answer& answer, const Header& asked,
                                                 const Name& name);

// By the terminal's error condition.
[[nodiscard]] domain::Decline classify(std::string_view code);

}  // namespace gateways::adyen_terminal
