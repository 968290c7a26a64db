// What one record costs: rows that a clerk can follow, the most specific item, steps of calls,
// and what is refused.
#include <gtest/gtest.h>

#include "domain/rating/rating_samples.h"

namespace domain {
namespace {

using samples::decimal;
using samples::price;

UsageEvent event(std::string kind, std::string zone, std::string destination,
                 std::int64_t quantity = 1) {
  UsageEvent made;
  made.kind = std::move(kind);
  made.zone = std::move(zone);
  made.destination = std::move(destination);
  made.day = samples::day("2026-10-05");
  if (made.kind == "voice") made.duration_s = quantity;
  if (made.kind == "data") made.volume_bytes = quantity;
  return made;
}

UsageTerms terms(std::string plan, std::vector<std::string> add_ons = {}) {
  UsageTerms made;
  made.division = "mobile";
  made.plan = std::move(plan);
  made.add_ons = std::move(add_ons);
  return made;
}

std::string told(const base::Result<RatedUsage>& rated) {
  if (!rated) return rated.error().code + " " + rated.error().place;
  return rated->item + " " + rated->quantity.to_string() + " " + rated->amount.to_string() +
         (rated->includes_vat ? " incl" : "");
}

TEST(RateUsage, WhatARecordCosts) {
  const Catalogue catalogue = samples::catalogue();
  const RatingBook book(catalogue);
  const struct {
    const char *plan, *kind, *zone, *to;
    std::int64_t quantity;
    const char* expected;
  } rows[] = {
      // At home: what an allowance may cover has no price of its own.
      {"FIVE", "data", "SE", "internet", 148'645'329, "DATA 148.645329 0"},
      {"FIVE", "data", "", "mms.aurora", 1, "DATA 0.000001 0"},
      {"METERED", "data", "SE", "internet", 1'500'000, "DATA-METERED 1.5 0.2268"},
      {"FIVE", "voice", "SE", "", 30, "VOICE 1 0"},
      {"FIVE", "voice", "SE", "070-123 45 67", 90, "VOICE 1.5 0"},
      {"METERED", "voice", "SE", "+46701234567", 61, "VOICE-METERED 2 1.656"},
      {"METERED", "voice", "SE", "0046701234567", 0, "VOICE-METERED 0 0"},
      // To others: 60/1, but 60/60 where the plan says so.
      {"FIVE", "voice", "SE", "+358401234567", 61, "VOICE-OTHER 1.0166666667 2.43186667"},
      {"METERED", "voice", "SE", "+358401234567", 61, "VOICE-OTHER 2 4.784"},
      {"FIVE", "voice", "SE", "+12025550123", 30, "VOICE-OTHER 1 2.392"},
      // In the EU numbers of the EEA are like those at home.
      {"FIVE", "voice", "EU", "+4712345678", 45, "VOICE-EU 1 0"},
      {"FIVE", "voice", "EU", "+12025550123", 60, "VOICE-OTHER 1 2.392"},
      // A number that is named wins wherever the caller is.
      {"FIVE", "voice", "SE", "118118", 60, "VOICE-118118 1 23.84"},
      {"FIVE", "voice", "US", "118 118", 60, "VOICE-118118 1 23.84"},
      {"FIVE", "voice", "US", "+46701234567", 61, "VOICE-US 1.0166666667 8.052"},
      {"METERED", "data", "US", "internet", 1'000'000, "DATA-US 1 7.2"},
      {"FREE", "mms", "EU", "", 1, "MMS 1 1.512"},
      // Without a price nothing is billed.
      {"FIVE", "mms", "US", "+358401234567", 1, "no_price mms/US/eea"},
      {"FIVE", "data", "SAT", "internet", 1, "no_price data/SAT/other"},
      {"FIVE", "fax", "SE", "", 1, "no_price fax/SE/home"},
      {"METERED", "data", "EU", "internet", 1, "no_price data/EU/other"},
      // What is no number, where the price depends on it.
      {"METERED", "voice", "SE", "abc", 61, "bad_destination voice"},
      {"METERED", "voice", "SE", "()", 61, "bad_destination voice"},
      {"METERED", "voice", "SE", "+", 61, "bad_destination voice"},
      {"METERED", "voice", "SE", "+46 70 x", 61, "bad_destination voice"},
      {"METERED", "voice", "SE", "123456789012345678901", 61, "bad_destination voice"},
      {"GONE", "voice", "SE", "", 30, "unknown_plan GONE"},
      {"FIVE", "voice", "SE", "", -1, "impossible_usage voice"},
      {"FIVE", "voice", "SE", "", 31 * 86'400 + 1, "impossible_usage voice"},
      {"FIVE", "data", "SE", "", 10'000'000'000'001, "impossible_usage data"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(row.plan) + " " + row.kind + " " + row.zone + " " + row.to);
    const auto rated = book.rate(event(row.kind, row.zone, row.to, row.quantity), terms(row.plan));
    EXPECT_EQ(told(rated), row.expected);
  }
}

TEST(RateUsage, AnAddOnMayCoverWhatThePlanDoesNot) {
  const Catalogue catalogue = samples::catalogue();
  EXPECT_EQ(told(rate_usage(event("data", "EU", "internet", 1'000'000), terms("METERED", {"SURF"}),
                            catalogue)),
            "DATA-EU 1 0");
}

TEST(RateUsage, TheRecordBringsItsPrice) {
  const Catalogue catalogue = samples::catalogue();
  UsageTerms play;
  play.division = "streaming";
  UsageEvent film = event("rental", "", "");
  EXPECT_EQ(told(rate_usage(film, play, catalogue)), "no_price rental//home");
  film.given_price = price("39.00");
  EXPECT_EQ(told(rate_usage(film, play, catalogue)), "FILM 1 39 incl");
  EXPECT_EQ(told(rate_usage(film, terms("FIVE"), catalogue)), "no_price rental//home");
  film.given_price = price("-39.00");
  EXPECT_EQ(told(rate_usage(film, play, catalogue)), "impossible_usage rental");
}

TEST(RateUsage, PeakHoursPercentagesAndBrands) {
  auto items = samples::items();
  const UsageMatch call = {{"call"}, {}, {}, {}, {}, {}};
  CatalogueItem peak = samples::usage("PEAK", call, UsageUnit::kMinute, "2");
  peak.usage.match.windows = {TimeWindow::parse("workdays 08:00-18:00").value()};
  CatalogueItem calm = samples::usage("CALM", call, UsageUnit::kMinute, "1");
  PriceRow of_brand = calm.prices.front();
  of_brand.price = price("0.50");
  calm.brand_prices["LOW"] = {of_brand};
  CatalogueItem fee =
      samples::usage("FEE", {{"wallet"}, {}, {}, {}, {}, {}}, UsageUnit::kMoney, "0");
  PriceTerms percent;
  percent.form = PriceForm::kPercentage;
  PriceTier tier;
  tier.unit = price("1.5");
  tier.fixed = price("0.30");
  percent.tiers = {tier};
  fee.prices.front().model = PriceModel::make(percent).value();
  items.insert(items.end(), {peak, calm, fee});
  const Catalogue catalogue = Catalogue::make(items).value();
  const struct {
    std::int32_t second;
    DayKind day;
    const char *brand, *expected;
  } rows[] = {
      {7 * 3600 + 3599, DayKind::kWorkday, "", "CALM 1 1"},
      {8 * 3600, DayKind::kWorkday, "", "PEAK 1 2"},
      {18 * 3600, DayKind::kWorkday, "", "CALM 1 1"},
      {8 * 3600, DayKind::kHoliday, "", "PEAK 1 2"},  // These windows go by the week alone.
      {8 * 3600, DayKind::kWeekend, "", "CALM 1 1"},
      {8 * 3600, DayKind::kWeekend, "LOW", "CALM 1 0.5"},
      {8 * 3600, DayKind::kWeekend, "HIGH", "CALM 1 1"},
  };
  for (const auto& row : rows) {
    UsageEvent called = event("call", "SE", "");
    called.duration_s = 60;
    called.second_of_day = row.second;
    called.day_kind = row.day;
    UsageTerms of = terms("FIVE");
    of.brand = row.brand;
    EXPECT_EQ(told(rate_usage(called, of, catalogue)), row.expected) << row.second << row.brand;
  }
  UsageEvent paid = event("wallet", "SE", "");
  paid.given_price = price("200");
  EXPECT_EQ(told(rate_usage(paid, terms("FIVE"), catalogue)), "FEE 200 3.3");
}

TEST(RateUsage, TheDearestRecordIsAnErrorNotAnOverflow) {
  auto items = samples::items();
  items.push_back(
      samples::usage("FEE", {{"wallet"}, {}, {}, {}, {}, {}}, UsageUnit::kMoney, "1000000000"));
  const Catalogue catalogue = Catalogue::make(items).value();
  UsageEvent paid = event("wallet", "SE", "");
  paid.given_price = price("1000000000");
  EXPECT_EQ(told(rate_usage(paid, terms("FIVE"), catalogue)), "amount_out_of_range ");
  paid.given_price = price("1000000001");
  EXPECT_EQ(told(rate_usage(paid, terms("FIVE"), catalogue)), "impossible_usage wallet");
}

TEST(RateUsage, ThePriceIsThatOfTheDay) {
  auto items = samples::items();
  for (CatalogueItem& item : items) {
    if (item.code != "VOICE-US") continue;
    PriceRow later = item.prices.front();
    later.valid_from = samples::day("2026-10-06");
    later.price = price("6");
    item.prices.push_back(later);
  }
  const Catalogue catalogue = Catalogue::make(items).value();
  UsageEvent called = event("voice", "US", "", 60);
  EXPECT_EQ(told(rate_usage(called, terms("FIVE"), catalogue)), "VOICE-US 1 7.92");
  called.day = samples::day("2026-10-06");
  EXPECT_EQ(told(rate_usage(called, terms("FIVE"), catalogue)), "VOICE-US 1 6");
  called.day = samples::day("2019-12-31");
  EXPECT_EQ(told(rate_usage(called, terms("FIVE"), catalogue)), "no_price voice/US/home");
}

// A price per minute is charged per second without a price per second.
TEST(RateUsage, WhatACallCosts) {
  const struct {
    const char *increments, *price, *connect_fee;
    UsageUnit unit;
    std::int64_t seconds;
    const char* amount;
  } rows[] = {
      {"1/1", "1", "0", UsageUnit::kSecond, 90, "90"},
      {"1/1", "1", "0", UsageUnit::kSecond, 0, "0"},
      {"1/1", "0.1", "0", UsageUnit::kMinute, 180, "0.3"},
      {"1/1", "0.1", "0", UsageUnit::kMinute, 1, "0.00166667"},
      {"60/60", "0.69", "0", UsageUnit::kMinute, 61, "1.38"},
      {"60/1", "0.69", "0", UsageUnit::kMinute, 61, "0.7015"},
      {"60/1", "0.69", "0.49", UsageUnit::kMinute, 61, "1.1915"},
      {"60/1", "0.69", "0.49", UsageUnit::kMinute, 0, "0"},  // A call that was not answered.
      {"30/6", "1.20", "0", UsageUnit::kMinute, 31, "0.72"},
      {"1/1", "0", "0.49", UsageUnit::kMinute, 7'200, "0.49"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(row.increments) + " of " + std::to_string(row.seconds));
    CatalogueItem call =
        samples::usage("CALL", {{"voice"}, {}, {}, {}, {}, {}}, row.unit, row.price);
    call.usage.increments = Increments::parse(row.increments).value();
    call.usage.connect_fee = price(row.connect_fee);
    const Catalogue catalogue = Catalogue::make({call}).value();
    const auto rated = RatingBook(catalogue).rate(event("voice", "", "", row.seconds), terms(""));
    ASSERT_TRUE(rated) << base::describe(rated.error());
    EXPECT_EQ(rated->amount.to_string(), row.amount);
  }
}

}  // namespace
}  // namespace domain
