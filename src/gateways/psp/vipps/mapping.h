// What we say to Vipps MobilePay and what its answers mean, as pure functions on values.
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

namespace gateways::vipps {

// How Vipps names a payment of ours: letters, digits and hyphens, 8 to 50 of them.
[[nodiscard]] std::string reference_of(std::string_view intent);

// A charge of an agreement is named "agreement/charge"; a payment by its reference.
struct ChargeName {
  std::string agreement, charge;
};
[[nodiscard]] std::optional<ChargeName> charge_of(std::string_view reference);

// Errors: bad_gateway_order (by telephone without a number).
[[nodiscard]] base::Result<base::Json> payment_body(const ports::PaymentOrder& order);
[[nodiscard]] base::Json change_body(base::Money amount);
[[nodiscard]] base::Json agreement_body(const ports::PaymentOrder& order,
                                        std::string_view agreement_url);
[[nodiscard]] base::Json charge_body(const ports::PaymentOrder& order, base::Date due,
                                     std::int64_t retry_days);
[[nodiscard]] base::Json charge_change_body(const ports::PaymentChange& change);
// The first day for which a charge can be ordered, wherever the agreement is.
[[nodiscard]] base::Date first_due(base::Instant now);

[[nodiscard]] domain::IntentUpdate read_created(const Answer& answer,
                                                const ports::PaymentOrder& order);
[[nodiscard]] domain::IntentUpdate read_agreement(const Answer& answer);
[[nodiscard]] domain::IntentUpdate read_charge_ordered(const Answer& answer,
                                                       const ports::PaymentOrder& order);
// A payment's state and sums, of a status, a capture, a cancellation or a refund.
[[nodiscard]] domain::IntentUpdate read_payment(const Answer& answer, std::string reference);
[[nodiscard]] domain::IntentUpdate read_charge(const Answer& answer, std::string reference);
[[nodiscard]] domain::IntentUpdate read_change(const Answer& answer, std::string reference);

// By the reason of a failed charge or the number of an error.
[[nodiscard]] domain::Decline classify(std::string_view code);

// Errors: webhook_malformed.
[[nodiscard]] base::Result<std::optional<ports::WebhookEvent>> read_event(const base::Json& body);

}  // namespace gateways::vipps
