#include "flows/tills/pay_out.h"

#include <algorithm>

#include "domain/till/drawer.h"
#include "flows/refunds/refund_money.h"
#include "flows/refunds/refund_rows.h"
#include "ports/payments.h"
#include "ports/refunds.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using domain::Refund;
using domain::RefundState;
using domain::TillEntry;
using domain::TillEntryKind;

constexpr std::size_t kRefundsMax = 1'000;

Result<Refund> find_refund(ports::Transaction& transaction, domain::RefundId id) {
  auto refund = TRY(transaction.payments().refunds().find(id));
  if (!refund) return base::fail("refund_not_found", "there is no such refund", id.to_string());
  return *std::move(refund);
}

Result<std::optional<PaidOut>> find_paid_out(ports::Transaction& transaction,
                                             const std::string& drawer,
                                             const std::string& request_key) {
  auto done = TRY(find_done(transaction, drawer, request_key, TillEntryKind::kPayOut));
  if (!done) return std::optional<PaidOut>();
  PaidOut paid{TRY(find_refund(transaction, done->entry.refund)), {}};
  paid.till = std::move(done);
  return std::optional(std::move(paid));
}

// What leaves the drawer for a refund that is approved.
Result<PaidOut> hand_over(ports::Transaction& transaction, const domain::RuleBook& rules,
                          HeldTill& till, Refund refund, const PayOutApproved& request) {
  const std::int64_t step =
      domain::cash_step(rules, till.seller.country, till.session.currency, till.today);
  if (refund.amount.currency() != till.session.currency) {
    return base::fail("other_currency", "the drawer is of another currency", refund.id.to_string());
  }
  TillEntry entry;
  entry.kind = TillEntryKind::kPayOut;
  entry.paid = -refund.amount;
  entry.cash = -(refund.amount + base::rounding_to_step(refund.amount, step));
  if (entry.cash.is_zero()) {
    return base::fail("nothing_to_take", "it is less than the smallest coin",
                      refund.id.to_string());
  }
  TRY(domain::check_cash_out(till.entries, -entry.cash));
  entry.tendered = base::Money(0, till.session.currency);
  entry.refund = refund.id;
  entry.parts = {{refund.account, {}, -refund.amount, entry.tendered, ""}};
  entry.reason = refund.reason;
  entry.actor = request.actor;
  entry.request_key = request.request_key;
  entry.receipt = TRY(next_receipt(transaction, till));
  refund.state = RefundState::kConfirmed;
  refund.ended = till.now;
  refund.ended_day = till.today;
  TRY(transaction.payments().refunds().update(refund));
  TRY(audit_refund(transaction, "refund.paid_out", refund, {till.now, till.today, request.actor}));
  PaidOut paid{std::move(refund), {}};
  paid.till = TRY(add_entry(transaction, till, std::move(entry)));
  return paid;
}

Result<PaidOut> propose(ports::Transaction& transaction, const base::Clock& clock,
                        const domain::RuleBook& rules, const PayOut& request) {
  if (auto done = TRY(find_paid_out(transaction, request.drawer, request.request_key))) {
    return *std::move(done);
  }
  // Asked again while it waits for the second person, it is the same wish.
  const std::string scope = "till/" + request.drawer;
  const std::string wish = request.account.to_string() + "/" +
                           (request.amount ? request.amount->to_decimal_string() : "all");
  if (const auto before = TRY(transaction.work().find_answer(scope, request.request_key, wish))) {
    const auto id = TRY(domain::RefundId::parse(before->response));
    PaidOut waiting{TRY(find_refund(transaction, id)), {}};
    return waiting;
  }
  HeldTill till = TRY(hold_open_till(transaction, clock, request.drawer));
  Refund refund = TRY(propose_refund(transaction, clock,
                                     {.account = request.account,
                                      .amount = request.amount,
                                      .payee_account = domain::drawer_account(request.drawer),
                                      .reason = request.reason,
                                      .actor = request.actor}));
  if (refund.state == RefundState::kApproved) {
    const PayOutApproved now{request.drawer, refund.id, request.actor, request.request_key};
    return hand_over(transaction, rules, till, std::move(refund), now);
  }
  TRY(transaction.work().store_answer(scope, request.request_key, wish,
                                      {.status = 202, .response = refund.id.to_string()},
                                      till.now));
  return PaidOut{std::move(refund), {}};
}

Result<PaidOut> pay_approved(ports::Transaction& transaction, const base::Clock& clock,
                             const domain::RuleBook& rules, const PayOutApproved& request) {
  if (auto done = TRY(find_paid_out(transaction, request.drawer, request.request_key))) {
    return *std::move(done);
  }
  HeldTill till = TRY(hold_open_till(transaction, clock, request.drawer));
  TRY(transaction.work().lock(kRefundLock));
  Refund refund = TRY(find_refund(transaction, request.refund));
  if (refund.state != RefundState::kApproved ||
      refund.payee_account != domain::drawer_account(request.drawer)) {
    return base::fail("refund_not_ready",
                      "it is not approved yet, is paid out already, or is another drawer's",
                      refund.id.to_string());
  }
  TRY(check_not_returned(transaction, refund));
  return hand_over(transaction, rules, till, std::move(refund), request);
}

}  // namespace

Result<PaidOut> pay_out(ports::Store& store, const base::Clock& clock,
                        const domain::RuleBook& rules, const PayOut& request) {
  if (request.reason.empty()) return base::fail("missing_reason", "say why it is paid back");
  std::optional<PaidOut> paid;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    paid = TRY(propose(transaction, clock, rules, request));
    return {};
  }));
  return *std::move(paid);
}

Result<PaidOut> pay_out_approved(ports::Store& store, const base::Clock& clock,
                                 const domain::RuleBook& rules, const PayOutApproved& request) {
  std::optional<PaidOut> paid;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    paid = TRY(pay_approved(transaction, clock, rules, request));
    return {};
  }));
  return *std::move(paid);
}

Result<std::vector<Refund>> refunds_at(ports::Transaction& transaction, const std::string& drawer) {
  const std::string account = domain::drawer_account(drawer);
  std::vector<Refund> waiting;
  for (const RefundState state : {RefundState::kProposed, RefundState::kApproved}) {
    auto some = TRY(transaction.payments().refunds().list({.state = state, .limit = kRefundsMax}));
    for (Refund& refund : some) {
      if (refund.payee_account == account) waiting.push_back(std::move(refund));
    }
  }
  std::ranges::sort(waiting, {},
                    [](const Refund& refund) { return std::pair(refund.recorded, refund.id); });
  return waiting;
}

}  // namespace flows
