// Amounts: what is read and written, and that no cent is lost or made by rounding and splitting.
#include "base/money/money.h"

#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace base {
namespace {

using enum RoundingMode;

const Currency kSek = *Currency::parse("SEK");
const Currency kJpy = *Currency::parse("JPY");

Money sek(std::int64_t minor) { return Money(minor, kSek); }
Percent percent(std::string_view text) { return Percent{*Decimal::parse(text)}; }

template <class T>
std::string outcome(const Result<T>& result) {
  return result ? result->to_decimal_string() : "!" + result.error().code;
}

TEST(Currency, Parse) {
  EXPECT_EQ(kSek.code(), "SEK");
  EXPECT_EQ(kSek.minor_per_unit(), 100);
  EXPECT_EQ(kJpy.minor_per_unit(), 1);
  for (const std::string_view text : {"", "sek", "SE", "SEKK", "XXX"}) {
    ASSERT_FALSE(Currency::parse(text).has_value()) << text;
    EXPECT_EQ(Currency::parse(text).error().code, "unknown_currency");
  }
}

TEST(Money, Parse) {
  struct Row {
    std::string_view text;
    Currency currency;
    char mark;
    std::string_view outcome;
  };
  const Row rows[] = {
      {"1272.80", kSek, '.', "1272.80"},
      {"1272,8", kSek, ',', "1272.80"},
      {"-0.05", kSek, '.', "-0.05"},
      {"0", kSek, '.', "0.00"},
      {"12.800", kSek, '.', "12.80"},
      {"12.805", kSek, '.', "!too_many_places"},
      {"12", kJpy, '.', "12"},
      {"12.5", kJpy, '.', "!too_many_places"},
      {"10000000000.00", kSek, '.', "10000000000.00"},
      {"10000000000.01", kSek, '.', "!amount_out_of_range"},
      {"-10000000000.01", kSek, '.', "!amount_out_of_range"},
      {"twelve", kSek, '.', "!not_a_decimal"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(Money::parse(row.text, row.currency, row.mark)), row.outcome) << row.text;
  }
}

TEST(Money, MakeHoldsTheLimit) {
  EXPECT_TRUE(Money::make(Money::kMinorMax, kSek).has_value());
  EXPECT_TRUE(Money::make(-Money::kMinorMax, kSek).has_value());
  EXPECT_EQ(outcome(Money::make(Money::kMinorMax + 1, kSek)), "!amount_out_of_range");
  EXPECT_EQ(outcome(Money::make(INT64_MIN, kSek)), "!amount_out_of_range");
}

TEST(Money, WrittenAndReadBackIsTheSame) {
  EXPECT_TRUE(rc::check([] {
    const Money amount = sek(*rc::gen::inRange(-Money::kMinorMax, Money::kMinorMax));
    RC_ASSERT(*Money::parse(amount.to_decimal_string(), kSek) == amount);
  }));
  EXPECT_EQ(sek(INT64_MIN).to_decimal_string(), "-92233720368547758.08");
  EXPECT_EQ(sek(7).to_decimal_string(), "0.07");
}

TEST(Money, LineAmount) {
  struct Row {
    std::string_view quantity, price, net;
  };
  const Row rows[] = {
      {"1", "319.20", "319.20"}, {"17.5", "0.0825", "1.44"},  // 1.44375
      {"3", "0.335", "1.01"},                                 // 1.005: half up, not 1.00.
      {"-3", "0.335", "-1.01"},  {"0", "99", "0.00"},        {"1000000", "0.0000001", "0.10"},
  };
  for (const Row& row : rows) {
    const Money net = line_amount(*Decimal::parse(row.quantity),
                                  UnitPrice{*Decimal::parse(row.price)}, kSek, kHalfUp);
    EXPECT_EQ(net.to_decimal_string(), row.net) << row.quantity << " x " << row.price;
  }
}

TEST(Money, PercentAndScale) {
  EXPECT_EQ(percent_of(sek(1586), percent("25.5"), kHalfUp), sek(404));  // 404.43
  EXPECT_EQ(percent_of(sek(-1586), percent("25.5"), kHalfUp), sek(-404));
  EXPECT_EQ(percent_of(sek(100), percent("0"), kHalfUp), sek(0));
  EXPECT_EQ(scale(sek(31900), 10, 31, kHalfUp), sek(10290));  // Ten days of 31: 10290.32
  EXPECT_EQ(scale(sek(31900), 31, 31, kHalfUp), sek(31900));
}

// Property (D12): of a gross sum, net and VAT add up again, and VAT is the rate of the net to
// within the one rounding.
TEST(Money, NetOfGrossAddsUp) {
  EXPECT_TRUE(rc::check([] {
    const Money gross = sek(*rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000));
    const Percent rate = percent(*rc::gen::element<std::string>("25", "25.5", "12", "6", "0"));
    const Money net = net_of_gross(gross, rate, kHalfUp);
    const Money vat = gross - net;
    const std::int64_t off = (vat - percent_of(net, rate, kHalfUp)).minor();
    RC_ASSERT(off >= -1 && off <= 1);
  }));
  EXPECT_EQ(net_of_gross(sek(1990), percent("25.5"), kHalfUp), sek(1586));
}

