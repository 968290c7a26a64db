#include "flows/intents/drive_intent.h"

#include <algorithm>

#include "flows/care/time_zone.h"
#include "flows/intents/apply_intent_update.h"
#include "flows/operations/import_terms.h"
#include "flows/reconcile/house_assignment.h"
#include "ports/events.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::IntentStep;
using domain::IntentUpdate;
using domain::PaymentIntent;
using ports::StoredIntent;

// What is done now, decided with the bills held. What must be known afterwards is kept before the
// provider is asked.
struct Plan {
  IntentStep step = IntentStep::kNothing;
  StoredIntent stored;
};

Result<Plan> plan(ports::Store& store, const base::Clock& clock, const Gateways& gateways,
                  domain::IntentId id) {
  Plan made;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    StoredIntent stored = TRY(hold_intent(transaction, id));
    PaymentIntent& intent = stored.intent;
    const bool may_move = domain::is_live(intent.state) && intent.captured.is_zero();
    bool changed = false;
    if (may_move && !intent.stopping && TRY(still_owed(transaction, intent)) < intent.amount) {
      intent.stopping = changed = true;
    }
    // Nothing was ever sent of it: it can be ended here.
    if (intent.stopping && intent.state == domain::IntentState::kCreated) {
      stored = TRY(apply_intent_update(transaction, {.recorded = clock.now()}, id,
                                       {.state = domain::IntentState::kCancelled}));
      made.stored = std::move(stored);
      return {};
    }
    const auto gateway = gateways.find(intent.gateway);
    const bool by_itself = !gateway || (*gateway)->captures_by_itself();
    made.step = domain::next_step(intent, stored.order.capture_now && by_itself);
    if (made.step == IntentStep::kNothing && intent.ask_at) {
      intent.ask_at.reset();
      changed = true;
    }
    // Kept before the provider hears of it: from now on it may have happened.
    if (made.step == IntentStep::kOrder && intent.state == domain::IntentState::kCreated) {
      stored = TRY(apply_intent_update(transaction, {.recorded = clock.now()}, id,
                                       {.state = domain::IntentState::kPending}));
    }
    if (made.step == IntentStep::kRefund && intent.refund_ordered == intent.refund_sent) {
      intent.refund_ordered = intent.refund_asked;
      changed = true;
    }
    if (changed) {
      intent.changed = clock.now();
      ++intent.version;
      TRY(transaction.intents().update(stored));
    }
    made.stored = std::move(stored);
    return {};
  }));
  return made;
}

ports::PaymentChange change_of(const StoredIntent& stored, std::string_view what, Money amount) {
  const PaymentIntent& intent = stored.intent;
  return {.intent = intent.id.to_string(),
          .provider_reference = intent.provider_reference,
          .idempotency_key = intent.id.to_string() + "-" + std::string(what),
          .amount = amount,
          .total = intent.amount};
}

Result<IntentUpdate> call(ports::Gateway& gateway, const Plan& made) {
  const StoredIntent& stored = made.stored;
  const PaymentIntent& intent = stored.intent;
  switch (made.step) {
    case IntentStep::kOrder:
      return stored.order.stored_method.empty() ? gateway.create(stored.order)
                                                : gateway.charge_stored(stored.order);
    case IntentStep::kCapture: return gateway.capture(change_of(stored, "capture", intent.amount));
    case IntentStep::kCancel: return gateway.cancel(change_of(stored, "cancel", intent.amount));
    case IntentStep::kRefund:
      // The sum so far is in the key: another refund of the same amount is another refund.
      return gateway.refund(change_of(stored,
                                      "refund-" + std::to_string(intent.refund_ordered.minor()),
                                      intent.refund_ordered - intent.refund_sent));
    case IntentStep::kAsk: return gateway.status(change_of(stored, "status", intent.amount));
    case IntentStep::kNothing: break;
  }
  return IntentUpdate{.state = intent.state};
}

