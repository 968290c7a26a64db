// Bankgiro and plusgiro numbers as bills print them.
#include "domain/bank/giro.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;

TEST(Bankgiro, Parse) {
  struct Row {
    std::string_view text, outcome, formatted;
  };
  const Row rows[] = {
      {"5402-9681", "54029681", "5402-9681"},
      {"297-3675", "2973675", "297-3675"},
      {" 5 4 0 2 - 9 6 8 1 ", "54029681", "5402-9681"},
      {"54-0296", "!too_short", ""},
      {"5402-96810", "!too_long", ""},
      {"5402-9681X", "!not_digits", ""},
      {"5402-9682", "!wrong_check_digit", ""},
  };
  for (const Row& row : rows) {
    const auto got = Bankgiro::parse(row.text);
    EXPECT_EQ(outcome(got), row.outcome) << row.text;
    if (got) {
      EXPECT_EQ(got->formatted(), row.formatted);
    }
  }
  EXPECT_EQ(outcome(Bankgiro::from_base("5402968")), "54029681");
  EXPECT_EQ(outcome(Bankgiro::from_base("54")), "!too_short");
}

TEST(Plusgiro, Parse) {
  struct Row {
    std::string_view text, outcome, formatted;
  };
  const Row rows[] = {
      {"28 65 43-4", "2865434", "28 65 43-4"},
      {"410 54 68-5", "41054685", "410 54 68-5"},
      {"41054685", "41054685", "410 54 68-5"},
      {"4-2", "42", "4-2"},
      {"1", "!too_short", ""},
      {"410 54-51 21", "!too_long", ""},
      {"410 54 68-6", "!wrong_check_digit", ""},
      {"410 54 68-5X", "!not_digits", ""},
  };
  for (const Row& row : rows) {
    const auto got = Plusgiro::parse(row.text);
    EXPECT_EQ(outcome(got), row.outcome) << row.text;
    if (got) {
      EXPECT_EQ(got->formatted(), row.formatted);
    }
  }
}

// Property: what is printed reads back, and one wrong digit is caught.
TEST(Giro, PrintedNumbersReadBackAndTyposAreCaught) {
  for (int base = 100'000; base < 100'500; ++base) {
    const auto bankgiro = Bankgiro::from_base(std::to_string(base));
    const auto plusgiro = Plusgiro::from_base(std::to_string(base % 1000 + 1));
    ASSERT_TRUE(bankgiro.has_value() && plusgiro.has_value());
    EXPECT_EQ(*Bankgiro::parse(bankgiro->formatted()), *bankgiro);
    EXPECT_EQ(*Plusgiro::parse(plusgiro->formatted()), *plusgiro);
    for (const auto& typed : tests::wrong_digits(bankgiro->text())) {
      EXPECT_FALSE(Bankgiro::parse(typed).has_value()) << typed;
    }
  }
}

}  // namespace
}  // namespace domain
