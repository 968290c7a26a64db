// Points in time and the local days of zones, at the changes of summer time and worse.
#include "base/time/instant.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/outcome.h"

namespace base {
namespace {

using tests::outcome;

constexpr std::int32_t kHour = 3600;

Instant at(std::string_view text) { return *Instant::parse(text); }
Date day(std::string_view text) { return *Date::parse(text); }

TimeZone stockholm() {
  return {"Europe/Stockholm",
          kHour,
          {{at("2026-03-29T01:00:00Z"), 2 * kHour}, {at("2026-10-25T01:00:00Z"), kHour}}};
}

TEST(Instant, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"2026-11-22T07:44:22Z", "2026-11-22T07:44:22Z"},
      {"2026-11-22 07:44:22Z", "2026-11-22T07:44:22Z"},
      {"2026-11-22T07:44:22.5Z", "2026-11-22T07:44:22.5Z"},
      {"2026-11-22T07:44:22.000001Z", "2026-11-22T07:44:22.000001Z"},
      {"2026-11-22T07:44:22+02:00", "2026-11-22T05:44:22Z"},
      {"2026-11-22T23:44:22-05:30", "2026-11-23T05:14:22Z"},
      {"1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.25Z"},
      {"2026-11-22T07:44:22", "!not_a_time"},  // Without a zone it is no point in time.
      {"2026-11-22T07:44:22.Z", "!not_a_time"},
      {"2026-11-22T07:44:22.1234567Z", "!not_a_time"},
      {"2026-11-22T24:00:00Z", "!not_a_time"},
      {"2026-11-22T07:44:60Z", "!not_a_time"},
      {"2026-11-22T07-44-22Z", "!not_a_time"},
      {"2026-11-22T07:44:22+0200", "!not_a_time"},
      {"2026-11-22T07:44:22+15:00", "!not_a_time"},
      {"2026-11-22T07:44:22Zulu", "!not_a_time"},
      {"2026-11-22", "!not_a_time"},
      {"", "!not_a_time"},
      {"2026-13-45T07:44:22Z", "!no_such_date"},
      {"0001-01-01T00:00:00+14:00", "!not_a_time"},  // Before the calendar begins.
      {"9999-12-31T23:59:59-01:00", "!not_a_time"},  // After it ends.
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(Instant::parse(row.text)), row.outcome) << row.text;
  }
}

TEST(Instant, WrittenAndReadBackIsTheSame) {
  EXPECT_TRUE(rc::check([] {
    const Instant instant{
        *rc::gen::inRange<std::int64_t>(-60'000'000'000'000'000, 250'000'000'000'000'000)};
    RC_ASSERT(*Instant::parse(instant.to_string()) == instant);
  }));
}

TEST(TimeZone, OffsetsChangeAtTheirInstant) {
  const TimeZone zone = stockholm();
  EXPECT_EQ(zone.offset_seconds(at("2026-01-01T00:00:00Z")), kHour);
  EXPECT_EQ(zone.offset_seconds(at("2026-03-29T00:59:59Z")), kHour);
  EXPECT_EQ(zone.offset_seconds(at("2026-03-29T01:00:00Z")), 2 * kHour);
  EXPECT_EQ(zone.offset_seconds(at("2026-12-01T00:00:00Z")), kHour);
  EXPECT_EQ(TimeZone().offset_seconds(at("2026-07-01T00:00:00Z")), 0);
}

TEST(TimeZone, LocalDate) {
  const TimeZone zone = stockholm();
  EXPECT_EQ(zone.local_date(at("2026-09-30T21:59:59Z")), day("2026-09-30"));
  EXPECT_EQ(zone.local_date(at("2026-09-30T22:00:00Z")), day("2026-10-01"));
  EXPECT_EQ(zone.local_date(at("2026-10-31T22:30:00Z")), day("2026-10-31"));
  EXPECT_EQ(zone.local_date(at("1969-12-31T23:30:00Z")), day("1970-01-01"));
}

TEST(TimeZone, StartOfDay) {
  const TimeZone havana{"America/Havana", -4 * kHour, {{at("2026-11-01T05:00:00Z"), -5 * kHour}}};
  const TimeZone sao_paulo{
      "America/Sao_Paulo",
      -3 * kHour,
      {{at("2018-11-04T03:00:00Z"), -2 * kHour}, {at("2019-02-17T02:00:00Z"), -3 * kHour}}};
  struct Row {
    const TimeZone& zone;
    std::string_view local, start;
  };
  const TimeZone swedish = stockholm();
  const Row rows[] = {
      {swedish, "2026-03-29", "2026-03-28T23:00:00Z"},  // A day of 23 hours.
      {swedish, "2026-03-30", "2026-03-29T22:00:00Z"},
      {swedish, "2026-10-25", "2026-10-24T22:00:00Z"},  // A day of 25 hours.
      {swedish, "2026-10-26", "2026-10-25T23:00:00Z"},
      {havana, "2026-11-01", "2026-11-01T04:00:00Z"},     // Midnight comes twice: the first one.
      {sao_paulo, "2018-11-04", "2018-11-04T03:00:00Z"},  // Clocks skip midnight: one o'clock.
      {sao_paulo, "2019-02-17", "2019-02-17T03:00:00Z"},  // The day before had 25 hours.
  };
  for (const Row& row : rows) {
    EXPECT_EQ(row.zone.start_of(day(row.local)).to_string(), row.start)
        << row.zone.name() << " " << row.local;
  }
}

// Property: each day begins where the one before ends, and its start reads as that day.
TEST(TimeZone, DaysFollowEachOther) {
  const TimeZone zone = stockholm();
  for (Date date = day("2026-01-01"); date < day("2027-01-01"); date = date + 1) {
    const Instant start = zone.start_of(date);
    ASSERT_EQ(zone.local_date(start), date);
    ASSERT_EQ(zone.local_date(start + -1), date - 1);
    const std::int64_t hours = (zone.start_of(date + 1) - start) / (kHour * kMicrosPerSecond);
    const bool changes = date == day("2026-03-29") || date == day("2026-10-25");
    ASSERT_EQ(hours, !changes ? 24 : date.month() == 3 ? 23 : 25) << date.to_string();
  }
}

TEST(VirtualClock, StandsUntilItIsSet) {
  VirtualClock clock(at("2026-11-22T07:44:22Z"));
  EXPECT_EQ(clock.now(), at("2026-11-22T07:44:22Z"));
  clock.set(at("2027-01-01T00:00:00Z"));
  EXPECT_EQ(clock.now(), at("2027-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace base
