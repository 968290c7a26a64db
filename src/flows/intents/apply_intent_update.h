// What a provider's word does to the books (D4): the only place where money of gateways is posted.
//
// Money that came stands on clearing:<gateway> until the provider pays it out, and is assigned to
// the bills it was meant for, each up to its rest. What finds nothing left to pay, because the bill
// was paid meanwhile, is asked back at once. Money that went back takes its assignments along.
#pragma once

#include <string>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "ports/intents.h"
#include "ports/store.h"

namespace flows {

struct IntentContext {
  base::Instant recorded;
  std::string actor = "gateway";
};

// Others who touch the intent wait.
[[nodiscard]] std::string intent_lock(domain::IntentId intent);

// In the caller's transaction. The intent as it is afterwards. Errors: intent_not_found, those of
// domain::apply_update and of the store.
[[nodiscard]] base::Result<ports::StoredIntent> apply_intent_update(
    ports::Transaction& transaction, const IntentContext& context, domain::IntentId id,
    const domain::IntentUpdate& update);

// Locks and reads it, to change it in this transaction. Errors: intent_not_found.
[[nodiscard]] base::Result<ports::StoredIntent> hold_intent(ports::Transaction& transaction,
                                                            domain::IntentId id);
// What the bills still owe of each part, the bills held.
[[nodiscard]] base::Result<base::Money> still_owed(ports::Transaction& transaction,
                                                   const domain::PaymentIntent& intent);
// Tells those who look at the intent's bills that something is new.
[[nodiscard]] base::Result<> touch_bills(ports::Transaction& transaction,
                                         const domain::PaymentIntent& intent);

}  // namespace flows
