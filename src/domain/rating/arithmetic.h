// Products and shares of amounts at the limits of the type: an error or the nearest value, never
// an overflow. Used where rating multiplies what the catalogue and the records say.
#pragma once

#include "base/money/decimal.h"
#include "base/result/result.h"

namespace domain {

// a x b, half up to ten places. Errors: amount_out_of_range.
[[nodiscard]] inline base::Result<base::Decimal> checked_product(base::Decimal a, base::Decimal b) {
  constexpr std::int64_t kAmountMax = 100'000'000'000'000'000;
  base::Int128 product = 0;
  if (!__builtin_mul_overflow(a.scaled(), b.scaled(), &product)) {
    const auto rounded = base::Decimal::from_scaled(
        base::divide_rounded(product, base::Decimal::kOne, base::RoundingMode::kHalfUp));
    const auto limit = base::Decimal::from_integer(kAmountMax);
    if (-limit <= rounded && rounded <= limit) return rounded;
  }
  return base::fail("amount_out_of_range", "quantity times price is beyond what can be billed");
}

// a x part / whole, half up to ten places. Where the product would not fit, part and whole lose
// their last digits: no more of the answer than its last places. A whole too small for that is
// none.
[[nodiscard]] inline base::Decimal share_of_amount(base::Decimal a, base::Decimal part,
                                                   base::Decimal whole) {
  constexpr int kDigit = 10;
  base::Int128 numerator = part.scaled(), denominator = whole.scaled(), product = 0;
  while (__builtin_mul_overflow(a.scaled(), numerator, &product)) {
    if (denominator / kDigit == 0) return a;
    numerator /= kDigit;
    denominator /= kDigit;
  }
  return base::Decimal::from_scaled(
      base::divide_rounded(product, denominator, base::RoundingMode::kHalfUp));
}

}  // namespace domain
