#include "flows/collections/plan_pages.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace flows {

using base::Result;
using domain::Bill;
using domain::Collection;
using domain::CollectionState;
using domain::Mandate;
using BillKey = ports::Billing::BillKey;

bool may_have_another(std::span<const Collection* const> collections) {
  const Collection* last = nullptr;
  for (const Collection* each : collections) {
    if (each->is_under_way()) return false;
    if (each->state == CollectionState::kDropped) continue;
    if (last == nullptr || std::pair(each->recorded.micros, each->tries) >
                               std::pair(last->recorded.micros, last->tries)) {
      last = each;
    }
  }
  return last == nullptr || last->state == CollectionState::kSettled || last->reason == kWithdrawn;
}

Result<PlanPage> read_page(ports::Transaction& transaction, const BillKey& after,
                           std::size_t limit) {
  PlanPage page;
  page.after = after;
  ports::BillFilter filter;
  filter.state = "open";
  filter.after_account = after.account;
  filter.after_bill = after.bill;
  filter.limit = limit;
  page.bills = TRY(transaction.billing().list_bills(filter));
  page.looked_at = page.bills.size();
  if (!page.bills.empty()) page.last = {page.bills.back().account, page.bills.back().id};
  const auto key_of = [](const Bill& bill) { return BillKey{bill.account, bill.id}; };
  std::vector<BillKey> keys;
  std::ranges::transform(page.bills, std::back_inserter(keys), key_of);
  // Most days most bills have their debit: nobody asks for more of them.
  const auto under_way = TRY(transaction.mandates().under_way(keys));
  const std::set<domain::BillId> have(under_way.begin(), under_way.end());
  std::erase_if(page.bills, [&](const Bill& bill) {
    if (!have.contains(bill.id)) return false;
    // Its page is the one that it was issued with.
    if (bill.version <= 1) page.untold.push_back(key_of(bill));
    return true;
  });
  keys.clear();
  std::ranges::transform(page.bills, std::back_inserter(keys), key_of);
  page.collections = TRY(transaction.mandates().of_bills(keys));
  for (const Collection& each : page.collections) page.collections_of[each.bill].push_back(&each);
  std::vector<domain::AccountId> accounts;
  for (const Bill& bill : page.bills) accounts.push_back(bill.account);
  for (Mandate& mandate : TRY(transaction.mandates().active_terms_of(accounts))) {
    page.mandates[mandate.account].push_back(std::move(mandate));
  }
  return page;
}

void PagesAhead::read(const BillKey& after) {
  reading_ = std::async(std::launch::async, [this, after]() -> Result<PlanPage> {
    const auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
    return read_page(*transaction, after, limit_);
  });
}

// What goes wrong here goes wrong again for who writes, and is told there.
std::optional<PlanPage> PagesAhead::take(const BillKey& after) {
  if (!reading_.valid()) return std::nullopt;
  auto page = reading_.get();
  if (!page || page->after != after) return std::nullopt;
  return *std::move(page);
}

}  // namespace flows
