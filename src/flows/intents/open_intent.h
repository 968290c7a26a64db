// Begin a payment through a gateway (D4): the intent is kept first, in a transaction that sees to
// it that no more is being paid than is owed; only then is the provider asked.
//
// The same request key of an account is the same intent, however often it is sent.
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "flows/intents/gateways.h"
#include "ports/intents.h"
#include "ports/store.h"

namespace flows {

struct OpenIntent {
  domain::AccountId account;
  std::vector<domain::IntentPart> parts;
  std::string gateway;
  std::string request_key;  // The caller's; the same is the same payment.
  std::string actor = "customer";
  // Its method, channel, description, addresses, payer and kept method; the rest is filled in.
  ports::PaymentOrder order;
};

// The intent that a request with this key makes, or made.
[[nodiscard]] domain::IntentId intent_of_request(domain::AccountId account,
                                                 std::string_view request_key);

// What of each bill is free to be paid: its rest, less what others are paying just now. The bills
// are held. Errors: bill_not_found, bill_not_payable, other_currency, amount_too_large,
// already_being_paid (place: the intent that holds it, or the bill where it is a debit).
[[nodiscard]] base::Result<> check_payable(ports::Transaction& transaction,
                                           const domain::PaymentIntent& intent);

// Keeps it in the caller's transaction; it is driven later. Errors: those of open_intent, but for
// gateway_unknown and those of drive_intent.
[[nodiscard]] base::Result<domain::IntentId> keep_intent(ports::Transaction& transaction,
                                                         const base::Clock& clock,
                                                         const OpenIntent& request);

// Errors: gateway_unknown, intent_is_empty, intent_amount_not_positive, other_currency,
// intent_bill_twice, bill_not_found, bill_not_payable, amount_too_large (more than is owed),
// already_being_paid (place: the intent that holds it), request_key_reused (another payment had
// it), those of drive_intent and the store.
[[nodiscard]] base::Result<ports::StoredIntent> open_intent(ports::Store& store,
                                                            const base::Clock& clock,
                                                            const Gateways& gateways,
                                                            const OpenIntent& request);

}  // namespace flows
