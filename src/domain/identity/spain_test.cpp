// Spanish numbers: DNI, NIE, special NIFs, and organisations by legal form.
#include "domain/identity/spain.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain::spain {
namespace {

using tests::outcome;

struct Row {
  std::string_view text, outcome, masked = "";
};

const base::Date kToday = *base::Date::parse("2026-11-22");

TEST(Spain, Person) {
  const Row rows[] = {
      {"54362315-K", "54362315K", "***6231**"}, {"12.345.678-z", "12345678Z", "***4567**"},
      {"1234567L", "01234567L", "***3456**"},  // Without the zero in front.
      {"x-2482300w", "X2482300W", "****2300*"}, {"Y1234567X", "Y1234567X", "****4567*"},
      {"54362315A", "!wrong_check_digit", ""},  {"X2482300A", "!wrong_check_digit", ""},
      {"5436231Y5", "!wrong_structure", ""},    {"543623155", "!wrong_structure", ""},
      {"54362", "!wrong_length", ""},           {"54362315Ñ", "!wrong_characters", ""},
      {"J99216582", "!wrong_structure", ""},  // An organisation.
  };
  for (const Row& row : rows) {
    const auto got = parse_person(row.text, kToday);
    EXPECT_EQ(outcome(got), row.outcome) << row.text;
    if (got) {
      EXPECT_EQ(mask_person(got->text), row.masked) << row.text;
    }
  }
}

TEST(Spain, Organisation) {
  const Row rows[] = {
      {"J99216582", "J99216582"},          {"B64717838", "B64717838"},
      {"ES B-64717838", "B64717838"},      {"A0011012B", "A0011012B"},  // From abroad, before 2008.
      {"B6471783H", "!wrong_check_digit"},  // A company has a digit, not a letter.
      {"P3265020B", "P3265020B"},           // A municipality has a letter.
      {"P32650202", "!wrong_check_digit"}, {"J99216583", "!wrong_check_digit"},
      {"M1234567L", "!wrong_structure"},  // A person's special NIF.
      {"J9921658", "!wrong_length"},       {"12345678Z", "!wrong_structure"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(parse_organisation(row.text, kToday)), row.outcome) << row.text;
  }
}

// Property: exactly one letter ends a DNI.
TEST(Spain, ExactlyOneLetter) {
  for (int number = 10'000'000; number < 10'000'300; ++number) {
    int right = 0;
    for (char letter = 'A'; letter <= 'Z'; ++letter) {
      right += parse_person(std::to_string(number) + letter, kToday).has_value() ? 1 : 0;
    }
    EXPECT_EQ(right, 1) << number;
  }
}

}  // namespace
}  // namespace domain::spain
