// Methods to pay that customers let us keep (R83): what they agreed to is kept with the payment
// that will bring the method; when the provider gives it, it is kept under that proof. Without the
// proof nothing is kept, whatever a provider says.
//
// Bills are charged to at most one method of an account: the last one that was chosen for it.
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/plan/kept_method.h"
#include "ports/intents.h"
#include "ports/store.h"

namespace flows {

// What the customer agreed to, when they began the payment.
struct MethodConsent {
  domain::AccountId account;
  domain::IntentId intent;  // Of the payment: intent_of_request().
  std::string gateway, method;
  bool for_bills = false;
  std::string text;  // The words that were shown.
  std::string ip;
};
// Once for an intent; the same again changes nothing.
[[nodiscard]] base::Result<> note_consent(ports::Store& store, const base::Clock& clock,
                                          const MethodConsent& consent);

// After a word of the provider, in its transaction: keeps the method that came with it.
[[nodiscard]] base::Result<> keep_method(ports::Transaction& transaction,
                                         const ports::StoredIntent& stored, base::Instant now);

struct ChangeMethod {
  domain::AccountId account;
  domain::KeptMethodId method;
  std::string actor = "customer";
};
// Errors of both: method_not_found (also where it is of another account), and those of the store.
[[nodiscard]] base::Result<domain::KeptMethod> forget_method(ports::Store& store,
                                                             const base::Clock& clock,
                                                             const ChangeMethod& request);
[[nodiscard]] base::Result<domain::KeptMethod> forget_method(ports::Transaction& transaction,
                                                             const base::Clock& clock,
                                                             const ChangeMethod& request);
// Whether bills are charged to it from now on. Errors: also method_not_kept.
[[nodiscard]] base::Result<domain::KeptMethod> use_for_bills(ports::Store& store,
                                                             const base::Clock& clock,
                                                             const ChangeMethod& request,
                                                             bool for_bills);

// A method that is over, with its event; its owner is told. In the caller's transaction.
[[nodiscard]] base::Result<> end_method(ports::Transaction& transaction, domain::KeptMethod method,
                                        std::string_view reason, base::Date day, base::Instant now);

}  // namespace flows
