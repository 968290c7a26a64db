// How much a line must make up so that a period comes to its minimum.
#include "domain/pricing/minimum_spend.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

base::Decimal decimal(std::string_view text) { return base::Decimal::parse(text).value(); }

TEST(MinimumSpend, WhatIsMissing) {
  struct Row {
    std::vector<std::pair<std::string_view, Share>> minimums;
    std::string_view spent, missing;
  };
  const Row rows[] = {
      {{{"10", {25, 28}}}, "8", "0.9285714286"},
      {{{"10", {25, 28}}}, "0", "8.9285714286"},
      {{{"10", {28, 28}}}, "8", "2"},
      {{{"10", {28, 28}}}, "10", "0"},
      {{{"10", {28, 28}}}, "10.01", "0"},
      {{{"10", {0, 28}}}, "0", "0"},
      {{{"0", {28, 28}}}, "0", "0"},
      {{}, "0", "0"},
      {{{"10", {28, 28}}}, "-0.50", "10.5"},               // More was given back than used.
      {{{"30", {10, 30}}, {"60", {20, 30}}}, "15", "35"},  // Another plan from the 11th day on.
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.spent) + " spent, " + std::string(row.missing) + " missing");
    std::vector<Minimum> minimums;
    for (const auto& [whole, share] : row.minimums) minimums.push_back({{decimal(whole)}, share});
    EXPECT_EQ(true_up(minimums, decimal(row.spent)).to_string(), row.missing);
  }
}

}  // namespace
}  // namespace domain
