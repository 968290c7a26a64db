#include "domain/pricing/minimum_spend.h"

#include <algorithm>

namespace domain {

base::Money true_up(base::Money minimum, Share share, base::Money spent) {
  const base::Money least =
      base::scale(minimum, share.numerator, share.denominator, base::RoundingMode::kHalfUp);
  return std::max(base::Money(0, minimum.currency()), least - spent);
}

}  // namespace domain
