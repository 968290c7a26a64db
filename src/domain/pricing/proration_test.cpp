// Which share of a price some days cost under each rule, over short months, leap years and months
// that begin on another day; and that parts add up to the whole where the rule says so.
#include "domain/pricing/proration.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

#include "base/money/money.h"

namespace domain {
namespace {

using base::Date;
using base::Period;

Date day(std::string_view text) { return Date::parse(text).value(); }

// "2026-10-28..2026-11-01": the end is the first day without.
Period days(std::string_view text) {
  return Period::make(day(text.substr(0, 10)), day(text.substr(12))).value();
}

TEST(Proration, TheShareOfSomeDays) {
  using enum ProrationRule;
  constexpr std::string_view kOctober = "2026-10-01..2026-11-01";
  constexpr std::string_view kFebruary = "2026-02-01..2026-03-01";
  struct Row {
    ProrationRule rule;
    std::string_view used, month;
    Share share;
  };
  const Row rows[] = {
      {kActualDays, "2026-10-28..2026-11-01", kOctober, {4, 31}},
      {kActualDays, "2026-10-01..2026-11-01", kOctober, {31, 31}},
      {kActualDays, "2026-10-10..2026-10-10", kOctober, {0, 31}},
      {kActualDays, "2024-02-29..2024-03-01", "2024-02-01..2024-03-01", {1, 29}},
      {kActualDays, "2012-03-02..2012-03-31", "2012-02-29..2012-03-31", {29, 31}},
      {kActualDays, "2026-01-01..2026-02-01", "2026-01-01..2027-01-01", {31, 365}},
      {kActualDays, "2024-03-10..2024-03-11", "2024-03-01..2024-04-01", {1, 31}},

      {kFixed30, "2026-10-28..2026-11-01", kOctober, {3, 30}},
      {kFixed30, "2026-10-01..2026-11-01", kOctober, {30, 30}},
      {kFixed30, "2026-10-10..2026-10-10", kOctober, {0, 30}},
      {kFixed30, "2026-10-30..2026-11-01", kOctober, {1, 30}},
      {kFixed30, "2026-10-30..2026-10-31", kOctober, {0, 30}},  // The 31st is the 30th.
      {kFixed30, "2026-10-31..2026-11-01", kOctober, {1, 30}},
      {kFixed30, "2026-02-01..2026-03-01", kFebruary, {30, 30}},
      {kFixed30, "2026-02-10..2026-03-01", kFebruary, {21, 30}},
      {kFixed30, "2026-02-28..2026-03-01", kFebruary, {3, 30}},
      {kFixed30, "2024-02-28..2024-03-01", "2024-02-01..2024-03-01", {3, 30}},
      {kFixed30, "2023-05-15..2023-05-23", "2023-04-23..2023-05-23", {8, 30}},
      {kFixed30, "2023-05-23..2023-06-15", "2023-05-15..2023-06-15", {22, 30}},
      {kFixed30, "2026-01-31..2026-02-28", "2026-01-31..2026-02-28", {30, 30}},
      {kFixed30, "2026-02-28..2026-03-31", "2026-02-28..2026-03-31", {30, 30}},
      {kFixed30, "2026-02-15..2026-04-01", "2026-01-01..2026-04-01", {46, 90}},
      {kFixed30, "2026-01-01..2027-01-01", "2026-01-01..2027-01-01", {360, 360}},

      {kWholePeriod, "2026-10-31..2026-11-01", kOctober, {1, 1}},
      {kWholePeriod, "2026-10-31..2026-10-31", kOctober, {0, 1}},
      {kWholePeriod, "2026-10-01..2026-11-01", kOctober, {1, 1}},

      {kNone, "2026-10-01..2026-11-01", kOctober, {1, 1}},
      {kNone, "2026-10-02..2026-11-01", kOctober, {0, 1}},
      {kNone, "2026-10-01..2026-10-31", kOctober, {0, 1}},

      {kBySecond, "2026-10-28..2026-11-01", kOctober, {345'600, 2'678'400}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(to_text(row.rule)) + " " + std::string(row.used));
    const Share share = share_of(row.rule, days(row.used), days(row.month));
    EXPECT_EQ(share.numerator, row.share.numerator);
    EXPECT_EQ(share.denominator, row.share.denominator);
  }
}

TEST(Proration, SecondsAreThoseOfTheZonesDays) {
  // As in Stockholm: an hour is skipped on 2026-03-29, and one comes twice on 2026-10-25.
  constexpr std::int32_t kWinter = 3'600, kSummer = 7'200;
  const base::TimeZone zone("Test", kWinter,
                            {{base::Instant::parse("2026-03-29T01:00:00Z").value(), kSummer},
                             {base::Instant::parse("2026-10-25T01:00:00Z").value(), kWinter}});
  struct Row {
    std::string_view used, month;
    Share share;
  };
  const Row rows[] = {
      {"2026-03-29..2026-03-30", "2026-03-01..2026-04-01", {23 * 3'600, 743 * 3'600}},
      {"2026-03-01..2026-03-02", "2026-03-01..2026-04-01", {24 * 3'600, 743 * 3'600}},
      {"2026-10-25..2026-10-26", "2026-10-01..2026-11-01", {25 * 3'600, 745 * 3'600}},
      {"2026-10-01..2026-11-01", "2026-10-01..2026-11-01", {745 * 3'600, 745 * 3'600}},
      {"2026-10-05..2026-10-05", "2026-10-01..2026-11-01", {0, 745 * 3'600}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.used);
    EXPECT_EQ(share_of(ProrationRule::kBySecond, days(row.used), days(row.month), &zone),
              row.share);
  }
}

TEST(Proration, TheEndIsWithoutOrWith) {
  struct Row {
    std::string_view from, to;
    PeriodEnd end;
    int days;  // -1: refused.
  };
  const Row rows[] = {
      {"2023-02-01", "2023-02-25", PeriodEnd::kExclusive, 24},
      {"2023-02-01", "2023-02-25", PeriodEnd::kInclusive, 25},
      {"2023-02-01", "2023-02-01", PeriodEnd::kExclusive, 0},
      {"2023-02-01", "2023-02-01", PeriodEnd::kInclusive, 1},
      {"2023-02-01", "2023-01-31", PeriodEnd::kInclusive, 0},
      {"2023-02-01", "2023-01-31", PeriodEnd::kExclusive, -1},
      {"2023-02-01", "2023-01-30", PeriodEnd::kInclusive, -1},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.to) + " " + std::string(to_text(row.end)));
    const auto used = days_used(day(row.from), day(row.to), row.end);
    EXPECT_EQ(used ? used->days() : -1, row.days);
  }
}

TEST(Proration, NamesAreReadAsTheyAreWritten) {
  for (const std::string_view text :
       {"actual_days", "fixed_30", "whole_period", "none", "by_second"}) {
    EXPECT_EQ(to_text(parse_proration_rule(text).value()), text);
  }
  for (const std::string_view text : {"exclusive", "inclusive"}) {
    EXPECT_EQ(to_text(parse_period_end(text).value()), text);
  }
  EXPECT_EQ(parse_proration_rule("daily").error().code, "unknown_value");
  EXPECT_EQ(parse_period_end("").error().code, "unknown_value");
}

// --- What holds for any days of any month.

int up_to(int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, most + 1)); }

// A price period of one, three or twelve months that begins on any day; the 31st snaps back.
Period any_month() {
  const Date anchor = Date::parse("2019-01-01").value() + up_to(30);  // Any day of January.
  const int months[] = {1, 3, 12};
  const int first = up_to(60);
  return Period::make(base::add_months(anchor, first),
                      base::add_months(anchor, first + months[up_to(2)]))
      .value();
}

constexpr ProrationRule kDividing[] = {ProrationRule::kActualDays, ProrationRule::kFixed30,
                                       ProrationRule::kBySecond};

TEST(Proration, ThePartsAreTheWhole) {
  EXPECT_TRUE(rc::check([] {
    const ProrationRule rule = kDividing[up_to(2)];
    const Period month = any_month();
    const Share whole = share_of(rule, month, month);
    RC_ASSERT(whole.numerator == whole.denominator);
    std::int64_t sum = 0;
    for (Date from = month.from(); from < month.to();) {
      const Date to = std::min(month.to(), from + 1 + up_to(20));
      const Share part = share_of(rule, Period::make(from, to).value(), month);
      RC_ASSERT(part.denominator == whole.denominator);
      RC_ASSERT(part.numerator >= 0);
      sum += part.numerator;
      from = to;
    }
    RC_ASSERT(sum == whole.numerator);
  }));
}

TEST(Proration, NoShareIsMoreThanTheWhole) {
  EXPECT_TRUE(rc::check([] {
    const ProrationRule rule = *rc::gen::element(
        ProrationRule::kActualDays, ProrationRule::kFixed30, ProrationRule::kWholePeriod,
        ProrationRule::kNone, ProrationRule::kBySecond);
    const Period month = any_month();
    const Date from = month.from() + up_to(month.days());
    const Period used = Period::make(from, from + up_to(month.to() - from)).value();
    const Share share = share_of(rule, used, month);
    RC_ASSERT(0 <= share.numerator);
    RC_ASSERT(share.numerator <= share.denominator);
    RC_ASSERT(!used.is_empty() || share.numerator == 0);
    RC_ASSERT(used != month || share.numerator == share.denominator);
  }));
}

// Days billed and days taken back of one month leave the month's price, to the cent, where the
// rest is taken as the difference; rounded alone, n parts are at most n half cents off.
TEST(Proration, RoundedPartsStayNearTheWhole) {
  EXPECT_TRUE(rc::check([] {
    const ProrationRule rule = kDividing[up_to(2)];
    const Period month = any_month();
    const base::Money price(up_to(1'000'000), base::Currency());
    std::int64_t sum = 0, parts = 0;
    for (Date from = month.from(); from < month.to(); ++parts) {
      const Date to = std::min(month.to(), from + 1 + up_to(20));
      const Share share = share_of(rule, Period::make(from, to).value(), month);
      sum += base::scale(price, share.numerator, share.denominator, base::RoundingMode::kHalfUp)
                 .minor();
      from = to;
    }
    RC_ASSERT(2 * std::abs(sum - price.minor()) <= parts);
  }));
}

}  // namespace
}  // namespace domain
