// Danish numbers: the centuries by the seventh digit, and a modulus that no longer holds.
#include "domain/identity/denmark.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain::denmark {
namespace {

using tests::outcome;

struct Row {
  std::string_view text, outcome, born = "";
};

const base::Date kToday = *base::Date::parse("2026-11-22");

TEST(Denmark, Person) {
  const Row rows[] = {
      {"211062-5629", "2110625629", "1862-10-21"},
      {"2110623629", "2110623629", "1962-10-21"},
      {"010165-4005", "0101654005", "1965-01-01"},
      {"010120-4005", "0101204005", "2020-01-01"},
      {"010107-4003", "0101074003", "2007-01-01"},  // No modulus fits: given since 2007.
      {"310262-3629", "!no_such_date"},
      {"610162-3629", "!no_such_date"},  // 60 added to the day: a hospital's number.
      {"211062-362", "!wrong_length"},
      {"211062-362X", "!not_digits"},
  };
  for (const Row& row : rows) {
    const auto got = parse_person(row.text, kToday);
    EXPECT_EQ(outcome(got), row.outcome) << row.text;
    if (got) {
      EXPECT_EQ(got->born->to_string(), row.born) << row.text;
    }
  }
}

TEST(Denmark, Organisation) {
  const Row rows[] = {
      {"13585628", "13585628"},           {"DK 13 58 56 28", "13585628"},
      {"13585627", "!wrong_check_digit"}, {"03585628", "!wrong_structure"},
      {"1358562", "!wrong_length"},       {"1358562X", "!not_digits"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(parse_organisation(row.text, kToday)), row.outcome) << row.text;
  }
}

// Property: the year of century and the seventh digit together mean one year from 1858 to 2057.
TEST(Denmark, EveryYearHasItsCentury) {
  for (int year = 0; year < 100; ++year) {
    for (char seventh = '0'; seventh <= '9'; ++seventh) {
      const std::string text = "0101" + std::to_string(100 + year).substr(1) + seventh + "111";
      const auto got = parse_person(text, kToday);
      ASSERT_TRUE(got.has_value()) << text;
      EXPECT_EQ(got->born->year() % 100, year);
      EXPECT_GE(got->born->year(), 1858);
      EXPECT_LE(got->born->year(), 2057);
    }
  }
}

}  // namespace
}  // namespace domain::denmark
