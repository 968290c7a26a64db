#include "flows/tills/take_cash.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/result/check.h"
#include "domain/till/drawer.h"
#include "flows/intents/open_intent.h"
#include "flows/operations/derived_ids.h"
#include "flows/payments/payment_rows.h"
#include "flows/payments/undo_allocation.h"
#include "ports/billing.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::TillEntry;
using domain::TillEntryKind;
using ports::Billing;
using ports::IncomingPayment;

// A request that comes again says the same of what matters.
bool is_same(const TillEntry& entry, const TakeCash& request) {
  if (request.tendered && entry.tendered != *request.tendered) return false;
  for (const domain::TillPart& part : entry.parts) {
    if (part.bill.is_nil()) continue;
    if (std::ranges::find(request.bills, part.bill, &TakeCash::Chosen::bill) ==
        request.bills.end()) {
      return false;
    }
  }
  return true;
}

// The bills that were chosen, held, in the order in which they are paid.
Result<std::vector<domain::Bill>> hold_chosen(ports::Transaction& transaction,
                                              const TakeCash& request) {
  std::vector<Billing::BillKey> keys;
  std::set<Billing::BillKey> seen;
  for (const TakeCash::Chosen& chosen : request.bills) {
    keys.push_back({chosen.account, chosen.bill});
    if (!seen.insert(keys.back()).second) {
      return base::fail("bill_twice", "name each bill once", chosen.bill.to_string());
    }
  }
  const auto held = TRY(transaction.billing().hold_bills(keys));
  std::vector<domain::Bill> bills;
  for (const Billing::BillKey& key : keys) {
    const auto bill = std::ranges::find(held, key.bill, &domain::Bill::id);
    if (bill == held.end()) {
      return base::fail("bill_not_found", "there is no such bill", key.bill.to_string());
    }
    if (bill->state != domain::BillState::kOpen) {
      return base::fail("bill_not_payable", "nothing is to be paid on the bill any more",
                        key.bill.to_string());
    }
    bills.push_back(*bill);
  }
  return bills;
}

// What others are paying just now is not paid a second time.
Result<> check_free(ports::Transaction& transaction, std::span<const domain::TillPart> parts,
                    base::Instant now) {
  std::map<domain::AccountId, std::vector<domain::IntentPart>> by_account;
  for (const domain::TillPart& part : parts) {
    if (part.bill.is_nil()) continue;
    by_account[part.account].push_back({part.bill, part.account, part.amount});
  }
  for (auto& [account, wanted] : by_account) {
    const auto intent = TRY(domain::make_intent({}, account, std::move(wanted), now));
    TRY(check_payable(transaction, intent));
  }
  return {};
}

Result<domain::TakingRequest> wish_of(ports::Transaction& transaction, const TakeCash& request,
                                      const HeldTill& till, std::span<const domain::Bill> bills,
                                      const domain::RuleBook& rules) {
  const base::Currency currency = till.session.currency;
  domain::TakingRequest wish{
      .step = domain::cash_step(rules, till.seller.country, currency, till.today),
      .part_is_fine = request.part_is_fine,
      .rest_to_credit = request.rest_to_credit};
  wish.tendered = request.tendered.value_or(Money(0, currency));
  if (wish.tendered.currency() != currency) {
    return base::fail("other_currency", "the drawer is of another currency", "tendered");
  }
  for (std::size_t at = 0; at < bills.size(); ++at) {
    const domain::Bill& bill = bills[at];
    std::string paper = TRY(paper_of(transaction, bill));
    wish.wishes.push_back({.account = bill.account,
                           .bill = bill.id,
                           .amount = request.bills[at].amount.value_or(bill.rest()),
                           .rest = bill.rest(),
                           .paper = std::move(paper)});
    if (wish.wishes.back().amount.currency() != currency) {
      return base::fail("other_currency", "the bill is in another currency than the drawer",
                        bill.id.to_string());
    }
  }
  if (!request.tendered) wish.tendered = domain::asked_in_cash(wish.wishes, wish.step, currency);
  return wish;
}

IncomingPayment payment_of(const HeldTill& till, Money amount, std::int64_t receipt,
                           std::string_view what) {
  const std::string name = till.drawer.name + "/" + std::to_string(receipt);
  IncomingPayment payment;
  payment.id = derived_id<domain::PaymentId>({"till payment", name, what});
  payment.bank_account = domain::drawer_account(till.drawer.name);
  payment.rail = "cash";
  payment.amount = amount;
  payment.booked = payment.value = till.today;
  payment.bank_reference = name;
  payment.allocated = Money(0, amount.currency());
  payment.recorded = till.now;
  return payment;
}

