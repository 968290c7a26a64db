// KIDs under the two algorithms a creditor may have agreed.
#include "domain/reference/norwegian_kid.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;
using enum KidControl;

TEST(NorwegianKid, Parse) {
  struct Row {
    std::string_view text;
    KidControl control;
    std::string_view outcome;
  };
  const Row rows[] = {
      {"1234567897", kMod10, "1234567897"},
      {"1234567890", kMod10, "!wrong_check_digit"},
      {"1234560", kMod11, "1234560"},
      {"10518-", kMod11, "10518-"},       // Ten is written as a hyphen.
      {"10518-", kMod10, "!not_digits"},  // Mod 10 has no hyphen.
      {"0000531", kMod11, "0000531"},     // Zeros on the left are part of it.
      {"0000531", kMod10, "!wrong_check_digit"},
      {"1-518", kMod11, "!not_digits"},
      {"1", kMod10, "!too_short"},
      {"12345678901234567890123456", kMod10, "!too_long"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(NorwegianKid::parse(row.text, row.control)), row.outcome) << row.text;
  }
}

TEST(NorwegianKid, FromBase) {
  EXPECT_EQ(outcome(NorwegianKid::from_base("123456789", kMod10)), "1234567897");
  EXPECT_EQ(outcome(NorwegianKid::from_base("10518", kMod11)), "10518-");
  EXPECT_EQ(outcome(NorwegianKid::from_base("", kMod10)), "!too_short");
  EXPECT_EQ(outcome(NorwegianKid::from_base("12a", kMod11)), "!not_digits");
}

// Property: one wrong digit is caught by both; mod 11 catches every swap of neighbours as well,
// which mod 10 does not for 0 and 9.
TEST(NorwegianKid, TyposAreCaught) {
  for (int base = 1; base < 2000; ++base) {
    for (const KidControl control : {kMod10, kMod11}) {
      const auto issued = NorwegianKid::from_base(std::to_string(base), control)->text();
      for (const auto& typed : tests::wrong_digits(issued)) {
        EXPECT_FALSE(NorwegianKid::parse(typed, control).has_value()) << typed;
      }
    }
    const auto issued = NorwegianKid::from_base(std::to_string(base), kMod11)->text();
    for (const auto& typed : tests::swapped_neighbours(issued)) {
      EXPECT_FALSE(NorwegianKid::parse(typed, kMod11).has_value()) << typed;
    }
  }
}

}  // namespace
}  // namespace domain
