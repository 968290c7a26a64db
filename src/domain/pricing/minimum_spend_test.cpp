// How much a line must make up so that a period comes to its minimum.
#include "domain/pricing/minimum_spend.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

TEST(MinimumSpend, WhatIsMissing) {
  struct Row {
    std::int64_t minimum;
    Share share;
    std::int64_t spent, missing;
  };
  const Row rows[] = {
      {1000, {25, 28}, 800, 93},   // 892.857 less 800.
      {1000, {25, 28}, 0, 893},    {1000, {28, 28}, 800, 200}, {1000, {28, 28}, 1000, 0},
      {1000, {28, 28}, 1001, 0},   {1000, {0, 28}, 0, 0},      {0, {28, 28}, 0, 0},
      {1000, {28, 28}, -50, 1050},  // More was given back than used.
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::to_string(row.spent) + " of " + std::to_string(row.minimum));
    const base::Currency sek;
    EXPECT_EQ(true_up({row.minimum, sek}, row.share, {row.spent, sek}).minor(), row.missing);
  }
}

}  // namespace
}  // namespace domain
