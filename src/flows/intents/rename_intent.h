// Which payment at its provider holds an intent's money, put right by a person (D4).
//
// A customer may try several cards on one page. What is known as an intent's payment is the one
// whose money came first; where another one's name was kept instead, a refund would go to the wrong
// one. A settlement that names a payment otherwise than its intent tells of it (take_settlement.h).
#pragma once

#include <string>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "ports/intents.h"
#include "ports/store.h"

namespace flows {

struct RenameIntent {
  domain::IntentId intent;
  std::string reference;  // One that it has had before: at its provider.
  std::string reason;
  std::string actor;
};
// It is asked for by its new name at once. Errors: intent_not_found, missing_reason,
// intent_name_unknown (it never had that name, or has it now), and those of the store.
[[nodiscard]] base::Result<ports::StoredIntent> rename_intent(ports::Store& store,
                                                              const base::Clock& clock,
                                                              const RenameIntent& wish);

}  // namespace flows
