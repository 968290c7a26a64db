// R03: daily, weekly, monthly on any day, every n months, yearly.
#include "domain/billing/schedule.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace domain {
namespace {

base::Date day(std::string_view text) { return *base::Date::parse(text); }

TEST(Frequency, R03Boundaries) {
  const struct {
    const char *frequency, *day, *on_or_before, *after;
  } rows[] = {
      {"monthly", "2026-10-01", "2026-10-01", "2026-11-01"},
      {"monthly", "2026-10-31", "2026-10-01", "2026-11-01"},
      {"monthly#15", "2026-10-14", "2026-09-15", "2026-10-15"},
      {"monthly#15", "2026-10-15", "2026-10-15", "2026-11-15"},
      // Bill day 31: the last day of shorter months, and back to the 31st.
      {"monthly#31", "2026-01-31", "2026-01-31", "2026-02-28"},
      {"monthly#31", "2026-02-27", "2026-01-31", "2026-02-28"},
      {"monthly#31", "2026-02-28", "2026-02-28", "2026-03-31"},
      {"monthly#31", "2026-04-30", "2026-04-30", "2026-05-31"},
      {"monthly#31", "2028-02-28", "2028-01-31", "2028-02-29"},
      {"monthly#30", "2026-02-28", "2026-02-28", "2026-03-30"},
      {"monthly#29", "2028-02-29", "2028-02-29", "2028-03-29"},
      {"daily", "2026-12-31", "2026-12-31", "2027-01-01"},
      {"daily", "2028-02-28", "2028-02-28", "2028-02-29"},
      // 2026-12-31 is a Thursday.
      {"weekly#1", "2026-12-31", "2026-12-28", "2027-01-04"},
      {"weekly#4", "2026-12-31", "2026-12-31", "2027-01-07"},
      {"weekly#5", "2026-12-31", "2026-12-25", "2027-01-01"},
      {"weekly#7", "2027-01-02", "2026-12-27", "2027-01-03"},
      {"every_3_months#1", "2026-02-28", "2026-01-01", "2026-04-01"},
      {"every_3_months#1", "2026-12-31", "2026-10-01", "2027-01-01"},
      {"every_3_months#31", "2026-04-30", "2026-04-30", "2026-07-31"},
      {"every_3_months#02-15", "2026-02-14", "2025-11-15", "2026-02-15"},
      {"every_3_months#11-15", "2026-02-14", "2025-11-15", "2026-02-15"},
      {"every_2_months#1", "1999-12-31", "1999-11-01", "2000-01-01"},
      {"every_5_months#1", "2000-06-01", "2000-06-01", "2000-11-01"},
      {"every_12_months#31", "2026-01-30", "2025-01-31", "2026-01-31"},
      {"yearly", "2026-06-30", "2026-01-01", "2027-01-01"},
      {"yearly#03-01", "2026-02-28", "2025-03-01", "2026-03-01"},
      {"yearly#03-01", "2026-03-01", "2026-03-01", "2027-03-01"},
      {"yearly#02-29", "2027-02-28", "2027-02-28", "2028-02-29"},
      {"yearly#02-29", "2028-02-28", "2027-02-28", "2028-02-29"},
      {"yearly#02-29", "2028-02-29", "2028-02-29", "2029-02-28"},
      {"monthly", "0001-01-01", "0001-01-01", "0001-02-01"},
      {"monthly", "9999-12-31", "9999-12-01", "10000-01-01"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(row.frequency) + " " + row.day);
    const auto frequency = Frequency::parse(row.frequency);
    ASSERT_TRUE(frequency);
    EXPECT_EQ(frequency->boundary_on_or_before(day(row.day)).to_string(), row.on_or_before);
    EXPECT_EQ(frequency->boundary_after(day(row.day)).to_string(), row.after);
  }
}

TEST(Frequency, KB03AMonthsPriceIsForTheStretchBetweenTwoBillDays) {
  const struct {
    const char *frequency, *day, *from, *to;
  } rows[] = {
      {"monthly", "2026-10-31", "2026-10-01", "2026-11-01"},
      {"monthly#15", "2026-10-14", "2026-09-15", "2026-10-15"},
      {"monthly#31", "2026-02-10", "2026-01-31", "2026-02-28"},
      {"monthly#31", "2026-02-28", "2026-02-28", "2026-03-31"},
      {"monthly#31", "2028-02-29", "2028-02-29", "2028-03-31"},
      {"daily", "2026-10-14", "2026-10-01", "2026-11-01"},
      {"weekly#3", "2026-10-14", "2026-10-01", "2026-11-01"},
      {"every_3_months#1", "2026-11-20", "2026-11-01", "2026-12-01"},
      {"yearly#03-05", "2026-11-04", "2026-10-05", "2026-11-05"},
      {"yearly#02-29", "2027-02-28", "2027-02-28", "2027-03-29"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(row.frequency) + " " + row.day);
    const base::Period month = Frequency::parse(row.frequency)->price_month(day(row.day));
    EXPECT_EQ(month.from().to_string(), row.from);
    EXPECT_EQ(month.to().to_string(), row.to);
  }
}

TEST(Frequency, IsWrittenInOneWay) {
  const struct {
    const char *text, *written;
  } rows[] = {
      {"monthly", "monthly"},
      {"monthly#1", "monthly"},
      {"monthly#31", "monthly#31"},
      {"daily", "daily"},
      {"weekly", "weekly#1"},
      {"weekly#7", "weekly#7"},
      {"every_3_months", "every_3_months#1"},
      {"every_3_months#05-31", "every_3_months#05-31"},
      {"every_3_months#01-15", "every_3_months#15"},
      {"every_12_months#15", "yearly#01-15"},
      {"yearly", "yearly#01-01"},
      {"yearly#02-29", "yearly#02-29"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    const auto frequency = Frequency::parse(row.text);
    ASSERT_TRUE(frequency);
    EXPECT_EQ(frequency->to_string(), row.written);
    EXPECT_EQ(Frequency::parse(row.written), frequency);
  }
  EXPECT_EQ(Frequency(), Frequency::parse("monthly"));
}

TEST(Frequency, RefusesWhatNeverComes) {
  for (const char* text : {"",
                           "Monthly",
                           "fortnightly",
                           "daily#1",
                           "weekly#0",
                           "weekly#8",
                           "weekly#",
                           "monthly#0",
                           "monthly#32",
                           "monthly#-1",
                           "monthly#1x",
                           "monthly#001",
                           "monthly#",
                           "monthly #1",
                           "monthly#03-01",
                           "every_1_months#1",
                           "every_13_months#1",
                           "every__months#1",
                           "every_months#1",
                           "every_3_months#04-31",
                           "every_3_months#13-01",
                           "yearly#1",
                           "yearly#02-30",
                           "yearly#00-01",
                           "yearly#01-00",
                           "yearly#1-1",
                           "yearly#01/01"}) {
    const auto frequency = Frequency::parse(text);
    ASSERT_FALSE(frequency) << text;
    EXPECT_EQ(frequency.error().code, "bad_frequency");
  }
}

// Of the seven forms, from the given one on.
Frequency any_frequency(std::size_t form = 0) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const std::string of_month = std::to_string(*rc::gen::inRange(1, 32));
  const std::string month_day = two(*rc::gen::inRange(1, 13)) + "-" + two(*rc::gen::inRange(1, 29));
  const std::string texts[] = {
      "daily",
      "weekly#" + std::to_string(*rc::gen::inRange(1, 8)),
      "monthly#" + of_month,
      "every_" + std::to_string(*rc::gen::inRange(2, 13)) + "_months#" + of_month,
      "every_" + std::to_string(*rc::gen::inRange(2, 13)) + "_months#" + month_day,
      "yearly#" + month_day,
      "yearly#02-29",
  };
  return *Frequency::parse(texts[*rc::gen::inRange(form, std::size(texts))]);
}

base::Date any_day() {
  const std::int32_t first = day("0001-01-01").days(), last = day("9999-12-31").days();
  return base::Date::from_days(*rc::gen::inRange(first, last + 1));
}

RC_GTEST_PROP(Frequency, BoundariesAscendAndEnclose, ()) {
  const Frequency frequency = any_frequency();
  const base::Date day = any_day();
  const base::Date before = frequency.boundary_on_or_before(day);
  const base::Date after = frequency.boundary_after(day);
  RC_ASSERT(before <= day);
  RC_ASSERT(day < after);
  // Both are boundaries, and there is none between them.
  RC_ASSERT(frequency.boundary_on_or_before(before) == before);
  RC_ASSERT(frequency.boundary_on_or_before(after) == after);
  RC_ASSERT(frequency.boundary_after(before) == after);
  RC_ASSERT(frequency.boundary_on_or_before(after - 1) == before);
}

RC_GTEST_PROP(Frequency, PriceMonthsTileTheCalendar, ()) {
  const Frequency frequency = any_frequency();
  const base::Date day = any_day();
  const base::Period month = frequency.price_month(day);
  RC_ASSERT(month.contains(day));
  RC_ASSERT(month.days() >= 28 && month.days() <= 31);
  RC_ASSERT(frequency.price_month(month.from()) == month);
  RC_ASSERT(frequency.price_month(month.last_day()) == month);
  RC_ASSERT(frequency.price_month(month.to()).from() == month.to());
}

// So that a bill of a month or more always holds whole price months.
RC_GTEST_PROP(Frequency, MonthlyBoundariesArePriceMonthBoundaries, ()) {
  const Frequency frequency = any_frequency(2);
  const base::Date boundary = frequency.boundary_after(any_day());
  RC_ASSERT(frequency.price_month(boundary).from() == boundary);
}

RC_GTEST_PROP(Frequency, ReadsWhatItWrites, ()) {
  const Frequency frequency = any_frequency();
  RC_ASSERT(Frequency::parse(frequency.to_string()).value() == frequency);
}

}  // namespace
}  // namespace domain
