// A small catalogue for the tests and the benchmark of rating: two plans with allowances, one that
// pays for what it uses, one without limit at home, three add-ons, and films.
#pragma once

#include <string>
#include <vector>

#include "domain/rating/rating.h"

namespace domain::samples {

inline base::Date day(std::string_view text) { return base::Date::parse(text).value(); }
inline base::Decimal decimal(std::string_view text) { return base::Decimal::parse(text).value(); }
inline base::UnitPrice price(std::string_view text) { return {decimal(text)}; }
inline ServiceId service(std::uint8_t number) {
  base::IdBytes bytes{};
  bytes[15] = number;
  return ServiceId(bytes);
}

inline CatalogueItem item(std::string code, ItemKind kind, std::string_view month_price = "") {
  CatalogueItem made;
  made.code = std::move(code);
  made.kind = kind;
  made.division = "mobile";
  if (month_price.empty()) return made;
  PriceRow row;
  row.valid_from = day("2020-01-01");
  row.price = price(month_price);
  made.prices.push_back(row);
  return made;
}

inline CatalogueItem usage(std::string code, UsageMatch match, UsageUnit unit,
                           std::string_view unit_price = "", std::vector<std::string> pools = {}) {
  CatalogueItem made = item(std::move(code), ItemKind::kUsage, unit_price);
  made.usage.match = std::move(match);
  made.usage.unit = unit;
  made.usage.pools = std::move(pools);
  if (unit == UsageUnit::kMinute) made.usage.increments = Increments::parse("60/1").value();
  return made;
}

// Data under the plan that pays for what it uses.
inline CatalogueItem metered_data(std::string code, std::vector<std::string> zones) {
  return usage(std::move(code), {{"data"}, std::move(zones), {}, {}, {"METERED"}, {}},
               UsageUnit::kMegabyte, "0.1512", {"data"});
}

// Started GB over an allowance.
inline CatalogueItem blocks(std::string code, std::string_view block_price) {
  CatalogueItem made = usage(std::move(code), {}, UsageUnit::kGigabyte, "0");
  made.usage.scope = PriceScope::kMonth;
  PriceTerms terms;
  terms.form = PriceForm::kPackage;
  PriceTier tier;
  tier.unit = price(block_price);
  tier.package = base::Decimal::from_integer(1);
  terms.tiers.push_back(tier);
  made.prices.front().model = PriceModel::make(std::move(terms)).value();
  return made;
}

inline Allowance allowance(std::string pool, std::string_view amount, UsageUnit unit,
                           std::string over = "") {
  Allowance made;
  made.pool = std::move(pool);
  if (!amount.empty()) made.amount = decimal(amount);
  made.unit = unit;
  made.over_item = std::move(over);
  return made;
}

inline std::vector<CatalogueItem> items() {
  const auto gigabyte = UsageUnit::kGigabyte;
  CatalogueItem five = item("FIVE", ItemKind::kPlan, "159.20");
  five.plan.allowances = {allowance("data", "5", gigabyte, "OVER-FIVE"),
                          allowance("voice", "", UsageUnit::kMinute)};
  five.plan.fair_use = {{"data", "eu", decimal("4"), gigabyte}};
  CatalogueItem twenty = item("TWENTY", ItemKind::kPlan, "239.20");
  twenty.plan.allowances = {allowance("data", "20", gigabyte, "OVER-TWENTY"),
                            allowance("voice", "", UsageUnit::kMinute)};
  twenty.plan.fair_use = {{"data", "eu", decimal("10"), gigabyte}};
  CatalogueItem free = item("FREE", ItemKind::kPlan, "399.20");
  free.plan.allowances = {allowance("data", "", gigabyte),
                          allowance("voice", "", UsageUnit::kMinute)};
  free.plan.fair_use = {{"data", "eu", decimal("42"), gigabyte}};
  CatalogueItem metered = item("METERED", ItemKind::kPlan, "0");
  metered.plan.increments = Increments::parse("60/60").value();
  CatalogueItem surf = item("SURF", ItemKind::kAddOn, "79.20");
  surf.plan.allowances = {allowance("data", "10", gigabyte)};
  CatalogueItem abroad = item("ABROAD", ItemKind::kAddOn, "63.20");
  abroad.plan.allowances = {allowance("ABROAD", "1", gigabyte)};
  CatalogueItem home = item("home", ItemKind::kNumberClass);
  home.number_prefixes = {"", "+46", "0", "1", "2", "9"};
  CatalogueItem eea = item("eea", ItemKind::kNumberClass);
  eea.number_prefixes = {"+358", "+47"};

  const std::vector<std::string> at_home = {"", "SE"};
  CatalogueItem data_eu =
      usage("DATA-EU", {{"data"}, {"EU"}, {}, {}, {}, {}}, UsageUnit::kMegabyte, "", {"data"});
  data_eu.usage.fair_use_group = "eu";
  CatalogueItem directory =
      usage("VOICE-118118", {{"voice"}, {}, {"118118"}, {}, {}, {}}, UsageUnit::kMinute, "15.92");
  directory.usage.connect_fee = price("7.92");
  CatalogueItem voice_metered =
      usage("VOICE-METERED", {{"voice"}, at_home, {}, {"home"}, {"METERED"}, {}},
            UsageUnit::kMinute, "0.5520");
  voice_metered.usage.connect_fee = price("0.5520");
  CatalogueItem film =
      usage("FILM", {{"rental", "purchase"}, {}, {}, {}, {}, {}}, UsageUnit::kPiece);
  film.division = "streaming";
  film.usage.price_from_record = film.usage.includes_vat = true;
  return {
      five,
      twenty,
      free,
      metered,
      surf,
      abroad,
      home,
      eea,
      data_eu,
      directory,
      voice_metered,
      film,
      blocks("OVER-FIVE", "47.20"),
      blocks("OVER-TWENTY", "31.20"),
      usage("DATA", {{"data"}, at_home, {}, {}, {}, {}}, UsageUnit::kMegabyte, "", {"data"}),
      metered_data("DATA-METERED", at_home),
      metered_data("DATA-METERED-IS", {"IS"}),
      usage("DATA-US", {{"data"}, {"US"}, {}, {}, {}, {}}, UsageUnit::kMegabyte, "7.20",
            {"ABROAD"}),
      usage("DATA-CH", {{"data"}, {"CH"}, {}, {}, {}, {}}, UsageUnit::kMegabyte, "3.92",
            {"ABROAD"}),
      usage("VOICE", {{"voice"}, at_home, {}, {"home"}, {}, {}}, UsageUnit::kMinute, "", {"voice"}),
      usage("VOICE-EU", {{"voice"}, {"EU"}, {}, {"home", "eea"}, {}, {}}, UsageUnit::kMinute, "",
            {"voice"}),
      usage("VOICE-OTHER", {{"voice"}, {"", "SE", "EU"}, {}, {}, {}, {}}, UsageUnit::kMinute,
            "2.3920"),
      usage("VOICE-US", {{"voice"}, {"US"}, {}, {}, {}, {}}, UsageUnit::kMinute, "7.92"),
      usage("MMS", {{"mms"}, {"", "SE", "EU"}, {}, {}, {}, {}}, UsageUnit::kPiece, "1.5120")};
}

inline Catalogue catalogue() { return Catalogue::make(items()).value(); }

}  // namespace domain::samples
