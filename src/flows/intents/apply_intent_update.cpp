#include "flows/intents/apply_intent_update.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/result/check.h"
#include "domain/payment/other_payment.h"
#include "flows/care/time_zone.h"
#include "flows/care/touch_bills.h"
#include "flows/intents/book_capture.h"
#include "flows/intents/book_fee.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/payments/follow_open.h"
#include "flows/payments/payment_rows.h"
#include "flows/payments/undo_allocation.h"
#include "flows/plans/keep_method.h"
#include "flows/reconcile/house_assignment.h"
#include "ports/billing.h"
#include "ports/orders.h"
#include "ports/rail_costs.h"
#include "ports/work.h"
#include "support/observe/log.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::PaymentId;
using domain::PaymentIntent;
using ports::IncomingPayment;

// Books what one word of a provider changed.
class Booking {
 public:
  Booking(ports::Transaction& transaction, const IntentContext& context, PaymentIntent& intent)
      : transaction_(transaction), context_(context), intent_(intent) {}

  Result<> book(const domain::IntentChange& change) {
    const auto seller = TRY(load_seller(transaction_));
    today_ = TRY(local_date(seller.time_zone, context_.recorded));
    if (!change.captured.is_zero()) TRY(take(change.captured));
    const Money nothing(0, change.refunded.currency());
    if (change.refunded > nothing) TRY(give_back(change.refunded));
    if (change.refunded < nothing) TRY(take_again(-change.refunded));
    return {};
  }

 private:
  Result<> take(Money captured);
  Result<> give_back(Money refunded);
  Result<> take_again(Money returned);
  Result<> give_back_twice(Money amount);
  Result<Money> take_from(domain::IntentPayment& came, Money wanted, PaymentId back);
  [[nodiscard]] HouseAssignment row_of_return(PaymentId of, PaymentId back, Money amount) const;
  Result<> assign_again(IncomingPayment& payment, Money amount,
                        std::span<const ports::Allocation> undone);
  [[nodiscard]] IncomingPayment payment_of(Money amount, std::string_view what) const {
    return intent_payment(intent_, amount, what, context_, today_);
  }
  Result<> book_clearing(Money amount, PaymentId about) {
    return flows::book_clearing(intent_, amount, about, rows_, context_, today_);
  }
  // One word may tell of money that came and that went back: each is kept by itself.
  Result<> keep_rows() { return std::exchange(rows_, {}).keep(transaction_); }
  [[nodiscard]] AllocationContext allocation_context() const {
    return {.recorded = context_.recorded, .actor = context_.actor};
  }

  ports::Transaction& transaction_;
  const IntentContext& context_;
  PaymentIntent& intent_;
  base::Date today_;
  PaymentRows rows_;
};

Result<> Booking::take(Money captured) {
  BillsById bills;
  for (domain::Bill& bill : TRY(transaction_.billing().hold_bills(keys_of(intent_)))) {
    const auto id = bill.id;
    bills.emplace(id, HeldBill{std::move(bill)});
  }
  TRY(book_capture(intent_, captured, bills, rows_, context_, today_));
  add_changed(bills, rows_);
  return keep_rows();
}

Result<> Booking::give_back(Money refunded) {
  const Money nothing(0, refunded.currency());
  IncomingPayment payment = payment_of(-refunded, "went back");
  Money wanted = refunded;
  // The newest first: what came though the bill was paid already came last.
  for (auto came = intent_.payments.rbegin(); came != intent_.payments.rend(); ++came) {
    if (wanted > nothing) wanted -= TRY(take_from(*came, wanted, payment.id));
  }
  if (payment.amount = wanted - refunded; !payment.amount.is_zero()) {
    TRY(book_clearing(payment.amount, payment.id));
    assign_to_house(payment, row_of_return(payment.id, payment.id, payment.amount),
                    context_.recorded, rows_);
    follow_open(payment, "returned");
    rows_.payments.push_back(std::move(payment));
  }
  if (!wanted.is_zero()) TRY(give_back_twice(wanted));
  intent_.refund_asked = std::max(intent_.refund_asked, intent_.refunded);
  intent_.refund_sent = std::max(intent_.refund_sent, intent_.refunded);
  intent_.refund_ordered = std::max(intent_.refund_ordered, intent_.refund_sent);
  return keep_rows();
}