TEST(Money, RoundingToStep) {
  struct Row {
    std::int64_t amount, step, rounding;
  };
  const Row rows[] = {{10049, 100, -49}, {10050, 100, 50}, {10000, 100, 0}, {-10050, 100, -50},
                      {1002, 5, -2},     {1003, 5, 2},     {0, 100, 0}};
  for (const Row& row : rows) {
    EXPECT_EQ(rounding_to_step(sek(row.amount), row.step), sek(row.rounding)) << row.amount;
  }
}

TEST(Money, Split) {
  struct Row {
    std::int64_t amount;
    std::vector<std::int64_t> weights, parts;
  };
  const Row rows[] = {
      {100, {1, 1, 1}, {34, 33, 33}},  // The first of equals gets the cent.
      {-100, {1, 1, 1}, {-34, -33, -33}}, {100, {1, 2}, {33, 67}}, {5, {0, 1, 0}, {0, 5, 0}},
      {1, {1, 1, 1, 1}, {1, 0, 0, 0}},    {0, {3, 4}, {0, 0}},     {10'00, {7}, {10'00}},
  };
  for (const Row& row : rows) {
    std::vector<Money> parts;
    for (const std::int64_t part : row.parts) parts.push_back(sek(part));
    EXPECT_EQ(split(sek(row.amount), row.weights), parts) << row.amount;
  }
}

// Property: parts add up, keep the sign, and are less than one minor unit from the exact share.
TEST(Money, SplitAddsUp) {
  EXPECT_TRUE(rc::check([] {
    const auto minor = *rc::gen::inRange(-Money::kMinorMax, Money::kMinorMax);
    auto weights = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(0, 1'000'000)));
    weights.front() += 1;  // All zero is nobody's.
    const auto total = std::accumulate(weights.begin(), weights.end(), Int128{0});
    const std::vector<Money> parts = split(sek(minor), weights);
    RC_ASSERT(parts.size() == weights.size());
    RC_ASSERT(std::accumulate(parts.begin(), parts.end(), sek(0)) == sek(minor));
    for (std::size_t at = 0; at < parts.size(); ++at) {
      const Int128 off = parts[at].minor() * total - static_cast<Int128>(minor) * weights[at];
      RC_ASSERT(off > -total && off < total);
      RC_ASSERT(weights[at] != 0 || parts[at].is_zero());
    }
  }));
}

TEST(MoneyDeathTest, CurrenciesNeverMeet) {
  EXPECT_DEATH((void)(sek(1) + Money(1, kJpy)), "broken invariant");
  EXPECT_DEATH((void)(sek(1) < Money(1, kJpy)), "broken invariant");
  EXPECT_FALSE(sek(1) == Money(1, kJpy));
}

TEST(MoneyDeathTest, SumsDoNotWrapAround) {
  EXPECT_DEATH((void)(sek(INT64_MAX) + sek(1)), "broken invariant");
  EXPECT_DEATH((void)percent_of(sek(Money::kMinorMax),
                                Percent{Decimal::from_integer(999'999'999'999'999'999)}, kHalfUp),
               "broken invariant");
}

}  // namespace
}  // namespace base
