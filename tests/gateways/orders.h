// An order and a change of it, as the gateways' tests make them.
#pragma once

#include <string>

#include "base/money/money.h"
#include "domain/payment/intent.h"
#include "ports/gateway.h"

namespace tests {

[[nodiscard]] inline base::Money money(std::int64_t minor, std::string_view currency) {
  return {minor, *base::Currency::parse(currency)};
}

[[nodiscard]] inline ports::PaymentOrder order_of(const std::string& intent, base::Money amount,
                                                  const std::string& method) {
  ports::PaymentOrder order;
  order.intent = intent;
  order.idempotency_key = intent + "-key";
  order.amount = amount;
  order.method = method;
  order.description = "Faktura 1001";
  order.return_url = "https://telgiro.example/b/x/paid";
  order.callback_url = "https://telgiro.example/hooks/" + method;
  order.payer.reference = "cust-1";
  order.payer.email = "anna@example.com";
  order.payer.country = "SE";
  order.payer.language = "sv";
  order.payer.ip = "192.0.2.7";
  return order;
}

[[nodiscard]] inline ports::PaymentChange change_of(const domain::IntentUpdate& update,
                                                    const std::string& intent, base::Money amount,
                                                    const std::string& key) {
  ports::PaymentChange change;
  change.intent = intent;
  change.provider_reference = update.provider_reference;
  change.idempotency_key = key;
  change.amount = change.total = amount;
  return change;
}

}  // namespace tests
