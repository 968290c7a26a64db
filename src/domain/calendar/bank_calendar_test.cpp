// Holiday keys, Easter, and counting in bank days. The holiday lists of the countries are
// beside their reader: formats/law/shipped_calendars_test.cpp.
#include "domain/calendar/bank_calendar.h"

#include <array>

#include <gtest/gtest.h>

#include "domain/calendar/calendars.h"
#include "domain/calendar/holiday_key.h"

namespace domain {
namespace {

base::Date day(std::string_view text) { return *base::Date::parse(text); }

TEST(Easter, KnownYears) {
  for (const std::string_view expected :
       {"1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20",
        "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2038-04-25", "2285-03-22"}) {
    EXPECT_EQ(easter_sunday(day(expected).year()).to_string(), expected);
  }
}

// Property: Easter is a Sunday from 22 March to 25 April, in every year that we can write.
TEST(Easter, IsASundayInSpring) {
  for (int year = 1583; year <= 9999; ++year) {
    const base::Date easter = easter_sunday(year);
    EXPECT_EQ(easter.weekday(), base::Weekday::kSunday) << year;
    EXPECT_LE(*base::Date::make(year, 3, 22), easter) << year;
    EXPECT_LE(easter, *base::Date::make(year, 4, 25)) << year;
  }
}

TEST(HolidayKey, DayInYear) {
  struct Row {
    std::string_view key;
    int year;
    std::string_view expected;  // A date, "none", or the code of the error.
  };
  const Row rows[] = {
      {"12-24", 2026, "2026-12-24"},
      {"02-29", 2028, "2028-02-29"},
      {"02-29", 2027, "none"},
      {"EASTER-2", 2026, "2026-04-03"},
      {"EASTER+39", 2026, "2026-05-14"},
      {"EASTER+0", 2026, "2026-04-05"},
      {"GOODFRIDAY", 2026, "2026-04-03"},
      {"EASTERMONDAY", 2026, "2026-04-06"},
      {"MIDSUMMER_EVE", 2026, "2026-06-19"},  // The 19th is a Friday itself.
      {"MIDSUMMER_EVE", 2027, "2027-06-25"},  // The 19th is a Saturday.
      {"10-04(from 2026)", 2025, "none"},
      {"10-04(from 2026)", 2026, "2026-10-04"},
      {"EASTER+26(from 2000)", 2001, "2001-05-11"},
      {"", 2026, "unknown_holiday_key"},
      {"cantonal", 2026, "unknown_holiday_key"},
      {"13-01", 2026, "unknown_holiday_key"},
      {"04-31", 2026, "unknown_holiday_key"},
      {"1-1", 2026, "unknown_holiday_key"},
      {"EASTER", 2026, "unknown_holiday_key"},
      {"EASTER39", 2026, "unknown_holiday_key"},
      {"EASTER+101", 2026, "unknown_holiday_key"},
      {"10-04(from 2026", 2026, "unknown_holiday_key"},
      {"10-04(from now)", 2026, "unknown_holiday_key"},
      {"12-24 ", 2026, "unknown_holiday_key"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.key);
    const auto key = HolidayKey::parse(row.key);
    const auto date = key ? key->day_in(row.year) : std::nullopt;
    EXPECT_EQ(!key ? key.error().code : date ? date->to_string() : "none", row.expected);
  }
}

BankCalendar calendar(std::string_view from, std::string_view to, std::string_view keys) {
  const std::array rows = {
      BankCalendar::Row{*base::Period::make(day(from), day(to)), std::string(keys)}};
  auto made = BankCalendar::make("TEST", rows);
  EXPECT_TRUE(made.has_value());
  return *made;
}

std::string answer(const base::Result<base::Date>& date) {
  return date ? date->to_string() : date.error().code;
}

TEST(BankCalendar, CountsInBankDays) {
  const BankCalendar target =
      calendar("2024-01-01", "9999-12-31", "01-01;EASTER-2;EASTER+1;05-01;12-25;12-26");
  struct Row {
    std::string_view day;
    int count;
    std::string_view expected;
  };
  const Row rows[] = {
      {"2026-04-01", 1, "2026-04-02"},   // Wednesday to Maundy Thursday.
      {"2026-04-02", 1, "2026-04-07"},   // Over the whole of Easter.
      {"2026-04-07", -1, "2026-04-02"},  // D-1 of a debit on Tuesday after Easter.
      {"2026-04-05", 0, "2026-04-07"},   // Easter Sunday itself.
      {"2026-04-05", 1, "2026-04-07"},
      {"2026-04-05", -1, "2026-04-02"},
      {"2026-12-31", 1, "2027-01-04"},  // New Year, then a weekend.
      {"2026-11-20", 5, "2026-11-27"},  // A week without holidays.
      {"2026-11-27", -5, "2026-11-20"},
      {"2024-01-02", -1, "no_rule_for_day"},  // Before the first row.
  };
  for (const Row& row : rows) {
    EXPECT_EQ(answer(target.add_bank_days(day(row.day), row.count)), row.expected)
        << row.day << " " << row.count;
  }
  EXPECT_EQ(answer(target.next_bank_day(day("2026-04-03"))), "2026-04-07");
  EXPECT_EQ(answer(target.next_bank_day(day("2026-04-02"))), "2026-04-02");
  EXPECT_EQ(answer(target.previous_bank_day(day("2026-04-06"))), "2026-04-02");
  EXPECT_EQ(answer(target.previous_bank_day(day("2026-04-07"))), "2026-04-07");
}

// Property: going n bank days forward and n back leads to the same bank day.
TEST(BankCalendar, ForwardAndBackIsTheSameDay) {
  const BankCalendar target =
      calendar("2024-01-01", "9999-12-31", "01-01;EASTER-2;EASTER+1;05-01;12-25;12-26");
  for (base::Date at = day("2025-01-01"); at < day("2026-01-01"); at = at + 1) {
    if (!*target.is_bank_day(at)) continue;
    for (const int count : {1, 2, 5, 20}) {
      const base::Date there = *target.add_bank_days(at, count);
      EXPECT_EQ(target.add_bank_days(there, -count), at) << at.to_string() << " " << count;
    }
  }
}

TEST(BankCalendar, EndsWithItsRowsAndIn2100) {
  const BankCalendar year = calendar("2026-01-01", "2027-01-01", "01-01");
  EXPECT_EQ(year.is_bank_day(day("2026-01-01")), false);
  EXPECT_EQ(year.is_bank_day(day("2026-12-31")), true);
  EXPECT_EQ(year.is_bank_day(day("2027-01-01")).error().code, "no_rule_for_day");
  EXPECT_EQ(year.is_bank_day(day("2025-12-31")).error().code, "no_rule_for_day");
  const BankCalendar open = calendar("2026-01-01", "9999-12-31", "01-01");
  EXPECT_TRUE(open.is_bank_day(day("2100-12-31")).has_value());
  EXPECT_EQ(open.is_bank_day(day("2101-01-01")).error().code, "no_rule_for_day");
}

// Denmark's Great Prayer Day, the fourth Friday after Easter, was a holiday to the end of 2023.
TEST(BankCalendar, AHolidayEndsWithItsRow) {
  const std::array rows = {
      BankCalendar::Row{*base::Period::make(day("2020-01-01"), day("2024-01-01")),
                        "01-01;EASTER+26;EASTER+39"},
      BankCalendar::Row{*base::Period::make(day("2024-01-01"), day("9999-12-31")),
                        "01-01;EASTER+39"}};
  const auto denmark = BankCalendar::make("DK", rows);
  ASSERT_TRUE(denmark.has_value());
  EXPECT_EQ(denmark->is_bank_day(day("2023-05-05")), false);
  EXPECT_EQ(denmark->is_bank_day(day("2024-04-26")), true);
  EXPECT_EQ(denmark->is_bank_day(day("2024-05-09")), false);  // Ascension stays.
}

TEST(BankCalendar, RowsMustNotOverlapNorBeUnknown) {
  const base::Period year = *base::Period::make(day("2026-01-01"), day("2027-01-01"));
  const std::array twice = {BankCalendar::Row{year, "01-01"}, BankCalendar::Row{year, "01-06"}};
  EXPECT_EQ(BankCalendar::make("TEST", twice).error().code, "rules_overlap");
  const std::array unknown = {BankCalendar::Row{year, "01-01;cantonal"}};
  EXPECT_EQ(BankCalendar::make("TEST", unknown).error().code, "unknown_holiday_key");
}

// An operator that closes one more day in 2026 says so with a dated row of its own.
TEST(BankCalendar, OperatorRowsReplaceShippedOnes) {
  CountryRule shipped;
  shipped.country = "SE";
  shipped.area = "holiday";
  shipped.key = "public_and_bank_days";
  shipped.value = "01-01";
  shipped.unit = "dates";
  CountryRule own = shipped;
  own.origin = RuleOrigin::kOperator;
  own.value = "01-01;01-02";
  own.valid = *base::Period::make(day("2026-01-01"), day("2027-01-01"));
  const auto sweden = bank_calendar(*RuleBook::make({shipped, own}), "SE");
  ASSERT_TRUE(sweden.has_value());
  EXPECT_EQ(sweden->is_bank_day(day("2025-01-02")), true);
  EXPECT_EQ(sweden->is_bank_day(day("2026-01-02")), false);
  EXPECT_EQ(sweden->is_bank_day(day("2029-01-02")), true);
}

TEST(Calendars, ByCurrency) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"EUR", "TARGET"}, {"SEK", "SE"}, {"NOK", "NO"}, {"DKK", "DK"}, {"USD", "no_scheme_calendar"},
  };
  for (const auto& [currency, expected] : rows) {
    const auto name = scheme_calendar(*base::Currency::parse(currency));
    EXPECT_EQ(name ? *name : std::string_view(name.error().code), expected) << currency;
  }
  EXPECT_EQ(bank_calendar(RuleBook(), "SE").error().code, "no_such_calendar");
}

}  // namespace
}  // namespace domain
