// R08: the unified customer number and its check digit.
#include "domain/party/customer_number.h"

#include <gtest/gtest.h>

#include "tests/support/typos.h"

namespace domain {
namespace {

TEST(CustomerNumber, R08CounterAndCheckDigit) {
  EXPECT_EQ(make_customer_number(kFirstCustomerCount), 1000009);
  EXPECT_EQ(make_customer_number(100001), 1000017);
  EXPECT_EQ(parse_customer_number("1 000 009"), 1000009);
  EXPECT_EQ(format_customer_number(1000009), "1 000 009");
  EXPECT_EQ(format_customer_number(18), "18");
  EXPECT_EQ(parse_customer_number("1000008").error().code, "wrong_check_digit");
  EXPECT_EQ(parse_customer_number("10000x9").error().code, "not_digits");
  EXPECT_EQ(parse_customer_number("").error().code, "not_digits");
  EXPECT_EQ(parse_customer_number("1234567890123456789").error().code, "too_long");
}

TEST(CustomerNumber, R08OneWrongDigitIsNoticed) {
  for (std::int64_t count = kFirstCustomerCount; count < kFirstCustomerCount + 50; ++count) {
    const std::string number = std::to_string(make_customer_number(count));
    ASSERT_TRUE(parse_customer_number(number));
    for (const std::string& typed : tests::wrong_digits(number)) {
      EXPECT_FALSE(parse_customer_number(typed)) << typed;
    }
  }
}

}  // namespace
}  // namespace domain
