#include "flows/orders/begin_payment.h"

#include <algorithm>

#include "domain/collection/plan.h"
#include "domain/mandate/mandate_states.h"
#include "flows/care/time_zone.h"
#include "flows/collections/debit_rows.h"
#include "flows/collections/debit_terms.h"
#include "flows/collections/pending.h"
#include "flows/intents/drive_intent.h"
#include "flows/intents/open_intent.h"
#include "flows/operations/import_terms.h"
#include "flows/plans/agree_plan.h"
#include "ports/billing.h"
#include "ports/parties.h"
#include "ports/plans.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::OrderPay;
using domain::PlacedOrder;

// No notice of any scheme is longer.
constexpr int kDebitDaysMax = 40;
constexpr std::size_t kIntentsMax = 200;

bool is_of_the_store(const base::Error& error) {
  return error.code.starts_with("database_") || error.code == "disk_full" ||
         error.code == "constraint_violated" || error.code == "read_only_transaction";
}

Result<domain::Bill> bill_of(ports::Transaction& transaction, const PlacedOrder& order) {
  auto bill = TRY(transaction.billing().find_bill(order.account, order.bill));
  if (!bill) return base::fail("bill_not_found", "there is no such bill", order.bill.to_string());
  return *std::move(bill);
}

Result<OpenIntent> intent_request(const OrderTools& tools, const PlacedOrder& order) {
  const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
  const domain::Bill bill = TRY(bill_of(*transaction, order));
  OpenIntent request{.account = order.account,
                     .parts = {{bill.id, bill.account, bill.rest()}},
                     .gateway = order.gateway,
                     .request_key = "order/" + order.id.to_string(),
                     .order = {}};
  request.actor = order.id.to_string();
  ports::PaymentOrder& payment = request.order;
  payment.method = order.method;
  payment.description = order.items.empty() ? order.reference : order.items.front().name;
  payment.return_url = order.return_url.empty() ? pay_link(tools, order) : order.return_url;
  payment.callback_url = tools.public_url + "/hooks/" + order.gateway;
  const auto account = TRY(transaction->parties().find_account(order.account));
  if (!account) return base::fail("unknown_account", "there is no such account");
  const auto customers = TRY(transaction->parties().find_customers({&account->customer, 1}));
  payment.payer.reference = order.account.to_string();
  payment.payer.country = account->country;
  if (!customers.empty()) payment.payer.language = customers.front().language;
  if (order.pay != OrderPay::kKept) return request;
  const auto kept = TRY(transaction->plans().find_method(order.account, order.kept));
  if (!kept || kept->state != domain::KeptMethodState::kKept) {
    return base::fail("kept_method_unknown", "the method is not kept any more",
                      order.kept.to_string());
  }
  payment.stored_method = kept->token;
  payment.channel = domain::PaymentChannel::kScheduled;
  return request;
}

Result<BegunPayment> begin_at_provider(const OrderTools& tools, const PlacedOrder& order) {
  BegunPayment begun;
  const auto asked = intent_request(tools, order);
  if (!asked) {
    if (is_of_the_store(asked.error())) return std::unexpected(asked.error());
    begun.problem = asked.error().code;
    return begun;
  }
  const OpenIntent& request = *asked;
  const auto stored = open_intent(tools.store, tools.clock, tools.gateways, request);
  if (stored) {
    begun.intent = stored->intent.id;
    return begun;
  }
  if (is_of_the_store(stored.error())) return std::unexpected(stored.error());
  begun.problem = stored.error().code;
  // It may be kept all the same, and is asked for again by itself.
  const auto id = intent_of_request(order.account, request.request_key);
  const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
  if (TRY(transaction->intents().find(id))) begun.intent = id;
  return begun;
}

// The first day on which the scheme and the notice allow a debit.
Result<std::optional<domain::DebitPlan>> first_debit(const domain::DebitAsk& asked) {
  Result<std::optional<domain::DebitPlan>> plan = std::nullopt;
  for (int later = 1; later <= kDebitDaysMax; ++later) {
    domain::DebitAsk ask = asked;
    ask.day = asked.today + later;
    plan = domain::plan_debit(ask);
    if (plan && *plan) return plan;
    const bool is_day = !plan && (plan.error().code == "notice_too_short" ||
                                  plan.error().code == "debit_on_holiday");
    if (!plan && !is_day) return plan;
  }
  return plan;
}

