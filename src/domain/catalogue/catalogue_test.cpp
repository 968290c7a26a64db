// The catalogue's rules: every mistake by name, windows and steps, prices by day and brand, what a
// new file changes.
#include "domain/catalogue/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "domain/catalogue/catalogue_diff.h"
#include "domain/catalogue/catalogue_json.h"
#include "support/json/parse.h"

namespace domain {
namespace {

// A sound catalogue of one of each, as JSON, one item a line.
constexpr std::string_view kSound = R"([
{"code":"CAMP","kind":"campaign","division":"m","name":"C","plans":["PLAN"],"off_percent":"50",
 "whole_months":3},
{"code":"DATA","kind":"usage","division":"m","name":"D","kinds":["data"],"zones":["SE"],
 "unit":"MB","pools":["data"]},
{"code":"EXTRA","kind":"usage","division":"m","name":"E","kinds":["data"],
 "plans":["PLAN"],"unit":"MB","prices":[{"valid_from":"2020-01-01","price":"1"}]},
{"code":"OVER","kind":"usage","division":"m","name":"O","unit":"GB","scope":"month"
 ,"prices":[{"valid_from":"2020-01-01","price":"40"}]},
{"code":"PLAN","kind":"plan","division":"m","name":"P",
 "allowances":[{"pool":"data","amount":"5","unit":"GB","over":"OVER"}],
 "prices":[{"valid_from":"2020-01-01","price":"10"},{"valid_from":"2026-01-01","price":"12"}]},
{"code":"home","kind":"number_class","division":"m","name":"H","numbers":["","+46"]}
])";

base::Result<std::vector<CatalogueItem>> read(std::string_view text) {
  std::vector<CatalogueItem> items;
  const auto json = json::parse(text).value();
  for (const auto& each : *json.as_array()) {
    items.push_back(TRY(read_catalogue_item(each, std::to_string(items.size()), {})));
  }
  return items;
}

