// What we say to Adyen and what its answers mean, as pure functions on values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/payment/intent.h"
#include "gateways/psp/exchange/exchange.h"
#include "ports/gateway.h"

namespace gateways::adyen {

// When money is taken: by Adyen as soon as it is authorised, or when we ask for it.
enum class Capture { kImmediate, kByUs };

struct Account {
  std::string merchant;
  Capture capture = Capture::kImmediate;
};

// How Adyen calls a method of ours, and whether it is paid on Adyen's page or the method's own.
struct Method {
  std::string_view name, type;
  bool by_link = true;
};
[[nodiscard]] const Method* find_method(std::string_view name);

[[nodiscard]] base::Json amount_json(base::Money amount);
[[nodiscard]] base::Json link_body(const ports::PaymentOrder& order, const Method& method,
                                   const Account& account);
[[nodiscard]] base::Json payment_body(const ports::PaymentOrder& order, const Method& method,
                                      const Account& account);
[[nodiscard]] base::Json stored_body(const ports::PaymentOrder& order, const Account& account);
[[nodiscard]] base::Json change_body(const ports::PaymentChange& change, bool with_amount,
                                     const Account& account);

[[nodiscard]] domain::IntentUpdate read_link(const Answer& answer);
// Of /payments and /payments/details. `amount` is what was ordered.
[[nodiscard]] domain::IntentUpdate read_payment(const Answer& answer, base::Money amount,
                                                Capture capture);
[[nodiscard]] domain::IntentUpdate read_change(const Answer& answer, std::string reference);

// By the number of a refusal or by its English text, as webhooks say it.
[[nodiscard]] domain::Decline classify(std::string_view code);

// What is signed of a webhook's item.
[[nodiscard]] std::string signed_text(const base::Json& item);
// What the item says of a payment; nothing where it concerns none.
// Errors: webhook_malformed.
[[nodiscard]] base::Result<std::optional<ports::WebhookEvent>> read_item(const base::Json& item,
                                                                         Capture capture);

}  // namespace gateways::adyen
