// Gateway: a provider that moves money for us. One interface for all of them (issue of payments;
// D4): adapters translate and never decide.
//
// Every call carries a key that makes it the same call when it is made again. A provider that does
// not answer, answers late, or with something not understood, gives an update that is pending and
// not answered, never an error: errors are ours alone (settings, an order that can't be said).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/payment/intent.h"

namespace ports {

struct GatewayPayer {
  std::string reference;  // Ours, opaque: never a personal number.
  std::string email, phone;
  std::string country;   // "SE"
  std::string language;  // "sv"
  std::string ip;
};

struct PaymentOrder {
  std::string intent;  // Our id, the provider's merchant reference.
  std::string idempotency_key;
  base::Money amount;
  std::string method;  // card | applepay | googlepay | paypal | vipps | mobilepay | swish | ...
  domain::PaymentChannel channel = domain::PaymentChannel::kOnline;
  std::string description;  // What the customer reads, short.
  std::string return_url;
  std::string callback_url;
  GatewayPayer payer;
  bool capture_now = true;
  bool keep_method = false;   // The customer agreed that it is kept.
  std::string stored_method;  // Of charge_stored.
  std::string device;         // A terminal's id, in person.
  std::optional<base::Instant> expires;
};

// Something done to a payment that exists.
struct PaymentChange {
  std::string intent;
  std::string provider_reference;
  std::string idempotency_key;
  base::Money amount;
  base::Money total;  // Of the payment.
};

// What the customer brought back: the query or the details of an authentication.
struct PaymentConfirmation {
  PaymentChange payment;
  std::map<std::string, std::string> details;
};

struct Webhook {
  std::string path;  // With its query.
  std::string host;
  std::map<std::string, std::string> headers;  // Names in small letters.
  std::string body;
  base::Instant received;
};

struct WebhookEvent {
  std::string intent;  // Our id where it is said; else provider_reference of the update counts.
  domain::IntentUpdate update;
};

struct WebhookReading {
  std::vector<WebhookEvent> events;  // Empty: nothing that concerns a payment.
  std::string reply;                 // What the provider wants to hear, with 200.
};

class Gateway {
 public:
  virtual ~Gateway() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;  // "adyen"

  [[nodiscard]] virtual base::Result<domain::IntentUpdate> create(const PaymentOrder& order) = 0;
  [[nodiscard]] virtual base::Result<domain::IntentUpdate> confirm(
      const PaymentConfirmation& confirmation) = 0;
  // Whether authorised money becomes ours without a capture of ours, where an order asks for it.
  [[nodiscard]] virtual bool captures_by_itself() const { return true; }
  // Without the customer. Errors: gateway_cannot (the provider keeps no methods).
  [[nodiscard]] virtual base::Result<domain::IntentUpdate> charge_stored(
      const PaymentOrder& order) = 0;
  [[nodiscard]] virtual base::Result<domain::IntentUpdate> capture(const PaymentChange& change) = 0;
  [[nodiscard]] virtual base::Result<domain::IntentUpdate> cancel(const PaymentChange& change) = 0;
  [[nodiscard]] virtual base::Result<domain::IntentUpdate> refund(const PaymentChange& change) = 0;
  [[nodiscard]] virtual base::Result<domain::IntentUpdate> status(const PaymentChange& change) = 0;

  // Errors: webhook_malformed, webhook_signature_wrong, webhook_too_old, webhook_other_merchant,
  // webhook_too_large. Nothing of a refused webhook is believed.
  [[nodiscard]] virtual base::Result<WebhookReading> verify_webhook(const Webhook& webhook) = 0;
  // What the provider's own code of a refusal means.
  [[nodiscard]] virtual domain::Decline classify(std::string_view code) const = 0;
};

}  // namespace ports
