// katalog.json: the items it becomes, what usage costs by them, and sentences that are not known.
// The file here has Aurora's shape with other plans, prices and zones.
#include "formats/catalogue/katalog/katalog.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "domain/catalogue/catalogue_json.h"
#include "domain/rating/rating.h"
#include "formats/catalogue/catalogue_file.h"
#include "support/config/toml.h"
#include "support/json/parse.h"

namespace formats::katalog {
namespace {

using domain::Catalogue;
using domain::CatalogueItem;

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Setting aurora_setting() {
  const std::string path = TELGIRO_SOURCE_DIR "/operators/aurora/katalog.toml";
  return read_setting(*config::parse_toml(read_text(path), path), path).value();
}

constexpr std::string_view kOther =
    R"({
 "currency": "SEK", "vat_percent": "25", "prices": "excluding VAT unless said",
 "plans": {
  "FIBER50": "100", "PLAY-X": "50.40",
  "MOB1": {"month": "90", "data_gb": 1, "voice_min": 100, "sms": "unlimited"},
  "MOBALLT": {"month": "300", "data_gb": "unlimited", "eu_data_gb": 7},
  "MOBPAY": {"month": "0", "data_per_mb": "0.2", "voice_per_min": "0.6", "voice_start": "0.5",
             "sms": "0.4", "increment_s": "30/6"}},
 "add_ons": {"TRYGG": "10", "SURF3": {"month": "30", "data_gb": 3},
             "RESA": {"month": "40", "zones": ["NO", "JP"], "data_gb": 2}},
 "usage": {
  "over_data_per_gb_block": {"MOB1": "20"},
  "abroad": {"EU": "roam-like-at-home within the plan, fair use 4 GB", "NO": "as EU",
             "JP": {"data_per_mb": "3", "voice_per_min": "4", "sms": "1"}},
  "voice_to_other_countries_per_min": "2", "voice_increment_s": "60/1", "mms": "1.5",
  "voice_to_118118_per_min": "16", "voice_to_118118_start": "8", "voice_to_0900_per_min": "9",
  "notes": "118118 and 0900 numbers are never in unlimited voice; )"
    R"(mms.aurora is ordinary data; a cap of the plan (eu_data_gb) beats the general fair use; )"
    R"(what has no price here (MMS in JP) is refused with a reason, never billed at zero"},
 "one_off": {"ROUTER": "500"},
 "campaigns": {"KVART": "25 % off the broadband plan for the first 2 whole months"},
 "rules": {"billing": "monthly in advance for plans, in arrears for usage",
           "proration": "actual days of the month", "bill_day": 1, "due_days": 30,
           "ore_rounding": true,
           "paid": "direkt: a bill of its own, paid at the order by card"}})";

Katalog read(std::string_view text) {
  return read_katalog(json::parse(text).value(), aurora_setting(), "katalog.json");
}

