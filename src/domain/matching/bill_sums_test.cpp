// Which bills an amount pays at once, and when nobody can say.
#include "domain/matching/bill_sums.h"

#include <gtest/gtest.h>

#include <limits>

namespace domain::matching {
namespace {

using Bills = std::vector<std::int64_t>;
using Places = std::vector<std::size_t>;
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

Bills powers(std::size_t count) {
  Bills bills;
  for (std::size_t at = 0; at < count; ++at) bills.push_back(std::int64_t{1} << at);
  return bills;
}

TEST(BillSums, FindsTheOnlyAnswer) {
  struct Row {
    const char* what;
    Bills bills;
    std::int64_t amount;
    SumAnswer answer;
    Places places;
  };
  const Row rows[] = {
      {"one bill", {19'900, 24'900}, 24'900, SumAnswer::kOne, {1}},
      {"two of three", {19'900, 24'900, 9'900}, 29'800, SumAnswer::kOne, {0, 2}},
      {"all", {1, 2, 4}, 7, SumAnswer::kOne, {0, 1, 2}},
      {"none", {19'900, 24'900}, 20'000, SumAnswer::kNone, {}},
      {"no bills", {}, 100, SumAnswer::kNone, {}},
      {"nothing came", {100}, 0, SumAnswer::kNone, {}},
      {"money that went", {100}, -100, SumAnswer::kNone, {}},
      {"twins", {100, 100, 50}, 150, SumAnswer::kSeveral, {}},
      {"one or two", {300, 100, 200}, 300, SumAnswer::kSeveral, {}},
      {"both twins", {100, 100, 50}, 200, SumAnswer::kOne, {0, 1}},
      {"credits take no part", {500, -200, 0}, 300, SumAnswer::kNone, {}},
      {"the largest", {kMost, kMost - 1, 1}, kMost - 1, SumAnswer::kOne, {1}},
      {"not beyond it", {kMost, kMost - 1, 1}, kMost, SumAnswer::kSeveral, {}},
      {"thirty bills", powers(30), 5, SumAnswer::kOne, {0, 2}},
      {"thirty-one", powers(31), kMost, SumAnswer::kTooManyBills, {}},
      {"larger ones aside", powers(31), 9, SumAnswer::kOne, {0, 3}},
  };
  for (const Row& row : rows) {
    const BillSum sum = bills_that_sum_to(row.bills, row.amount);
    EXPECT_EQ(sum.answer, row.answer) << row.what;
    EXPECT_EQ(sum.bills, row.places) << row.what;
  }
}

TEST(BillSums, AreTheBillsThatWereChosen) {
  const Bills bills = powers(30);
  for (std::int64_t amount = 1; amount < std::int64_t{1} << 30; amount += 104'729'003) {
    const BillSum sum = bills_that_sum_to(bills, amount);
    ASSERT_EQ(sum.answer, SumAnswer::kOne) << amount;
    std::int64_t all = 0;
    for (const std::size_t place : sum.bills) all += bills[place];
    EXPECT_EQ(all, amount);
  }
}

}  // namespace
}  // namespace domain::matching
