// What a plan of bills needs besides its accounts, read from the store: for a run, and for whoever
// asks what a run would bill.
#pragma once

#include "base/result/result.h"
#include "flows/billing/plan_batch.h"
#include "ports/store.h"

namespace flows {

// For a run on the day; see look_up_to() for what it builds on. Errors: no_operator,
// several_operators.
[[nodiscard]] base::Result<BillingSetup> load_setup(ports::Transaction& transaction,
                                                    const domain::RuleBook& rules, base::Date day);

// Lets it see the facts up to the cutoff and the runs before it. Nothing has an epoch beyond the
// one that is open: INT64_MAX sees all there is.
[[nodiscard]] base::Result<> look_up_to(ports::Transaction& transaction, std::int64_t cutoff_epoch,
                                        BillingSetup& setup);

inline constexpr std::size_t kRunsLookedAtMax = 10'000;

}  // namespace flows
