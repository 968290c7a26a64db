// Minimum spend: what a customer pays for a period at the least. Where what was used comes to
// less, a line of its own makes up the difference; a part of a period has a part of the minimum.
//
//   true-up = sum of (minimum x share of the period) - spent, or 0 where that is below zero
#pragma once

#include <span>

#include "base/money/decimal.h"
#include "domain/pricing/proration.h"

namespace domain {

// A minimum for the whole period, and the part of it for which it held.
struct Minimum {
  base::UnitPrice whole;
  Share share;
};

// Exact to ten places, half up beyond; the line rounds once. `spent` is without VAT where the
// minimums are.
[[nodiscard]] base::Decimal true_up(std::span<const Minimum> minimums, base::Decimal spent);

}  // namespace domain
