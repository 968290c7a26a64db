#include "domain/pricing/progressive_billing.h"

#include <algorithm>
#include <string>

namespace domain {

base::Result<ProgressiveBilling> ProgressiveBilling::make(std::vector<base::Money> thresholds) {
  std::int64_t before = 0;
  for (const base::Money& threshold : thresholds) {
    if (threshold.minor() <= before) {
      return base::fail("bad_thresholds", "thresholds ascend and are above zero",
                        threshold.to_decimal_string());
    }
    if (threshold.currency() != thresholds.front().currency()) {
      return base::fail("bad_thresholds", "thresholds are of one currency",
                        threshold.to_decimal_string());
    }
    before = threshold.minor();
  }
  return ProgressiveBilling(std::move(thresholds));
}

std::optional<base::Money> ProgressiveBilling::due_now(base::Money used, base::Money billed) const {
  const bool reached = std::ranges::any_of(
      thresholds_, [&](base::Money threshold) { return billed < threshold && threshold <= used; });
  if (!reached) return std::nullopt;
  return used - billed;
}

}  // namespace domain
