// Take an intent one step on at its provider: order it, capture, cancel, refund, or ask how it is.
//
// The call to the provider is made outside of any transaction and its answer applied in one of its
// own: a crash between the two leaves an intent that is driven again, by the same key, and moves no
// money twice. What was paid elsewhere meanwhile is stopped rather than captured.
#pragma once

#include <functional>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "flows/intents/gateways.h"
#include "ports/intents.h"
#include "ports/store.h"

namespace flows {

// The intent as it is afterwards. Errors: intent_not_found, gateway_unknown, those of the
// gateway's settings and of the store.
[[nodiscard]] base::Result<ports::StoredIntent> drive_intent(ports::Store& store,
                                                             const base::Clock& clock,
                                                             const Gateways& gateways,
                                                             domain::IntentId id);

// What the customer brought back from the provider's page. Errors: as above.
[[nodiscard]] base::Result<ports::StoredIntent> confirm_intent(
    ports::Store& store, const base::Clock& clock, const Gateways& gateways, domain::IntentId id,
    const std::map<std::string, std::string>& details);

// Its payer, or somebody for them, wants it ended: stopped where money has not moved; money that
// moves all the same goes back. What a terminal says yes to stays. Errors: as above.
[[nodiscard]] base::Result<ports::StoredIntent> stop_intent(ports::Store& store,
                                                            const base::Clock& clock,
                                                            const Gateways& gateways,
                                                            domain::IntentId id);

// Money that came goes back: all of it, or so much. Errors: as above, and refund_too_large,
// amount_not_positive, other_currency, intent_not_settled.
[[nodiscard]] base::Result<ports::StoredIntent> refund_intent(ports::Store& store,
                                                              const base::Clock& clock,
                                                              const Gateways& gateways,
                                                              domain::IntentId id,
                                                              base::Money amount);

struct AskReport {
  std::int64_t asked = 0;
  std::int64_t ended = 0;    // Of these, those that are over now.
  std::int64_t waiting = 0;  // Without an answer.
  std::vector<base::Error> problems;
};
// All whose time to be asked has come, up to `limit`. One that cannot be asked is a problem; the
// others go on. Errors: those of the store.
[[nodiscard]] base::Result<AskReport> ask_intents(ports::Store& store, const base::Clock& clock,
                                                  const Gateways& gateways, std::size_t limit);

}  // namespace flows