std::string changed(std::string_view from, std::string_view to) {
  std::string text(kSound);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Catalogue, MistakesAreNamedWithTheirPlace) {
  const auto sound = find_catalogue_errors(read(kSound).value());
  ASSERT_TRUE(sound.empty()) << base::describe(sound.front());
  const struct {
    std::string_view from, to;
    std::string code, place;
  } rows[] = {
      // Prices in time.
      {"\"valid_from\":\"2026-01-01\"", "\"valid_from\":\"2019-01-01\"", "catalogue_price_order",
       "PLAN"},
      {"\"price\":\"10\"}", "\"price\":\"10\",\"valid_to\":\"2025-01-01\"}", "catalogue_price_gap",
       "PLAN"},
      {"\"price\":\"10\"}", "\"price\":\"10\",\"valid_to\":\"2027-01-01\"}",
       "catalogue_price_overlap", "PLAN"},
      {"\"price\":\"12\"}", "\"price\":\"12\",\"valid_to\":\"2027-01-01\"}", "catalogue_price_gap",
       "PLAN"},
      {"\"valid_from\":\"2020-01-01\",\"price\":\"10\"",
       "\"valid_from\":\"0001-01-01\",\"price\":\"10\"", "catalogue_impossible_day", "PLAN"},
      {"2026-01-01", "9999-12-31", "catalogue_impossible_day", "PLAN"},
      {"\"price\":\"10\"}", "\"price\":\"10\",\"vat_class\":\"\"}", "catalogue_vat_gap", "PLAN"},
      {",\"prices\":[{\"valid_from\":\"2020-01-01\",\"price\":\"40\"}]", "", "catalogue_no_price",
       "OVER"},
      // Names that lead nowhere.
      {"\"plans\":[\"PLAN\"],\"off", "\"plans\":[\"PLANE\"],\"off", "catalogue_unknown_plan",
       "CAMP"},
      {"\"plans\":[\"PLAN\"],\"unit", "\"plans\":[\"PLANE\"],\"unit", "catalogue_unknown_plan",
       "EXTRA"},
      {"\"over\":\"OVER\"", "\"over\":\"OVERS\"", "catalogue_unknown_item", "PLAN"},
      {"\"pools\":[\"data\"]", "\"pools\":[\"surf\"]", "catalogue_unknown_pool", "DATA"},
      {"\"pool\":\"data\"", "\"pool\":\"surf\"", "catalogue_unknown_pool", "PLAN"},
      {"\"zones\":[\"SE\"]", "\"classes\":[\"abroad\"]", "catalogue_unknown_number_class", "DATA"},
      {"\"code\":\"home\"", "\"code\":\"PLAN\"", "catalogue_duplicate", "PLAN"},
      // Terms that cannot be meant.
      {"\"unit\":\"GB\",\"over\"", "\"unit\":\"piece\",\"over\"", "catalogue_bad_terms", "PLAN"},
      {"\"amount\":\"5\",\"unit\":\"GB\",\"over\":\"OVER\"}",
       "\"amount\":\"5\",\"unit\":\"GB\"},{\"pool\":\"data\",\"amount\":\"1\",\"unit\":\"GB\"}",
       "catalogue_bad_terms", "PLAN"},
      {"\"name\":\"P\"", "\"name\":\"P\",\"counted\":true", "catalogue_bad_terms", "PLAN"},
      {"\"name\":\"P\"", "\"name\":\"P\",\"bill_at\":[\"20\",\"10\"]", "catalogue_bad_terms",
       "PLAN"},
      {"\"scope\":\"month\"", "\"scope\":\"record\"", "catalogue_bad_usage", "OVER"},
      {"\"scope\":\"month\"", "\"scope\":\"month\",\"connect_fee\":\"1\"", "catalogue_bad_usage",
       "OVER"},
      {"\"zones\":[\"SE\"]", "\"prefixes\":[\"1\"],\"classes\":[\"home\"]", "catalogue_bad_usage",
       "DATA"},
      {"\"pools\":[\"data\"]}", "\"pools\":[\"data\"],\"price_from_record\":true}",
       "catalogue_bad_usage", "DATA"},
      {"\"pools\":[\"data\"]}", "\"increments\":\"1/1\"}", "catalogue_no_price", "DATA"},
      {"[\"\",\"+46\"]", "[]", "catalogue_bad_usage", "home"},
      {"[\"\",\"+46\"]", "[\"+46\",\"+46\"]", "catalogue_number_twice", "home"},
      {"\"off_percent\":\"50\"", "\"off_percent\":\"0\"", "catalogue_bad_campaign", "CAMP"},
      {"\"off_percent\":\"50\"",
       "\"off_percent\":\"50\",\"starts\":\"2026-02-01\",\"ends\":\"2026-01-01\"",
       "catalogue_bad_campaign", "CAMP"},
      // A plan that ends before the campaign does.
      {"\"name\":\"P\"", "\"name\":\"P\",\"ends\":\"2020-03-01\"", "catalogue_campaign_too_long",
       "CAMP"},
      {"\"name\":\"P\"", "\"name\":\"P\",\"ends\":\"9999-12-31\"", "catalogue_impossible_day",
       "PLAN"},
      // A plan that charges itself.
      {"\"unit\":\"GB\",\"scope\":\"month\"",
       "\"unit\":\"GB\",\"scope\":\"month\",\"pools\":[\"data\"]", "catalogue_cycle", "PLAN"},
      // Two items for one record.
      {"\"plans\":[\"PLAN\"],\"unit", "\"zones\":[\"SE\",\"NO\"],\"unit", "catalogue_ambiguous",
       "DATA"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.to);
    auto items = read(changed(row.from, row.to));
    ASSERT_TRUE(items) << base::describe(items.error());
    std::ranges::stable_sort(*items, {}, &CatalogueItem::code);
    const auto errors = find_catalogue_errors(*items);
    const bool named = std::ranges::any_of(errors, [&](const base::Error& error) {
      return error.code == row.code && error.place == row.place;
    });
    EXPECT_TRUE(named) << (errors.empty() ? "no error" : base::describe(errors.front()));
    EXPECT_FALSE(Catalogue::make(*items));
  }
}

TEST(Catalogue, AmbiguityNamesBoth) {
  auto items = read(changed("\"plans\":[\"PLAN\"],\"unit", "\"zones\":[\"SE\"],\"unit")).value();
  const auto errors = find_catalogue_errors(items);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_NE(errors.front().text.find("DATA and EXTRA"), std::string::npos);
  // In other hours they are two.
  items[1].usage.match.windows = {TimeWindow::parse("workdays").value()};
  items[2].usage.match.windows = {TimeWindow::parse("weekends").value()};
  EXPECT_TRUE(find_catalogue_errors(items).empty());
}

