#include "flows/intents/open_intent.h"

#include <algorithm>

#include "flows/collections/pending.h"
#include "flows/intents/apply_intent_update.h"
#include "flows/intents/drive_intent.h"
#include "flows/operations/derived_ids.h"
#include "ports/billing.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::PaymentIntent;
using ports::StoredIntent;

// "Same" is what the customer would call the same payment.
bool is_same(const StoredIntent& stored, const PaymentIntent& asked) {
  return stored.intent.gateway == asked.gateway && stored.intent.method == asked.method &&
         stored.intent.amount == asked.amount &&
         std::ranges::equal(stored.intent.parts, asked.parts, {}, &domain::IntentPart::bill,
                            &domain::IntentPart::bill);
}

}  // namespace

Result<> check_payable(ports::Transaction& transaction, const PaymentIntent& intent) {
  std::vector<ports::Billing::BillKey> keys;
  for (const domain::IntentPart& part : intent.parts) keys.push_back({intent.account, part.bill});
  const auto bills = TRY(transaction.billing().hold_bills(keys));
  const auto others = TRY(transaction.intents().live_of(intent.account));
  for (const domain::IntentPart& part : intent.parts) {
    const std::string place = part.bill.to_string();
    const auto bill = std::ranges::find(bills, part.bill, &domain::Bill::id);
    if (bill == bills.end()) return base::fail("bill_not_found", "there is no such bill", place);
    if (bill->state != domain::BillState::kOpen) {
      return base::fail("bill_not_payable", "nothing is to be paid on the bill any more", place);
    }
    if (bill->total.currency() != part.amount.currency()) {
      return base::fail("other_currency", "the bill is in another currency", place);
    }
    if (part.amount > bill->rest()) {
      return base::fail("amount_too_large",
                        "only " + bill->rest().to_decimal_string() + " is left to pay", place);
    }
    Money free = bill->rest() - TRY(pending_debits(transaction, *bill));
    if (part.amount > free) {
      return base::fail("already_being_paid", "a debit of the bill is under way", place);
    }
    for (const StoredIntent& other : others) {
      free -= domain::held_for(other.intent, part.bill);
      if (part.amount > free) {
        return base::fail("already_being_paid", "the bill is being paid in another way just now",
                          other.intent.id.to_string());
      }
    }
  }
  return {};
}

domain::IntentId intent_of_request(domain::AccountId account, std::string_view request_key) {
  return derived_id<domain::IntentId>({"intent", account.to_string(), request_key});
}

Result<domain::IntentId> keep_intent(ports::Transaction& transaction, const base::Clock& clock,
                                     const OpenIntent& request) {
  const domain::IntentId id = intent_of_request(request.account, request.request_key);
  StoredIntent stored;
  stored.intent = TRY(domain::make_intent(id, request.account, request.parts, clock.now()));
  stored.intent.gateway = request.gateway;
  stored.intent.method = request.order.method;
  stored.intent.channel = request.order.channel;
  stored.intent.expires = request.order.expires;
  TRY(transaction.work().lock(intent_lock(id)));
  if (const auto before = TRY(transaction.intents().find(id))) {
    if (is_same(*before, stored.intent)) return id;
    return base::fail("request_key_reused", "the key was used for another payment",
                      request.request_key);
  }
  TRY(check_payable(transaction, stored.intent));
  stored.order = request.order;
  stored.order.intent = id.to_string();
  stored.order.idempotency_key = id.to_string();
  stored.order.amount = stored.intent.amount;
  TRY(transaction.intents().add(stored));
  return id;
}

Result<StoredIntent> open_intent(ports::Store& store, const base::Clock& clock,
                                 const Gateways& gateways, const OpenIntent& request) {
  TRY(gateways.find(request.gateway));
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(keep_intent(transaction, clock, request));
    return {};
  }));
  return drive_intent(store, clock, gateways,
                      intent_of_request(request.account, request.request_key));
}

}  // namespace flows
