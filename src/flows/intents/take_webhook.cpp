#include "flows/intents/take_webhook.h"

#include "flows/intents/apply_intent_update.h"
#include "flows/intents/drive_intent.h"

namespace flows {
namespace {

using base::Result;

Result<std::optional<domain::IntentId>> intent_of(ports::Transaction& transaction,
                                                  std::string_view gateway,
                                                  const ports::WebhookEvent& event) {
  if (const auto id = domain::IntentId::parse(event.intent)) {
    const auto stored = TRY(transaction.intents().find(*id));
    // A provider's terminals are a gateway of their own, and tell where it tells.
    const std::string_view name = stored ? std::string_view(stored->intent.gateway) : "";
    if (name == gateway || name.starts_with(std::string(gateway) + "_")) return std::optional(*id);
  }
  if (event.update.provider_reference.empty()) return std::optional<domain::IntentId>();
  return transaction.intents().find_by_reference(gateway, event.update.provider_reference);
}

}  // namespace

Result<WebhookReport> take_webhook(ports::Store& store, const base::Clock& clock,
                                   const Gateways& gateways, std::string_view name,
                                   const ports::Webhook& webhook) {
  ports::Gateway* gateway = TRY(gateways.find(name));
  ports::WebhookReading reading = TRY(gateway->verify_webhook(webhook));
  WebhookReport report{.reply = std::move(reading.reply)};
  for (const ports::WebhookEvent& event : reading.events) {
    std::optional<domain::IntentId> ask;
    bool known = false;
    TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
      ask.reset();
      const auto id = TRY(intent_of(transaction, name, event));
      known = id.has_value();
      if (!known) return {};
      const IntentContext context{.recorded = clock.now(), .actor = std::string(name)};
      domain::IntentUpdate update = event.update;
      const auto stored = TRY(transaction.intents().find(*id));
      // What a terminal calls a payment is not what its provider calls it.
      if (stored && stored->intent.gateway != name) update.provider_reference.clear();
      auto applied = apply_intent_update(transaction, context, *id, update);
      if (!applied) {
        // Words that cannot be true are not believed; the provider is asked instead.
        if (!applied.error().code.starts_with("intent_")) return std::unexpected(applied.error());
        ask = id;
      } else if (event.update.must_ask) {
        ask = id;
      }
      return {};
    }));
    ++(known ? report.applied : report.unknown);
    // An answer that does not come is asked for again later; the webhook was heard.
    if (ask) static_cast<void>(drive_intent(store, clock, gateways, *ask));
  }
  return report;
}

}  // namespace flows