// The refund that was ordered is with the provider now, or is refused: then the money stays with us
// and somebody has to decide.
Result<> refund_answered(ports::Transaction& transaction, StoredIntent& stored, const Plan& made,
                         const IntentUpdate& update) {
  PaymentIntent& intent = stored.intent;
  const PaymentIntent& asked = made.stored.intent;
  if (update.decline == domain::Decline::kNone) {
    intent.refund_sent = std::max(intent.refund_sent, asked.refund_ordered);
  } else {
    const Money refused = asked.refund_ordered - asked.refund_sent;
    intent.refund_asked = std::max(intent.refunded, intent.refund_asked - refused);
    intent.refund_ordered = intent.refund_sent;
  }
  return transaction.intents().update(stored);
}

// The provider was asked and says what cannot be true: people see it with the account, once.
Result<> tell_of_contradiction(ports::Transaction& transaction, const IntentContext& context,
                               domain::IntentId id, const base::Error& error) {
  const StoredIntent stored = TRY(hold_intent(transaction, id));
  if (stored.intent.asked > 0) return {};
  const auto seller = TRY(load_seller(transaction));
  const base::Date today = TRY(local_date(seller.time_zone, context.recorded));
  base::Json data;
  data.set("intent", id.to_string())
      .set("gateway", stored.intent.gateway)
      .set("code", error.code)
      .set("text", error.text);
  const ports::NewEvent event{.account = stored.intent.account,
                              .kind = "intent_contradicted",
                              .effective = today,
                              .recorded = context.recorded,
                              .actor = context.actor,
                              .data = std::move(data),
                              .text = {}};
  return transaction.events().append({&event, 1});
}

// Keeps what the provider answered to a step, besides what it says of the payment.
Result<StoredIntent> keep(ports::Store& store, const base::Clock& clock, const Plan& made,
                          const IntentUpdate& update) {
  StoredIntent after;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    const IntentContext context{.recorded = clock.now()};
    const domain::IntentId id = made.stored.intent.id;
    if (made.step == IntentStep::kRefund && update.answered) {
      StoredIntent stored = TRY(hold_intent(transaction, id));
      TRY(refund_answered(transaction, stored, made, update));
    }
    auto applied = apply_intent_update(transaction, context, id, update);
    // Sums that cannot be true are not believed, and asked for again like an answer that is none.
    if (!applied && applied.error().code.starts_with("intent_")) {
      TRY(tell_of_contradiction(transaction, context, id, applied.error()));
      applied = apply_intent_update(transaction, context, id, {.answered = false});
    }
    after = TRY(std::move(applied));
    return {};
  }));
  return after;
}

// What a call that our own settings do not allow leaves behind: an order that was never sent has
// failed; anything else is tried again later.
IntentUpdate update_of(const base::Error& error, IntentStep step) {
  if (step != IntentStep::kOrder) return {.answered = false};
  return {.state = domain::IntentState::kFailed,
          .decline = domain::Decline::kOurMistake,
          .code = error.code};
}

using Change = std::function<Result<>(ports::Transaction&, PaymentIntent&)>;

// What of its money we have paid back by the bank.
Result<Money> sum_paid_out(ports::Transaction& transaction, const PaymentIntent& intent) {
  Money sum(0, intent.amount.currency());
  for (const domain::IntentPayment& came : intent.payments) {
    const auto payment = TRY(transaction.payments().find_payment(came.payment));
    if (payment) sum += TRY(paid_out_of(transaction, *payment));
  }
  return sum;
}

// Keeps a change of the intent itself, then drives it.
Result<StoredIntent> change_and_drive(ports::Store& store, const base::Clock& clock,
                                      const Gateways& gateways, domain::IntentId id,
                                      const Change& change) {
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    StoredIntent stored = TRY(hold_intent(transaction, id));
    TRY(change(transaction, stored.intent));
    stored.intent.changed = clock.now();
    stored.intent.ask_at = stored.intent.changed;
    ++stored.intent.version;
    return transaction.intents().update(stored);
  }));
  return drive_intent(store, clock, gateways, id);
}

}  // namespace

