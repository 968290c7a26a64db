// BICs: form only.
#include "domain/bank/bic.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain {
namespace {

TEST(Bic, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"ESSESESS", "ESSESESS"},
      {"essesess", "ESSESESS"},
      {"NDEA SE SS XXX", "NDEASESS"},  // The whole bank.
      {"DEUTDEFF500", "DEUTDEFF500"},
      {"N26ADEB1XXX", "N26ADEB1"},  // Digits have been allowed in front since 2014.
      {"ESSESESSX", "!wrong_length"},
      {"", "!wrong_length"},
      {"ESSE12SS", "!wrong_characters"},
      {"ESSESES-", "!wrong_characters"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(tests::outcome(Bic::parse(row.text)), row.outcome) << row.text;
  }
  EXPECT_EQ(Bic::parse("DEUTDEFF500")->country(), "DE");
}

// Property: the branch XXX never tells two banks apart.
TEST(Bic, HeadOfficeIsTheBank) {
  for (const std::string bank : {"ESSESESS", "NDEAFIHH", "DNBANOKK", "DABADKKK", "DEUTDEFF"}) {
    EXPECT_EQ(*Bic::parse(bank), *Bic::parse(bank + "XXX"));
    EXPECT_NE(*Bic::parse(bank), *Bic::parse(bank + "001"));
  }
}

}  // namespace
}  // namespace domain
