// What follows after an order is kept: its payment is begun, looked at until its money is certain,
// and in the end handed over, cancelled or given up. Each step is a transaction of its own and can
// be taken again.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "domain/order/certainty.h"
#include "flows/care/credit_bill.h"
#include "flows/care/links.h"
#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/orders/begin_payment.h"
#include "flows/orders/order_rows.h"
#include "flows/orders/orders.h"
#include "ports/billing.h"
#include "ports/intents.h"
#include "ports/mandates.h"
#include "ports/orders.h"
#include "ports/parties.h"
#include "ports/payments.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::Bill;
using domain::OrderMoney;
using domain::OrderPay;
using domain::OrderState;
using domain::PlacedOrder;

constexpr std::string_view kDebit = "direct_debit";

// What stands to the order's bill, by the way it came.
struct Standing {
  Bill bill;
  std::vector<OrderMoney> money;
  bool under_way = false;    // Something may still come by itself.
  std::string problem = {};  // Why the payment that was begun failed.
};

class Gathering {
 public:
  Gathering(ports::Transaction& transaction, const PlacedOrder& order, const Bill& bill)
      : transaction_(transaction), order_(order), bill_(bill), nothing_(0, bill.total.currency()) {}

  Result<Standing> gather() {
    standing_.bill = bill_;
    TRY(add_debits());
    TRY(add_allocations());
    TRY(add_intents());
    for (auto& [method, money] : by_method_) standing_.money.push_back(std::move(money));
    return std::move(standing_);
  }

 private:
  OrderMoney& of(const std::string& method) {
    const auto [row, added] =
        by_method_.try_emplace(method, OrderMoney{method, nothing_, nothing_});
    return row->second;
  }

  Result<> add_debits() {
    const ports::Billing::BillKey key{bill_.account, bill_.id};
    for (const domain::Collection& each : TRY(transaction_.mandates().of_bills({&key, 1}))) {
      OrderMoney& money = of(std::string(kDebit));
      if (each.is_under_way()) {
        money.promised += each.amount;
        standing_.under_way = true;
      }
      if (each.state == domain::CollectionState::kSettled) {
        debits_.insert(each.payment);
        money.settled_on = std::max(each.settled_on, money.settled_on);
      }
      if (each.id == order_.debit && !each.reason.empty()) standing_.problem = each.reason;
    }
    return {};
  }

  Result<> add_allocations() {
    Money sum = nothing_;
    for (const auto& row : TRY(transaction_.payments().allocations_of(bill_.account, bill_.id))) {
      const bool is_debit = debits_.contains(row.payment);
      of(is_debit ? std::string(kDebit) : row.rail).settled += row.amount;
      sum += row.amount;
    }
    // The account's credit leaves no allocation.
    if (bill_.paid > sum) of("credit").settled += bill_.paid - sum;
    return {};
  }

  Result<> add_intents() {
    for (const auto& stored : TRY(transaction_.intents().live_of(bill_.account))) {
      const Money held = domain::held_for(stored.intent, bill_.id);
      if (held.is_zero()) continue;
      standing_.under_way = true;
      // What is to be stopped is nobody's promise.
      if (stored.intent.state == domain::IntentState::kAuthorised && !stored.intent.stopping) {
        of(stored.intent.method).promised += held;
      }
    }
    if (order_.intent.is_nil()) return {};
    const auto own = TRY(transaction_.intents().find(order_.intent));
    if (!own) return {};
    const domain::IntentState state = own->intent.state;
    if (state == domain::IntentState::kFailed) standing_.problem = "payment_declined";
    if (state == domain::IntentState::kExpired) standing_.problem = "payment_expired";
    if (state == domain::IntentState::kCancelled) standing_.problem = "payment_stopped";
    return {};
  }

  ports::Transaction& transaction_;
  const PlacedOrder& order_;
  const Bill& bill_;
  Money nothing_;
  Standing standing_;
  std::map<std::string, OrderMoney> by_method_;
  std::set<domain::PaymentId> debits_;
};

// The bill, or the first part of it where it is paid in parts.
Money needed_of(const PlacedOrder& order, const Bill& bill) {
  const Money whole = bill.total + bill.fees - bill.credited;
  if (order.pay != OrderPay::kInstalments || bill.plan.empty()) return whole;
  return std::min(bill.plan.front().amount, whole);
}

