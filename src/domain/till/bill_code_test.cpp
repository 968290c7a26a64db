// A code that was said wrongly is heard to be wrong, and nobody can try codes out.
#include "domain/till/bill_code.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

std::string code(std::string nine) { return nine + bill_code_check_digit(nine); }

TEST(BillCode, ReadAsItIsSaidTypedAndScanned) {
  struct Row {
    std::string_view spoken, digits;  // Empty: refused.
  };
  const Row rows[] = {
      {"2360000002", "2360000002"},
      {"2360 000 002", "2360000002"},
      {" 2360-000-002 ", "2360000002"},
      {"2360.000.002", "2360000002"},
      {"2360000003", ""},   // Mistyped.
      {"3260000002", ""},   // Two swapped.
      {"236000000", ""},    // One is missing.
      {"23600000020", ""},  // One too many.
      {"236000000x", ""},
      {"", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.spoken);
    const auto read = read_bill_code(row.spoken);
    EXPECT_EQ(read ? *read : "", row.digits);
    EXPECT_EQ(read ? "" : read.error().code, row.digits.empty() ? "bill_code_wrong" : "");
  }
  // Verhoeff's own example: 236 is followed by 3.
  EXPECT_EQ(bill_code_check_digit("236"), '3');
  EXPECT_EQ(show_bill_code("2360000002"), "2360 000 002");
}

TEST(BillCode, OneWrongDigitAndTwoSwappedAreAlwaysCaught) {
  for (int seed = 0; seed < 2'000; ++seed) {
    const std::string right = code(std::to_string(100'000'000 + seed * 449'327));
    ASSERT_TRUE(read_bill_code(right).has_value()) << right;
    for (std::size_t at = 0; at < right.size(); ++at) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string wrong = right;
        wrong[at] = digit;
        EXPECT_EQ(read_bill_code(wrong).has_value(), wrong == right) << right << " " << wrong;
      }
      if (at == 0) continue;
      std::string swapped = right;
      std::swap(swapped[at - 1], swapped[at]);
      EXPECT_EQ(read_bill_code(swapped).has_value(), swapped == right) << right << " " << swapped;
    }
  }
}

TEST(BillCode, FiveWrongOnesAndThenAWait) {
  const auto minute = [](std::int64_t n) { return base::Instant{n * 60 * base::kMicrosPerSecond}; };
  CodeTries tries;
  for (int wrong = 0; wrong < kWrongCodesMax; ++wrong) {
    EXPECT_TRUE(may_try_code(tries, minute(wrong)));
    tries = count_wrong_code(tries, minute(wrong));
  }
  EXPECT_FALSE(may_try_code(tries, minute(5)));
  EXPECT_FALSE(may_try_code(tries, minute(15) + -1));
  EXPECT_TRUE(may_try_code(tries, minute(15)));
  EXPECT_EQ(count_wrong_code(tries, minute(15)).wrong, 1);
}

}  // namespace
}  // namespace domain
