// The bills of a range of accounts, as values: what a dry run shows, a count counts and an issue
// writes. Reads only.
#pragma once

#include <string>
#include <vector>

#include "domain/billing/plan_bills.h"
#include "domain/law/rule_book.h"
#include "domain/operator/operator.h"
#include "flows/billing/run_billing.h"
#include "ports/billing.h"

namespace flows {

// How many months back what was billed is compared with what is owed.
inline constexpr std::int32_t kCorrectionMonthsMax = 24;

// What a run needs besides its accounts: loaded once.
struct BillingSetup {
  domain::Operator seller;
  domain::Catalogue catalogue;
  const domain::RuleBook* rules = nullptr;
  base::Month period;
  std::int64_t cutoff_epoch = 0;
  std::vector<domain::ClosedPeriod> earlier_runs = {};  // Of periods from `looks_back_to` on.

  [[nodiscard]] base::Date issue_day() const { return period.next().period().from(); }
  [[nodiscard]] base::Month looks_back_to() const {
    return base::Month::from_index(period.index() - kCorrectionMonthsMax);
  }
};

struct PlannedAccount {
  domain::Account account;
  domain::Customer customer;
  domain::AccountPlan plan;
};

struct BatchPlan {
  std::vector<PlannedAccount> accounts;  // Ascending by id; only those this run closes P for.
  std::vector<ports::SetAside> set_aside;
  RunTotals totals;
};

// Errors: those of the store. An account's own errors set it aside.
[[nodiscard]] base::Result<BatchPlan> plan_batch(ports::Store& store, const BillingSetup& setup,
                                                 const ports::AccountRange& range);

}  // namespace flows