// One look at how the payment of an order is, in one transaction.
class Look {
 public:
  Look(ports::Transaction& transaction, const OrderTools& tools, PlacedOrder& order,
       const OrderContext& context)
      : transaction_(transaction), tools_(tools), order_(order), context_(context) {}

  Result<> look() {
    const auto bill = TRY(transaction_.billing().find_bill(order_.account, order_.bill));
    if (!bill) {
      return base::fail("bill_not_found", "there is no such bill", order_.bill.to_string());
    }
    const Standing standing = TRY(Gathering(transaction_, order_, *bill).gather());
    order_.look_at = context_.recorded + domain::look_gap_micros(order_.changed, context_.recorded);
    if (bill->state == domain::BillState::kCredited) {
      return domain::go(order_, OrderState::kCancelled, "bill_credited", context_.recorded);
    }
    const domain::OrderFacts facts{.pay = order_.pay,
                                   .needed = needed_of(order_, *bill),
                                   .total = bill->total,
                                   .money = standing.money,
                                   .today = context_.today};
    const bool certain = domain::is_certain(facts, tools_.order_rules);
    if (order_.state == OrderState::kReady) {
      if (certain) return {};
      return domain::go(order_, OrderState::kAwaitingPayment, "money_went_back", context_.recorded);
    }
    if (certain) return domain::go(order_, OrderState::kReady, "", context_.recorded);
    if (!standing.problem.empty()) order_.reason = standing.problem;
    const bool agreed = order_.pay == OrderPay::kInstalments && !bill->plan.empty();
    if (context_.today <= order_.pay_until || standing.under_way || agreed) return {};
    return give_up();
  }

 private:
  // Nobody paid: nothing is owed any more.
  Result<> give_up() {
    TRY(credit_bill(transaction_, tools_.clock,
                    {.account = order_.account,
                     .bill = order_.bill,
                     .cut = domain::CreditWhole{},
                     .reason = "The order was not paid in time.",
                     .actor = context_.actor}));
    order_.look_at = context_.recorded;
    return domain::go(order_, OrderState::kFailed, "not_paid_in_time", context_.recorded);
  }

  ports::Transaction& transaction_;
  const OrderTools& tools_;
  PlacedOrder& order_;
  const OrderContext& context_;
};

Result<OrderContext> context_of(ports::Transaction& transaction, const OrderTools& tools,
                                const std::string& actor) {
  const domain::Operator seller = TRY(load_seller(transaction));
  const base::Instant now = tools.clock.now();
  const base::Date today = TRY(local_date(seller.time_zone, now));
  return OrderContext{now, today, actor};
}

// Changes an order and keeps it, in a transaction of its own.
Result<PlacedOrder> change(
    const OrderTools& tools, domain::OrderId id, const std::string& actor,
    const std::function<Result<>(ports::Transaction&, const OrderContext&, PlacedOrder&)>& work) {
  PlacedOrder after;
  TRY(ports::run_in_transaction(tools.store, [&](ports::Transaction& transaction) -> Result<> {
    const OrderContext context = TRY(context_of(transaction, tools, actor));
    PlacedOrder order = TRY(hold_order(transaction, id));
    const OrderState before = order.state;
    const auto looked_before = order.look_at;
    const std::string reason = order.reason;
    TRY(work(transaction, context, order));
    after = order;
    const bool changed =
        order.state != before || order.look_at != looked_before || order.reason != reason;
    if (!changed) return {};
    TRY(keep_order(transaction, context, before, order));
    after = order;
    return {};
  }));
  return after;
}

Result<PlacedOrder> begin(const OrderTools& tools, const PlacedOrder& order) {
  const BegunPayment begun = TRY(begin_payment(tools, order));
  return change(
      tools, order.id, "orders",
      [&](ports::Transaction&, const OrderContext& context, PlacedOrder& held) -> Result<> {
        if (held.state != OrderState::kReceived) return {};
        held.intent = begun.intent;
        held.debit = begun.debit;
        return domain::go(held, OrderState::kAwaitingPayment, begun.problem, context.recorded);
      });
}

