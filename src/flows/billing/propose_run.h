// What a run would bill from the facts up to a cutoff, put so that somebody can approve it: sums,
// what is set aside, how it differs from the month before and why, and a hash of every bill.
//
// The facts up to a cutoff stand still, so that the run that is issued from the same cutoff gives
// the same bills; the hash shows it, and shows what may have changed beside facts (prices, law).
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/billing/differences.h"
#include "flows/billing/plan_batch.h"
#include "flows/billing/run_billing.h"

namespace flows {

// An account whose bills differ most from the month before. Net, in minor units.
struct Outlier {
  domain::AccountId account;
  std::int64_t before_minor = 0;
  std::int64_t after_minor = 0;
  [[nodiscard]] std::int64_t change() const { return after_minor - before_minor; }
};
inline constexpr std::size_t kOutliersMax = 10;

struct RunPreview {
  base::Month period;
  base::Date issue_day;
  base::Currency currency;
  std::int64_t cutoff_epoch = 0;
  RunTotals totals;
  std::vector<ports::SetAside> set_aside;  // At most kSetAsideShownMax.
  std::string digest;                      // 32 bytes.
  std::int64_t before_minor = 0;           // Net, of the month before.
  domain::Differences differences;
  struct Count {
    std::int64_t accounts = 0;
  };
  std::vector<Count> accounts_by_reason;  // In the order of kDifferenceReasons.
  std::vector<Outlier> outliers;          // The largest change first.
};

// Writes nothing. Errors: no_operator, several_operators, and those of the store.
[[nodiscard]] base::Result<RunPreview> preview_run(const BillingTools& tools, base::Date day,
                                                   std::int64_t cutoff_epoch);
// The hash alone, as preview_run() makes it.
[[nodiscard]] base::Result<std::string> digest_of_run(const BillingTools& tools, base::Date day,
                                                      std::int64_t cutoff_epoch);

[[nodiscard]] base::Json to_json(const RunPreview& preview);

}  // namespace flows
