// Calendar days, periods and months, with the ends of months and years that billing trips over.
#include "base/time/date.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/outcome.h"

namespace base {
namespace {

using tests::outcome;

Date day(std::string_view text) { return *Date::parse(text); }
Period period(std::string_view from, std::string_view to) {
  return *Period::make(day(from), day(to));
}

TEST(Date, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"2026-11-22", "2026-11-22"},
      {"0001-01-01", "0001-01-01"},
      {"9999-12-31", "9999-12-31"},
      {"2024-02-29", "2024-02-29"},
      {"2026-02-29", "!no_such_date"},
      {"1900-02-29", "!no_such_date"},
      {"2000-02-29", "2000-02-29"},
      {"2026-13-45", "!no_such_date"},
      {"2026-00-10", "!no_such_date"},
      {"2026-04-31", "!no_such_date"},
      {"0000-01-01", "!no_such_date"},
      {"2026-1-2", "!not_a_date"},
      {"20261122", "!not_a_date"},
      {"2026-11-22T", "!not_a_date"},
      {"22.11.2026", "!not_a_date"},
      {"2026-+1-02", "!not_a_date"},
      {"", "!not_a_date"},
  };
  for (const Row& row : rows) EXPECT_EQ(outcome(Date::parse(row.text)), row.outcome) << row.text;
}

TEST(Date, Parts) {
  const Date date = day("2026-11-22");
  EXPECT_EQ(date.year(), 2026);
  EXPECT_EQ(date.month(), 11);
  EXPECT_EQ(date.day(), 22);
  EXPECT_EQ(date.weekday(), Weekday::kSunday);
  EXPECT_EQ((date + 1).weekday(), Weekday::kMonday);
  EXPECT_EQ(Date().to_string(), "1970-01-01");
  EXPECT_EQ(day("2026-12-31") + 1, day("2027-01-01"));
  EXPECT_EQ(day("2024-03-01") - day("2024-02-01"), 29);
  EXPECT_LT(day("1969-12-31"), Date());
}

// Sources write these two for "never": counting on from them must not stop us.
TEST(Date, ComputedDatesMayLeaveTheYearsThatAreRead) {
  EXPECT_GT(day("9999-12-31") + 30, day("9999-12-31"));
  EXPECT_EQ((day("9999-12-31") + 1).year(), 10000);
  EXPECT_EQ(add_months(day("9999-12-31"), 12) - 366, day("9999-12-31"));
  EXPECT_EQ(Month::of(day("9999-12-31")).period().days(), 31);
  EXPECT_EQ(Month::of(day("0001-01-01")).previous().period().days(), 31);
}

TEST(Date, EveryDayOfFourCenturiesReadsBack) {
  int weekday = static_cast<int>(day("1970-01-01").weekday());
  for (Date date; date.year() < 2370; date = date + 1) {
    ASSERT_EQ(Date::parse(date.to_string()), date);
    ASSERT_EQ(static_cast<int>(date.weekday()), weekday);
    weekday = weekday % 7 + 1;
  }
}

TEST(Date, AddMonths) {
  struct Row {
    std::string_view from;
    int months;
    std::string_view to;
  };
  const Row rows[] = {
      {"2026-01-15", 1, "2026-02-15"},   {"2026-01-31", 1, "2026-02-28"},
      {"2024-01-31", 1, "2024-02-29"},   {"2026-01-31", 2, "2026-03-31"},
      {"2026-03-31", -1, "2026-02-28"},  {"2026-12-31", 1, "2027-01-31"},
      {"2024-02-29", 12, "2025-02-28"},  {"2024-02-29", 48, "2028-02-29"},
      {"2026-01-31", -12, "2025-01-31"}, {"2026-05-31", 0, "2026-05-31"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(add_months(day(row.from), row.months), day(row.to)) << row.from << row.months;
  }
}

// Property: periods counted from one anchor tile the time without gap or overlap, and never lose
// the anchor's day for good: January 31 gives February 28 and then March 31.
TEST(Date, PeriodsFromAnAnchorTile) {
  EXPECT_TRUE(rc::check([] {
    const Date anchor = Date::from_days(*rc::gen::inRange(0, 40'000));
    for (int month = 0; month < 60; ++month) {
      const Date from = add_months(anchor, month), to = add_months(anchor, month + 1);
      RC_ASSERT(from < to);
      RC_ASSERT(to - from >= 28 && to - from <= 31);
      RC_ASSERT(to.day() == anchor.day() || (to + 1).day() == 1);
    }
  }));
}

TEST(Period, MakeAndAsk) {
  const Period october = period("2026-10-01", "2026-11-01");
  EXPECT_EQ(october.days(), 31);
  EXPECT_EQ(october.last_day(), day("2026-10-31"));
  EXPECT_TRUE(october.contains(day("2026-10-01")));
  EXPECT_FALSE(october.contains(day("2026-11-01")));
  EXPECT_TRUE(Period().is_empty());
  EXPECT_FALSE(Period().contains(Date()));
  const auto backwards = Period::make(day("2026-11-01"), day("2026-10-01"));
  ASSERT_FALSE(backwards.has_value());
  EXPECT_EQ(backwards.error().code, "period_ends_before_it_starts");
}

TEST(Period, Intersect) {
  const Period october = period("2026-10-01", "2026-11-01");
  EXPECT_EQ(october.intersect(period("2026-10-20", "2026-12-01")),
            period("2026-10-20", "2026-11-01"));
  EXPECT_TRUE(october.intersect(period("2026-11-01", "2026-12-01")).is_empty());
  EXPECT_TRUE(october.intersect(period("2027-01-01", "2027-12-01")).is_empty());
}

// Property: a day lies in an intersection exactly when it lies in both, whichever comes first.
TEST(Period, IntersectionHoldsTheDaysInBoth) {
  EXPECT_TRUE(rc::check([] {
    const auto some_period = [] {
      const Date from = Date::from_days(*rc::gen::inRange(0, 60));
      return *Period::make(from, from + *rc::gen::inRange(0, 40));
    };
    const Period a = some_period(), b = some_period(), both = a.intersect(b);
    RC_ASSERT(both.days() == b.intersect(a).days());
    for (int days = -1; days < 102; ++days) {
      const Date date = Date::from_days(days);
      RC_ASSERT(both.contains(date) == (a.contains(date) && b.contains(date)));
    }
  }));
}

TEST(Month, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"2026-10", "2026-10"},      {"1969-12", "1969-12"},      {"0001-01", "0001-01"},
      {"2026-13", "!not_a_month"}, {"2026-00", "!not_a_month"}, {"2026-1", "!not_a_month"},
      {"202610", "!not_a_month"},  {"", "!not_a_month"},        {"0000-01", "!not_a_month"},
      {"9999-12", "9999-12"},
      // calendar.
  };
  for (const Row& row : rows) EXPECT_EQ(outcome(Month::parse(row.text)), row.outcome) << row.text;
}

// Property: every day lies in the period of its own month and of no neighbour.
TEST(Month, DaysLieInTheirMonth) {
  for (int days = -1000; days < 40'000; days += 3) {
    const Date date = Date::from_days(days);
    const Month month = Month::of(date);
    ASSERT_TRUE(month.period().contains(date)) << date.to_string();
    ASSERT_FALSE(month.next().period().contains(date));
    ASSERT_FALSE(month.previous().period().contains(date));
    ASSERT_EQ(month.period().to(), month.next().period().from());
    ASSERT_EQ(Month::parse(month.to_string()), month);
    ASSERT_EQ(Month::from_index(month.index()), month);
  }
}

}  // namespace
}  // namespace base
