// Italian numbers: omocodia, women's days, the latest century, VAT forms.
#include "domain/identity/italy.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain::italy {
namespace {

using tests::outcome;

struct Row {
  std::string_view text, outcome, born = "";
};

const base::Date kToday = *base::Date::parse("2026-11-22");

TEST(Italy, Person) {
  const Row rows[] = {
      {"RCCMNL83S18D969H", "RCCMNL83S18D969H", "1983-11-18"},
      {"rcc mnl 83s18 d969h", "RCCMNL83S18D969H", "1983-11-18"},
      {"CNTCHR83T41D969D", "CNTCHR83T41D969D", "1983-12-01"},  // A woman: day 41 is the first.
      {"RCDLSN84S16D96VA", "!wrong_check_digit"},
      {"RCCMNL83S18D969A", "!wrong_check_digit"},
      {"RCCMNL83F18D969H", "!no_such_date"},  // F is no month.
      {"RCCMNL83S32D969H", "!no_such_date"},
      {"RCCMNL83S18D96", "!wrong_length"},
      {"1CCMNL83S18D969H", "!wrong_structure"},
      {"RCCMNL83S18D9A9H", "!wrong_structure"},
      {"RCCMNL83S18D969-", "!wrong_characters"},
      {"00743110157", "!wrong_length"},  // An organisation's number.
  };
  for (const Row& row : rows) {
    const auto got = parse_person(row.text, kToday);
    EXPECT_EQ(outcome(got), row.outcome) << row.text;
    if (got) {
      EXPECT_EQ(got->born->to_string(), row.born) << row.text;
    }
  }
}

TEST(Italy, Organisation) {
  const Row rows[] = {
      {"00743110157", "00743110157"},        {"IT 00743110157", "00743110157"},
      {"00743110158", "!wrong_check_digit"}, {"00000000000", "!wrong_structure"},
      {"0074311015", "!wrong_length"},       {"0074311015X", "!not_digits"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(parse_organisation(row.text, kToday)), row.outcome) << row.text;
  }
}

// Property: of the 26 letters that may end a code exactly one is right, with digits and with the
// letters that stand for them in case of omocodia; the birth date is the same.
TEST(Italy, ExactlyOneCheckLetter) {
  for (const std::string_view fifteen :
       {"RCCMNL83S18D969", "RCCMNL83S18D96V", "RCCMNLUPSMUDVSV", "CNTCHR83T41D969"}) {
    int right = 0;
    for (char letter = 'A'; letter <= 'Z'; ++letter) {
      const auto got = parse_person(std::string(fifteen) + letter, kToday);
      if (!got) continue;
      ++right;
      EXPECT_EQ(got->born->year(), 1983) << fifteen;
    }
    EXPECT_EQ(right, 1) << fifteen;
  }
}

}  // namespace
}  // namespace domain::italy
