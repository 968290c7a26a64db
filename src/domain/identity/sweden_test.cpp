// Swedish numbers: both lengths, the hundredth year, coordination numbers, sole traders.
#include "domain/identity/sweden.h"

#include <gtest/gtest.h>

#include "domain/check/digits.h"
#include "tests/support/outcome.h"

namespace domain::sweden {
namespace {

using tests::outcome;

struct Row {
  std::string_view text, outcome, born = "";
};

TEST(Sweden, Person) {
  const base::Date today = *base::Date::parse("2026-11-22");
  const Row rows[] = {
      {"811228-9874", "198112289874", "1981-12-28"},
      {"8112289874", "198112289874", "1981-12-28"},
      {"19811228-9874", "198112289874", "1981-12-28"},
      {"198112289874", "198112289874", "1981-12-28"},
      {"811228+9874", "188112289874", "1881-12-28"},  // A hundred or older.
      {"701063-2391", "197010632391", "1970-10-03"},  // Samordningsnummer: 60 added to the day.
      {"261122-1231", "202611221231", "2026-11-22"},  // Born today.
      {"261123-1230", "192611231230", "1926-11-23"},  // Tomorrow cannot be, so a hundred years ago.
      {"261123+1230", "192611231230", "1926-11-23"},  // Turns a hundred this year: the + is due.
      {"811228-9873", "!wrong_check_digit"},
      {"811328-9874", "!no_such_date"},
      {"810229-9874", "!no_such_date"},
      {"811200-9874", "!no_such_date"},
      {"811292-9874", "!no_such_date"},  // Day 92 is neither a day nor 60 more than one.
      {"811228--874", "!not_digits"},
      {"81-12289874", "!not_digits"},
      {"811228-987", "!not_digits"},
      {"9811228-9874", "!wrong_length"},
      {"19811228-98740", "!not_digits"},
      {"811228987", "!wrong_length"},
  };
  for (const Row& row : rows) {
    const auto got = parse_person(row.text, today);
    EXPECT_EQ(outcome(got), row.outcome) << row.text;
    if (got) {
      EXPECT_EQ(got->born->to_string(), row.born) << row.text;
    }
  }
}

TEST(Sweden, Organisation) {
  const base::Date today = *base::Date::parse("2026-11-22");
  const Row rows[] = {
      {"556036-0793", "5560360793"},
      {"16556036-0793", "5560360793"},   // With the century that authorities put in front.
      {"SE556036079301", "5560360793"},  // As a VAT number.
      {"559509-4557", "5595094557"},
      {"556036-0794", "!wrong_check_digit"},
      {"811228-9874", "!is_a_person_number"},
      {"556036-079", "!wrong_length"},
      {"55603X-0793", "!not_digits"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(parse_organisation(row.text, today)), row.outcome) << row.text;
  }
}

// Property: ten digits mean the last such day that is not after today, for every day of a century.
TEST(Sweden, TenDigitsMeanTheLatestCentury) {
  const base::Date today = *base::Date::parse("2026-11-22");
  for (base::Date born = base::add_months(today, -1200) + 1; born <= today; born = born + 17) {
    std::string nine = born.to_string().substr(2);
    nine = nine.substr(0, 2) + nine.substr(3, 2) + nine.substr(6, 2) + "123";
    const auto number = parse_person(nine + check::luhn_digit(nine), today);
    ASSERT_TRUE(number.has_value()) << born.to_string();
    EXPECT_EQ(number->born, born);
  }
}

}  // namespace
}  // namespace domain::sweden
