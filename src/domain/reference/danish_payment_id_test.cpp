// Payment ids of Danish slips of type 71.
#include "domain/reference/danish_payment_id.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;

TEST(DanishPaymentId, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"123456789012347", "123456789012347"},
      {"+71<123456789012347+81234567<", "123456789012347"},       // The line of the slip.
      {"+71 < 123456789012347 + 81234567 <", "123456789012347"},  // As it is read out.
      {"123456789012348", "!wrong_check_digit"},
      {"12345678901234", "!too_short"},
      {"1234567890123470", "!too_long"},
      {"12345678901234x", "!not_digits"},
      {"+73<+81234567<", "!not_digits"},  // Type 73 carries no id.
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(DanishPaymentId::parse(row.text)), row.outcome) << row.text;
  }
}

TEST(DanishPaymentId, FromBase) {
  EXPECT_EQ(outcome(DanishPaymentId::from_base("12345678901234")), "123456789012347");
  EXPECT_EQ(outcome(DanishPaymentId::from_base("42")), "000000000000422");
  EXPECT_EQ(outcome(DanishPaymentId::from_base("123456789012345")), "!too_long");
  EXPECT_EQ(outcome(DanishPaymentId::from_base("")), "!too_short");
  EXPECT_EQ(outcome(DanishPaymentId::from_base("4x")), "!not_digits");
}

TEST(DanishPaymentId, OneWrongDigitIsAlwaysCaught) {
  for (int base = 1; base < 300; ++base) {
    const auto issued = DanishPaymentId::from_base(std::to_string(base))->text();
    for (const auto& typed : tests::wrong_digits(issued)) {
      EXPECT_FALSE(DanishPaymentId::parse(typed).has_value()) << typed;
    }
  }
}

}  // namespace
}  // namespace domain
