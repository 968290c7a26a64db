// Decimal: an exact decimal number with ten places, for prices per unit, rates and quantities.
//
// Range: +/- 10^18 with ten places. There is no binary floating point and no silent rounding:
// what loses digits is a named function with an explicit mode (rounding.h).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result/result.h"

namespace base {

__extension__ typedef __int128 Int128;

// How a value between two representable ones is rounded.
enum class RoundingMode {
  kHalfUp,    // 0.5 away from zero: the rule of invoices and of VAT in the seven countries.
  kHalfEven,  // 0.5 to the even neighbour.
  kUp,        // Away from zero.
  kDown,      // Towards zero.
};

// numerator / denominator, rounded. denominator must not be zero.
[[nodiscard]] Int128 divide_rounded(Int128 numerator, Int128 denominator, RoundingMode mode);

class Decimal {
 public:
  static constexpr int kPlaces = 10;
  static constexpr std::int64_t kOne = 10'000'000'000;

  constexpr Decimal() = default;

  // "12", "-0.5", "1272.80". Errors: not_a_decimal, too_many_places, out_of_range.
  [[nodiscard]] static Result<Decimal> parse(std::string_view text, char decimal_mark = '.');
  [[nodiscard]] static constexpr Decimal from_integer(std::int64_t value) {
    return Decimal(static_cast<Int128>(value) * kOne);
  }
  // The value scaled by 10^10, as it is stored.
  [[nodiscard]] static constexpr Decimal from_scaled(Int128 scaled) { return Decimal(scaled); }
  [[nodiscard]] constexpr Int128 scaled() const { return scaled_; }

  // Shortest form: "319.2", "-0.5", "12".
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] constexpr bool is_zero() const { return scaled_ == 0; }
  [[nodiscard]] constexpr bool is_negative() const { return scaled_ < 0; }

  friend constexpr Decimal operator+(Decimal a, Decimal b) {
    return Decimal(a.scaled_ + b.scaled_);
  }
  friend constexpr Decimal operator-(Decimal a, Decimal b) {
    return Decimal(a.scaled_ - b.scaled_);
  }
  friend constexpr Decimal operator-(Decimal a) { return Decimal(-a.scaled_); }
  friend constexpr auto operator<=>(Decimal, Decimal) = default;

 private:
  explicit constexpr Decimal(Int128 scaled) : scaled_(scaled) {}
  Int128 scaled_ = 0;
};

// a * b rounded to ten places. CHECKs that the result is in range.
[[nodiscard]] Decimal multiply(Decimal a, Decimal b, RoundingMode mode);

// A price of one unit of something, in a currency that the context knows.
struct UnitPrice {
  Decimal amount;
  friend constexpr auto operator<=>(const UnitPrice&, const UnitPrice&) = default;
};

// A rate in percent: Percent{25.5} is 25.5 %.
struct Percent {
  Decimal value;
  friend constexpr auto operator<=>(const Percent&, const Percent&) = default;
};

}  // namespace base
