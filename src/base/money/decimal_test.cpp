// Exact decimals: what is read and written, and how what lies between is rounded.
#include "base/money/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/outcome.h"

namespace base {
namespace {

using tests::outcome;
using enum RoundingMode;

TEST(Decimal, Parse) {
  struct Row {
    std::string_view text;
    char mark;
    std::string_view outcome;
  };
  const Row rows[] = {
      {"0", '.', "0"},
      {"-0", '.', "0"},
      {"12", '.', "12"},
      {"+12", '.', "12"},
      {"-0.5", '.', "-0.5"},
      {"1272.80", '.', "1272.8"},
      {"0,0825", ',', "0.0825"},
      {"007", '.', "7"},
      {".5", '.', "0.5"},  // As some databases export it.
      {"0.0000000001", '.', "0.0000000001"},
      {"0.00000000010000", '.', "0.0000000001"},  // Zeros beyond the tenth place lose nothing.
      {"0.00000000011", '.', "!too_many_places"},
      {"999999999999999999.9999999999", '.', "999999999999999999.9999999999"},
      {"000999999999999999999", '.', "999999999999999999"},
      {"1000000000000000000", '.', "!out_of_range"},
      {"", '.', "!not_a_decimal"},
      {".", '.', "!not_a_decimal"},
      {"-", '.', "!not_a_decimal"},
      {"+-5", '.', "!not_a_decimal"},
      {"1.2.3", '.', "!not_a_decimal"},
      {"1,5", '.', "!not_a_decimal"},
      {"1 000", '.', "!not_a_decimal"},
      {"1e3", '.', "!not_a_decimal"},
      {"NaN", '.', "!not_a_decimal"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(Decimal::parse(row.text, row.mark)), row.outcome) << row.text;
  }
}

TEST(Decimal, WrittenAndReadBackIsTheSame) {
  EXPECT_TRUE(rc::check([](std::int64_t high, std::int64_t low) {
    const auto limit = static_cast<Int128>(Decimal::kOne) * Decimal::kOne * 100'000'000;
    const Int128 scaled = (static_cast<Int128>(high) << 40 | (low & 0xFFFFFFFFFF)) % limit;
    const Decimal value = Decimal::from_scaled(scaled);
    const auto read = Decimal::parse(value.to_string());
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == value);
  }));
}

TEST(Decimal, IsWrittenWithoutZerosAtItsEnd) {
  struct Row {
    std::int64_t whole, fraction;  // In units and in their ten-thousand-millionths.
    const char* text;
  };
  const Row rows[] = {
      {0, 0, "0"},
      {0, 1, "0.0000000001"},
      {0, -5'000'000'000, "-0.5"},
      {1, 1'000'000'000, "1.1"},
      {100, 0, "100"},
      {-100, -100, "-100.00000001"},
      {319, 2'000'000'000, "319.2"},
      {999'999'999'999'999'999, 9'999'999'999, "999999999999999999.9999999999"},
      {-999'999'999'999'999'999, -9'999'999'990, "-999999999999999999.999999999"},
  };
  for (const Row& row : rows) {
    const Int128 scaled = static_cast<Int128>(row.whole) * Decimal::kOne + row.fraction;
    EXPECT_EQ(Decimal::from_scaled(scaled).to_string(), row.text);
  }
  // Beyond what is ever stored the digits are still right.
  const Int128 huge = static_cast<Int128>(9'223'372'036'854'775'807) * Decimal::kOne * 1000;
  EXPECT_EQ(Decimal::from_scaled(huge).to_string(), "9223372036854775807000");
}

TEST(Decimal, DivideRounded) {
  struct Row {
    int numerator, denominator;
    int half_up, half_even, up, down;
  };
  const Row rows[] = {
      {10, 5, 2, 2, 2, 2},      {11, 5, 2, 2, 3, 2},      {12, 5, 2, 2, 3, 2},
      {13, 5, 3, 3, 3, 2},      {5, 2, 3, 2, 3, 2},       {7, 2, 4, 4, 4, 3},
      {1, 2, 1, 0, 1, 0},       {-5, 2, -3, -2, -3, -2},  {-7, 2, -4, -4, -4, -3},
      {-1, 2, -1, 0, -1, 0},    {5, -2, -3, -2, -3, -2},  {-5, -2, 3, 2, 3, 2},
      {-11, 5, -2, -2, -3, -2}, {-13, 5, -3, -3, -3, -2}, {0, 7, 0, 0, 0, 0},
      {1, 3, 0, 0, 1, 0},       {2, 3, 1, 1, 1, 0},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::to_string(row.numerator) + "/" + std::to_string(row.denominator));
    const auto divide = [&](RoundingMode mode) {
      return static_cast<int>(divide_rounded(row.numerator, row.denominator, mode));
    };
    EXPECT_EQ(divide(kHalfUp), row.half_up);
    EXPECT_EQ(divide(kHalfEven), row.half_even);
    EXPECT_EQ(divide(kUp), row.up);
    EXPECT_EQ(divide(kDown), row.down);
  }
}

// Property: half modes are never off by more than half, the others by less than one and only to
// their own side; and what is negated rounds to the negative.
TEST(Decimal, RoundingStaysWithinItsBounds) {
  EXPECT_TRUE(rc::check([](std::int64_t numerator) {
    const auto denominator = *rc::gen::inRange<std::int64_t>(1, 10'000'000'000);
    const auto off = [&](RoundingMode mode) -> Int128 {
      return divide_rounded(numerator, denominator, mode) * denominator - numerator;
    };
    const auto size = [](Int128 value) { return value < 0 ? -value : value; };
    RC_ASSERT(size(off(kHalfUp)) * 2 <= denominator);
    RC_ASSERT(size(off(kHalfEven)) * 2 <= denominator);
    RC_ASSERT(size(off(kUp)) < denominator && size(off(kDown)) < denominator);
    RC_ASSERT((numerator < 0) == (off(kUp) < 0) || off(kUp) == 0);
    RC_ASSERT((numerator < 0) == (off(kDown) > 0) || off(kDown) == 0);
    for (const RoundingMode mode : {kHalfUp, kHalfEven, kUp, kDown}) {
      RC_ASSERT(divide_rounded(-static_cast<Int128>(numerator), denominator, mode) ==
                -divide_rounded(numerator, denominator, mode));
    }
  }));
}

TEST(Decimal, Arithmetic) {
  const Decimal price = *Decimal::parse("0.0825"), quantity = *Decimal::parse("17.5");
  EXPECT_EQ(multiply(price, quantity, kHalfUp).to_string(), "1.44375");
  EXPECT_EQ((price + quantity).to_string(), "17.5825");
  EXPECT_EQ((price - quantity).to_string(), "-17.4175");
  EXPECT_EQ((-price).to_string(), "-0.0825");
  EXPECT_EQ(Decimal::from_integer(-3).to_string(), "-3");
  EXPECT_LT(price, quantity);
  EXPECT_TRUE(Decimal().is_zero());
  EXPECT_TRUE((-price).is_negative());
  const Decimal tiny = Decimal::from_scaled(1), half = *Decimal::parse("0.5");
  EXPECT_EQ(multiply(tiny, half, kHalfUp).scaled(), 1);
  EXPECT_EQ(multiply(tiny, half, kHalfEven).scaled(), 0);
}

TEST(DecimalDeathTest, AProductBeyondTheRangeStopsUs) {
  const Decimal large = Decimal::from_integer(1'000'000'000);
  EXPECT_EQ(multiply(large, Decimal::from_integer(999'999'999), kHalfUp).to_string(),
            "999999999000000000");
  EXPECT_DEATH((void)multiply(large, large + large, kHalfUp), "broken invariant");
}

}  // namespace
}  // namespace base
