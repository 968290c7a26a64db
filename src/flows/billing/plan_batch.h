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
inline constexpr int kCorrectionMonthsMax = 24;

// From which month on usage is looked at, of a catalogue whose months depend on one another (what
// is left of an allowance rolls over): as far back as bills are corrected.
[[nodiscard]] inline base::Month first_month_of_usage(base::Date day) {
  return base::Month::of(base::add_months(day, -kCorrectionMonthsMax));
}

// What a run needs besides its accounts: loaded once.
struct BillingSetup {
  domain::Operator seller;
  domain::Catalogue catalogue;
  const domain::RuleBook* rules = nullptr;
  base::Date day;  // Of the run: bills are dated on it and close what ended by it.
  std::int64_t cutoff_epoch = 0;
  std::vector<domain::Closing> earlier_runs = {};  // Of days from `looks_back_to` on.

  // The month that is closed, of a run on the first of a month (D15).
  [[nodiscard]] base::Month period() const { return base::Month::of(day - 1); }
  [[nodiscard]] base::Date looks_back_to() const {
    return base::add_months(day, -kCorrectionMonthsMax);
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

// For a count the texts that are sealed (names, addresses, labels) stay empty: sums need none.
enum class PlanFor { kCount, kIssue };

// Errors: those of the store. An account's own errors set it aside.
[[nodiscard]] base::Result<BatchPlan> plan_batch(ports::Store& store, const BillingSetup& setup,
                                                 const ports::AccountRange& range, PlanFor use);

}  // namespace flows
