// What we say to Swish and what its answers mean, as pure functions on values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/payment/intent.h"
#include "gateways/psp/exchange/exchange.h"
#include "ports/gateway.h"

namespace gateways::swish {

// A payment is named by its id, followed by those of its refunds: Swish can be asked for each, but
// not for all of a payment.
struct Name {
  std::string payment;
  std::vector<std::string> refunds;

  [[nodiscard]] std::string to_text() const;  // "0A...+1B...+2C..."
  [[nodiscard]] static Name parse(std::string_view text);
  void add_refund(const std::string& id);  // Once.
};

// Our id as Swish takes it, and back.
[[nodiscard]] std::string reference_of(std::string_view intent);
[[nodiscard]] std::string intent_of(std::string_view reference);
// At most 50 of the characters that the app shows.
[[nodiscard]] std::string message_of(std::string_view text);

[[nodiscard]] base::Json payment_body(const ports::PaymentOrder& order, std::string_view payee);
[[nodiscard]] base::Json refund_body(const ports::PaymentChange& change, std::string_view payee,
                                     std::string_view payment, std::string_view callback_url);

// "100.00", as a number or as text. Errors: amount_not_understood.
[[nodiscard]] base::Result<base::Money> amount_of(const base::Json& said);
// Swish's code of what was refused; "" where there is none.
[[nodiscard]] std::string error_code(const Answer& answer);
// The request with this name is there already.
[[nodiscard]] bool is_there_already(const Answer& answer);

[[nodiscard]] domain::IntentUpdate read_created(const Answer& answer, std::string reference,
                                                std::string_view return_url);
[[nodiscard]] domain::IntentUpdate read_payment(const Answer& answer, std::string reference);
// Adds what became of a refund to what is known of its payment.
void take_refund(domain::IntentUpdate& update, const Answer& refund);

[[nodiscard]] domain::Decline classify(std::string_view code);

// What a callback may make us ask. Errors: webhook_malformed, webhook_other_merchant.
[[nodiscard]] base::Result<ports::WebhookEvent> read_callback(const base::Json& body,
                                                              std::string_view payee);

}  // namespace gateways::swish
