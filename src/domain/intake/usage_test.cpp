// What a record of usage may hold, which service had its number on a day, and the clocks' changes.
#include "domain/intake/usage.h"

#include <gtest/gtest.h>

#include <map>

#include "domain/intake/local_time.h"

namespace domain {
namespace {

using base::Date;

// Stockholm in 2026: an hour ahead, two from 29 March 01:00Z to 25 October 01:00Z.
const base::TimeZone& stockholm() {
  static const base::TimeZone kZone("Europe/Stockholm", 3600,
                                    {{*base::Instant::parse("2026-03-29T01:00:00Z"), 7200},
                                     {*base::Instant::parse("2026-10-25T01:00:00Z"), 3600}});
  return kZone;
}

Intake<UsageRecord> read(const std::map<std::string, std::string>& changes) {
  static const Catalogue kCatalogue;
  std::map<std::string, std::string> fields = {{"number", "r1"},
                                               {"msisdn", "0709000017"},
                                               {"at", "2026-09-30T22:30:00Z"},
                                               {"kind", "voice"},
                                               {"duration_s", "61"}};
  for (const auto& [name, text] : changes) fields[name] = text;
  Record record;
  for (const auto& [name, text] : fields) record.fields.push_back({name, "file_" + name, text});
  return read_usage(record, {.catalogue = kCatalogue,
                             .division = "mobile",
                             .country = "SE",
                             .today = *Date::make(2026, 11, 1),
                             .zone = &stockholm()});
}

TEST(Usage, GoodRecord) {
  const auto intake = read({{"destination", "+4681234567"}, {"zone", "EU"}, {"price", "19.90"}});
  ASSERT_TRUE(intake.value);
  const UsageRecord& usage = *intake.value;
  EXPECT_EQ(usage.service_number, "+46709000017");
  EXPECT_EQ(usage.event.day.to_string(), "2026-10-01");  // Half past midnight in Stockholm.
  EXPECT_EQ(usage.event.second_of_day, 1800);
  EXPECT_EQ(usage.event.day_kind, DayKind::kWorkday);
  EXPECT_EQ(usage.event.duration_s, 61);
  EXPECT_EQ(usage.event.pieces, 1);
  EXPECT_EQ(usage.event.given_price->amount.to_string(), "19.9");
  // A Saturday by then.
  EXPECT_EQ(read({{"at", "2026-10-02T22:30:00Z"}}).value->event.day_kind, DayKind::kWeekend);
  EXPECT_EQ(read({{"msisdn", ""}, {"service_number", "901332"}}).value->service_number, "901332");
}

TEST(Usage, WhatRefusesARecord) {
  const struct {
    std::string field, text, code;
  } rows[] = {
      {"number", "", "missing_value"},
      {"number", std::string(65, '1'), "number_too_long"},
      {"msisdn", "", "missing_value"},
      {"msisdn", "12", "bad_phone"},
      {"at", "", "missing_value"},
      {"at", "0001-01-01T10:00:00Z", "year_out_of_range"},
      {"at", "9999-12-31T10:00:00Z", "year_out_of_range"},
      {"at", "2031-01-01T10:00:00Z", "in_the_future"},
      {"at", "2026-11-01T23:00:00Z", "in_the_future"},  // The next day, in Stockholm.
      {"at", "2026-03-29T02:30:00 earlier", "no_such_time"},
      {"kind", "", "missing_value"},
      {"duration_s", "", "missing_value"},
      {"duration_s", "-60", "impossible_usage"},
      {"duration_s", "2678401", "impossible_usage"},
      {"volume_bytes", "10000000000001", "impossible_usage"},
      {"volume_bytes", "99999999999999999999", "impossible_usage"},
      {"pieces", "-1", "impossible_usage"},
      {"price", "-0.01", "bad_price"},
      {"price", "1000000.01", "bad_price"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.field + "=" + row.text);
    const auto intake = read({{row.field, row.text}});
    ASSERT_EQ(intake.refusals.size(), 1U);
    EXPECT_EQ(intake.refusals[0].code, row.code);
    EXPECT_EQ(intake.refusals[0].field, "file_" + row.field);
  }
}

TEST(Usage, SaysHowMuchWasUsed) {
  const struct {
    std::string kind, duration, volume, pieces, price;
    std::string refused;  // The field; empty: taken.
  } rows[] = {
      {"voice", "0", "", "", "", ""}, {"voice", "", "1000", "", "", "file_duration_s"},
      {"voice", "", "", "1", "", ""}, {"voice", "", "", "", "4.90", ""},
      {"data", "", "0", "", "", ""},  {"data", "61", "", "", "", "file_volume_bytes"},
      {"sms", "", "", "", "", ""},    {"premium", "", "", "", "19.90", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.kind + " " + row.duration + " " + row.volume + " " + row.pieces);
    const auto intake = read({{"kind", row.kind},
                              {"duration_s", row.duration},
                              {"volume_bytes", row.volume},
                              {"pieces", row.pieces},
                              {"price", row.price}});
    EXPECT_EQ(intake.value.has_value(), row.refused.empty());
    EXPECT_EQ(intake.refusals.empty() ? "" : intake.refusals[0].field, row.refused);
  }
}

TEST(LocalTime, TheHourThatIsTwiceAndTheOneThatIsNot) {
  const struct {
    std::string text, utc;
  } rows[] = {
      {"2026-10-25T01:59:59 earlier", "2026-10-24T23:59:59Z"},
      {"2026-10-25T02:30:00 earlier", "2026-10-25T00:30:00Z"},
      {"2026-10-25T02:30:00 later", "2026-10-25T01:30:00Z"},
      {"2026-10-25T03:00:00 earlier", "2026-10-25T02:00:00Z"},
      {"2026-03-29T01:59:59 later", "2026-03-29T00:59:59Z"},
      {"2026-03-29T02:00:00 later", "no_such_time"},
      {"2026-03-29T02:59:59 earlier", "no_such_time"},
      {"2026-03-29T03:00:00 earlier", "2026-03-29T01:00:00Z"},
      {"2026-02-29T03:00:00 earlier", "no_such_date"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    const auto at = parse_local_time(row.text, stockholm());
    EXPECT_EQ(at ? at->to_string() : at.error().code, row.utc);
  }
}

TEST(LocalTime, TheDayThatHas25Hours) {
  const auto wall = [](std::string_view utc) {
    const WallTime time = wall_time(*base::Instant::parse(utc), stockholm());
    return time.day.to_string() + " " + std::to_string(time.second_of_day);
  };
  EXPECT_EQ(wall("2026-10-24T22:00:00Z"), "2026-10-25 0");
  EXPECT_EQ(wall("2026-10-25T00:30:00Z"), "2026-10-25 9000");
  EXPECT_EQ(wall("2026-10-25T01:30:00Z"), "2026-10-25 9000");
  EXPECT_EQ(wall("2026-10-25T22:59:59Z"), "2026-10-25 86399");
  EXPECT_EQ(wall("2026-10-25T23:00:00Z"), "2026-10-26 0");
}

// A number that was one person's until June and another's from August, with a plan that changes,
// a pause, and a change that was said later about an earlier day.
TEST(ServiceTerms, WhoHadANumberOnADay) {
  const auto day = [](int month, int of) { return *Date::make(2026, month, of); };
  const auto service = [](std::uint8_t n) {
    base::IdBytes bytes{};
    bytes[0] = n;
    return ServiceId(bytes);
  };
  const auto revision = [&](std::uint8_t n, std::int64_t number, std::string plan, Date starts,
                            std::optional<Date> ends, std::optional<Date> from, bool paused) {
    return ServiceTerms{.account = {},
                        .service = service(n),
                        .revision = number,
                        .plan = std::move(plan),
                        .add_ons = {},
                        .campaign = {},
                        .starts = starts,
                        .ends = ends,
                        .holds_from = from,
                        .paused = paused};
  };
  const std::vector<ServiceTerms> all = {
      revision(1, 1, "OLD", day(1, 1), {}, {}, false),
      revision(1, 2, "OLD", day(1, 1), day(6, 1), {}, false),
      revision(2, 1, "A", day(8, 1), {}, {}, false),
      revision(2, 2, "C", day(8, 1), {}, day(10, 1), false),
      revision(2, 3, "C", day(8, 1), {}, day(10, 10), true),
      revision(2, 4, "C", day(8, 1), {}, day(10, 20), false),
      revision(2, 5, "B", day(8, 1), {}, day(9, 15), false),
      revision(2, 6, "C", day(8, 1), {}, day(10, 1), false),
  };
  const struct {
    Date on;
    std::string plan;
  } rows[] = {
      {day(1, 1), "OLD"},
      {day(5, 31), "OLD"},
      {day(6, 1), "!service_not_active"},
      {day(7, 31), "!service_not_active"},
      {day(8, 1), "A"},
      {day(9, 14), "A"},
      {day(9, 15), "B"},
      {day(10, 1), "C"},
      {day(10, 15), "C"},  // The pause was said before what holds from the first on.
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.on.to_string());
    const auto found = find_service(all, row.on);
    EXPECT_EQ(found ? (*found)->plan : "!" + found.error().code, row.plan);
  }
  const auto paused = std::span(all).subspan(2, 4);
  EXPECT_EQ(find_service(paused, day(10, 15)).error().code, "service_not_active");
  EXPECT_EQ((*find_service(paused, day(10, 20)))->plan, "C");
  EXPECT_EQ(find_service({}, day(1, 1)).error().code, "unknown_service");
}

}  // namespace
}  // namespace domain
