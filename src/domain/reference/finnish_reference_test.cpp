// What a bank or a payer may hand us, and what we make of it. One row, one fact.
#include "domain/reference/finnish_reference.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;

TEST(FinnishReference, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"1232", "1232"},                                  // Shortest legal reference.
      {"2348 236", "2348236"},                           // Spaces as payers type them.
      {"00000000000002348236", "2348236"},               // Padded to 20, as in bank files.
      {"12345678901234567894", "12345678901234567894"},  // Longest legal reference.
      {"1233", "!wrong_check_digit"},
      {"232", "!too_short"},
      {"", "!too_short"},
      {"0000", "!too_short"},
      {"123456789012345678901", "!too_long"},
      {"12a2", "!not_digits"},
      {"-1232", "!not_digits"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(FinnishReference::parse(row.text)), row.outcome) << row.text;
  }
}

TEST(FinnishReference, FromBase) {
  EXPECT_EQ(outcome(FinnishReference::from_base("123")), "1232");
  EXPECT_EQ(outcome(FinnishReference::from_base("12")), "!too_short");
  EXPECT_EQ(outcome(FinnishReference::from_base("12x")), "!not_digits");
  EXPECT_EQ(outcome(FinnishReference::from_base("12345678901234567890")), "!too_long");
}

// Property: every reference we issue reads back, and any one mistyped digit is caught (7, 3 and 1
// have no common factor with 10). Swapped neighbours that differ by five are NOT caught; that is
// the scheme's limit, so allocation must also look at the amount.
TEST(FinnishReference, OneWrongDigitIsAlwaysCaught) {
  for (int base = 100; base < 3000; ++base) {
    const auto issued = FinnishReference::from_base(std::to_string(base));
    ASSERT_TRUE(issued.has_value());
    ASSERT_EQ(*FinnishReference::parse(issued->text()), *issued);
    for (const auto& typed : tests::wrong_digits(issued->text())) {
      EXPECT_FALSE(FinnishReference::parse(typed).has_value()) << typed;
    }
  }
}

}  // namespace
}  // namespace domain
