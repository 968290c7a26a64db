// What we say to PayPal and what its answers mean, as pure functions on values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/payment/intent.h"
#include "gateways/psp/exchange/exchange.h"
#include "ports/gateway.h"

namespace gateways::paypal {

[[nodiscard]] base::Json amount_json(base::Money amount);
// {"currency_code": "SEK", "value": "299.00"}; nothing where it is none of ours.
[[nodiscard]] std::optional<base::Money> amount_of(const base::Json& said);

[[nodiscard]] base::Json order_body(const ports::PaymentOrder& order);
[[nodiscard]] base::Json refund_body(const ports::PaymentChange& change);

// The issue of an error: "INSTRUMENT_DECLINED"; its name where it has none.
[[nodiscard]] std::string issue_of(const base::Json& body);
// Of an order that was made, asked for or captured.
[[nodiscard]] domain::IntentUpdate read_order(const Answer& answer);
// PayPal would not capture; `by_us` where no customer is there to choose something else.
[[nodiscard]] domain::IntentUpdate read_refusal(const Answer& answer, std::string reference,
                                                bool by_us);
// The capture of an order; "" where there is none.
[[nodiscard]] std::string capture_id(const base::Json& order);
[[nodiscard]] domain::IntentUpdate read_refund(const Answer& answer,
                                               const ports::PaymentChange& change);

[[nodiscard]] domain::Decline classify(std::string_view code);

// Whether a certificate may be PayPal's: https, from its own domain.
[[nodiscard]] bool is_of_paypal(std::string_view url);
// Errors: webhook_malformed.
[[nodiscard]] base::Result<std::optional<ports::WebhookEvent>> read_event(const base::Json& body);

}  // namespace gateways::paypal
