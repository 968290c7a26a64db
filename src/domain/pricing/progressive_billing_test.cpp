// When use within a period is billed at once, and that it is billed once in all.
#include "domain/pricing/progressive_billing.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

namespace domain {
namespace {

using base::Money;

Money minor(std::int64_t value) { return {value, base::Currency()}; }

std::vector<Money> amounts(std::initializer_list<std::int64_t> values) {
  std::vector<Money> made;
  for (const std::int64_t value : values) made.push_back(minor(value));
  return made;
}

TEST(ProgressiveBilling, WhatIsDueNow) {
  struct Row {
    std::vector<Money> thresholds;
    std::int64_t used, billed, due;  // -1: nothing.
  };
  const Row rows[] = {
      {amounts({20000}), 19999, 0, -1},
      {amounts({20000}), 20000, 0, 20000},
      {amounts({20000}), 40000, 20000, -1},
      {amounts({20000, 50000}), 49999, 20000, -1},
      {amounts({20000, 50000}), 50001, 20000, 30001},
      {amounts({20000, 50000}), 60000, 0, 60000},  // Both at once: one bill.
      {amounts({20000, 50000}), 60000, 60000, -1},
      {amounts({}), 60000, 0, -1},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::to_string(row.used) + " used, billed " + std::to_string(row.billed));
    const auto due =
        ProgressiveBilling::make(row.thresholds)->due_now(minor(row.used), minor(row.billed));
    EXPECT_EQ(due ? due->minor() : -1, row.due);
  }
}

TEST(ProgressiveBilling, ThresholdsAscend) {
  for (const auto& bad : {amounts({0}), amounts({-1}), amounts({5, 5}), amounts({5, 4})}) {
    EXPECT_EQ(ProgressiveBilling::make(bad).error().code, "bad_thresholds");
  }
  const auto mixed =
      ProgressiveBilling::make({minor(5), Money(6, base::Currency::parse("EUR").value())});
  EXPECT_EQ(mixed.error().code, "bad_thresholds");
}

// However use grows: what was billed is never more than was used, and below the highest threshold
// that was reached nothing is left unbilled.
TEST(ProgressiveBilling, NothingIsBilledTwice) {
  EXPECT_TRUE(rc::check([] {
    const auto progressive = ProgressiveBilling::make(amounts({100, 250, 700})).value();
    std::int64_t used = 0, billed = 0;
    for (const int more : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 200))) {
      used += more;
      if (const auto due = progressive.due_now(minor(used), minor(billed))) {
        RC_ASSERT(due->minor() > 0);
        billed += due->minor();
      }
      RC_ASSERT(billed <= used);
      RC_ASSERT(!progressive.due_now(minor(used), minor(billed)));
      for (const std::int64_t threshold : {100, 250, 700}) {
        RC_ASSERT(used < threshold || billed >= threshold);
      }
    }
  }));
}

}  // namespace
}  // namespace domain
