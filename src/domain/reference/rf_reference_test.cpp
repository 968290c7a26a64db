// RF references, free and Finnish.
#include "domain/reference/rf_reference.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;

TEST(RfReference, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"RF18 5390 0754 7034", "RF18539007547034"},
      {"rf18539007547034", "RF18539007547034"},                    // As some payers type it.
      {"RF08P", "RF08P"},                                          // Shortest.
      {"RF0891RPECRY4EKAIWQK4UZUP", "RF0891RPECRY4EKAIWQK4UZUP"},  // 25, the longest.
      {"RF17539007547034", "!wrong_check_digit"},
      {"RF18", "!too_short"},
      {"RF18539007547034539007547034", "!too_long"},
      {"FR18539007547034", "!wrong_prefix"},
      {"RFX8539007547034", "!wrong_prefix"},
      {"RF18-5390-0754", "!wrong_characters"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(RfReference::parse(row.text)), row.outcome) << row.text;
  }
  EXPECT_EQ(RfReference::parse("RF18 5390 0754 7034")->body(), "539007547034");
}

TEST(RfReference, FromBase) {
  EXPECT_EQ(outcome(RfReference::from_base("5390 0754 7034")), "RF18539007547034");
  EXPECT_EQ(outcome(RfReference::from_base("2026-17")), "!wrong_characters");
  EXPECT_EQ(outcome(RfReference::from_base("")), "!too_short");
}

// The two forms of one Finnish reference name the same bill.
TEST(FinnishRfReference, Parse) {
  struct Row {
    std::string_view text, outcome, finnish;
  };
  const Row rows[] = {
      {"RF33 2348 236", "RF332348236", "2348236"},
      {"RF330002348236", "RF332348236", "2348236"},  // Padded by a bank; same check digits.
      {"RF97C2H5OH", "!not_digits", ""},             // A good RF, but not a Finnish one.
      {"RF322348235", "!wrong_check_digit", ""},
  };
  for (const Row& row : rows) {
    const auto got = FinnishRfReference::parse(row.text);
    EXPECT_EQ(outcome(got), row.outcome) << row.text;
    if (got) {
      EXPECT_EQ(got->finnish().text(), row.finnish);
    }
  }
  EXPECT_EQ(outcome(FinnishRfReference::from_base("234823")), "RF332348236");
}

// Property: one wrong digit and any two swapped neighbours are caught.
TEST(RfReference, TyposAreCaught) {
  for (int base = 1; base < 2000; ++base) {
    const auto issued = RfReference::from_base("A" + std::to_string(base))->text();
    for (const auto& typed : tests::wrong_digits(issued)) {
      EXPECT_FALSE(RfReference::parse(typed).has_value()) << typed;
    }
    for (const auto& typed : tests::swapped_neighbours(issued)) {
      EXPECT_FALSE(RfReference::parse(typed).has_value()) << typed;
    }
  }
}

}  // namespace
}  // namespace domain
