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

// What a run needs besides its accounts: loaded once.
struct BillingSetup {
  domain::Operator seller;
  domain::Catalogue catalogue;
  const domain::RuleBook* rules = nullptr;
  base::Month period;
  std::int64_t cutoff_epoch = 0;

  [[nodiscard]] base::Date issue_day() const { return period.next().period().from(); }
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
