#include "flows/care/touch_bills.h"

#include <algorithm>

namespace flows {

base::Result<> touch_bills(ports::Transaction& transaction,
                           std::vector<ports::Billing::BillKey> keys) {
  if (keys.empty()) return {};
  std::ranges::sort(keys);
  keys.erase(std::ranges::unique(keys).begin(), keys.end());
  auto bills = TRY(transaction.billing().hold_bills(keys));
  for (domain::Bill& bill : bills) ++bill.version;
  return transaction.billing().update_bills(bills);
}

}  // namespace flows