Result<domain::PaymentId> keep_payment(ports::Transaction& transaction, const HeldTill& till,
                                       const TillEntry& entry, std::vector<domain::Bill> bills) {
  IncomingPayment payment = payment_of(till, entry.paid, entry.receipt, "taken");
  PaymentRows rows;
  AllocationContext context{.recorded = till.now, .actor = entry.actor};
  context.epoch = TRY(transaction.work().hold_epoch());
  for (const domain::TillPart& part : entry.parts) {
    const std::string_view by = part.bill.is_nil() ? "overpaid" : "till";
    TRY(rows.allocate(payment, part.account, {part.bill, part.amount, by}, context));
    const auto bill = std::ranges::find(bills, part.bill, &domain::Bill::id);
    if (bill == bills.end()) continue;
    domain::pay(*bill, part.amount);
    ++bill->version;
    rows.bills.push_back(*bill);
  }
  const domain::PaymentId id = payment.id;
  rows.payments.push_back(std::move(payment));
  TRY(rows.keep(transaction));
  return id;
}

Result<TillResult> take(ports::Transaction& transaction, const base::Clock& clock,
                        const domain::RuleBook& rules, const TakeCash& request) {
  if (auto done = TRY(
          find_done(transaction, request.drawer, request.request_key, TillEntryKind::kTaking))) {
    if (is_same(done->entry, request)) return *std::move(done);
    return base::fail("request_key_reused", "the key was used for another taking",
                      request.request_key);
  }
  HeldTill till = TRY(hold_open_till(transaction, clock, request.drawer));
  auto bills = TRY(hold_chosen(transaction, request));
  const domain::TakingRequest wish = TRY(wish_of(transaction, request, till, bills, rules));
  domain::Taking taking = TRY(domain::plan_taking(wish));
  TRY(check_free(transaction, taking.parts, till.now));
  TillEntry entry;
  entry.kind = TillEntryKind::kTaking;
  entry.cash = taking.cash;
  entry.paid = taking.paid;
  entry.tendered = wish.tendered;
  entry.parts = std::move(taking.parts);
  entry.actor = request.actor;
  entry.request_key = request.request_key;
  entry.receipt = TRY(next_receipt(transaction, till));
  entry.payment = TRY(keep_payment(transaction, till, entry, std::move(bills)));
  return add_entry(transaction, till, std::move(entry));
}

// What it was assigned to is owed again, and the money went back.
Result<domain::PaymentId> give_back(ports::Transaction& transaction, const HeldTill& till,
                                    const TillEntry& taking, const TillEntry& storno) {
  TRY(transaction.work().lock(payment_lock(taking.payment)));
  auto payment = TRY(transaction.payments().find_payment(taking.payment));
  CHECK(payment.has_value());
  const Undoing undoing{.recorded = till.now,
                        .effective = till.today,
                        .actor = storno.actor,
                        .reason = storno.reason,
                        .by = "returned"};
  for (const auto& row : TRY(standing_allocations(transaction, taking.payment))) {
    TRY(undo(transaction, *payment, row, undoing));
  }
  payment->state = "returned";
  payment->reason.clear();
  TRY(transaction.payments().update_payment(*payment));
  IncomingPayment went = payment_of(till, storno.paid, storno.receipt, "went back");
  went.state = "returned";
  TRY(transaction.payments().add_payments({&went, 1}));
  return went.id;
}

Result<TillResult> undo_one(ports::Transaction& transaction, const base::Clock& clock,
                            const UndoTaking& request) {
  if (auto done = TRY(
          find_done(transaction, request.drawer, request.request_key, TillEntryKind::kStorno))) {
    return *std::move(done);
  }
  HeldTill till = TRY(hold_open_till(transaction, clock, request.drawer));
  const TillEntry taking = *TRY(domain::find_taking(till.entries, request.ordinal));
  TRY(domain::check_cash_out(till.entries, taking.cash));
  TillEntry storno = taking;
  storno.kind = TillEntryKind::kStorno;
  storno.cash = -taking.cash;
  storno.paid = -taking.paid;
  storno.tendered = Money(0, taking.cash.currency());
  storno.undoes = taking.ordinal;
  storno.reason = request.reason;
  storno.actor = request.actor;
  storno.request_key = request.request_key;
  storno.receipt = TRY(next_receipt(transaction, till));
  storno.payment = TRY(give_back(transaction, till, taking, storno));
  return add_entry(transaction, till, std::move(storno));
}

}  // namespace

Result<std::string> paper_of(ports::Transaction& transaction, const domain::Bill& bill) {
  const auto documents = transaction.billing().documents_of(bill.account, bill.id);
  if (!documents && documents.error().code != "erased") return std::unexpected(documents.error());
  if (documents) {
    for (const auto& document : *documents) {
      if (document.kind == "invoice") return document.series + std::to_string(document.number);
    }
  }
  return bill.reference;
}

Result<TillResult> take_cash(ports::Store& store, const base::Clock& clock,
                             const domain::RuleBook& rules, const TakeCash& request) {
  std::optional<TillResult> taken;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    taken = TRY(take(transaction, clock, rules, request));
    return {};
  }));
  return *std::move(taken);
}

Result<TillResult> undo_taking(ports::Store& store, const base::Clock& clock,
                               const UndoTaking& request) {
  if (request.reason.empty()) return base::fail("missing_reason", "say why it is undone");
  std::optional<TillResult> undone;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    undone = TRY(undo_one(transaction, clock, request));
    return {};
  }));
  return *std::move(undone);
}

}  // namespace flows