Result<BegunPayment> plan_debit_of(ports::Transaction& transaction, const OrderTools& tools,
                                   const PlacedOrder& order) {
  BegunPayment begun;
  const domain::Operator seller = TRY(load_seller(transaction));
  const base::Instant now = tools.clock.now();
  const base::Date today = TRY(local_date(seller.time_zone, now));
  const DebitContext context{today, now, order.id.to_string()};
  const domain::Bill bill = TRY(bill_of(transaction, order));
  const ports::Billing::BillKey key{bill.account, bill.id};
  const auto before = TRY(transaction.mandates().of_bills({&key, 1}));
  for (const domain::Collection& each : before) {
    if (each.is_under_way()) begun.debit = each.id;
  }
  if (!begun.debit.is_nil()) return begun;
  const auto mandates = TRY(transaction.mandates().active_of({&order.account, 1}));
  const domain::Mandate* mandate = domain::mandate_to_debit(mandates);
  if (mandate == nullptr) {
    begun.problem = "no_mandate";
    return begun;
  }
  DebitTerms terms = TRY(DebitTerms::load(transaction, tools.rules, context.day));
  const SchemeTerms& scheme = *TRY(terms.of(mandate->scheme));
  const Money nothing(0, bill.total.currency());
  const auto plan = first_debit({.bill = bill,
                                 .mandate = *mandate,
                                 .terms = scheme.terms,
                                 .calendar = scheme.calendar,
                                 .today = context.day,
                                 .disputed = nothing,
                                 .pending = nothing});
  if (!plan || !*plan) {
    begun.problem = plan ? "debit_not_possible" : plan.error().code;
    return begun;
  }
  DebitRows rows(context);
  domain::Collection debit = planned_debit(bill, *mandate, **plan, before.size(), context);
  begun.debit = debit.id;
  rows.announce(std::move(debit));
  TRY(rows.keep_and_touch(transaction));
  return begun;
}

Result<BegunPayment> begin_debit(const OrderTools& tools, const PlacedOrder& order) {
  BegunPayment begun;
  TRY(ports::run_in_transaction(tools.store, [&](ports::Transaction& transaction) -> Result<> {
    begun = TRY(plan_debit_of(transaction, tools, order));
    return {};
  }));
  return begun;
}

Result<BegunPayment> begin_plan(const OrderTools& tools, const PlacedOrder& order) {
  const auto plan = agree_plan(tools.store, tools.clock, tools.rules,
                               {.account = order.account,
                                .bill = order.bill,
                                .parts = order.parts,
                                .first_due = order.first_due,
                                .actor = order.id.to_string(),
                                .request_key = "order/" + order.id.to_string()});
  BegunPayment begun;
  if (!plan && is_of_the_store(plan.error())) return std::unexpected(plan.error());
  if (!plan) begun.problem = plan.error().code;
  return begun;
}

}  // namespace

Result<BegunPayment> begin_payment(const OrderTools& tools, const PlacedOrder& order) {
  switch (order.pay) {
    case OrderPay::kMethod:
    case OrderPay::kKept: return begin_at_provider(tools, order);
    case OrderPay::kMandate: return begin_debit(tools, order);
    case OrderPay::kInstalments: return begin_plan(tools, order);
    case OrderPay::kLink:
    case OrderPay::kBill:
    case OrderPay::kPreferred: break;
  }
  return BegunPayment{};
}

Result<bool> give_money_back(const OrderTools& tools, const PlacedOrder& order) {
  std::vector<ports::StoredIntent> intents;
  {
    const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
    ports::IntentFilter filter;
    filter.account = order.account;
    filter.limit = kIntentsMax;
    intents = TRY(transaction->intents().list(filter));
  }
  bool done = true;
  for (const ports::StoredIntent& stored : intents) {
    const domain::PaymentIntent& intent = stored.intent;
    // One that pays other bills too is left to people.
    if (intent.parts.size() != 1 || intent.parts.front().bill != order.bill) continue;
    Result<ports::StoredIntent> after = stored;
    if (domain::is_live(intent.state)) {
      done = false;
      if (intent.stopping) continue;
      after = stop_intent(tools.store, tools.clock, tools.gateways, intent.id);
    } else {
      const Money left = intent.captured - std::max(intent.refunded, intent.refund_asked);
      if (left <= Money(0, left.currency())) continue;
      after = refund_intent(tools.store, tools.clock, tools.gateways, intent.id, left);
    }
    if (!after && is_of_the_store(after.error())) return std::unexpected(after.error());
  }
  return done;
}

}  // namespace flows
