// ExactSum: a sum of quantities times prices that keeps all their twenty places and is rounded
// once, when it is read. So a price per second that is a fraction without end does not drift, and
// the order in which parts are added does not matter.
#pragma once

#include <cstdint>

#include "base/money/decimal.h"
#include "base/result/result.h"

namespace domain {

// The largest price, quantity and amount: what base::Money can hold in any currency.
inline constexpr base::Decimal kPricedMax = base::Decimal::from_integer(10'000'000'000);

[[nodiscard]] inline base::Result<> check_range(base::Decimal value) {
  if (-kPricedMax <= value && value <= kPricedMax) return {};
  return base::fail("amount_out_of_range", "the amount is beyond ten thousand million");
}

class ExactSum {
 public:
  void add(base::Decimal quantity, base::UnitPrice price, std::int64_t times = 1) {
    base::Int128 product = 0;
    fits_ = fits_ && !__builtin_mul_overflow(quantity.scaled(), price.amount.scaled(), &product) &&
            !__builtin_mul_overflow(product, static_cast<base::Int128>(times), &product) &&
            !__builtin_add_overflow(sum_, product, &sum_);
  }

  // The sum divided by a whole number above zero, to ten places, half up. Errors:
  // amount_out_of_range.
  [[nodiscard]] base::Result<base::Decimal> value(std::int64_t divisor = 1) const {
    const base::Decimal rounded = base::Decimal::from_scaled(
        base::divide_rounded(sum_, static_cast<base::Int128>(base::Decimal::kOne) * divisor,
                             base::RoundingMode::kHalfUp));
    if (auto checked = check_range(fits_ ? rounded : kPricedMax + kPricedMax); !checked) {
      return std::unexpected(std::move(checked).error());
    }
    return rounded;
  }

 private:
  base::Int128 sum_ = 0;
  bool fits_ = true;
};

}  // namespace domain
