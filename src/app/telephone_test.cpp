// What stands in [ivr]: numbers with their languages, read or refused by name.
#include "app/telephone.h"

#include <gtest/gtest.h>

namespace app {
namespace {

TEST(Telephone, NumbersAndTheirLanguages) {
  const auto numbers = read_call_numbers(" +4686001000=sv  +35894245=fi/aurora ");
  ASSERT_TRUE(numbers.has_value());
  ASSERT_EQ(numbers->size(), 2U);
  EXPECT_EQ(numbers->at("+4686001000").language, "sv");
  EXPECT_EQ(numbers->at("+4686001000").operator_code, "");
  EXPECT_EQ(numbers->at("+35894245").language, "fi");
  EXPECT_EQ(numbers->at("+35894245").operator_code, "aurora");
  EXPECT_TRUE(read_call_numbers("")->empty());
  for (const std::string_view wrong :
       {"+4686001000", "086001000=sv", "+4686001000=xx", "=sv", "+46=sv", "+46abc1234567=sv"}) {
    const auto refused = read_call_numbers(wrong);
    ASSERT_FALSE(refused.has_value()) << wrong;
    EXPECT_EQ(refused.error().code, "bad_config_value");
    EXPECT_EQ(refused.error().place, "ivr.numbers");
  }
}

}  // namespace
}  // namespace app
