// SEPA creditor identifiers, strict and by form.
#include "domain/bank/creditor_id.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;

TEST(CreditorId, Parse) {
  struct Row {
    std::string_view text, strict, form;
  };
  const Row rows[] = {
      {"DE98ZZZ09999999999", "DE98ZZZ09999999999", "DE98ZZZ09999999999"},
      {"de98 abc 0999 9999 999", "DE98ABC09999999999", "DE98ABC09999999999"},  // Own business code.
      {"ES23ZZZ47690558N", "ES23ZZZ47690558N", "ES23ZZZ47690558N"},
      {"DE99ZZZ09999999999", "!wrong_check_digit", "DE99ZZZ09999999999"},
      {"DE98ZZZ099999999990", "!wrong_length", "!wrong_length"},
      {"DEAAAAAAAAAAAAAAAA", "!wrong_prefix", "!wrong_prefix"},
      {"invalid", "!too_short", "!too_short"},
      {"SE98ZZZ!5566778899", "!wrong_characters", "!wrong_characters"},
      {"SE98ZZZ55667788995566778899556677889955667788", "!too_long", "!too_long"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(CreditorId::parse(row.text)), row.strict) << row.text;
    EXPECT_EQ(outcome(check_creditor_id_format(row.text)), row.form) << row.text;
  }
}

TEST(CreditorId, Parts) {
  const auto id = CreditorId::parse("ES23ZZZ47690558N");
  EXPECT_EQ(id->country(), "ES");
  EXPECT_EQ(id->business_code(), "ZZZ");
  EXPECT_EQ(id->national_id(), "47690558N");
}

TEST(CreditorId, FromBase) {
  EXPECT_EQ(outcome(CreditorId::from_base("ESZZZ47690558N")), "ES23ZZZ47690558N");
  EXPECT_EQ(outcome(CreditorId::from_base("E")), "!too_short");
  EXPECT_EQ(outcome(CreditorId::from_base("12ZZZ47690558N")), "!wrong_prefix");
}

// Property: one wrong digit is caught, except in the business code, which is not covered.
TEST(CreditorId, TyposAreCaughtButInTheBusinessCode) {
  for (int number = 0; number < 500; ++number) {
    const auto id = CreditorId::from_base("DE0010" + std::to_string(1'000'000'000 + number));
    ASSERT_TRUE(id.has_value());
    for (const auto& typed : tests::wrong_digits(id->text())) {
      const bool differs_in_business_code = typed.substr(4, 3) != id->business_code();
      EXPECT_EQ(CreditorId::parse(typed).has_value(), differs_in_business_code) << typed;
    }
  }
}

}  // namespace
}  // namespace domain
