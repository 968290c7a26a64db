// Minimum spend: what a customer pays for a period at the least. Where what was used comes to
// less, a line of its own makes up the difference; a part of a period has a part of the minimum.
//
//   true-up = round(minimum x share of the period) - spent, or 0 where that is below zero
#pragma once

#include "base/money/money.h"
#include "domain/pricing/proration.h"

namespace domain {

// `minimum` is for the whole period, without VAT like `spent`; of one currency, CHECKed.
[[nodiscard]] base::Money true_up(base::Money minimum, Share share, base::Money spent);

}  // namespace domain
