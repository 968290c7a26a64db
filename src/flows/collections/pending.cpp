#include "flows/collections/pending.h"

#include <algorithm>

namespace flows {
namespace {

using base::Result;

constexpr std::size_t kEndingMax = 4;

Result<std::string> ending_of(ports::Transaction& transaction, const domain::Collection& debit) {
  std::string ending;
  for (const domain::Mandate& mandate : TRY(transaction.mandates().list(
           {.account = debit.account, .mandate = debit.mandate, .limit = 1}))) {
    const std::string& account = mandate.payer_account;
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

Result<std::vector<ComingDebit>> coming_debits(ports::Transaction& transaction,
                                               const domain::Bill& bill) {
  std::vector<ComingDebit> coming;
  const ports::Billing::BillKey key{bill.account, bill.id};
  for (const domain::Collection& each : TRY(transaction.mandates().of_bills({&key, 1}))) {
    if (!each.is_under_way()) continue;
    auto ending = TRY(ending_of(transaction, each));
    coming.push_back({each.amount, each.day, each.is_pending(), std::move(ending)});
  }
  std::ranges::sort(coming, {}, &ComingDebit::day);
  return coming;
}

}  // namespace flows
