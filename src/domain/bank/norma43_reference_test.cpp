// Reference 1 of Spanish statements.
#include "domain/bank/norma43_reference.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;

TEST(Norma43Reference, Parse) {
  EXPECT_EQ(outcome(Norma43Reference::from_base("82546789013")), "825467890138");  // Annex 3.
  EXPECT_EQ(Norma43Reference::from_base("82546789013")->control(), '8');
  EXPECT_EQ(outcome(Norma43Reference::from_base("8254678901")), "!wrong_length");
  EXPECT_EQ(outcome(Norma43Reference::from_base("8254678901x")), "!not_digits");
  EXPECT_EQ(outcome(Norma43Reference::parse("825467890138")), "825467890138");
  EXPECT_EQ(outcome(Norma43Reference::parse("825467890137")), "!wrong_check_digit");
  EXPECT_EQ(outcome(Norma43Reference::parse("82546789013x")), "!not_digits");
  EXPECT_EQ(outcome(Norma43Reference::parse("82546789013")), "!wrong_length");
}

// Property: a wrong digit shows, unless the sums are 0 and 10 modulo 11, which share the digit 0.
TEST(Norma43Reference, WrongDigitsShowUnlessTheControlIsZero) {
  for (int base = 0; base < 500; ++base) {
    const auto issued = Norma43Reference::from_base(std::to_string(10'000'000'000 + base * 7919));
    ASSERT_TRUE(issued.has_value());
    if (issued->control() == '0') continue;
    for (const auto& typed : tests::wrong_digits(issued->text())) {
      EXPECT_FALSE(Norma43Reference::parse(typed).has_value()) << typed;
    }
  }
}

}  // namespace
}  // namespace domain
