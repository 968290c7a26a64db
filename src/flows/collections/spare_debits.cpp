#include "flows/collections/spare_debits.h"

#include <algorithm>
#include <map>
#include <vector>

#include "ports/billing.h"

namespace flows {

base::Result<> spare_debits(ports::Transaction& transaction, std::span<const domain::Bill> bills,
                            const DebitContext& context) {
  std::map<ports::Billing::BillKey, base::Money> left;
  for (const domain::Bill& bill : bills) {
    const base::Money nothing(0, bill.total.currency());
    const bool is_open = bill.state == domain::BillState::kOpen;
    left.insert_or_assign({bill.account, bill.id},
                          is_open ? std::max(bill.rest(), nothing) : nothing);
  }
  if (left.empty()) return {};
  std::vector<ports::Billing::BillKey> keys;
  for (const auto& [key, rest] : left) keys.push_back(key);
  DebitRows rows(context);
  bool changed = false;
  for (domain::Collection& each : TRY(transaction.mandates().of_bills(keys))) {
    if (each.state != domain::CollectionState::kPlanned) continue;
    const base::Money rest = left.at({each.account, each.bill});
    if (each.amount <= rest) continue;
    changed = true;
    if (rest.is_zero()) {
      each.state = domain::CollectionState::kDropped;
      each.reason = "nothing_owed";
      rows.drop(std::move(each));
    } else {
      each.amount = rest;
      rows.lessen(std::move(each));
    }
  }
  return changed ? rows.keep(transaction) : base::Result<>();
}

}  // namespace flows