// The provider gave back by itself what we had paid back by the bank: it is true, and the payer has
// it twice. What went back waits for a person; the account's timeline tells it.
Result<> Booking::give_back_twice(Money amount) {
  Money wanted = amount;
  for (auto came = intent_.payments.rbegin(); came != intent_.payments.rend(); ++came) {
    const Money part = std::min(wanted, came->amount - came->back);
    came->back += part;
    wanted -= part;
  }
  CHECK(wanted.is_zero());
  IncomingPayment payment = payment_of(-amount, "went back twice");
  payment.reason = kPaidBackTwice;
  follow_open(payment);
  TRY(book_clearing(payment.amount, payment.id));
  base::Json data;
  data.set("intent", intent_.id.to_string())
      .set("gateway", intent_.gateway)
      .set("payment", payment.id.to_string())
      .set("amount", amount.to_decimal_string())
      .set("currency", amount.currency().code());
  rows_.events.push_back({.account = intent_.account,
                          .kind = "intent_paid_back_twice",
                          .effective = today_,
                          .recorded = context_.recorded,
                          .actor = context_.actor,
                          .data = std::move(data),
                          .text = {}});
  rows_.payments.push_back(std::move(payment));
  return {};
}

// A refund did not reach its payer: the money is with us again, and somebody has to decide.
Result<> Booking::take_again(Money returned) {
  const Money nothing(0, returned.currency());
  IncomingPayment payment = payment_of(returned, "refund failed");
  payment.reason = "refund_failed";
  follow_open(payment);
  TRY(book_clearing(returned, payment.id));
  intent_.payments.push_back({payment.id, returned, nothing});
  rows_.payments.push_back(std::move(payment));
  intent_.refund_asked = intent_.refund_ordered = intent_.refund_sent = intent_.refunded;
  return keep_rows();
}

// Takes up to so much of what is still with us, and tells how much that was.
Result<Money> Booking::take_from(domain::IntentPayment& came, Money wanted, PaymentId back) {
  TRY(transaction_.work().lock(payment_lock(came.payment)));
  auto payment = TRY(transaction_.payments().find_payment(came.payment));
  CHECK(payment.has_value());
  const Undoing undoing{.recorded = context_.recorded,
                        .effective = today_,
                        .actor = context_.actor,
                        .by = "returned",
                        .even_if_used = true};
  const Money nothing(0, wanted.currency());
  const Money paid_out = TRY(paid_out_of(transaction_, *payment));
  Money standing = nothing;
  auto rows = TRY(standing_allocations(transaction_, came.payment));
  // What we paid out is with its payer, and what went back before is gone: neither is undone.
  std::erase_if(rows, [](const ports::Allocation& row) { return row.account.is_nil(); });
  for (const ports::Allocation& row : rows) standing += row.amount;
  // What waits in suspense goes back first.
  const Money waiting = std::max(nothing, came.amount - came.back - standing - paid_out);
  const Money took = std::min({wanted, waiting + standing, came.amount - came.back});
  if (took.is_zero()) return took;
  Money stays = standing;
  if (took > waiting) {
    const std::string reason = payment->reason;
    for (const ports::Allocation& row : rows) TRY(undo(transaction_, *payment, row, undoing));
    stays -= took - waiting;
    if (!stays.is_zero()) TRY(assign_again(*payment, stays, rows));
    payment->reason = reason;
  }
  came.back += took;
  assign_to_house(*payment, row_of_return(came.payment, back, took), context_.recorded, rows_);
  follow_open(*payment, (stays + paid_out).is_zero() ? "returned" : "allocated");
  TRY(transaction_.payments().update_payment(*payment));
  return took;
}

HouseAssignment Booking::row_of_return(PaymentId of, PaymentId back, Money amount) const {
  return {.id = derived_id<domain::AllocationId>(
              {"allocation", of.to_string(), kWentBack, back.to_string()}),
          .amount = amount,
          .by = std::string(kWentBack),
          .day = today_,
          .posting = clearing_posting(back)};
}

// A part went back: the rest is what it was, in the order in which it was assigned.
Result<> Booking::assign_again(IncomingPayment& payment, Money amount,
                               std::span<const ports::Allocation> undone) {
  PaymentRows rows;
  AllocationContext context = allocation_context();
  context.ordinal = "after " + intent_.refunded.to_decimal_string();
  context.epoch = TRY(transaction_.work().hold_epoch());
  for (const ports::Allocation& row : undone) {
    const Money part = std::min(amount, row.amount);
    if (part.is_zero()) continue;
    TRY(rows.allocate(payment, row.account, {row.bill, part, "gateway"}, context));
    amount -= part;
    if (row.bill.is_nil()) continue;
    const ports::Billing::BillKey key{row.account, row.bill};
    auto bills = TRY(transaction_.billing().hold_bills({&key, 1}));
    CHECK(bills.size() == 1);
    domain::pay(bills.front(), part);
    ++bills.front().version;
    rows.bills.push_back(bills.front());
  }
  return rows.keep(transaction_);
}

