// Which seconds of a call are billed by each increment, what they cost, and that the price of a
// minute charged per second does not drift.
#include "domain/pricing/increments.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

namespace domain {
namespace {

using base::Decimal;

base::UnitPrice price(std::string_view text) { return {Decimal::parse(text).value()}; }

TEST(Increments, WhatCounts) {
  struct Row {
    std::string_view increments;
    int quantity, counted;
  };
  const Row rows[] = {
      {"60/60", 0, 0},    {"60/60", 1, 60},   {"60/60", 60, 60}, {"60/60", 61, 120},
      {"60/1", 0, 0},     {"60/1", 1, 60},    {"60/1", 60, 60},  {"60/1", 61, 61},
      {"30/6", 1, 30},    {"30/6", 30, 30},   {"30/6", 31, 36},  {"30/6", 36, 36},
      {"30/6", 37, 42},   {"1/1", 0, 0},      {"1/1", 1, 1},     {"1/1", 3599, 3599},
      {"1/60", 1, 1},     {"1/60", 2, 61},    {"3600/3600", 3601, 7200},
      {"0/60", 0, 0},     {"0/60", 1, 60},    {"60/1", -1, 0},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.increments) + " of " + std::to_string(row.quantity));
    EXPECT_EQ(Increments::parse(row.increments)->count(row.quantity), row.counted);
  }
}

TEST(Increments, AreReadAsTheyAreWritten) {
  for (const std::string_view text : {"60/60", "60/1", "30/6", "1/1", "0/60"}) {
    EXPECT_EQ(Increments::parse(text)->to_string(), text);
  }
  for (const std::string_view text :
       {"", "60", "60/", "/60", "60/0", "-60/1", "60/-1", "60/1/1", "60 / 1", "6e1/1",
        "10000000000001/1", "99999999999999999999/1"}) {
    SCOPED_TRACE(text);
    const auto refused = Increments::parse(text);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, "bad_increments");
  }
}

TEST(Increments, WhatACallCosts) {
  struct Row {
    std::string_view increments, price;
    int per_seconds;
    std::string_view connect_fee;
    std::int64_t seconds;
    std::string_view amount;
  };
  const Row rows[] = {
      {"1/1", "1", 1, "0", 90, "90"},
      {"1/1", "1", 1, "0", 0, "0"},
      {"1/1", "0.1", 60, "0", 180, "0.3"},
      {"1/1", "0.1", 60, "0", 1, "0.0016666667"},
      {"60/60", "0.69", 60, "0", 61, "1.38"},
      {"60/1", "0.69", 60, "0", 61, "0.7015"},
      {"60/1", "0.69", 60, "0.49", 61, "1.1915"},
      {"60/1", "0.69", 60, "0.49", 0, "0"},  // A call that was not answered.
      {"30/6", "1.20", 60, "0", 31, "0.72"},
      {"1/1", "0", 60, "0.49", 7200, "0.49"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.increments) + " of " + std::to_string(row.seconds));
    const TimePrice terms{.increments = Increments::parse(row.increments).value(),
                          .price = price(row.price),
                          .per_seconds = row.per_seconds,
                          .connect_fee = price(row.connect_fee)};
    EXPECT_EQ(price_of_time(terms, row.seconds)->to_string(), row.amount);
  }
}

TEST(Increments, WhatCannotBeCountedIsAnError) {
  const TimePrice dear{.price = price("10000000000")};
  EXPECT_EQ(price_of_time(dear, -1).error().code, "negative_quantity");
  EXPECT_EQ(price_of_time(dear, 61).error().code, "amount_out_of_range");
  EXPECT_EQ(price_of_time({}, INT64_MAX).error().code, "amount_out_of_range");
  EXPECT_TRUE(price_of_time(dear, 60).has_value());
}

int up_to(int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, most + 1)); }

// Billed time is never shorter than the call, never a whole block longer, and never falls.
TEST(Increments, BilledTimeHoldsTheCall) {
  EXPECT_TRUE(rc::check([] {
    const int first = 1 + up_to(119), next = 1 + up_to(119);
    const auto increments =
        Increments::parse(std::to_string(first) + "/" + std::to_string(next)).value();
    const int seconds = 1 + up_to(9999);
    const std::int64_t billed = increments.count(seconds);
    RC_ASSERT(billed >= seconds);
    RC_ASSERT(billed == first || billed < seconds + next);
    RC_ASSERT((billed - first) % next == 0);
    RC_ASSERT(billed <= increments.count(seconds + 1));
  }));
}

// Any whole number of minutes costs that many times the price of one.
TEST(Increments, MinutesChargedPerSecondDoNotDrift) {
  EXPECT_TRUE(rc::check([] {
    const Decimal minute = Decimal::from_scaled(up_to(2'000'000'000));
    const int minutes = up_to(44'640);  // Those of 31 days.
    RC_ASSERT(price_of_time({.price = {minute}}, 60 * minutes).value() ==
              base::multiply(minute, Decimal::from_integer(minutes), base::RoundingMode::kHalfUp));
  }));
}

}  // namespace
}  // namespace domain