TEST(Katalog, OtherPricesPlansAndZones) {
  const Katalog katalog = read(kOther);
  for (const auto& problem : katalog.problems) ADD_FAILURE() << base::describe(problem);
  EXPECT_EQ(katalog.currency.code(), "SEK");
  EXPECT_EQ(katalog.vat.value.to_string(), "25");
  const auto made = Catalogue::make(katalog.items);
  ASSERT_TRUE(made) << base::describe(made.error());
  const struct {
    const char *plan, *kind, *zone, *to;
    std::int64_t quantity;
    const char* expected;
  } rows[] = {
      {"MOB1", "data", "SE", "internet", 2'000'000, "DATA 2 0"},
      {"MOB1", "data", "EU", "mms.aurora", 2'000'000, "DATA-EU 2 0"},
      {"MOB1", "data", "JP", "internet", 2'000'000, "DATA-JP 2 6"},
      {"MOB1", "voice", "SE", "+46701234567", 61, "VOICE 1.0166666667 0"},
      {"MOB1", "voice", "SE", "", 61, "VOICE 1.0166666667 0"},
      {"MOB1", "voice", "SE", "+358401234567", 61, "VOICE-OTHER 1.0166666667 2.03333333"},
      {"MOBALLT", "voice", "NO", "+358401234567", 60, "VOICE-NO 1 0"},
      {"MOBALLT", "voice", "EU", "+12025550123", 60, "VOICE-OTHER 1 2"},
      {"MOBALLT", "voice", "JP", "+46701234567", 60, "VOICE-JP 1 4"},
      {"MOBALLT", "voice", "JP", "0900-12345", 60, "VOICE-0900 1 9"},
      {"MOBALLT", "voice", "SE", "118118", 60, "VOICE-118118 1 24"},
      {"MOBALLT", "sms", "NO", "+4712345678", 1, "SMS-NO 1 0"},
      {"MOBALLT", "sms", "JP", "", 1, "SMS-JP 1 1"},
      {"MOBPAY", "data", "NO", "internet", 1'000'000, "DATA-MOBPAY-NO 1 0.2"},
      {"MOBPAY", "voice", "SE", "", 31, "VOICE-MOBPAY 0.6 0.86"},
      {"MOBPAY", "voice", "EU", "+358401234567", 30, "VOICE-MOBPAY-EU 0.5 0.8"},
      {"MOBPAY", "voice", "SE", "+358401234567", 30, "VOICE-OTHER 0.5 1"},
      {"MOBPAY", "sms", "SE", "+358401234567", 1, "SMS-MOBPAY 1 0.4"},
      {"MOBPAY", "mms", "NO", "", 1, "MMS 1 1.5"},
      {"MOBPAY", "mms", "JP", "", 1, "no_price mms/JP/home"},
      {"MOB1", "data", "CH", "internet", 1, "no_price data/CH/other"},
      {"MOB1", "premium", "JP", "", 1, "no_price premium/JP/home"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(row.plan) + " " + row.kind + " " + row.zone + " " + row.to);
    domain::UsageEvent event;
    event.kind = row.kind;
    event.zone = row.zone;
    event.destination = row.to;
    event.day = *base::Date::make(2026, 10, 5);
    if (event.kind == "voice") event.duration_s = row.quantity;
    if (event.kind == "data") event.volume_bytes = row.quantity;
    domain::UsageTerms terms;
    terms.division = "mobile";
    terms.plan = row.plan;
    const auto rated = domain::rate_usage(event, terms, *made);
    EXPECT_EQ(
        rated ? rated->item + " " + rated->quantity.to_string() + " " + rated->amount.to_string()
              : rated.error().code + " " + rated.error().place,
        row.expected);
  }
  const auto* campaign = made->find("KVART", domain::ItemKind::kCampaign);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->campaign.plans, std::vector<std::string>{"FIBER50"});
  EXPECT_EQ(campaign->campaign.whole_months, 2);
}

TEST(Katalog, WhatIsNotUnderstoodIsNamed) {
  const struct {
    std::string_view from, to;
    std::string code, place;
  } rows[] = {
      {"\"currency\": \"SEK\"", "\"currency\": \"XXX\"", "katalog_bad_value", "currency"},
      {"excluding VAT unless said", "as agreed", "katalog_not_understood", "prices"},
      {"\"FIBER50\": \"100\"", "\"FIBER50\": \"-1\"", "katalog_bad_value", "plans.FIBER50"},
      {"\"FIBER50\": \"100\"", "\"FIBER50\": {\"month\": \"100\", \"speed\": 5}",
       "katalog_not_understood", "plans.FIBER50.speed"},
      {"PLAY-X", "RADIO-X", "katalog_unknown_division", "plans.RADIO-X"},
      {"\"data_gb\": 1,", "\"data_gb\": \"much\",", "katalog_bad_value", "plans.MOB1.data_gb"},
      {"\"eu_data_gb\": 7", "\"us_data_gb\": 7", "katalog_not_understood",
       "plans.MOBALLT.us_data_gb"},
      {"30/6", "often", "katalog_bad_value", "plans.MOBPAY.increment_s"},
      {"60/1", "0/0", "katalog_bad_value", "usage.voice_increment_s"},
      {"{\"MOB1\": \"20\"}", "{\"MOB1\": \"20\", \"MOB9\": \"20\"}", "katalog_unknown_plan",
       "usage.over_data_per_gb_block.MOB9"},
      {"fair use 4 GB", "fair use some GB", "katalog_not_understood", "usage.abroad.EU"},
      {"\"as EU\"", "\"as US\"", "katalog_not_understood", "usage.abroad.NO"},
      {"[\"NO\", \"JP\"]", "[\"NO\", \"JP\", \"XX\"]", "katalog_unknown_zone",
       "add_ons.RESA.zones"},
      {"(MMS in JP)", "(MMS in JP and XX)", "katalog_unknown_zone", "usage.notes"},
      {"mms.aurora is ordinary data", "mms.aurora is free on Sundays", "katalog_not_understood",
       "usage.notes"},
      {"118118 and 0900 numbers", "118118, 0900 and 0939 numbers", "katalog_not_understood",
       "usage.notes"},
      {"\"voice_to_0900_per_min\"", "\"fax_to_0900_per_min\"", "katalog_not_understood",
       "usage.fax_to_0900_per_min"},
      {"\"mms\": \"1.5\"", "\"mms\": \"1.5\", \"fax\": \"2\"", "katalog_not_understood",
       "usage.fax"},
      {"25 % off", "a quarter off", "katalog_not_understood", "campaigns.KVART"},
      {"first 2 whole", "first few whole", "katalog_not_understood", "campaigns.KVART"},
      {"actual days of the month", "roughly", "katalog_not_understood", "rules.proration"},
      {"\"bill_day\": 1", "\"bill_day\": 32", "katalog_not_understood", "rules.bill_day"},
      {"paid at the order by card", "paid by goodwill", "katalog_not_understood", "rules.paid"},
      {"\"one_off\": {\"ROUTER\": \"500\"}", "\"one_off\": [1]", "katalog_not_understood",
       "one_off"},
      {"\"TRYGG\": \"10\"", "\"TRYGG\": \"9999999999\"", "katalog_bad_value", "add_ons.TRYGG"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.to);
    std::string text(kOther);
    const std::size_t at = text.find(row.from);
    ASSERT_NE(at, std::string::npos);
    const Katalog got = read(text.replace(at, row.from.size(), row.to));
    const bool named = std::ranges::any_of(got.problems, [&](const base::Error& problem) {
      return problem.code == row.code && problem.place == "katalog.json: " + row.place;
    });
    EXPECT_TRUE(named) << (got.problems.empty() ? "no problem"
                                                : base::describe(got.problems.front()));
  }
}

