// PlanTerms: what comes with a plan or an add-on besides its price: allowances, fair use, steps of
// calls, minimum and cap of spending, and how a part of a month is charged.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue/usage_definition.h"
#include "domain/pricing/proration.h"

namespace domain {

// A month's allowance. A service has the sum of those of its plan and add-ons, each by the days on
// which it held.
struct Allowance {
  std::string pool;                          // "data"; usage items say which they draw from.
  std::optional<base::Decimal> amount = {};  // Absent: without limit.
  UsageUnit unit = UsageUnit::kPiece;
  bool shared = false;         // Drawn by all services of the account.
  int months_rolled_over = 0;  // How many months what is left may still be used.
  std::string over_item = {};  // Usage item charged beyond it, where the item has no own price.

  friend bool operator==(const Allowance&, const Allowance&) = default;
};

// At most so much of a pool may be used by the items of a fair use group ("EU"). A plan's and its
// add-ons' caps of one group add up.
struct FairUse {
  std::string pool;
  std::string group;
  base::Decimal cap;
  UsageUnit unit = UsageUnit::kPiece;

  friend bool operator==(const FairUse&, const FairUse&) = default;
};

struct PlanTerms {
  std::vector<Allowance> allowances;
  std::vector<FairUse> fair_use;
  ProrationRule proration = ProrationRule::kActualDays;
  PeriodEnd end = PeriodEnd::kInclusive;  // Whether the service's last day is charged.
  bool counted = false;  // An add-on that a service may have several times over, such as seats.
  std::optional<Increments> increments = {};  // Of calls; beats the item's own.
  // Usage of a month comes to this at least; what lacks is charged as `minimum_item`.
  std::optional<base::UnitPrice> minimum_spend = {};
  std::string minimum_item = {};
  // A service's usage of a month that goes on is billed when it comes to one of these.
  std::vector<base::UnitPrice> bill_at = {};
  std::optional<base::UnitPrice> spend_cap = {};  // Of usage in a month: alerts at 80 and 100 %.

  friend bool operator==(const PlanTerms&, const PlanTerms&) = default;
};

}  // namespace domain
