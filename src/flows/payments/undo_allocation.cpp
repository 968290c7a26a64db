#include "flows/payments/undo_allocation.h"

#include <algorithm>
#include <set>

#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/payments/payment_rows.h"
#include "flows/payments/return_payment.h"
#include "ports/billing.h"
#include "ports/payer_search.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using ports::Allocation;
using ports::IncomingPayment;

Result<domain::Posting> reversal_of(const Allocation& row, const Allocation& undone,
                                    Money from_credit, const Undoing& undoing) {
  domain::Posting::Head head;
  head.id = row.posting;
  head.account = row.account;
  head.kind = "payment_undone";
  head.effective = undoing.effective;
  head.recorded = undoing.recorded;
  head.source = row.payment.to_string();
  head.reverses = undone.posting;
  const Money to_bill = undone.amount - from_credit;
  std::vector<domain::Entry> entries = {{domain::allocated_from(undone.by), -undone.amount}};
  if (!to_bill.is_zero()) entries.push_back({"receivables", to_bill});
  if (!from_credit.is_zero()) entries.push_back({"prepayment", from_credit});
  return domain::Posting::make(std::move(head), std::move(entries));
}

// The allocation was to a bill: it is owed again. Returns what comes from the account's credit.
Result<Money> charge_bill(ports::Transaction& transaction, const Allocation& allocation,
                          PaymentRows& rows) {
  const Money nothing(0, allocation.amount.currency());
  const ports::Billing::BillKey key{allocation.account, allocation.bill};
  auto bills = TRY(transaction.billing().hold_bills({&key, 1}));
  if (bills.empty()) {
    return base::fail("bill_not_found", "there is no such bill", allocation.bill.to_string());
  }
  domain::Bill& bill = bills.front();
  const Money missing = std::max(allocation.amount - std::max(bill.paid, nothing), nothing);
  const Money credit =
      TRY(credit_of(transaction, allocation.account, allocation.amount.currency()));
  const Money from_credit = std::min(missing, std::max(credit, nothing));
  domain::take_back(bill, allocation.amount - from_credit);
  ++bill.version;
  rows.bills.push_back(std::move(bill));
  return from_credit;
}

// The allocation was to the account's credit. Returns its whole amount.
Result<Money> charge_credit(ports::Transaction& transaction, const Allocation& allocation,
                            bool even_if_used) {
  const Money credit =
      TRY(credit_of(transaction, allocation.account, allocation.amount.currency()));
  if (credit < allocation.amount && !even_if_used) {
    return base::fail("credit_used",
                      "the account's credit has been used for a bill since; it cannot be undone",
                      allocation.account.to_string());
  }
  return allocation.amount;
}

// With the payment that it gave back, in the order in which all hold them.
Result<IncomingPayment> hold(ports::Transaction& transaction, domain::PaymentId id) {
  const auto load = [&]() -> Result<IncomingPayment> {
    auto found = TRY(transaction.payments().find_payment(id));
    if (found) return *std::move(found);
    return base::fail("payment_not_found", "there is no such payment", id.to_string());
  };
  const IncomingPayment before = TRY(load());
  std::vector<std::string> locks = {payment_lock(id)};
  if (!before.return_of.is_nil()) locks.push_back(payment_lock(before.return_of));
  TRY(transaction.work().lock_all(locks));
  IncomingPayment payment = TRY(load());
  if (payment.return_of == before.return_of) return payment;
  return base::fail("database_busy", "another writer was there first; try again", id.to_string());
}

base::Json event_data(const Allocation& allocation) {
  base::Json data;
  data.set("bill",
           allocation.bill.is_nil() ? base::Json() : base::Json(allocation.bill.to_string()))
      .set("payment", allocation.payment.to_string())
      .set("amount", allocation.amount.to_decimal_string())
      .set("currency", allocation.amount.currency().code());
  return data;
}

}  // namespace

Result<std::vector<Allocation>> standing_allocations(ports::Transaction& transaction,
                                                     domain::PaymentId payment) {
  std::vector<Allocation> all = TRY(transaction.payments().allocations_of_payment(payment));
  std::set<domain::AllocationId> undone;
  for (const Allocation& row : all) undone.insert(row.undoes);
  std::erase_if(
      all, [&](const Allocation& row) { return !row.undoes.is_nil() || undone.contains(row.id); });
  return all;
}

