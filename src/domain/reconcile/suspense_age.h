// How old the money is that waits in suspense: sums by age, reason and bank account. Pure.
//
// A payment that went back and its return stand in suspense against one another, plus and minus;
// they are nobody's to look for and are left out together.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/time/date.h"
#include "domain/ids.h"

namespace domain {

struct SuspenseRow {
  PaymentId payment;
  std::string bank_account;
  base::Date booked;
  std::string state, reason;
  base::Money open;  // What of it waited on the day that was asked for.

  friend bool operator==(const SuspenseRow&, const SuspenseRow&) = default;
};

// "0-7", "8-30", "31-60", "61-90", "91-365", "366-": days since it was booked.
[[nodiscard]] std::span<const std::string_view> age_buckets();
[[nodiscard]] std::string_view age_bucket(std::int32_t days);

struct SuspenseSum {
  std::string bucket, reason, bank_account;
  base::Money open;
  std::int64_t payments = 0;

  friend bool operator==(const SuspenseSum&, const SuspenseSum&) = default;
};

struct SuspenseReport {
  std::vector<SuspenseRow> rows;    // Oldest first.
  std::vector<SuspenseSum> sums;    // By age, youngest first, then reason, account and currency.
  std::vector<base::Money> totals;  // By currency.
};
[[nodiscard]] SuspenseReport age_suspense(std::vector<SuspenseRow> rows, base::Date day);

}  // namespace domain
