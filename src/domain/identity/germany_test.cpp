// German numbers: the repeated digit of the Steuer-ID, and the VAT number with its country.
#include "domain/identity/germany.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain::germany {
namespace {

using tests::outcome;

struct Row {
  std::string_view text, outcome;
};

const base::Date kToday = *base::Date::parse("2026-11-22");

TEST(Germany, Person) {
  const Row rows[] = {
      {"36 574 261 809", "36574261809"},
      {"12345678995", "12345678995"},
      {"36574261808", "!wrong_check_digit"},
      {"12345678901", "!wrong_structure"},  // No digit of the first ten twice.
      {"87775302416", "!wrong_structure"},  // Three in a row.
      {"11223456785", "!wrong_structure"},  // Two digits twice.
      {"03574261809", "!wrong_structure"},
      {"3657426180", "!wrong_length"},
      {"3657426180X", "!not_digits"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(parse_person(row.text, kToday)), row.outcome) << row.text;
  }
}

TEST(Germany, Organisation) {
  const Row rows[] = {
      {"DE136695976", "136695976"},        {"de 136 695 976", "136695976"},
      {"136695976", "136695976"},          {"DE136695978", "!wrong_check_digit"},
      {"DE036695976", "!wrong_structure"}, {"DE13669597", "!wrong_length"},
      {"DE13669597X", "!not_digits"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(parse_organisation(row.text, kToday)), row.outcome) << row.text;
  }
}

// Property: exactly one digit ends a VAT number.
TEST(Germany, ExactlyOneCheckDigit) {
  for (int number = 10'000'000; number < 10'000'300; ++number) {
    int right = 0;
    for (char digit = '0'; digit <= '9'; ++digit) {
      right += parse_organisation(std::to_string(number) + digit, kToday).has_value() ? 1 : 0;
    }
    EXPECT_EQ(right, 1) << number;
  }
}

}  // namespace
}  // namespace domain::germany
