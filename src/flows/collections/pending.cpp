#include "flows/collections/pending.h"

#include <algorithm>

#include "domain/mandate/mandate_changes.h"
#include "ports/plans.h"

namespace flows {
namespace {

using base::Result;

constexpr std::size_t kEndingMax = 4;

Result<std::string> ending_of(ports::Transaction& transaction, const domain::Collection& debit) {
  std::string ending;
  for (const domain::Mandate& mandate : TRY(transaction.mandates().list(
           {.account = debit.account, .mandate = debit.mandate, .limit = 1}))) {
    // An order that went is of the account that the mandate had then.
    const bool is_ordered = !debit.file.is_nil();
    const std::string account =
        is_ordered ? domain::account_after(mandate, debit.changes_told) : mandate.payer_account;
    ending = account.substr(account.size() - std::min(account.size(), kEndingMax));
  }
  return ending;
}

}  // namespace

Result<base::Money> pending_debits(ports::Transaction& transaction, const domain::Bill& bill) {
  base::Money pending(0, bill.total.currency());
  const ports::Billing::BillKey key{bill.account, bill.id};
  for (const domain::Collection& each : TRY(transaction.mandates().of_bills({&key, 1}))) {
    if (each.is_pending()) pending += each.amount;
  }
  return pending;
}

namespace {

Result<std::vector<ComingDebit>> coming_charges(ports::Transaction& transaction,
                                                const domain::Bill& bill) {
  std::vector<ComingDebit> coming;
  for (const domain::MethodCharge& each :
       TRY(transaction.plans().list_charges({.account = bill.account, .bill = bill.id}))) {
    // What is with a provider is a payment under way.
    if (each.state != domain::ChargeState::kAnnounced) continue;
    const base::Money amount = std::min(each.amount, bill.rest());
    const auto method = TRY(transaction.plans().find_method(bill.account, each.method));
    if (!method || amount.minor() <= 0) continue;
    coming.push_back({amount, each.day, false, {}, method->method, method->title});
  }
  return coming;
}

}  // namespace

Result<std::vector<ComingDebit>> coming_debits(ports::Transaction& transaction,
                                               const domain::Bill& bill) {
  std::vector<ComingDebit> coming;
  const ports::Billing::BillKey key{bill.account, bill.id};
  for (const domain::Collection& each : TRY(transaction.mandates().of_bills({&key, 1}))) {
    if (!each.is_under_way()) continue;
    auto ending = TRY(ending_of(transaction, each));
    coming.push_back({each.amount, each.day, each.is_pending(), std::move(ending)});
  }
  if (coming.empty()) coming = TRY(coming_charges(transaction, bill));
  std::ranges::sort(coming, {}, &ComingDebit::day);
  return coming;
}

}  // namespace flows
