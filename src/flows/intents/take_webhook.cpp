#include "flows/intents/take_webhook.h"

#include "flows/intents/webhook_inbox.h"

namespace flows {

base::Result<WebhookReport> take_webhook(ports::Store& store, const base::Clock& clock,
                                         const Gateways& gateways, std::string_view name,
                                         const ports::Webhook& webhook) {
  return WebhookInbox().take(store, clock, gateways, name, webhook);
}

}  // namespace flows
