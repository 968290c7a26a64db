// Which seconds of a call are billed by each increment, how increments are written, and that what
// counts never is less than what was used.
#include "domain/pricing/increments.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

namespace domain {
namespace {

TEST(Increments, WhatCounts) {
  struct Row {
    std::string_view increments;
    int quantity, counted;
  };
  const Row rows[] = {
      {"60/60", 0, 0},           {"60/60", 1, 60}, {"60/60", 60, 60},
      {"60/60", 61, 120},        {"60/1", 0, 0},   {"60/1", 1, 60},
      {"60/1", 60, 60},          {"60/1", 61, 61}, {"30/6", 1, 30},
      {"30/6", 30, 30},          {"30/6", 31, 36}, {"30/6", 36, 36},
      {"30/6", 37, 42},          {"1/1", 0, 0},    {"1/1", 1, 1},
      {"1/1", 3599, 3599},       {"1/60", 1, 1},   {"1/60", 2, 61},
      {"3600/3600", 3601, 7200}, {"0/60", 0, 0},   {"0/60", 1, 60},
      {"60/1", -1, 0},
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

}  // namespace
}  // namespace domain
