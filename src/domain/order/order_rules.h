// What the operator lets happen with orders before money is surely there: [orders] of the
// configuration. Amounts are in units of the account's currency.
#pragma once

#include <optional>

#include "base/money/money.h"

namespace domain {

struct OrderRules {
  // So much an account may have put on bills that are still to come, in all; absent: no limit.
  std::optional<base::Decimal> bill_limit = {};
  // Who has owed for more days than these gets nothing on a bill.
  int overdue_days_max = 10;
  // Days after a debit was paid until nothing is expected back any more.
  int debit_days = 5;
  // A debit of up to so much is trusted as soon as it is planned; absent: none is.
  std::optional<base::Decimal> debit_at_once_up_to = {};
  // An order in parts of up to so much is handed over before its first part is paid.
  std::optional<base::Decimal> parts_at_once_up_to = {};
  // Days until an order that nobody paid is given up, and its bill credited.
  int pay_within_days = 3;

  friend bool operator==(const OrderRules&, const OrderRules&) = default;
};

}  // namespace domain
