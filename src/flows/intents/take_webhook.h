// A provider tells of payments: what is verified is applied, each word once, however often and in
// whatever order it comes. What names no payment of ours is counted and answered like the rest, so
// that the provider does not send it for weeks.
#pragma once

#include <string>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "flows/intents/gateways.h"
#include "ports/intents.h"
#include "ports/store.h"

namespace flows {

struct WebhookReport {
  std::string reply;  // What the provider wants to hear.
  std::int64_t applied = 0;
  std::int64_t unknown = 0;
};

// Errors: gateway_unknown, those of Gateway::verify_webhook, and those of the store: then the
// provider sends it again.
[[nodiscard]] base::Result<WebhookReport> take_webhook(ports::Store& store,
                                                       const base::Clock& clock,
                                                       const Gateways& gateways,
                                                       std::string_view gateway,
                                                       const ports::Webhook& webhook);

}  // namespace flows
