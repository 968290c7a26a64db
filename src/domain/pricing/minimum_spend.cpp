#include "domain/pricing/minimum_spend.h"

#include <algorithm>

namespace domain {

using base::Decimal;

Decimal true_up(std::span<const Minimum> minimums, Decimal spent) {
  Decimal least;
  for (const Minimum& minimum : minimums) {
    const base::Int128 numerator = minimum.whole.amount.scaled() * minimum.share.numerator;
    least = least + Decimal::from_scaled(base::divide_rounded(numerator, minimum.share.denominator,
                                                              base::RoundingMode::kHalfUp));
  }
  return std::max(Decimal(), least - spent);
}

}  // namespace domain
