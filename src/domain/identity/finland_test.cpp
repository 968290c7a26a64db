// Finnish numbers: the signs of the centuries, temporary numbers, old Y-tunnus forms.
#include "domain/identity/finland.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain::finland {
namespace {

using tests::outcome;

struct Row {
  std::string_view text, outcome, born = "";
};

const base::Date kToday = *base::Date::parse("2026-11-22");

TEST(Finland, Person) {
  const Row rows[] = {
      {"131052-308T", "131052-308T", "1952-10-13"},
      {"131052U308T", "131052U308T", "1952-10-13"},  // New sign: somebody else of that day.
      {"131052-308t", "131052-308T", "1952-10-13"},
      {"131052+308T", "131052+308T", "1852-10-13"},
      {"131052A308T", "131052A308T", "2052-10-13"},  // NationalId refuses what is to come.
      {"131052-308U", "!wrong_check_digit"},
      {"131052G308T", "!wrong_characters"},  // G is no sign.
      {"131052 308T", "!wrong_length"},
      {"321052-308T", "!no_such_date"},
      {"131052-001X", "!wrong_structure"},
      {"131052-30AT", "!wrong_characters"},
      {"131052-308", "!wrong_length"},
  };
  for (const Row& row : rows) {
    const auto got = parse_person(row.text, kToday);
    EXPECT_EQ(outcome(got), row.outcome) << row.text;
    if (got) {
      EXPECT_EQ(got->born->to_string(), row.born) << row.text;
    }
  }
}

// Property: all signs of a century tell the same birth date, and keep their bearers apart.
TEST(Finland, EverySignOfACentury) {
  struct Century {
    std::string_view signs;
    int year;
  };
  for (const Century& century :
       {Century{"+", 1852}, Century{"-YXWVU", 1952}, Century{"ABCDEF", 2052}}) {
    for (const char sign : century.signs) {
      const auto number = parse_person(std::string("131052") + sign + "308T", kToday);
      ASSERT_TRUE(number.has_value()) << sign;
      EXPECT_EQ(number->born->year(), century.year) << sign;
      EXPECT_EQ(number->text[6], sign);
    }
  }
}

TEST(Finland, Organisation) {
  const Row rows[] = {
      {"2077474-0", "20774740"},
      {"20774740", "20774740"},
      {"FI20774740", "20774740"},  // As a VAT number.
      {"201724-4", "02017244"},    // Six digits, as before 2001.
      {"2077474-1", "!wrong_check_digit"},
      {"2077474", "!wrong_length"},
      {"207747X-0", "!not_digits"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(parse_organisation(row.text, kToday)), row.outcome) << row.text;
  }
}

}  // namespace
}  // namespace domain::finland