Result<> take_off_bill(ports::Transaction& transaction, const OrderContext& context,
                       const PlacedOrder& order) {
  std::vector<domain::Charge> charges;
  std::vector<ports::NewEvent> events;
  for (std::size_t at = 0; at < order.items.size(); ++at) {
    domain::Charge charge = domain::charge_of(order.items[at], context.today);
    charge.account = order.account;
    charge.service = order.service;
    charge.quantity = -charge.quantity;
    charge.net = -charge.net;
    charge.source = "orders";
    charge.record_id = order.id.to_string() + ":" + std::to_string(at + 1) + ":cancelled";
    charge.id = derived_id<domain::ChargeId>({"charge", charge.source, charge.record_id});
    events.push_back(charge_event(charge, context));
    charges.push_back(std::move(charge));
  }
  const std::int64_t epoch = TRY(transaction.work().hold_epoch());
  const ports::Recording recording{context.recorded, epoch};
  TRY(transaction.parties().add_charges(charges, recording));
  return transaction.events().append(events);
}

}  // namespace

Result<PlacedOrder> drive_order(const OrderTools& tools, domain::OrderId id) {
  PlacedOrder order;
  {
    const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
    order = TRY(find_order(*transaction, id));
  }
  if (order.state == OrderState::kReceived) order = TRY(begin(tools, order));
  if (order.bill.is_nil() || order.state == OrderState::kHandedOver) return order;
  if (!domain::is_over(order.state)) {
    order = TRY(change(tools, id, "orders",
                       [&](ports::Transaction& transaction, const OrderContext& context,
                           PlacedOrder& held) -> Result<> {
                         if (domain::is_over(held.state)) return {};
                         return Look(transaction, tools, held, context).look();
                       }));
  }
  const bool gives_back =
      order.state == OrderState::kCancelled || order.state == OrderState::kFailed;
  if (!gives_back || !order.look_at) return order;
  const bool done = TRY(give_money_back(tools, order));
  return change(
      tools, id, "orders",
      [&](ports::Transaction&, const OrderContext& context, PlacedOrder& held) -> Result<> {
        held.look_at.reset();
        if (!done) {
          held.look_at = context.recorded + domain::look_gap_micros(held.changed, context.recorded);
        }
        return {};
      });
}

Result<FollowReport> follow_orders(const OrderTools& tools, std::size_t limit) {
  std::vector<domain::OrderId> due;
  {
    const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
    due = TRY(transaction->orders().to_look_at(tools.clock.now(), limit));
  }
  FollowReport report;
  for (const domain::OrderId id : due) {
    const auto order = drive_order(tools, id);
    ++report.looked_at;
    if (!order) {
      report.problems.push_back(order.error());
      continue;
    }
    if (order->state == OrderState::kReady) ++report.ready;
    if (domain::is_over(order->state)) ++report.over;
  }
  return report;
}

Result<PlacedOrder> hand_over(const OrderTools& tools, domain::OrderId id,
                              const std::string& actor) {
  return change(
      tools, id, actor,
      [](ports::Transaction&, const OrderContext& context, PlacedOrder& order) -> Result<> {
        if (order.state == OrderState::kHandedOver) return {};
        order.look_at.reset();
        return domain::go(order, OrderState::kHandedOver, "", context.recorded);
      });
}

Result<PlacedOrder> cancel_order(const OrderTools& tools, domain::OrderId id,
                                 const std::string& actor, const std::string& reason) {
  if (reason.empty()) return base::fail("missing_reason", "say why the order is cancelled");
  const PlacedOrder cancelled =
      TRY(change(tools, id, actor,
                 [&](ports::Transaction& transaction, const OrderContext& context,
                     PlacedOrder& order) -> Result<> {
                   if (order.state == OrderState::kCancelled) return {};
                   TRY(domain::go(order, OrderState::kCancelled, "cancelled", context.recorded));
                   if (order.bill.is_nil()) return take_off_bill(transaction, context, order);
                   order.look_at = context.recorded;
                   const auto credited = credit_bill(transaction, tools.clock,
                                                     {.account = order.account,
                                                      .bill = order.bill,
                                                      .cut = domain::CreditWhole{},
                                                      .reason = reason,
                                                      .actor = actor});
                   // Somebody gave all of it back before.
                   if (!credited && credited.error().code == "nothing_to_credit") return {};
                   return credited ? Result<>() : std::unexpected(credited.error());
                 }));
  return drive_order(tools, cancelled.id);
}

std::string pay_link(const OrderTools& tools, const PlacedOrder& order) {
  if (order.bill.is_nil()) return {};
  return tools.public_url + "/b/" + link_token(tools.link_key, order.bill, kIssueAttempt) + "/pay";
}

}  // namespace flows
