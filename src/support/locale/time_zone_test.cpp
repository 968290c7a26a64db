// Zones of the system's database, also beyond the year where its lists end.
#include "support/locale/time_zone.h"

#include <gtest/gtest.h>

#include "support/locale/daylight_rule.h"

namespace locale {
namespace {

TEST(TimeZone, OffsetsByDay) {
  struct Row {
    std::string_view zone, at;
    int offset_hours;
  };
  const Row rows[] = {
      {"Europe/Stockholm", "1970-01-01T00:00:00Z", 1},
      {"Europe/Stockholm", "1979-07-01T00:00:00Z", 1},  // Summer time came in 1980.
      {"Europe/Stockholm", "2026-07-01T00:00:00Z", 2},
      {"Europe/Stockholm", "2026-11-22T00:00:00Z", 1},
      {"Europe/Stockholm", "2026-03-29T00:59:59Z", 1},
      {"Europe/Stockholm", "2026-03-29T01:00:00Z", 2},
      {"Europe/Stockholm", "2026-10-25T00:59:59Z", 2},
      {"Europe/Stockholm", "2026-10-25T01:00:00Z", 1},
      {"Europe/Stockholm", "2050-07-01T00:00:00Z", 2},  // The list ends in 2037.
      {"Europe/Stockholm", "2100-07-01T00:00:00Z", 2},
      {"Europe/Stockholm", "2100-12-31T23:00:00Z", 1},
      {"Europe/Helsinki", "2026-11-22T00:00:00Z", 2},
      {"Europe/Dublin", "2050-07-01T00:00:00Z", 1},  // Whose winter is the daylight time.
      {"Atlantic/Canary", "2026-11-22T00:00:00Z", 0},
      {"UTC", "2026-11-22T00:00:00Z", 0},
  };
  for (const Row& row : rows) {
    const auto zone = load_time_zone(row.zone);
    ASSERT_TRUE(zone.has_value()) << row.zone;
    EXPECT_EQ(zone->offset_seconds(*base::Instant::parse(row.at)), row.offset_hours * 3600)
        << row.zone << " " << row.at;
    EXPECT_EQ(zone->name(), row.zone);
  }
}

TEST(TimeZone, TheDayBeginsAtLocalMidnight) {
  const auto zone = load_time_zone("Europe/Stockholm");
  ASSERT_TRUE(zone.has_value());
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"2026-11-22", "2026-11-21T23:00:00Z"},
      {"2026-07-01", "2026-06-30T22:00:00Z"},
      {"2060-07-01", "2060-06-30T22:00:00Z"},
  };
  for (const auto& [day, start] : rows) {
    EXPECT_EQ(zone->start_of(*base::Date::parse(day)).to_string(), start);
  }
}

TEST(TimeZone, UnknownNames) {
  for (const std::string_view name :
       {"", "Europe/Atlantis", "../../etc/passwd", "/etc/passwd", "europe/stockholm"}) {
    const auto zone = load_time_zone(name);
    ASSERT_FALSE(zone.has_value()) << name;
    EXPECT_EQ(zone.error().code, "unknown_time_zone") << name;
  }
}

// "from: offset" of each change in a year.
std::string changes(std::string_view rule, int year) {
  const auto parsed = DaylightRule::parse(rule);
  if (!parsed) return parsed.error().code;
  std::string text;
  for (const auto& change : parsed->changes_in(year)) {
    text += change.from.to_string() + " " + std::to_string(change.offset_seconds) + ", ";
  }
  return text;
}

TEST(DaylightRule, ChangesInAYear) {
  EXPECT_EQ(changes("CET-1CEST,M3.5.0,M10.5.0/3", 2026),
            "2026-03-29T01:00:00Z 7200, 2026-10-25T01:00:00Z 3600, ");
  EXPECT_EQ(changes("EST5EDT,M3.2.0,M11.1.0", 2026),
            "2026-03-08T07:00:00Z -14400, 2026-11-01T06:00:00Z -18000, ");
  EXPECT_EQ(changes("AEST-10AEDT,M10.1.0,M4.1.0/3", 2026),  // South of the equator.
            "2026-04-04T16:00:00Z 36000, 2026-10-03T16:00:00Z 39600, ");
  EXPECT_EQ(changes("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026),  // Greenland, a negative hour.
            "2026-03-29T01:00:00Z -3600, 2026-10-25T01:00:00Z -7200, ");
  EXPECT_EQ(changes("<+0545>-5:45", 2026), "");
  EXPECT_EQ(changes("UTC0", 2026), "");
}

TEST(DaylightRule, Refused) {
  for (const std::string_view rule :
       {"", "C", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,J60,J300", "CET-1CEST,M3.5.0,M10.5.0/3x", "<+01-1", "CET-999"}) {
    EXPECT_EQ(changes(rule, 2026), "bad_daylight_rule") << rule;
  }
}

}  // namespace
}  // namespace locale
