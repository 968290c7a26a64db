// Progressive billing: what was used is billed within the period, as soon as it comes to a
// threshold, so that nobody runs up a debt that is seen at the month's end only.
//
//   due    when what was used has reached a threshold above what was billed so far
//   amount = used - billed so far
//   at the period's end: all of its charges less what was billed within it
#pragma once

#include <optional>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"

namespace domain {

class ProgressiveBilling {
 public:
  // Thresholds of the period's use without VAT, ascending and above zero, of one currency.
  // Errors: bad_thresholds (place: the one that is wrong).
  [[nodiscard]] static base::Result<ProgressiveBilling> make(std::vector<base::Money> thresholds);

  // What is to be billed now. `used` and `billed` are those of the period so far.
  [[nodiscard]] std::optional<base::Money> due_now(base::Money used, base::Money billed) const;

 private:
  explicit ProgressiveBilling(std::vector<base::Money> thresholds)
      : thresholds_(std::move(thresholds)) {}
  std::vector<base::Money> thresholds_;
};

}  // namespace domain
