#include "flows/intents/rename_intent.h"

#include "flows/intents/apply_intent_update.h"
#include "flows/operations/derived_ids.h"
#include "ports/access.h"

namespace flows {

using base::Result;

Result<ports::StoredIntent> rename_intent(ports::Store& store, const base::Clock& clock,
                                          const RenameIntent& wish) {
  if (wish.reason.empty()) return base::fail("missing_reason", "say why it is that payment");
  ports::StoredIntent renamed;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    ports::StoredIntent stored = TRY(hold_intent(transaction, wish.intent));
    domain::PaymentIntent& intent = stored.intent;
    const auto owner = TRY(transaction.intents().find_by_reference(intent.gateway, wish.reference));
    if (owner != intent.id || intent.provider_reference == wish.reference) {
      return base::fail(
          "intent_name_unknown",
          "the payment never had the name '" + wish.reference + "' at its provider, or has it now",
          intent.id.to_string());
    }
    base::Json detail;
    detail.set("before", intent.provider_reference)
        .set("after", wish.reference)
        .set("reason", wish.reason);
    intent.provider_reference = wish.reference;
    intent.changed = clock.now();
    intent.ask_at = intent.changed;
    ++intent.version;
    TRY(transaction.intents().update(stored));
    TRY(transaction.access().add_audit(
        {.id = derived_id<domain::AuditId>(
             {"audit", "intent.rename", intent.id.to_string(), std::to_string(intent.version)}),
         .actor = wish.actor,
         .action = "intent.rename",
         .subject = intent.id.to_string(),
         .detail = std::move(detail),
         .recorded = intent.changed}));
    renamed = std::move(stored);
    return {};
  }));
  return renamed;
}

}  // namespace flows
