// A month's sums as lines: allowances whole and by days, shared ones, what rolls over, fair use,
// blocks, minimum and cap; and that neither order nor division of records matters.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "domain/rating/rating_samples.h"

namespace domain {
namespace {

using samples::day;
using samples::decimal;
using samples::service;

const base::Month kMonth = base::Month::parse("2026-10").value();

UsageSum sum(int number, std::string plan, std::string item, std::string_view quantity,
             std::string_view amount = "0") {
  UsageSum made;
  made.service = service(static_cast<std::uint8_t>(number));
  made.plan = std::move(plan);
  made.item = std::move(item);
  made.quantity = decimal(quantity);
  made.amount = decimal(amount);
  made.records = 1;
  return made;
}

TermDays held(int number, std::string plan, std::vector<std::string> add_ons = {},
              std::string_view from = "2026-10-01", std::string_view to = "2026-11-01") {
  TermDays made;
  made.service = service(static_cast<std::uint8_t>(number));
  made.terms.division = "mobile";
  made.terms.plan = std::move(plan);
  made.terms.add_ons = std::move(add_ons);
  made.days = base::Period::make(day(from), day(to)).value();
  return made;
}

int number_of(ServiceId id) { return id.bytes()[15]; }

// "1 DATA 500 MB covered", "1 OVER-FIVE 2 GB x 47.2 = 94.4"
std::vector<std::string> told(const base::Result<ClosedUsage>& closed) {
  if (!closed) return {closed.error().code};
  std::vector<std::string> lines;
  for (const UsageCharge& charge : closed->charges) {
    std::string line = std::to_string(number_of(charge.service)) + " " + charge.item + " " +
                       charge.quantity.to_string() + " " + charge.unit;
    if (charge.covered) {
      line += " covered";
    } else {
      if (!charge.unit_price.amount.is_zero()) {
        line += " x " + charge.unit_price.amount.to_string();
      }
      line += " = " + charge.amount.to_string();
    }
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> levels(const ClosedUsage& closed) {
  std::vector<std::string> lines;
  for (const UsageLevel& level : closed.levels) {
    lines.push_back(std::to_string(number_of(level.service)) + " " + level.pool + " " +
                    level.used.to_string() + "/" + level.of.to_string());
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(CloseUsage, WhatAllowancesLeave) {
  const Catalogue catalogue = samples::catalogue();
  const struct {
    const char* what;
    std::vector<UsageSum> sums;
    std::vector<TermDays> terms;
    Lines expected;
  } rows[] = {
      {"within the allowance",
       {sum(1, "FIVE", "DATA", "4999")},
       {held(1, "FIVE")},
       {"1 DATA 4999 MB covered"}},
      {"a started GB is a whole one",
       {sum(1, "FIVE", "DATA", "6000.000001")},
       {held(1, "FIVE")},
       {"1 DATA 5000 MB covered", "1 OVER-FIVE 2 GB x 47.2 = 94.4"}},
      {"an add-on makes it larger",
       {sum(1, "FIVE", "DATA", "6000")},
       {held(1, "FIVE", {"SURF"})},
       {"1 DATA 6000 MB covered"}},
      {"by the days it held: 31 days, 10 GB on 15.5 of them would be 5",
       {sum(1, "METERED", "DATA-METERED", "6200", "937.44")},
       {held(1, "METERED", {}, "2026-10-01", "2026-10-16"),
        held(1, "METERED", {"SURF"}, "2026-10-16")},
       {"1 DATA-METERED 5161.2903226 MB covered",
        "1 DATA-METERED 1038.7096774 MB x 0.1512 = 157.0529032229"}},
      {"items of one price go by their names, however their records were rounded",
       {sum(1, "METERED", "DATA-METERED", "10000", "1512"),
        sum(1, "METERED", "DATA-METERED-IS", "100", "15.12000001")},
       {held(1, "METERED", {"SURF"})},
       {"1 DATA-METERED 10000 MB covered", "1 DATA-METERED-IS 100 MB x 0.1512 = 15.12000001"}},
      {"fair use abroad, though there is more at home",
       {sum(1, "TWENTY", "DATA-EU", "10500")},
       {held(1, "TWENTY")},
       {"1 DATA-EU 10000 MB covered", "1 OVER-TWENTY 1 GB x 31.2 = 31.2"}},
      {"fair use without a price beyond it",
       {sum(1, "FREE", "DATA-EU", "42000.1")},
       {held(1, "FREE")},
       {"no_price"}},
      {"without limit",
       {sum(1, "FREE", "DATA", "999999"), sum(1, "FREE", "VOICE", "100.5")},
       {held(1, "FREE")},
       {"1 DATA 999999 MB covered", "1 VOICE 100.5 minute covered"}},
      {"what is dearest is covered first",
       {sum(1, "FIVE", "DATA-CH", "600", "2352"), sum(1, "FIVE", "DATA-US", "700", "5040")},
       {held(1, "FIVE", {"ABROAD"})},
       {"1 DATA-CH 300 MB covered", "1 DATA-CH 300 MB x 3.92 = 1176", "1 DATA-US 700 MB covered"}},
      {"two plans in a month: one allowance, each its own price beyond",
       {sum(1, "FIVE", "DATA", "4000"), sum(1, "TWENTY", "DATA", "12500")},
       {held(1, "FIVE", {}, "2026-10-01", "2026-10-17"), held(1, "TWENTY", {}, "2026-10-17")},
       {"1 DATA 12258.0645161 MB covered", "1 OVER-TWENTY 5 GB x 31.2 = 156"}},
      {"the same item in two records of sums",
       {sum(1, "FIVE", "DATA", "3000"), sum(1, "FIVE", "DATA", "3000")},
       {held(1, "FIVE")},
       {"1 DATA 5000 MB covered", "1 OVER-FIVE 1 GB x 47.2 = 47.2"}},
      {"a reversal of all",
       {sum(1, "FIVE", "MMS", "1", "1.512"), sum(1, "FIVE", "MMS", "-1", "-1.512")},
       {held(1, "FIVE")},
       {}},
      {"a record's own price", {sum(1, "", "FILM", "2", "78")}, {}, {"1 FILM 2 piece = 78"}},
      {"an unknown item", {sum(1, "FIVE", "FAX", "1")}, {held(1, "FIVE")}, {"unknown_item"}},
      {"an unknown plan", {sum(1, "SIX", "DATA", "1")}, {}, {"unknown_plan"}},
      {"an unknown plan in the terms", {}, {held(1, "SIX")}, {"unknown_plan"}},
      {"an unknown add-on", {}, {held(1, "FIVE", {"SIX"})}, {"unknown_item"}},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(told(close_usage(row.sums, row.terms, kMonth, catalogue)), row.expected) << row.what;
  }
}

TEST(CloseUsage, LevelsSayHowFull) {
  const Catalogue catalogue = samples::catalogue();
  const UsageSum sums[] = {sum(1, "FIVE", "DATA", "2500"), sum(1, "FIVE", "DATA-EU", "1500")};
  const TermDays terms[] = {held(1, "FIVE")};
  EXPECT_EQ(levels(*close_usage(sums, terms, kMonth, catalogue)),
            (Lines{"1 data 4/5", "1 data/eu 1.5/4"}));
}

TEST(CloseUsage, ASharedPoolIsDrawnInOrderOfService) {
  auto items = samples::items();
  CatalogueItem family = samples::item("FAMILY", ItemKind::kAddOn, "100");
  family.plan.allowances = {samples::allowance("data", "4", UsageUnit::kGigabyte, "OVER-FIVE")};
  family.plan.allowances.front().shared = true;
  items.push_back(family);
  const Catalogue catalogue = Catalogue::make(items).value();
  const UsageSum sums[] = {sum(3, "FIVE", "DATA", "8000"), sum(2, "FIVE", "DATA", "7000"),
                           sum(1, "FIVE", "DATA", "1000")};
  const TermDays terms[] = {held(1, "FIVE", {"FAMILY"}), held(2, "FIVE"), held(3, "FIVE")};
  const auto closed = close_usage(sums, terms, kMonth, catalogue);
  EXPECT_EQ(told(closed), (Lines{"1 DATA 1000 MB covered", "2 DATA 7000 MB covered",
                                 "3 DATA 7000 MB covered", "3 OVER-FIVE 1 GB x 47.2 = 47.2"}));
  EXPECT_EQ(levels(*closed).front(), "0 data 4/4");
}

TEST(CloseUsage, WhatIsLeftRollsOver) {
  auto items = samples::items();
  for (CatalogueItem& item : items) {
    if (item.code == "FIVE") item.plan.allowances.front().months_rolled_over = 1;
  }
  const Catalogue catalogue = Catalogue::make(items).value();
  const TermDays terms[] = {held(1, "FIVE", {}, "2026-01-01", "2027-01-01")};
  const auto close = [&](base::Month month, std::string_view used,
                         const std::vector<CarriedAllowance>& carried) {
    const UsageSum sums[] = {sum(1, "FIVE", "DATA", used)};
    return close_usage(sums, terms, month, catalogue, carried).value();
  };
  const auto october = close(kMonth, "2000", {});
  ASSERT_EQ(october.carried.size(), 1U);
  EXPECT_EQ(october.carried[0].amount.to_string(), "3");
  EXPECT_EQ(october.carried[0].last, kMonth.next());
  // The older is used first; it is gone a month later, the newer one stays.
  const auto november = close(kMonth.next(), "4000", october.carried);
  EXPECT_EQ(levels(november).front(), "1 data 4/8");
  ASSERT_EQ(november.carried.size(), 1U);
  EXPECT_EQ(november.carried[0].amount.to_string(), "4");
  EXPECT_EQ(november.carried[0].earned, kMonth.next());
  const auto idle = close(kMonth.next(), "0", october.carried);
  EXPECT_EQ(idle.carried.size(), 1U);
  // Carried allowances that have run out, or were earned later, are not counted.
  EXPECT_EQ(levels(close(kMonth.next().next(), "0", october.carried)).front(), "1 data 0/5");
  EXPECT_EQ(levels(close(kMonth.previous(), "0", october.carried)).front(), "1 data 0/5");
}

TEST(CloseUsage, MinimumAndCapOfSpending) {
  auto items = samples::items();
  for (CatalogueItem& item : items) {
    if (item.code != "METERED") continue;
    item.plan.minimum_spend = samples::price("31");
    item.plan.minimum_item = "MINIMUM";
    item.plan.spend_cap = samples::price("50");
  }
  items.push_back(
      samples::usage("MINIMUM", {{"never"}, {}, {}, {}, {}, {}}, UsageUnit::kPiece, "0"));
  const Catalogue catalogue = Catalogue::make(items).value();
  const UsageSum sums[] = {sum(1, "METERED", "MMS", "10", "15.12")};
  const TermDays month[] = {held(1, "METERED")};
  const auto whole = close_usage(sums, month, kMonth, catalogue);
  EXPECT_EQ(told(whole),
            (Lines{"1 MINIMUM 1 piece x 15.88 = 15.88", "1 MMS 10 piece x 1.512 = 15.12"}));
  EXPECT_EQ(levels(*whole).back(), "1 spend 15.12/50");
  const TermDays part[] = {held(1, "METERED", {}, "2026-10-01", "2026-10-16")};
  EXPECT_EQ(told(close_usage(sums, part, kMonth, catalogue)),
            (Lines{"1 MMS 10 piece x 1.512 = 15.12"}));
}

TEST(CloseUsage, AlertsAtEightyAndAHundredPercent) {
  const struct {
    const char *used, *of;
    int percent;
  } rows[] = {{"0", "50", 0},    {"39.99", "50", 0}, {"40", "50", 80}, {"49.9999", "50", 80},
              {"50", "50", 100}, {"60", "50", 100},  {"5", "0", 0}};
  for (const auto& row : rows) {
    const UsageLevel level{service(1), "spend", decimal(row.used), decimal(row.of), "money"};
    EXPECT_EQ(alert_percent(level), row.percent) << row.used;
  }
}

TEST(CloseUsage, AmountsAtTheLimitAreAnErrorNotAnOverflow) {
  const Catalogue catalogue = samples::catalogue();
  const TermDays terms[] = {held(1, "METERED", {"SURF"})};
  // What would overflow when it is shared is shared still.
  const UsageSum large[] = {sum(1, "METERED", "DATA-METERED", "10000000000", "100000000000000000")};
  const auto closed = close_usage(large, terms, kMonth, catalogue);
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->charges.back().quantity.to_string(), "9999990000");
  EXPECT_EQ(closed->charges.back().amount.to_string(), "99999900000000000");
  auto items = samples::items();
  for (CatalogueItem& item : items) {
    if (item.code == "OVER-FIVE") {
      item.prices.front().model.reset();
      item.prices.front().price = samples::price("1000000000");
    }
  }
  const UsageSum over[] = {sum(1, "FIVE", "DATA", "999999999999")};
  const TermDays five[] = {held(1, "FIVE")};
  EXPECT_EQ(told(close_usage(over, five, kMonth, Catalogue::make(items).value())),
            Lines{"amount_out_of_range"});
}

TEST(CloseUsage, TiersOverTheMonth) {
  auto items = samples::items();
  CatalogueItem tiered =
      samples::usage("API", {{"call"}, {}, {}, {}, {}, {}}, UsageUnit::kPiece, "0");
  tiered.usage.scope = PriceScope::kMonth;
  PriceTerms terms;
  terms.form = PriceForm::kGraduated;
  PriceTier first, second;
  first.up_to = decimal("100");
  first.unit = samples::price("2");
  second.unit = samples::price("1");
  terms.tiers = {first, second};
  tiered.prices.front().model = PriceModel::make(terms).value();
  items.push_back(tiered);
  const Catalogue catalogue = Catalogue::make(items).value();
  const UsageSum sums[] = {sum(1, "FIVE", "API", "60"), sum(1, "TWENTY", "API", "60")};
  EXPECT_EQ(told(close_usage(sums, {}, kMonth, catalogue)), (Lines{"1 API 120 piece = 220"}));
}

// --- Neither order nor division matters.

UsageEvent random_event(int seed) {
  UsageEvent event;
  event.day = day("2026-10-05");
  const char* kinds[] = {"data", "voice", "mms"};
  const char* zones[] = {"SE", "", "EU", "US"};
  const char* numbers[] = {"", "+46701234567", "+358401234567", "118118", "+1202555"};
  event.kind = kinds[seed % 3];
  event.zone = zones[seed / 3 % 4];
  event.destination = numbers[seed / 12 % 5];
  event.duration_s = event.kind == "voice" ? seed % 3000 : 0;
  event.volume_bytes = event.kind == "data" ? std::int64_t{seed} * 7919 % 900'000'000 : 0;
  return event;
}

using Key = std::tuple<ServiceId, std::string, std::string>;

void rate_into(std::map<Key, UsageSum>& sums, const RatingBook& book, int seed) {
  const char* plans[] = {"FIVE", "TWENTY", "METERED"};
  UsageTerms terms;
  terms.plan = plans[seed % 7 % 3];
  const auto rated = book.rate(random_event(seed), terms);
  if (!rated) return;
  const ServiceId id = service(static_cast<std::uint8_t>(1 + seed % 3));
  UsageSum& into = sums[{id, terms.plan, rated->item}];
  into.service = id;
  into.plan = terms.plan;
  into.item = rated->item;
  into.quantity = into.quantity + rated->quantity;
  into.amount = into.amount + rated->amount;
  ++into.records;
}

void append(std::vector<UsageSum>& to, const std::map<Key, UsageSum>& sums) {
  for (const auto& [key, each] : sums) to.push_back(each);
}

RC_GTEST_PROP(CloseUsage, WholeIsItsPartsInAnyOrder, ()) {
  static const Catalogue kCatalogue = samples::catalogue();
  static const RatingBook kBook(kCatalogue);
  const auto seeds = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1'000'000));
  std::vector<TermDays> terms;
  for (int number = 1; number <= 3; ++number) {
    terms.push_back(held(number, "FIVE", {"SURF"}, "2026-10-01", "2026-10-11"));
    terms.push_back(held(number, "TWENTY", {"ABROAD"}, "2026-10-11", "2026-10-21"));
    terms.push_back(held(number, "METERED", {}, "2026-10-21", "2026-11-01"));
  }
  std::map<Key, UsageSum> whole;
  for (const int seed : seeds) rate_into(whole, kBook, seed);
  std::vector<UsageSum> at_once;
  append(at_once, whole);

  auto shuffled = seeds;
  std::ranges::sort(shuffled, [](int a, int b) { return a * 31 % 1009 < b * 31 % 1009; });
  std::vector<UsageSum> parts;
  const std::size_t cut = *rc::gen::inRange<std::size_t>(0, seeds.size() + 1);
  std::map<Key, UsageSum> first, second;
  for (std::size_t at = 0; at < shuffled.size(); ++at) {
    rate_into(at < cut ? first : second, kBook, shuffled[at]);
  }
  append(parts, second);
  append(parts, first);
  std::ranges::reverse(terms);

  const auto one = close_usage(at_once, terms, kMonth, kCatalogue);
  std::ranges::reverse(terms);
  const auto other = close_usage(parts, terms, kMonth, kCatalogue);
  RC_ASSERT(one.has_value() == other.has_value());
  if (!one) {
    RC_ASSERT(one.error() == other.error());
    return;
  }
  RC_ASSERT(one->charges == other->charges);
  // What was used is on the lines, to the last byte and second; items charged over an allowance
  // stand for what is not.
  std::map<std::pair<ServiceId, std::string>, base::Decimal> used, billed;
  for (const auto& [key, each] : whole) {
    auto& total = used[{each.service, each.item}];
    total = total + each.quantity;
  }
  for (const UsageCharge& charge : one->charges) {
    auto& total = billed[{charge.service, charge.item}];
    total = total + charge.quantity;
  }
  for (const auto& [key, quantity] : used) {
    if (key.second == "DATA" || key.second == "DATA-EU") continue;
    RC_ASSERT(billed[key] == quantity);
  }
}

}  // namespace
}  // namespace domain