TEST(Katalog, ProrationAndVatAreThoseOfTheFile) {
  std::string text(kOther);
  const auto replace = [&](std::string_view from, std::string_view to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("actual days of the month", "months of 30 days");
  replace("excluding VAT", "including VAT");
  for (const CatalogueItem& item : read(text).items) {
    for (const auto& row : item.prices) EXPECT_TRUE(row.includes_vat) << item.code;
    if (item.kind != domain::ItemKind::kPlan) continue;
    EXPECT_EQ(item.plan.proration, domain::ProrationRule::kFixed30) << item.code;
  }
}

// Everything but the names, which katalog.json does not have.
TEST(Katalog, AurorasFilesSayTheSame) {
  const std::string path = TELGIRO_SOURCE_DIR "/../shared/data/operator/katalog.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "../shared/data/operator is absent";
  Katalog katalog = read_katalog(*json::parse(read_text(path)), aurora_setting(), "katalog.json");
  for (const auto& problem : katalog.problems) ADD_FAILURE() << base::describe(problem);
  const std::string toml = TELGIRO_SOURCE_DIR "/operators/aurora/catalogue.toml";
  auto items = read_catalogue_items(*config::parse_toml(read_text(toml), toml), toml).items;
  for (CatalogueItem& item : items) {
    EXPECT_TRUE(item.names.contains("")) << item.code;
    item.names.clear();
  }
  std::ranges::sort(items, {}, &CatalogueItem::code);
  std::ranges::sort(katalog.items, {}, &CatalogueItem::code);
  ASSERT_EQ(items.size(), katalog.items.size());
  for (std::size_t at = 0; at < items.size(); ++at) {
    EXPECT_EQ(domain::to_json(items[at]).dump(), domain::to_json(katalog.items[at]).dump());
  }
}

TEST(Katalog, SettingMistakesAreNamed) {
  const struct {
    std::string_view text;
    std::string code, place;
  } rows[] = {
      {"country_zone = \"SE\"", "missing_member", "k.toml: calling_code"},
      {"zone = \"SE\"", "unknown_member", "k.toml: zone"},
      {"country_zone = \"SE\"\ncalling_code = \"+46\"\nvalid_from = \"soon\"", "bad_member",
       "k.toml: valid_from"},
  };
  for (const auto& row : rows) {
    const auto got = read_setting(*config::parse_toml(row.text, "k.toml"), "k.toml");
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code + " " + got.error().place, row.code + " " + row.place);
  }
}

}  // namespace
}  // namespace formats::katalog
