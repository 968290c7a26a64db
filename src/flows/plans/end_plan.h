// End a plan before its time: the bill is due again as its document says, and what was paid stays
// paid. A new plan may then be agreed.
#pragma once

#include <string>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/plan/plan.h"
#include "ports/store.h"

namespace flows {

struct EndPlan {
  domain::AccountId account;
  domain::BillId bill;
  std::string reason = "customer";
  std::string actor = "customer";
};

// The active plan of the bill. Errors: bill_not_found, plan_not_found.
[[nodiscard]] base::Result<domain::Plan> end_plan(ports::Store& store, const base::Clock& clock,
                                                  const EndPlan& request);
[[nodiscard]] base::Result<domain::Plan> end_plan(ports::Transaction& transaction,
                                                  const base::Clock& clock, const EndPlan& request);

}  // namespace flows
