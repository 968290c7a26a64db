// The closed days of each calendar, written out: compare them with a wall calendar.
//
// Those on a Saturday or Sunday are left in, so that the lists can be checked against the law;
// holidays move nowhere. What each list holds in words: domain/calendar/calendars.h.
#include <gtest/gtest.h>

#include "domain/calendar/calendars.h"
#include "tests/support/shipped_rules.h"

namespace formats::law {
namespace {

void expect_holidays(std::string_view name, int year, const std::vector<std::string>& expected) {
  constexpr std::string_view kWeekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const auto calendar = domain::bank_calendar(shipped_book(), name);
  ASSERT_TRUE(calendar.has_value()) << base::describe(calendar.error());
  std::vector<std::string> days;
  for (const base::Date day : calendar->holidays(year)) {
    days.push_back(day.to_string() + " " +
                   std::string(kWeekdays[static_cast<int>(day.weekday()) - 1]));
    EXPECT_EQ(calendar->is_bank_day(day), false);
  }
  EXPECT_EQ(days, expected) << name << " " << year;
}

// clang-format off: one holiday a line.
TEST(ShippedCalendars, Target) {
  expect_holidays("TARGET", 2024, {
      "2024-01-01 Mon",  // New Year's Day.
      "2024-03-29 Fri",  // Good Friday.
      "2024-04-01 Mon",  // Easter Monday.
      "2024-05-01 Wed",  // Labour Day.
      "2024-12-25 Wed",  // Christmas Day.
      "2024-12-26 Thu",  // second day of Christmas.
  });
  expect_holidays("TARGET", 2025, {
      "2025-01-01 Wed",  // New Year's Day.
      "2025-04-18 Fri",  // Good Friday.
      "2025-04-21 Mon",  // Easter Monday.
      "2025-05-01 Thu",  // Labour Day.
      "2025-12-25 Thu",  // Christmas Day.
      "2025-12-26 Fri",  // second day of Christmas.
  });
  expect_holidays("TARGET", 2026, {
      "2026-01-01 Thu",  // New Year's Day.
      "2026-04-03 Fri",  // Good Friday.
      "2026-04-06 Mon",  // Easter Monday.
      "2026-05-01 Fri",  // Labour Day.
      "2026-12-25 Fri",  // Christmas Day.
      "2026-12-26 Sat",  // second day of Christmas.
  });
  expect_holidays("TARGET", 2027, {
      "2027-01-01 Fri",  // New Year's Day.
      "2027-03-26 Fri",  // Good Friday.
      "2027-03-29 Mon",  // Easter Monday.
      "2027-05-01 Sat",  // Labour Day.
      "2027-12-25 Sat",  // Christmas Day.
      "2027-12-26 Sun",  // second day of Christmas.
  });
}

TEST(ShippedCalendars, Sweden) {
  expect_holidays("SE", 2024, {
      "2024-01-01 Mon",  // New Year's Day.
      "2024-01-06 Sat",  // Epiphany.
      "2024-03-29 Fri",  // Good Friday.
      "2024-04-01 Mon",  // Easter Monday.
      "2024-05-01 Wed",  // Labour Day.
      "2024-05-09 Thu",  // Ascension Day.
      "2024-06-06 Thu",  // National Day.
      "2024-06-21 Fri",  // Midsummer Eve.
      "2024-12-24 Tue",  // Christmas Eve.
      "2024-12-25 Wed",  // Christmas Day.
      "2024-12-26 Thu",  // second day of Christmas.
      "2024-12-31 Tue",  // New Year's Eve.
  });
  expect_holidays("SE", 2025, {
      "2025-01-01 Wed",  // New Year's Day.
      "2025-01-06 Mon",  // Epiphany.
      "2025-04-18 Fri",  // Good Friday.
      "2025-04-21 Mon",  // Easter Monday.
      "2025-05-01 Thu",  // Labour Day.
      "2025-05-29 Thu",  // Ascension Day.
      "2025-06-06 Fri",  // National Day.
      "2025-06-20 Fri",  // Midsummer Eve.
      "2025-12-24 Wed",  // Christmas Eve.
      "2025-12-25 Thu",  // Christmas Day.
      "2025-12-26 Fri",  // second day of Christmas.
      "2025-12-31 Wed",  // New Year's Eve.
  });
  expect_holidays("SE", 2026, {
      "2026-01-01 Thu",  // New Year's Day.
      "2026-01-06 Tue",  // Epiphany.
      "2026-04-03 Fri",  // Good Friday.
      "2026-04-06 Mon",  // Easter Monday.
      "2026-05-01 Fri",  // Labour Day.
      "2026-05-14 Thu",  // Ascension Day.
      "2026-06-06 Sat",  // National Day.
      "2026-06-19 Fri",  // Midsummer Eve.
      "2026-12-24 Thu",  // Christmas Eve.
      "2026-12-25 Fri",  // Christmas Day.
      "2026-12-26 Sat",  // second day of Christmas.
      "2026-12-31 Thu",  // New Year's Eve.
  });
  expect_holidays("SE", 2027, {
      "2027-01-01 Fri",  // New Year's Day.
      "2027-01-06 Wed",  // Epiphany.
      "2027-03-26 Fri",  // Good Friday.
      "2027-03-29 Mon",  // Easter Monday.
      "2027-05-01 Sat",  // Labour Day.
      "2027-05-06 Thu",  // Ascension Day.
      "2027-06-06 Sun",  // National Day.
      "2027-06-25 Fri",  // Midsummer Eve.
      "2027-12-24 Fri",  // Christmas Eve.
      "2027-12-25 Sat",  // Christmas Day.
      "2027-12-26 Sun",  // second day of Christmas.
      "2027-12-31 Fri",  // New Year's Eve.
  });
}

TEST(ShippedCalendars, Finland) {
  expect_holidays("FI", 2024, {
      "2024-01-01 Mon",  // New Year's Day.
      "2024-01-06 Sat",  // Epiphany.
      "2024-03-29 Fri",  // Good Friday.
      "2024-04-01 Mon",  // Easter Monday.
      "2024-05-01 Wed",  // Labour Day.
      "2024-05-09 Thu",  // Ascension Day.
      "2024-06-21 Fri",  // Midsummer Eve.
      "2024-12-06 Fri",  // Independence Day.
      "2024-12-24 Tue",  // Christmas Eve.
      "2024-12-25 Wed",  // Christmas Day.
      "2024-12-26 Thu",  // second day of Christmas.
  });
  expect_holidays("FI", 2025, {
      "2025-01-01 Wed",  // New Year's Day.
      "2025-01-06 Mon",  // Epiphany.
      "2025-04-18 Fri",  // Good Friday.
      "2025-04-21 Mon",  // Easter Monday.
      "2025-05-01 Thu",  // Labour Day.
      "2025-05-29 Thu",  // Ascension Day.
      "2025-06-20 Fri",  // Midsummer Eve.
      "2025-12-06 Sat",  // Independence Day.
      "2025-12-24 Wed",  // Christmas Eve.
      "2025-12-25 Thu",  // Christmas Day.
      "2025-12-26 Fri",  // second day of Christmas.
  });
  expect_holidays("FI", 2026, {
      "2026-01-01 Thu",  // New Year's Day.
      "2026-01-06 Tue",  // Epiphany.
      "2026-04-03 Fri",  // Good Friday.
      "2026-04-06 Mon",  // Easter Monday.
      "2026-05-01 Fri",  // Labour Day.
      "2026-05-14 Thu",  // Ascension Day.
      "2026-06-19 Fri",  // Midsummer Eve.
      "2026-12-06 Sun",  // Independence Day.
      "2026-12-24 Thu",  // Christmas Eve.
      "2026-12-25 Fri",  // Christmas Day.
      "2026-12-26 Sat",  // second day of Christmas.
  });
  expect_holidays("FI", 2027, {
      "2027-01-01 Fri",  // New Year's Day.
      "2027-01-06 Wed",  // Epiphany.
      "2027-03-26 Fri",  // Good Friday.
      "2027-03-29 Mon",  // Easter Monday.
      "2027-05-01 Sat",  // Labour Day.
      "2027-05-06 Thu",  // Ascension Day.
      "2027-06-25 Fri",  // Midsummer Eve.
      "2027-12-06 Mon",  // Independence Day.
      "2027-12-24 Fri",  // Christmas Eve.
      "2027-12-25 Sat",  // Christmas Day.
      "2027-12-26 Sun",  // second day of Christmas.
  });
}

TEST(ShippedCalendars, Norway) {
  expect_holidays("NO", 2024, {
      "2024-01-01 Mon",  // New Year's Day.
      "2024-03-28 Thu",  // Maundy Thursday.
      "2024-03-29 Fri",  // Good Friday.
      "2024-04-01 Mon",  // Easter Monday.
      "2024-05-01 Wed",  // Labour Day.
      "2024-05-09 Thu",  // Ascension Day.
      "2024-05-17 Fri",  // Constitution Day.
      "2024-05-20 Mon",  // Whit Monday.
      "2024-12-25 Wed",  // Christmas Day.
      "2024-12-26 Thu",  // second day of Christmas.
  });
  expect_holidays("NO", 2025, {
      "2025-01-01 Wed",  // New Year's Day.
      "2025-04-17 Thu",  // Maundy Thursday.
      "2025-04-18 Fri",  // Good Friday.
      "2025-04-21 Mon",  // Easter Monday.
      "2025-05-01 Thu",  // Labour Day.
      "2025-05-17 Sat",  // Constitution Day.
      "2025-05-29 Thu",  // Ascension Day.
      "2025-06-09 Mon",  // Whit Monday.
      "2025-12-25 Thu",  // Christmas Day.
      "2025-12-26 Fri",  // second day of Christmas.
  });
  expect_holidays("NO", 2026, {
      "2026-01-01 Thu",  // New Year's Day.
      "2026-04-02 Thu",  // Maundy Thursday.
      "2026-04-03 Fri",  // Good Friday.
      "2026-04-06 Mon",  // Easter Monday.
      "2026-05-01 Fri",  // Labour Day.
      "2026-05-14 Thu",  // Ascension Day.
      "2026-05-17 Sun",  // Constitution Day.
      "2026-05-25 Mon",  // Whit Monday.
      "2026-12-25 Fri",  // Christmas Day.
      "2026-12-26 Sat",  // second day of Christmas.
  });
  expect_holidays("NO", 2027, {
      "2027-01-01 Fri",  // New Year's Day.
      "2027-03-25 Thu",  // Maundy Thursday.
      "2027-03-26 Fri",  // Good Friday.
      "2027-03-29 Mon",  // Easter Monday.
      "2027-05-01 Sat",  // Labour Day.
      "2027-05-06 Thu",  // Ascension Day.
      "2027-05-17 Mon",  // Constitution Day, Whit Monday.
      "2027-12-25 Sat",  // Christmas Day.
      "2027-12-26 Sun",  // second day of Christmas.
  });
}

TEST(ShippedCalendars, Denmark) {
  expect_holidays("DK", 2024, {
      "2024-01-01 Mon",  // New Year's Day.
      "2024-03-28 Thu",  // Maundy Thursday.
      "2024-03-29 Fri",  // Good Friday.
      "2024-04-01 Mon",  // Easter Monday.
      "2024-05-09 Thu",  // Ascension Day.
      "2024-05-10 Fri",  // day after Ascension.
      "2024-05-20 Mon",  // Whit Monday.
      "2024-06-05 Wed",  // Constitution Day.
      "2024-12-24 Tue",  // Christmas Eve.
      "2024-12-25 Wed",  // Christmas Day.
      "2024-12-26 Thu",  // second day of Christmas.
      "2024-12-31 Tue",  // New Year's Eve.
  });
  expect_holidays("DK", 2025, {
      "2025-01-01 Wed",  // New Year's Day.
      "2025-04-17 Thu",  // Maundy Thursday.
      "2025-04-18 Fri",  // Good Friday.
      "2025-04-21 Mon",  // Easter Monday.
      "2025-05-29 Thu",  // Ascension Day.
      "2025-05-30 Fri",  // day after Ascension.
      "2025-06-05 Thu",  // Constitution Day.
      "2025-06-09 Mon",  // Whit Monday.
      "2025-12-24 Wed",  // Christmas Eve.
      "2025-12-25 Thu",  // Christmas Day.
      "2025-12-26 Fri",  // second day of Christmas.
      "2025-12-31 Wed",  // New Year's Eve.
  });
  expect_holidays("DK", 2026, {
      "2026-01-01 Thu",  // New Year's Day.
      "2026-04-02 Thu",  // Maundy Thursday.
      "2026-04-03 Fri",  // Good Friday.
      "2026-04-06 Mon",  // Easter Monday.
      "2026-05-14 Thu",  // Ascension Day.
      "2026-05-15 Fri",  // day after Ascension.
      "2026-05-25 Mon",  // Whit Monday.
      "2026-06-05 Fri",  // Constitution Day.
      "2026-12-24 Thu",  // Christmas Eve.
      "2026-12-25 Fri",  // Christmas Day.
      "2026-12-26 Sat",  // second day of Christmas.
      "2026-12-31 Thu",  // New Year's Eve.
  });
  expect_holidays("DK", 2027, {
      "2027-01-01 Fri",  // New Year's Day.
      "2027-03-25 Thu",  // Maundy Thursday.
      "2027-03-26 Fri",  // Good Friday.
      "2027-03-29 Mon",  // Easter Monday.
      "2027-05-06 Thu",  // Ascension Day.
      "2027-05-07 Fri",  // day after Ascension.
      "2027-05-17 Mon",  // Whit Monday.
      "2027-06-05 Sat",  // Constitution Day.
      "2027-12-24 Fri",  // Christmas Eve.
      "2027-12-25 Sat",  // Christmas Day.
      "2027-12-26 Sun",  // second day of Christmas.
      "2027-12-31 Fri",  // New Year's Eve.
  });
}

TEST(ShippedCalendars, Germany) {
  expect_holidays("DE", 2024, {
      "2024-01-01 Mon",  // New Year's Day.
      "2024-03-29 Fri",  // Good Friday.
      "2024-04-01 Mon",  // Easter Monday.
      "2024-05-01 Wed",  // Labour Day.
      "2024-05-09 Thu",  // Ascension Day.
      "2024-05-20 Mon",  // Whit Monday.
      "2024-10-03 Thu",  // Day of German Unity.
      "2024-12-25 Wed",  // Christmas Day.
      "2024-12-26 Thu",  // second day of Christmas.
  });
  expect_holidays("DE", 2025, {
      "2025-01-01 Wed",  // New Year's Day.
      "2025-04-18 Fri",  // Good Friday.
      "2025-04-21 Mon",  // Easter Monday.
      "2025-05-01 Thu",  // Labour Day.
      "2025-05-29 Thu",  // Ascension Day.
      "2025-06-09 Mon",  // Whit Monday.
      "2025-10-03 Fri",  // Day of German Unity.
      "2025-12-25 Thu",  // Christmas Day.
      "2025-12-26 Fri",  // second day of Christmas.
  });
  expect_holidays("DE", 2026, {
      "2026-01-01 Thu",  // New Year's Day.
      "2026-04-03 Fri",  // Good Friday.
      "2026-04-06 Mon",  // Easter Monday.
      "2026-05-01 Fri",  // Labour Day.
      "2026-05-14 Thu",  // Ascension Day.
      "2026-05-25 Mon",  // Whit Monday.
      "2026-10-03 Sat",  // Day of German Unity.
      "2026-12-25 Fri",  // Christmas Day.
      "2026-12-26 Sat",  // second day of Christmas.
  });
  expect_holidays("DE", 2027, {
      "2027-01-01 Fri",  // New Year's Day.
      "2027-03-26 Fri",  // Good Friday.
      "2027-03-29 Mon",  // Easter Monday.
      "2027-05-01 Sat",  // Labour Day.
      "2027-05-06 Thu",  // Ascension Day.
      "2027-05-17 Mon",  // Whit Monday.
      "2027-10-03 Sun",  // Day of German Unity.
      "2027-12-25 Sat",  // Christmas Day.
      "2027-12-26 Sun",  // second day of Christmas.
  });
}

TEST(ShippedCalendars, Italy) {
  expect_holidays("IT", 2024, {
      "2024-01-01 Mon",  // New Year's Day.
      "2024-01-06 Sat",  // Epiphany.
      "2024-04-01 Mon",  // Easter Monday.
      "2024-04-25 Thu",  // Liberation Day.
      "2024-05-01 Wed",  // Labour Day.
      "2024-06-02 Sun",  // Republic Day.
      "2024-08-15 Thu",  // Assumption.
      "2024-11-01 Fri",  // All Saints.
      "2024-12-08 Sun",  // Immaculate Conception.
      "2024-12-25 Wed",  // Christmas Day.
      "2024-12-26 Thu",  // Santo Stefano.
  });
  expect_holidays("IT", 2025, {
      "2025-01-01 Wed",  // New Year's Day.
      "2025-01-06 Mon",  // Epiphany.
      "2025-04-21 Mon",  // Easter Monday.
      "2025-04-25 Fri",  // Liberation Day.
      "2025-05-01 Thu",  // Labour Day.
      "2025-06-02 Mon",  // Republic Day.
      "2025-08-15 Fri",  // Assumption.
      "2025-11-01 Sat",  // All Saints.
      "2025-12-08 Mon",  // Immaculate Conception.
      "2025-12-25 Thu",  // Christmas Day.
      "2025-12-26 Fri",  // Santo Stefano.
  });
  expect_holidays("IT", 2026, {
      "2026-01-01 Thu",  // New Year's Day.
      "2026-01-06 Tue",  // Epiphany.
      "2026-04-06 Mon",  // Easter Monday.
      "2026-04-25 Sat",  // Liberation Day.
      "2026-05-01 Fri",  // Labour Day.
      "2026-06-02 Tue",  // Republic Day.
      "2026-08-15 Sat",  // Assumption.
      "2026-10-04 Sun",  // San Francesco.
      "2026-11-01 Sun",  // All Saints.
      "2026-12-08 Tue",  // Immaculate Conception.
      "2026-12-25 Fri",  // Christmas Day.
      "2026-12-26 Sat",  // Santo Stefano.
  });
  expect_holidays("IT", 2027, {
      "2027-01-01 Fri",  // New Year's Day.
      "2027-01-06 Wed",  // Epiphany.
      "2027-03-29 Mon",  // Easter Monday.
      "2027-04-25 Sun",  // Liberation Day.
      "2027-05-01 Sat",  // Labour Day.
      "2027-06-02 Wed",  // Republic Day.
      "2027-08-15 Sun",  // Assumption.
      "2027-10-04 Mon",  // San Francesco.
      "2027-11-01 Mon",  // All Saints.
      "2027-12-08 Wed",  // Immaculate Conception.
      "2027-12-25 Sat",  // Christmas Day.
      "2027-12-26 Sun",  // Santo Stefano.
  });
}

TEST(ShippedCalendars, Spain) {
  expect_holidays("ES", 2024, {
      "2024-01-01 Mon",  // New Year's Day.
      "2024-01-06 Sat",  // Epiphany.
      "2024-03-29 Fri",  // Good Friday.
      "2024-05-01 Wed",  // Labour Day.
      "2024-08-15 Thu",  // Assumption.
      "2024-10-12 Sat",  // National Day.
      "2024-11-01 Fri",  // All Saints.
      "2024-12-06 Fri",  // Constitution Day.
      "2024-12-08 Sun",  // Immaculate Conception.
      "2024-12-25 Wed",  // Christmas Day.
  });
  expect_holidays("ES", 2025, {
      "2025-01-01 Wed",  // New Year's Day.
      "2025-01-06 Mon",  // Epiphany.
      "2025-04-18 Fri",  // Good Friday.
      "2025-05-01 Thu",  // Labour Day.
      "2025-08-15 Fri",  // Assumption.
      "2025-10-12 Sun",  // National Day.
      "2025-11-01 Sat",  // All Saints.
      "2025-12-06 Sat",  // Constitution Day.
      "2025-12-08 Mon",  // Immaculate Conception.
      "2025-12-25 Thu",  // Christmas Day.
  });
  expect_holidays("ES", 2026, {
      "2026-01-01 Thu",  // New Year's Day.
      "2026-01-06 Tue",  // Epiphany.
      "2026-04-03 Fri",  // Good Friday.
      "2026-05-01 Fri",  // Labour Day.
      "2026-08-15 Sat",  // Assumption.
      "2026-10-12 Mon",  // National Day.
      "2026-11-01 Sun",  // All Saints.
      "2026-12-06 Sun",  // Constitution Day.
      "2026-12-08 Tue",  // Immaculate Conception.
      "2026-12-25 Fri",  // Christmas Day.
  });
  expect_holidays("ES", 2027, {
      "2027-01-01 Fri",  // New Year's Day.
      "2027-01-06 Wed",  // Epiphany.
      "2027-03-26 Fri",  // Good Friday.
      "2027-05-01 Sat",  // Labour Day.
      "2027-08-15 Sun",  // Assumption.
      "2027-10-12 Tue",  // National Day.
      "2027-11-01 Mon",  // All Saints.
      "2027-12-06 Mon",  // Constitution Day.
      "2027-12-08 Wed",  // Immaculate Conception.
      "2027-12-25 Sat",  // Christmas Day.
  });
}
// clang-format on

bool is_bank_day(std::string_view name, std::string_view day) {
  const auto calendar = domain::bank_calendar(shipped_book(), name);
  return calendar->is_bank_day(*base::Date::parse(day)).value();
}

// National holidays do not stop euro payments, and the other way round.
TEST(ShippedCalendars, TargetIsNotTheCountry) {
  EXPECT_TRUE(is_bank_day("TARGET", "2025-10-03"));  // A Friday: Day of German Unity.
  EXPECT_FALSE(is_bank_day("DE", "2025-10-03"));
  EXPECT_TRUE(is_bank_day("TARGET", "2025-01-06"));  // A Monday: Epiphany in Finland.
  EXPECT_FALSE(is_bank_day("FI", "2025-01-06"));
  EXPECT_FALSE(is_bank_day("TARGET", "2026-04-03"));  // Good Friday, ordinary in Italy.
  EXPECT_TRUE(is_bank_day("IT", "2026-04-03"));
}

TEST(ShippedCalendars, HolidaysThatCameAndWent) {
  EXPECT_TRUE(is_bank_day("DK", "2024-04-26"));   // The Great Prayer Day ended with 2023.
  EXPECT_TRUE(is_bank_day("SE", "2026-05-25"));   // Whit Monday, ordinary since 2005.
  EXPECT_TRUE(is_bank_day("IT", "2024-10-04"));   // A Friday before the law of 2025 ...
  EXPECT_FALSE(is_bank_day("IT", "2027-10-04"));  // ... and the first weekday after it.
}

TEST(ShippedCalendars, SaturdaysAndSundaysAreNeverBankDays) {
  for (const std::string_view name : {"TARGET", "SE", "FI", "NO", "DK", "DE", "IT", "ES"}) {
    EXPECT_FALSE(is_bank_day(name, "2026-11-21")) << name;
    EXPECT_FALSE(is_bank_day(name, "2026-11-22")) << name;
    EXPECT_TRUE(is_bank_day(name, "2026-11-23")) << name;
  }
}

}  // namespace
}  // namespace formats::law
