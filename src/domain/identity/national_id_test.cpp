// What holds for the numbers of all countries, and how sources that mix the kinds are read.
#include "domain/identity/national_id.h"

#include <gtest/gtest.h>

#include "domain/identity/registry.h"
#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;
using enum NationalIdKind;

const base::Date kToday = *base::Date::parse("2026-11-22");

struct Example {
  std::string_view country;
  NationalIdKind kind;
  std::string_view text, canonical, formatted, masked, born;
};

// One of each line of the registry. The numbers are the authorities' and libraries' examples.
const Example kExamples[] = {
    {"SE", kPerson, "811228-9874", "198112289874", "19811228-9874", "19811228-****", "1981-12-28"},
    {"SE", kOrganisation, "556036-0793", "5560360793", "556036-0793", "556036-0793", ""},
    {"FI", kPerson, "131052-308t", "131052-308T", "131052-308T", "131052-****", "1952-10-13"},
    {"FI", kOrganisation, "2077474-0", "20774740", "2077474-0", "2077474-0", ""},
    {"NO", kPerson, "151086 95088", "15108695088", "151086 95088", "151086 *****", "1986-10-15"},
    {"NO", kOrganisation, "988 077 917", "988077917", "988 077 917", "988 077 917", ""},
    {"DK", kPerson, "211062-5629", "2110625629", "211062-5629", "211062-****", "1862-10-21"},
    {"DK", kOrganisation, "13585628", "13585628", "13585628", "13585628", ""},
    {"IT", kPerson, "RCCMNL83S18D969H", "RCCMNL83S18D969H", "RCCMNL83S18D969H", "RCCMNL**********",
     "1983-11-18"},
    {"IT", kOrganisation, "00743110157", "00743110157", "00743110157", "00743110157", ""},
    {"ES", kPerson, "54362315-K", "54362315K", "54362315K", "***6231**", ""},
    {"ES", kOrganisation, "J99216582", "J99216582", "J99216582", "J99216582", ""},
    {"DE", kPerson, "36 574 261 809", "36574261809", "36 574 261 809", "** *** *** 809", ""},
    {"DE", kOrganisation, "DE136695976", "136695976", "DE136695976", "DE136695976", ""},
};

TEST(NationalId, OneOfEachKind) {
  for (const Example& row : kExamples) {
    SCOPED_TRACE(row.text);
    const auto id = NationalId::parse(row.country, row.kind, row.text, kToday);
    ASSERT_TRUE(id.has_value()) << base::describe(id.error());
    EXPECT_EQ(id->text(), row.canonical);
    EXPECT_EQ(id->formatted(), row.formatted);
    EXPECT_EQ(id->masked(), row.masked);
    EXPECT_EQ(id->birth_date() ? id->birth_date()->to_string() : "", row.born);
    EXPECT_EQ(id->country(), row.country);
    EXPECT_EQ(id->kind(), row.kind);
  }
  EXPECT_EQ(std::size(kExamples), national_id_schemes().size()) << "a line lacks its example";
}

// Equal numbers are equal however they are written; the canonical text reads back as itself.
TEST(NationalId, CanonicalAndFormattedTextsReadBack) {
  for (const Example& row : kExamples) {
    const auto id = NationalId::parse(row.country, row.kind, row.text, kToday);
    EXPECT_EQ(*NationalId::parse(row.country, row.kind, id->text(), kToday), *id) << row.text;
    EXPECT_EQ(*NationalId::parse(row.country, row.kind, id->formatted(), kToday), *id) << row.text;
  }
}

// No number is valid as both kinds, so a column that holds both is read without a guess.
TEST(NationalId, RecogniseTellsPersonsFromOrganisations) {
  for (const Example& row : kExamples) {
    const auto id = NationalId::recognise(row.country, row.text, kToday);
    ASSERT_TRUE(id.has_value()) << row.text;
    EXPECT_EQ(id->kind(), row.kind) << row.text;
    const auto other = row.kind == kPerson ? kOrganisation : kPerson;
    EXPECT_FALSE(NationalId::parse(row.country, other, row.text, kToday).has_value()) << row.text;
  }
}

TEST(NationalId, RecogniseSaysWhatIsWrong) {
  struct Row {
    std::string_view country, text, outcome;
  };
  const Row rows[] = {
      {"SE", "811228-9875", "!wrong_check_digit"},  // A person, mistyped.
      {"SE", "559509-4558", "!wrong_check_digit"},  // An organisation, mistyped.
      {"SE", "19990230-9999", "!no_such_date"},     // The last row of Aurora's customers.
      {"SE", "", "!wrong_length"},
      {"SE", "okänt", "!not_digits"},
      {"NO", "988077918", "!wrong_check_digit"},
      {"XX", "811228-9874", "!unknown_country"},
      {"", "811228-9874", "!unknown_country"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(NationalId::recognise(row.country, row.text, kToday)), row.outcome)
        << row.text;
  }
}

TEST(NationalId, NobodyIsBornAfterToday) {
  const base::Date before = *base::Date::parse("1981-12-27");
  EXPECT_EQ(outcome(NationalId::parse("SE", kPerson, "19811228-9874", before)),
            "!born_in_the_future");
  EXPECT_EQ(outcome(NationalId::parse("SE", kPerson, "19811228-9874", before + 1)), "198112289874");
}

// Errors go to logs and reject lists: the number must not be in them.
TEST(NationalId, ErrorsDoNotRepeatTheNumber) {
  for (const Example& row : kExamples) {
    for (const auto& typed : tests::wrong_digits(row.canonical)) {
      const auto id = NationalId::parse(row.country, row.kind, typed, kToday);
      if (!id) {
        EXPECT_EQ(id.error().text.find(typed.substr(3, 5)), std::string::npos) << id.error().text;
      }
    }
  }
}

// Property: one wrong digit is caught everywhere but in Danish CPR numbers, whose modulus no
// longer holds.
TEST(NationalId, OneWrongDigitIsCaught) {
  for (const Example& row : kExamples) {
    if (row.country == "DK" && row.kind == kPerson) continue;
    for (const auto& typed : tests::wrong_digits(row.canonical)) {
      const auto id = NationalId::parse(row.country, row.kind, typed, kToday);
      // The century of a personnummer is not covered by its check digit.
      const bool is_other_century =
          row.country == "SE" && row.kind == kPerson && typed.substr(2) == row.canonical.substr(2);
      EXPECT_TRUE(is_other_century || !id.has_value()) << row.country << " " << typed;
    }
  }
}

// Whatever bytes come in, every scheme answers.
TEST(NationalId, RubbishIsRefused) {
  const std::string rubbish[] = {"",
                                 " ",
                                 "-",
                                 "+",
                                 "0",
                                 std::string(100'000, '1'),
                                 "\xff\xfe",
                                 std::string("81\0"
                                             "228",
                                             6),
                                 "ÅÄÖ",
                                 "00000000000",
                                 "000000000000"};
  for (const NationalIdScheme& scheme : national_id_schemes()) {
    for (const auto& text : rubbish) {
      EXPECT_FALSE(NationalId::parse(scheme.country, scheme.kind, text, kToday).has_value())
          << scheme.title << " " << text.substr(0, 20);
    }
  }
}

}  // namespace
}  // namespace domain
