// Which bills a sum is for: one way to make it, or none. Of many bills one, or all of them.
#include "domain/payment/sum_of_bills.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace domain {
namespace {

struct Row {
  std::string_view what;
  std::vector<std::int64_t> rests;  // As they are due; below zero: that much, but written off.
  std::int64_t sum;
  std::string_view first_due;  // The places that are found.
  std::string_view no_choice;
};

std::string places(const std::vector<Bill>& bills, std::int64_t sum, AlikeBills alike) {
  std::vector<const Bill*> all;
  for (const Bill& bill : bills) all.push_back(&bill);
  std::string text;
  for (const std::size_t at : bills_of_sum(all, base::Money(sum, base::Currency()), alike)) {
    text += (text.empty() ? "" : " ") + std::to_string(at);
  }
  return text;
}

TEST(SumOfBillsTest, OneWayToMakeItOrNone) {
  const Row rows[] = {
      {"none there", {}, 100, "", ""},
      {"one", {100, 250}, 250, "1", "1"},
      {"two", {100, 250, 7}, 107, "0 2", "0 2"},
      {"all", {100, 250, 7}, 357, "0 1 2", "0 1 2"},
      {"nearly", {100, 250}, 249, "", ""},
      {"more than all", {100, 250}, 351, "", ""},
      {"alike ones", {70, 100, 100}, 100, "1", ""},
      {"two of three alike", {100, 100, 100}, 200, "0 1", ""},
      {"several ways", {100, 200, 300}, 300, "", ""},
      {"not ours any more", {-100, 250}, 100, "", ""},
      {"eleven, one of them", {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1'024}, 64, "6", "6"},
      {"eleven, two of them", {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1'024}, 3, "", ""},
      {"eleven, all of them",
       {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1'024},
       2'047,
       "0 1 2 3 4 5 6 7 8 9 10",
       "0 1 2 3 4 5 6 7 8 9 10"},
  };
  for (const Row& row : rows) {
    std::vector<Bill> bills;
    for (const std::int64_t rest : row.rests) {
      Bill& bill = bills.emplace_back();
      bill.state = rest < 0 ? BillState::kWrittenOff : BillState::kOpen;
      bill.total = base::Money(rest < 0 ? -rest : rest, base::Currency());
      bill.fees = bill.paid = bill.credited = base::Money(0, base::Currency());
    }
    EXPECT_EQ(places(bills, row.sum, AlikeBills::kFirstDue), row.first_due) << row.what;
    EXPECT_EQ(places(bills, row.sum, AlikeBills::kNoChoice), row.no_choice) << row.what;
  }
}

}  // namespace
}  // namespace domain