Result<StoredIntent> drive_intent(ports::Store& store, const base::Clock& clock,
                                  const Gateways& gateways, domain::IntentId id) {
  Plan made = TRY(plan(store, clock, gateways, id));
  if (made.step == IntentStep::kNothing) return std::move(made.stored);
  ports::Gateway* gateway = TRY(gateways.find(made.stored.intent.gateway));
  const auto update = call(*gateway, made);
  if (update) return keep(store, clock, made, *update);
  TRY(keep(store, clock, made, update_of(update.error(), made.step)));
  return std::unexpected(update.error());
}

Result<StoredIntent> confirm_intent(ports::Store& store, const base::Clock& clock,
                                    const Gateways& gateways, domain::IntentId id,
                                    const std::map<std::string, std::string>& details) {
  Plan made = TRY(plan(store, clock, gateways, id));
  if (!domain::is_live(made.stored.intent.state) || made.stored.intent.provider_reference.empty()) {
    return std::move(made.stored);
  }
  ports::Gateway* gateway = TRY(gateways.find(made.stored.intent.gateway));
  const IntentUpdate update =
      TRY(gateway->confirm({.payment = change_of(made.stored, "confirm", made.stored.intent.amount),
                            .details = details}));
  made.step = IntentStep::kAsk;
  return keep(store, clock, made, update);
}

Result<StoredIntent> stop_intent(ports::Store& store, const base::Clock& clock,
                                 const Gateways& gateways, domain::IntentId id) {
  return change_and_drive(
      store, clock, gateways, id, [](ports::Transaction&, PaymentIntent& intent) -> Result<> {
        intent.stopping = true;
        // At a terminal the payer saw what became of it; elsewhere they were told that it is
        // stopped.
        intent.unwanted = intent.unwanted || (domain::is_live(intent.state) &&
                                              intent.channel != domain::PaymentChannel::kInPerson);
        return {};
      });
}

Result<StoredIntent> refund_intent(ports::Store& store, const base::Clock& clock,
                                   const Gateways& gateways, domain::IntentId id, Money amount) {
  return change_and_drive(
      store, clock, gateways, id,
      [&](ports::Transaction& transaction, PaymentIntent& intent) -> Result<> {
        const std::string place = intent.id.to_string();
        if (amount.currency() != intent.amount.currency()) {
          return base::fail("other_currency", "the payment is in another currency", place);
        }
        if (amount <= Money(0, amount.currency())) {
          return base::fail("amount_not_positive", "refund more than nothing", place);
        }
        if (intent.captured.is_zero()) {
          return base::fail("intent_not_settled", "no money has come by this payment", place);
        }
        const Money left = intent.captured - std::max(intent.refunded, intent.refund_asked) -
                           TRY(sum_paid_out(transaction, intent));
        if (amount > left) {
          return base::fail("refund_too_large",
                            "only " + left.to_decimal_string() + " of it can still go back", place);
        }
        intent.refund_asked = std::max(intent.refunded, intent.refund_asked) + amount;
        return {};
      });
}

Result<AskReport> ask_intents(ports::Store& store, const base::Clock& clock,
                              const Gateways& gateways, std::size_t limit) {
  std::vector<domain::IntentId> due;
  {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    due = TRY(transaction->intents().to_ask(clock.now(), limit));
  }
  AskReport report;
  for (const domain::IntentId id : due) {
    auto stored = drive_intent(store, clock, gateways, id);
    ++report.asked;
    if (!stored) {
      report.problems.push_back(std::move(stored).error());
      continue;
    }
    if (!stored->intent.ask_at) ++report.ended;
    if (stored->intent.asked > 0) ++report.waiting;
  }
  return report;
}

}  // namespace flows