TEST(Catalogue, TiersAndFormsAreCheckedWhereTheyStand) {
  const struct {
    std::string_view price;
    std::string code;
  } rows[] = {
      {R"("form":"graduated","tiers":[{"up_to":"5"},{"up_to":"3"},{}])", "price_tier_order"},
      {R"("form":"graduated","tiers":[{"up_to":"5","unit":"1"}])", "price_tier_open"},
      {R"("form":"graduated")", "price_without_tier"},
      {R"("form":"rising","tiers":[])", "bad_member"},
      {R"("form":"flat","price":"1","tiers":[])", "bad_member"},
      {R"("price":"1000000001")", "bad_member"},
      {R"("price":"1","tiers":[])", "unknown_member"},
  };
  for (const auto& row : rows) {
    const auto items = read(changed("\"price\":\"10\"", row.price));
    ASSERT_FALSE(items) << row.price;
    EXPECT_EQ(items.error().code, row.code) << row.price;
  }
}

TEST(Catalogue, StepsAndWindows) {
  const struct {
    const char* increments;
    std::int64_t quantity, counted;
  } steps[] = {{"60/60", 0, 0},  {"60/60", 1, 60}, {"60/60", 60, 60}, {"60/60", 61, 120},
               {"60/1", 1, 60},  {"60/1", 61, 61}, {"30/6", 31, 36},  {"30/6", 36, 36},
               {"30/6", 37, 42}, {"0/10", 1, 10}};
  for (const auto& row : steps) {
    EXPECT_EQ(Increments::parse(row.increments)->count(row.quantity), row.counted)
        << row.increments << " " << row.quantity;
  }
  for (const char* bad : {"", "60", "60/0", "-1/1", "a/b", "60/60/60"}) {
    EXPECT_FALSE(Increments::parse(bad)) << bad;
  }
  const struct {
    const char* window;
    std::int32_t second;
    DayKind day;
    bool within;
  } windows[] = {{"workdays 08:00-18:00", 28'800, DayKind::kWorkday, true},
                 {"workdays 08:00-18:00", 64'800, DayKind::kWorkday, false},
                 {"workdays 08:00-18:00", 28'800, DayKind::kWeekend, false},
                 {"workdays 08:00-18:00", 28'800, DayKind::kHoliday, true},
                 {"workdays_except_holidays 08:00-18:00", 28'800, DayKind::kHoliday, false},
                 {"workdays_except_holidays 08:00-18:00", 28'800, DayKind::kWorkday, true},
                 {"weekends", 0, DayKind::kWeekend, true},
                 {"weekends", 0, DayKind::kHoliday, false},
                 {"weekends_and_holidays", 0, DayKind::kHoliday, true},
                 {"weekends_and_holidays", 0, DayKind::kWeekend, true},
                 {"weekends_and_holidays", 0, DayKind::kWorkday, false},
                 {"all 22:00-06:00", 79'200, DayKind::kWorkday, true},
                 {"all 22:00-06:00", 21'599, DayKind::kWeekend, true},
                 {"all 22:00-06:00", 21'600, DayKind::kWorkday, false},
                 {"all 00:00-24:00", 86'399, DayKind::kWorkday, true}};
  for (const auto& row : windows) {
    const auto window = TimeWindow::parse(row.window);
    ASSERT_TRUE(window) << row.window;
    EXPECT_EQ(window->contains(row.second, row.day), row.within) << row.window << row.second;
    EXPECT_EQ(TimeWindow::parse(window->to_string()), *window);
  }
  for (const char* bad : {"", "never", "all 8-18", "all 25:00-26:00", "all 08:00-08:00"}) {
    EXPECT_FALSE(TimeWindow::parse(bad)) << bad;
  }
  const auto overlap = [](const char* a, const char* b) {
    return TimeWindow::parse(a)->overlaps(*TimeWindow::parse(b));
  };
  EXPECT_TRUE(overlap("all 22:00-06:00", "workdays 05:00-07:00"));
  EXPECT_FALSE(overlap("all 22:00-06:00", "workdays 06:00-22:00"));
  EXPECT_FALSE(overlap("weekends", "workdays"));
  EXPECT_FALSE(overlap("weekends_and_holidays", "workdays_except_holidays"));
  EXPECT_TRUE(overlap("weekends_and_holidays", "workdays"));  // On a holiday.
  EXPECT_TRUE(overlap("workdays_except_holidays", "workdays"));
  EXPECT_TRUE(overlap("all 22:00-06:00", "all 23:00-01:00"));
}

TEST(Catalogue, PricesByDayAndBrand) {
  auto plan = read(kSound).value()[4];
  PriceRow low = plan.prices.front();
  low.valid_from = base::Date::parse("2026-06-01").value();
  low.price = {base::Decimal::from_integer(7)};
  plan.brand_prices["LOW"] = {low};
  plan.prices.back().valid_to = base::Date::parse("2027-01-01").value();
  const struct {
    const char *day, *brand, *price;
  } rows[] = {{"2019-12-31", "", "no_price"}, {"2020-01-01", "", "10"},
              {"2026-12-31", "", "12"},       {"2027-01-01", "", "no_price"},
              {"2026-05-31", "LOW", "12"},    {"2026-06-01", "LOW", "7"},
              {"2026-06-01", "HIGH", "12"}};
  for (const auto& row : rows) {
    const auto price = Catalogue::price_on(plan, base::Date::parse(row.day).value(), row.brand);
    EXPECT_EQ(price ? price->price.amount.to_string() : price.error().code, row.price)
        << row.day << row.brand;
  }
}

// A brand's own prices must leave no day of its own without one.
TEST(Catalogue, GapsBetweenTheOnesOfABrandAreNamed) {
  const auto row = [](std::string_view from, std::string_view to) {
    PriceRow made{.valid_from = base::Date::parse(from).value(),
                  .price = {base::Decimal::from_integer(7)}};
    if (!to.empty()) made.valid_to = base::Date::parse(to).value();
    return made;
  };
  const struct {
    const char* what;
    std::vector<PriceRow> prices, low;
    std::string errors;
  } rows[] = {
      {"a gap between two",
       {row("2020-01-01", "")},
       {row("2026-01-01", "2026-03-01"), row("2026-04-01", "")},
       "catalogue_price_gap"},
      {"the price for all goes on", {row("2020-01-01", "")}, {row("2026-01-01", "2026-03-01")}, ""},
      {"none goes on",
       {row("2026-06-01", "")},
       {row("2026-01-01", "2026-03-01")},
       "catalogue_price_gap"},
      {"they meet",
       {row("2026-06-01", "")},
       {row("2026-01-01", "2026-03-01"), row("2026-03-01", "2026-06-01")},
       ""},
      {"both hold",
       {row("2026-06-01", "")},
       {row("2026-01-01", "2026-03-01"), row("2026-02-01", "")},
       "catalogue_price_overlap"},
  };
  for (const auto& each : rows) {
    CatalogueItem router{.code = "ROUTER",
                         .kind = ItemKind::kOneOff,
                         .division = "broadband",
                         .names = {},
                         .prices = each.prices,
                         .campaign = {}};
    router.brand_prices["LOW"] = each.low;
    std::string errors;
    for (const base::Error& error : find_catalogue_errors({&router, 1})) errors += error.code;
    EXPECT_EQ(errors, each.errors) << each.what;
  }
}

TEST(Catalogue, WhatAFileChanges) {
  const auto stored = read(kSound).value();
  auto items = read(changed("\"price\":\"12\"", "\"price\":\"13\"")).value();
  items.erase(items.begin());
  items.back().code = "homes";
  for (CatalogueItem& item : items) item.names.clear();
  items = keep_names(stored, items);
  std::vector<std::string> told;
  for (const ItemChange& change : diff_catalogue(stored, items)) {
    std::string line = change.code + " " + std::string(to_text(change.fate));
    for (const MemberChange& member : change.members) line += " " + member.member;
    told.push_back(line);
  }
  EXPECT_EQ(told, (std::vector<std::string>{"CAMP not_in_file", "PLAN changed prices",
                                            "home not_in_file", "homes added"}));
  EXPECT_EQ(merge_catalogue(stored, items).size(), 7U);
  EXPECT_TRUE(diff_catalogue(stored, stored).empty());
}

TEST(Catalogue, PricesWithoutAVatRateAreNamed) {
  const auto gaps = find_vat_gaps(
      read(kSound).value(), [](std::string_view, base::Date day) -> base::Result<base::Percent> {
        if (day.year() < 2026) return base::fail("no_rule_for_day", "no rate", "");
        return base::Percent{base::Decimal::from_integer(25)};
      });
  std::vector<std::string> places;
  for (const auto& gap : gaps) places.push_back(gap.code + " " + gap.place);
  EXPECT_EQ(places, (std::vector<std::string>{"catalogue_vat_gap EXTRA", "catalogue_vat_gap OVER",
                                              "catalogue_vat_gap PLAN"}));
}

}  // namespace
}  // namespace domain
