// Norwegian numbers: the centuries in the individual number, D-numbers, VAT forms.
#include "domain/identity/norway.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain::norway {
namespace {

using tests::outcome;

struct Row {
  std::string_view text, outcome, born = "";
};

const base::Date kToday = *base::Date::parse("2026-11-22");

TEST(Norway, Person) {
  const Row rows[] = {
      {"15108695088", "15108695088", "1986-10-15"},
      {"151086 95088", "15108695088", "1986-10-15"},
      {"684131 52112", "!no_such_date"},
      {"15108695077", "!wrong_check_digit"},
      {"15108695089", "!wrong_check_digit"},
      {"32108695088", "!no_such_date"},
      {"15508695088",
       "!no_such_date"},  // 40 added to the month: a hospital's number, not a person's.
      {"1510869508", "!wrong_length"},
      {"15108695O88", "!not_digits"},
  };
  for (const Row& row : rows) {
    const auto got = parse_person(row.text, kToday);
    EXPECT_EQ(outcome(got), row.outcome) << row.text;
    if (got) {
      EXPECT_EQ(got->born->to_string(), row.born) << row.text;
    }
  }
}

TEST(Norway, Organisation) {
  const Row rows[] = {
      {"988 077 917", "988077917"},      {"NO988077917MVA", "988077917"},
      {"988077917 MVA", "988077917"},    {"988077918", "!wrong_check_digit"},
      {"188077917", "!wrong_structure"}, {"98807791", "!wrong_length"},
      {"98807791X", "!not_digits"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(parse_organisation(row.text, kToday)), row.outcome) << row.text;
  }
}

// Property: of the hundred pairs of check digits behind a date and an individual number at most
// one is right, and the century follows from the individual number.
TEST(Norway, AtMostOnePairOfCheckDigits) {
  struct Range {
    std::string_view year_of_century;
    int individual, year;
  };
  const Range ranges[] = {{"86", 100, 1986}, {"86", 500, 1886}, {"86", 950, 1986},
                          {"12", 499, 1912}, {"12", 500, 2012}, {"12", 999, 2012}};
  for (const Range& range : ranges) {
    for (int number = range.individual; number > range.individual - 20; --number) {
      int right = 0;
      for (int pair = 0; pair < 100; ++pair) {
        const std::string individual = std::to_string(1000 + number).substr(1);
        const std::string text = "5510" + std::string(range.year_of_century) + individual +
                                 std::to_string(100 + pair).substr(1);  // 55: a D-number.
        const auto got = parse_person(text, kToday);
        if (!got) continue;
        ++right;
        EXPECT_EQ(got->born->day(), 15);
        if (number == range.individual) {
          EXPECT_EQ(got->born->year(), range.year) << text;
        }
      }
      EXPECT_LE(right, 1);
    }
  }
}

}  // namespace
}  // namespace domain::norway