// What is said of another payment than the one that holds the intent's money: that one is an intent
// of its own, begun by the first word that tells of money.
Result<> apply_to_other(ports::Transaction& transaction, const IntentContext& context,
                        const ports::StoredIntent& first, const domain::IntentUpdate& update) {
  const std::string name = first.intent.id.to_string();
  const auto id = derived_id<domain::IntentId>(
      {"other payment", name, first.intent.gateway, update.provider_reference});
  TRY(transaction.work().lock(intent_lock(id)));
  const bool is_there = TRY(transaction.intents().find(id)).has_value();
  const ports::ProviderEvent event{first.intent.gateway, update.event, first.intent.id};
  const auto is_known = TRY(transaction.intents().known_events({&event, 1}));
  if (is_known.front()) return {};
  if (!is_there && !domain::tells_of_money(update)) {
    return transaction.intents().add_events({&event, 1}, context.recorded);
  }
  if (!is_there) {
    ports::StoredIntent other{
        .intent = domain::make_other_payment(id, first.intent, context.recorded),
        .order = first.order};
    other.order.intent = other.order.idempotency_key = id.to_string();
    other.order.keep_method = false;
    TRY(transaction.intents().add(other));
    observe::log(observe::Level::kWarning, "paid_twice_at_provider",
                 {{"gateway", first.intent.gateway}, {"intent", name}, {"other", id.to_string()}});
  }
  TRY(apply_intent_update(transaction, context, id, update));
  return {};
}

}  // namespace

Result<> keep_cost(ports::Transaction& transaction, const IntentContext& context, base::Date today,
                   const PaymentIntent& before, const PaymentIntent& after) {
  TRY(book_fee(transaction, {today, context.recorded}, after));
  const Money ours = std::max(before.refund_ordered, before.refunded);
  if (after.refunded <= ours) return {};
  return transaction.orders().rail_costs().add_recall({.intent = after.id,
                                                       .word = after.version,
                                                       .rail = {after.gateway, after.method},
                                                       .amount = after.refunded - ours,
                                                       .day = today});
}

std::string intent_lock(domain::IntentId intent) { return "intent/" + intent.to_string(); }

Result<ports::StoredIntent> hold_intent(ports::Transaction& transaction, domain::IntentId id) {
  TRY(transaction.work().lock(intent_lock(id)));
  auto found = TRY(transaction.intents().hold({&id, 1}));
  if (found.empty()) {
    return base::fail("intent_not_found", "there is no such payment", id.to_string());
  }
  return std::move(found.front());
}

Result<Money> still_owed(ports::Transaction& transaction, const PaymentIntent& intent) {
  Money owed(0, intent.amount.currency());
  const Money nothing = owed;
  for (const domain::Bill& bill : TRY(transaction.billing().hold_bills(keys_of(intent)))) {
    if (bill.state != domain::BillState::kOpen) continue;
    const auto part = std::ranges::find(intent.parts, bill.id, &domain::IntentPart::bill);
    owed += std::min(part->amount, std::max(bill.rest(), nothing));
  }
  return owed;
}

Result<> touch_bills(ports::Transaction& transaction, const PaymentIntent& intent) {
  return touch_bills(transaction, keys_of(intent));
}

Result<ports::StoredIntent> apply_intent_update(ports::Transaction& transaction,
                                                const IntentContext& context, domain::IntentId id,
                                                const domain::IntentUpdate& update) {
  ports::StoredIntent stored = TRY(hold_intent(transaction, id));
  if (domain::is_of_another_payment(stored.intent, update)) {
    TRY(apply_to_other(transaction, context, stored, update));
    return stored;
  }
  const domain::PaymentIntent before = stored.intent;
  // A word that cannot be true is not taken: it may be heard again when it can.
  const domain::IntentChange change =
      TRY(domain::apply_update(stored.intent, update, context.recorded));
  if (!update.event.empty() &&
      !TRY(transaction.intents().take_event(before.gateway, update.event, id, context.recorded))) {
    stored.intent = before;
    return stored;
  }
  const bool money = !change.captured.is_zero() || !change.refunded.is_zero();
  if (money) TRY(Booking(transaction, context, stored.intent).book(change));
  if (change.changed) {
    const auto seller = TRY(load_seller(transaction));
    const base::Date today = TRY(local_date(seller.time_zone, context.recorded));
    TRY(keep_cost(transaction, context, today, before, stored.intent));
    TRY(transaction.orders().payment_changed(keys_of(before), context.recorded));
    if (is_told(stored.intent, change)) {
      const ports::NewEvent event = intent_event(stored.intent, context, today);
      TRY(transaction.events().append({&event, 1}));
    }
    if (change.state_changed && !money) TRY(touch_bills(transaction, stored.intent));
    TRY(transaction.intents().update(stored));
  }
  TRY(keep_method(transaction, stored, context.recorded));
  return stored;
}

}  // namespace flows
