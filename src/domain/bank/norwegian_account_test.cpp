// Norwegian account numbers.
#include "domain/bank/norwegian_account.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;

TEST(NorwegianAccount, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"8601 11 17947", "86011117947"},
      {"8601.11.17947", "86011117947"},
      {"8601 11 17949", "!wrong_check_digit"},
      {"8601 11 1794", "!wrong_length"},
      {"8601 11 179470", "!wrong_length"},
      {"8601-11-17947", "!not_digits"},
      {"", "!wrong_length"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(NorwegianAccount::parse(row.text)), row.outcome) << row.text;
  }
  EXPECT_EQ(NorwegianAccount::parse("86011117947")->formatted(), "8601 11 17947");
}

TEST(NorwegianAccount, FromBase) {
  EXPECT_EQ(outcome(NorwegianAccount::from_base("8601111794")), "86011117947");
  EXPECT_EQ(outcome(NorwegianAccount::from_base("1000000009")), "!no_check_digit");
  EXPECT_EQ(outcome(NorwegianAccount::from_base("860111")), "!wrong_length");
}

// Property: about one base in eleven has no number; from the others, typos are caught.
TEST(NorwegianAccount, TyposAreCaught) {
  int without = 0;
  for (int base = 0; base < 1100; ++base) {
    const auto issued = NorwegianAccount::from_base("860111" + std::to_string(1000 + base));
    if (!issued) {
      EXPECT_EQ(issued.error().code, "no_check_digit");
      ++without;
      continue;
    }
    for (const auto& typed : tests::wrong_digits(issued->text())) {
      EXPECT_FALSE(NorwegianAccount::parse(typed).has_value()) << typed;
    }
  }
  EXPECT_GT(without, 80);
  EXPECT_LT(without, 120);
}

}  // namespace
}  // namespace domain
