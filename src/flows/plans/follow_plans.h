// The daily work on plans: who missed a row is told once, then the plan ends as agreed, or the row
// goes to its end; one that is paid is kept; one of which a payment came back runs again.
//
// A page of plans is a transaction: it can be killed anywhere and called again for the same day,
// as often as one likes. A dry run is the same code without its commit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/plan/plan.h"
#include "ports/store.h"

namespace flows {

struct FollowRequest {
  std::optional<base::Date> day = {};  // Else today.
  std::string actor = "system";
  bool dry_run = false;
  std::size_t plans_per_page = 200;
};

struct FollowedPlan {
  domain::Plan plan;  // As it is afterwards.
  domain::PlanStep step = domain::PlanStep::kNothing;
};
struct FollowReport {
  base::Date day;
  std::int64_t plans = 0;  // Looked at.
  std::int64_t reminded = 0, moved = 0, broken = 0, kept = 0, reopened = 0;
  std::vector<FollowedPlan> changed;  // The first of them.
};

// Money of a bank can be called back until so long after: so long a kept plan is looked at.
inline constexpr int kKeptLookedAtDays = 400;

// Errors: no_operator, several_operators, and those of the store.
[[nodiscard]] base::Result<FollowReport> follow_plans(ports::Store& store, const base::Clock& clock,
                                                      const FollowRequest& request);

}  // namespace flows