Result<> undo(ports::Transaction& transaction, IncomingPayment& payment,
              const Allocation& allocation, const Undoing& undoing) {
  PaymentRows rows;
  const bool is_bill = !allocation.bill.is_nil();
  const Money from_credit = is_bill
                                ? TRY(charge_bill(transaction, allocation, rows))
                                : TRY(charge_credit(transaction, allocation, undoing.even_if_used));
  Allocation row = allocation;
  const std::string undone = allocation.id.to_string();
  row.id = derived_id<domain::AllocationId>({"undone", undone});
  row.amount = -allocation.amount;
  row.effective = undoing.effective;
  row.by = undoing.by;
  row.undoes = allocation.id;
  row.posting = derived_id<domain::PostingId>({"posting", undone, "undone"});
  row.recorded = undoing.recorded;
  rows.postings.push_back(TRY(reversal_of(row, allocation, from_credit, undoing)));
  if (!from_credit.is_zero()) {
    ports::AccountCredit credit;
    credit.account = allocation.account;
    credit.id = derived_id<domain::CreditId>({"credit", undone, "undone"});
    credit.amount = -from_credit;
    credit.bill = allocation.bill;
    credit.reason = "payment_undone";
    credit.effective = undoing.effective;
    credit.epoch = TRY(transaction.work().hold_epoch());
    credit.recorded = undoing.recorded;
    rows.credits.push_back(std::move(credit));
  }
  rows.events.push_back({.account = allocation.account,
                         .kind = "payment_undone",
                         .effective = undoing.effective,
                         .recorded = undoing.recorded,
                         .actor = undoing.actor,
                         .data = event_data(allocation),
                         .text = undoing.reason});
  rows.allocations.push_back(std::move(row));
  if (!domain::is_let_go(allocation.by)) payment.allocated -= allocation.amount;
  payment.state = "suspense";
  payment.reason = "undone";
  if (domain::says_who_paid(allocation.by)) {
    rows.payers.push_back({payment.payer_account, allocation.account, -1});
  }
  TRY(transaction.payments().payer_search().take_back(payment.id, allocation.account,
                                                      undoing.recorded));
  return rows.keep(transaction);
}

Result<IncomingPayment> undo_allocation(ports::Store& store, const base::Clock& clock,
                                        const UndoRequest& request) {
  if (request.reason.empty()) {
    return base::fail("missing_reason", "say why what was assigned is undone");
  }
  IncomingPayment payment;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    payment = TRY(hold(transaction, request.payment));
    const auto seller = TRY(load_seller(transaction));
    const base::Instant now = clock.now();
    const auto before = TRY(transaction.payments().allocations_of_payment(request.payment));
    if (payment.amount.is_negative()) {
      TRY(undo_return(transaction, payment, now, TRY(local_date(seller.time_zone, now))));
      return audit_payment(
          transaction, "payment.undo", request.payment, "return",
          {.recorded = now,
           .actor = request.actor,
           .ordinal = std::to_string(now.micros) + " " + std::to_string(before.size())});
    }
    Undoing undoing{.recorded = now, .actor = request.actor, .reason = request.reason};
    undoing.effective = TRY(local_date(seller.time_zone, now));
    std::size_t count = 0;
    const auto standing = TRY(standing_allocations(transaction, request.payment));
    const auto asked = std::ranges::find(standing, request.allocation, &Allocation::id);
    for (const Allocation& each : standing) {
      // What is the house's (a refund, a payout) is undone by what made it.
      if (each.account.is_nil()) continue;
      // With a bill's money goes the rest of it that was let go.
      const bool goes_with_it =
          asked != standing.end() && domain::is_let_go(each.by) && each.bill == asked->bill;
      if (!request.allocation.is_nil() && each.id != request.allocation && !goes_with_it) continue;
      TRY(undo(transaction, payment, each, undoing));
      ++count;
    }
    if (count == 0) {
      return base::fail("allocation_not_found", "nothing of it is assigned, or is undone already",
                        request.payment.to_string());
    }
    TRY(transaction.payments().update_payment(payment));
    const std::string about = request.allocation.is_nil() ? "all" : request.allocation.to_string();
    return audit_payment(
        transaction, "payment.undo", request.payment, about,
        {.recorded = now, .actor = request.actor, .ordinal = std::to_string(before.size())});
  }));
  return payment;
}

}  // namespace flows
