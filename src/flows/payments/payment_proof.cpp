#include "flows/payments/payment_proof.h"

#include <algorithm>
#include <map>
#include <set>

#include "domain/payment/allocate.h"
#include "flows/payments/follow_open.h"
#include "flows/payments/undo_allocation.h"
#include "ports/billing.h"
#include "ports/credits.h"
#include "ports/ledger.h"
#include "ports/orders.h"
#include "ports/rail_costs.h"
#include "ports/reconciliation.h"
#include "ports/tills.h"

namespace flows {
namespace {

using base::Money;
using base::Result;

constexpr std::size_t kSettlementsMax = 100'000;
constexpr std::size_t kTwiceNamedMax = 100;

std::string words(Money amount) {
  return amount.to_decimal_string() + " " + std::string(amount.currency().code());
}

// What was paid when it was ordered: booked with the bill, by no bank file.
Result<Money> paid_at_order(ports::Transaction& transaction, const domain::Bill& bill) {
  std::set<std::string> papers;
  for (const auto& document :
       TRY(transaction.billing().documents_since(bill.account, bill.issued))) {
    if (document.bill == bill.id) papers.insert(document.id.to_string());
  }
  Money sum(0, bill.total.currency());
  for (const domain::Posting& posting : TRY(transaction.ledger().postings_of(bill.account))) {
    if (posting.head().kind != "payment" || !papers.contains(posting.head().source)) continue;
    for (const domain::Entry& entry : posting.entries()) {
      if (entry.ledger_account == "receivables") sum -= entry.amount;
    }
  }
  return sum;
}

// What providers have kept as their fees, and paid out, of what stands with them.
Result<std::map<std::pair<std::string, base::Currency>, Money>> taken_by_providers(
    ports::Transaction& transaction) {
  std::map<std::pair<std::string, base::Currency>, Money> taken;
  const auto add = [&](const std::string& provider, Money amount) {
    const auto [sum, added] =
        taken.emplace(std::pair("clearing:" + provider, amount.currency()), amount);
    if (!added) sum->second += amount;
  };
  const base::Date end_of_time = TRY(base::Date::make(9999, 12, 31));
  for (const auto& fee : TRY(transaction.orders().rail_costs().fees_until(end_of_time))) {
    add(fee.gateway, fee.amount);
  }
  const auto settlements =
      TRY(transaction.payments().reconciliation().settlements(false, kSettlementsMax));
  for (const ports::SettlementRow& row : settlements) {
    if (!row.payment.is_nil()) add(row.provider, row.amount);
  }
  return taken;
}

}  // namespace

bool PaymentProof::holds() const { return proof_problems(*this).empty(); }

Result<PaymentProof> prove_payments(ports::Transaction& transaction) {
  std::map<std::pair<std::string, base::Currency>, Money> ledger;
  for (const auto& row : TRY(transaction.ledger().trial_balance({}))) {
    ledger.emplace(std::pair(row.ledger_account, row.currency), row.balance());
  }
  const auto balance = [&](const std::string& account, base::Currency currency) {
    const auto row = ledger.find({account, currency});
    return row == ledger.end() ? Money(0, currency) : row->second;
  };
  const auto providers = TRY(taken_by_providers(transaction));
  auto house = TRY(transaction.payments().reconciliation().entry_sums());
  // What moved in drawers and was no payment: floats, drops, differences, rounding.
  for (const auto& sum : TRY(transaction.tills().cash_at(TRY(base::Date::make(9999, 12, 31))))) {
    house[sum.account].push_back(sum.other);
  }
  PaymentProof proof;
  std::map<base::Currency, Money> open;
  for (auto& totals : TRY(transaction.payments().totals())) {
    const base::Currency currency = totals.came.currency();
    const auto [sum, added] = open.emplace(currency, totals.open);
    if (!added) sum->second += totals.open;
    const std::string& account = totals.bank_account;
    const Money opening = -balance("bank_opening:" + account, currency);
    Money other(0, currency);
    if (const auto taken = providers.find({account, currency}); taken != providers.end()) {
      other -= taken->second;
    }
    for (const Money& amount : house[account]) {
      if (amount.currency() == currency) other += amount;
    }
    const Money of_bank = balance(domain::money_account(account), currency);
    proof.accounts.push_back({std::move(totals), opening, other, of_bank});
  }
  const base::Date end_of_time = TRY(base::Date::make(9999, 12, 31));
  const auto rows = TRY(transaction.payments().reconciliation().suspense_at(end_of_time));
  for (const auto& [currency, sum] : open) {
    Money waiting(0, currency);
    for (const domain::SuspenseRow& row : rows) {
      if (row.open.currency() == currency) waiting += row.open;
    }
    proof.suspense.push_back({sum, -balance("suspense", currency), waiting});
  }
  proof.paid_back_twice = TRY(transaction.payments().list_payments(
      {.state = "suspense", .reason = std::string(kPaidBackTwice), .limit = kTwiceNamedMax}));
  return proof;
}

std::vector<base::Error> proof_problems(const PaymentProof& proof) {
  std::vector<base::Error> problems;
  for (const auto& row : proof.accounts) {
    const Money came = row.ledger - row.opening - row.other;
    if (row.payments.came == came) continue;
    problems.push_back(base::fail("bank_differs_from_payments",
                                  "payments of the account come to " + words(row.payments.came) +
                                      ", the ledger says " + words(came),
                                  row.payments.bank_account)
                           .error());
  }
  for (const auto& row : proof.suspense) {
    if (row.payments == row.ledger && row.waiting == row.ledger) continue;
    const Money open = row.payments == row.ledger ? row.waiting : row.payments;
    problems.push_back(base::fail("suspense_differs_from_payments",
                                  "what is not assigned of payments comes to " + words(open) +
                                      ", the ledger holds " + words(row.ledger) + " in suspense",
                                  std::string(row.payments.currency().code()))
                           .error());
  }
  for (const auto& back : proof.paid_back_twice) {
    problems.push_back(
        base::fail("payment_gives_back_more",
                   words(-back.amount) +
                       " went back by its provider and by the bank: get it back from "
                       "its payer, then settle it with telgiro payment return",
                   back.id.to_string())
            .error());
  }
  return problems;
}

Result<> verify_paid(ports::Transaction& transaction, const domain::Bill& bill,
                     std::vector<base::Error>& problems) {
  Money paid(0, bill.total.currency());
  for (const auto& row : TRY(transaction.payments().allocations_of(bill.account, bill.id))) {
    paid += row.amount;
  }
  for (const auto& row : TRY(transaction.credits().list(bill.account))) {
    if (row.bill == bill.id) paid -= row.amount;
  }
  if (paid == bill.paid) return {};
  paid += TRY(paid_at_order(transaction, bill));
  if (paid == bill.paid) return {};
  problems.push_back(base::fail("bill_differs_from_payments",
                                "the bill says " + words(bill.paid) +
                                    " paid, what was assigned to it is " + words(paid),
                                bill.id.to_string())
                         .error());
  return {};
}

Result<> verify_returned(ports::Transaction& transaction, const ports::IncomingPayment& back,
                         std::vector<base::Error>& problems) {
  if (back.return_of.is_nil()) return {};
  const auto add = [&](std::string_view code, const std::string& text) {
    problems.push_back(base::fail(code, text, back.id.to_string()).error());
  };
  const std::string of = back.return_of.to_string();
  const auto original = TRY(transaction.payments().find_payment(back.return_of));
  if (!original) {
    add("return_differs_from_payment", "it gave back " + of + ", which does not exist");
    return {};
  }
  const bool is_known_sum = original->amount.currency() == back.amount.currency();
  if (!is_known_sum || original->amount != -back.amount) {
    add("return_differs_from_payment", words(-back.amount) + " went back of " + of +
                                           ", which came with " + words(original->amount));
  }
  const bool nothing_assigned = original->allocated.is_zero() && back.allocated.is_zero();
  if (original->state != "returned" || back.state != "returned" || !nothing_assigned) {
    add("return_differs_from_payment", "it gave back " + of + "; it is " + back.state + " with " +
                                           words(back.open()) + " open, the payment " +
                                           original->state + " with " + words(original->open()));
  }
  for (const auto& row : TRY(standing_allocations(transaction, original->id))) {
    if (row.by != "refund") continue;
    problems.push_back(base::fail("refund_of_returned_payment",
                                  words(row.amount) + " of " + of + " is paid back, too",
                                  back.id.to_string())
                           .error());
  }
  return {};
}

Result<> verify_allocated(ports::Transaction& transaction, const ports::IncomingPayment& payment,
                          std::vector<base::Error>& problems) {
  Money sum(0, payment.amount.currency());
  // A rest that was let go is no money of the payment; taking it back stands beside it.
  std::set<domain::AllocationId> let_go;
  const auto rows = TRY(transaction.payments().allocations_of_payment(payment.id));
  for (const auto& row : rows) {
    if (domain::is_let_go(row.by)) let_go.insert(row.id);
  }
  for (const auto& row : rows) {
    if (!let_go.contains(row.id) && !let_go.contains(row.undoes)) sum += row.amount;
  }
  const Money nothing(0, sum.currency());
  const bool is_more =
      payment.amount < nothing ? payment.open() > nothing : payment.open() < nothing;
  if (is_more) {
    problems.push_back(base::fail("payment_gives_back_more",
                                  words(payment.allocated) + " of " + words(payment.amount) +
                                      " is assigned or went back",
                                  payment.id.to_string())
                           .error());
  }
  if (sum == payment.allocated) return {};
  problems.push_back(base::fail("payment_differs_from_allocations",
                                "the payment says " + words(payment.allocated) +
                                    " assigned, its allocations come to " + words(sum),
                                payment.id.to_string())
                         .error());
  return {};
}

}  // namespace flows
