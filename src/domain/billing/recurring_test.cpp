// What days of a price month cost: parts that add up to the whole whatever changed between them,
// seats that come and go, campaigns on top of one another, and the rules that a catalogue sets.
#include "domain/billing/recurring.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

namespace domain {
namespace {

using base::Date;
using base::Decimal;

Date day(std::string_view text) { return Date::parse(text).value(); }
Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }

CatalogueItem item(std::string code, ItemKind kind, std::string_view price) {
  CatalogueItem made{.code = code,
                     .kind = kind,
                     .division = "d",
                     .names = {{"", code}},
                     .prices = {},
                     .campaign = {}};
  if (!price.empty()) made.prices.push_back({day("2020-01-01"), {decimal(price)}});
  return made;
}
CatalogueItem plan(std::string code, std::string_view price,
                   ProrationRule rule = ProrationRule::kActualDays) {
  CatalogueItem made = item(std::move(code), ItemKind::kPlan, price);
  made.plan.proration = rule;
  return made;
}
CatalogueItem campaign(std::string code, std::vector<std::string> plans, std::string_view percent,
                       std::string_view amount, Stacking stacking) {
  CatalogueItem made = item(std::move(code), ItemKind::kCampaign, "");
  made.campaign = {.plans = std::move(plans), .off = {}, .whole_months = 12};
  made.campaign.stacking = stacking;
  if (!percent.empty()) made.campaign.off.value = decimal(percent);
  if (!amount.empty()) made.campaign.off_amount = base::UnitPrice{decimal(amount)};
  return made;
}

// Terms that hold from a day on.
struct From {
  std::string day;
  std::string plan = "PLAN";
  std::vector<std::string> add_ons = {};
  std::string campaign = {};
  bool paused = false;
};

// November 2026 of a service that runs since 2026-10-01, or since the first day that is said, as
// "FIBER 1..30 319.20" a line.
using Lines = std::vector<std::string>;
struct Story {
  std::vector<From> terms;
  std::string_view ends = {};  // The first day without it.

  [[nodiscard]] std::vector<Service> revisions() const {
    std::vector<Service> made;
    for (const From& from : terms) {
      Service service{.id = ServiceId(),
                      .account = AccountId(),
                      .division = "d",
                      .source_number = "S1",
                      .plan = from.plan,
                      .starts = day("2026-10-01"),
                      .ends = {},
                      .campaign = from.campaign,
                      .label = ""};
      service.revision = static_cast<std::int64_t>(made.size()) + 1;
      if (!ends.empty()) service.ends = day(ends);
      if (!made.empty()) service.holds_from = day(from.day);
      service.starts = day(terms.front().day);
      service.add_ons = from.add_ons;
      service.paused = from.paused;
      made.push_back(std::move(service));
    }
    return made;
  }
};

std::vector<InvoiceLine> charge(const std::vector<CatalogueItem>& items, const Story& story,
                                const base::TimeZone* zone = nullptr) {
  std::vector<CatalogueItem> sorted = items;
  std::ranges::sort(sorted, {}, &CatalogueItem::code);
  const Catalogue catalogue = Catalogue::make(sorted).value();
  const VatRateOn no_vat = [](std::string_view, Date) -> base::Result<base::Percent> {
    return base::Percent{};
  };
  const AccountCalendar calendar{Frequency()};
  const PricingTerms terms{catalogue, base::Currency(), no_vat, "sv", calendar, "", zone};
  return charge_tile(story.revisions(), calendar.tile_of(day("2026-11-01")), terms).value();
}

Lines told(const std::vector<InvoiceLine>& lines) {
  Lines said;
  for (const InvoiceLine& line : lines) {
    const std::string count =
        line.quantity == Decimal::from_integer(1) ? "" : line.quantity.to_string() + " x ";
    said.push_back(count + line.item + " " + std::to_string(line.period.from().day()) + ".." +
                   std::to_string(line.period.last_day().day()) + " " +
                   line.net.to_decimal_string());
  }
  return said;
}

TEST(Recurring, PartsComeToWhatTheWholeDoes) {
  const CatalogueItem extra = item("EXTRA", ItemKind::kAddOn, "10");
  const struct {
    const char* what;
    ProrationRule rule;
    Story story;
    Lines lines;
  } rows[] = {
      {"an add-on's change does not cut the plan",
       ProrationRule::kActualDays,
       {{{"2026-10-01"}, {"2026-11-11", "PLAN", {"EXTRA"}}}},
       {"PLAN 1..30 100.01", "EXTRA 11..30 6.67"}},
      // 100.01 x 10 / 30 is 33.34; x 20 / 30 is 66.67, and 66.67 - 33.34 is 33.33.
      {"parts around a pause are rounded together",
       ProrationRule::kActualDays,
       {{{"2026-10-01"}, {"2026-11-11", "PLAN", {}, "", true}, {"2026-11-21"}}},
       {"PLAN 1..10 33.34", "PLAN 21..30 33.33"}},
      {"a whole period is charged once",
       ProrationRule::kWholePeriod,
       {{{"2026-10-01"}, {"2026-11-11", "PLAN", {}, "", true}, {"2026-11-21"}}},
       {"PLAN 1..10 100.01", "PLAN 21..30 0.00"}},
      {"nothing but a whole month costs, whatever add-ons do",
       ProrationRule::kNone,
       {{{"2026-10-01"}, {"2026-11-11", "PLAN", {"EXTRA"}}}},
       {"PLAN 1..30 100.01", "EXTRA 11..30 6.67"}},
      {"a month with a pause is no whole one",
       ProrationRule::kNone,
       {{{"2026-10-01"}, {"2026-11-11", "PLAN", {}, "", true}, {"2026-11-21"}}},
       {"PLAN 1..10 0.00", "PLAN 21..30 0.00"}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(told(charge({plan("PLAN", "100.01", row.rule), extra}, row.story)), row.lines);
  }
}

TEST(Recurring, TheLastDayIsPaidUnlessTheItemSaysOtherwise) {
  CatalogueItem with = plan("PLAN", "30"), without = with;
  without.plan.end = PeriodEnd::kExclusive;
  const Story ended{{{"2026-10-01"}}, "2026-11-19"};
  EXPECT_EQ(told(charge({with}, ended)), (Lines{"PLAN 1..18 18.00"}));
  EXPECT_EQ(told(charge({without}, ended)), (Lines{"PLAN 1..17 17.00"}));
  const Story one_day{{{"2026-11-10"}}, "2026-11-11"};
  EXPECT_EQ(told(charge({without}, one_day)), Lines{});
  // Another plan is no end.
  const Story changed{{{"2026-10-01"}, {"2026-11-18", "NEXT"}}};
  EXPECT_EQ(told(charge({without, plan("NEXT", "60")}, changed)),
            (Lines{"PLAN 1..17 17.00", "NEXT 18..30 26.00"}));
}

TEST(Recurring, BySecondCountsTheOperatorsClocks) {
  // An hour is skipped on 2026-11-08: 719 hours, 167 of them in the first seven days and one.
  const base::TimeZone zone("Test", 0,
                            {{base::Instant::parse("2026-11-08T02:00:00Z").value(), 3'600}});
  const Story story{{{"2026-10-01"}}, "2026-11-09"};
  const CatalogueItem priced = plan("PLAN", "719", ProrationRule::kBySecond);
  EXPECT_EQ(told(charge({priced}, story, &zone)), (Lines{"PLAN 1..8 191.00"}));
  EXPECT_EQ(told(charge({priced}, story)), (Lines{"PLAN 1..8 191.73"}));
}

TEST(Recurring, SeatsThatComeAndGo) {
  CatalogueItem seat = item("SEAT", ItemKind::kAddOn, "30");
  seat.plan.counted = true;
  CatalogueItem tiers = item("TIERS", ItemKind::kAddOn, "");
  tiers.plan.counted = true;
  PriceTerms price{.form = PriceForm::kGraduated, .tiers = {}};
  price.tiers = {
      {.up_to = Decimal::from_integer(2), .unit = {decimal("30")}, .fixed = {decimal("5")}},
      {.unit = {decimal("15")}, .fixed = {decimal("7")}}};
  tiers.prices.push_back(
      {.valid_from = day("2020-01-01"), .price = {}, .model = PriceModel::make(price).value()});
  const std::vector<CatalogueItem> items = {plan("PLAN", "0"), seat, tiers};
  const Story seats{{{"2026-10-01", "PLAN", {"SEAT"}},
                     {"2026-11-11", "PLAN", {"SEAT", "SEAT", "SEAT"}},
                     {"2026-11-21", "PLAN", {"SEAT", "SEAT"}}}};
  EXPECT_EQ(told(charge(items, seats)), (Lines{"PLAN 1..30 0.00", "SEAT 1..10 10.00",
                                               "3 x SEAT 11..20 30.00", "2 x SEAT 21..30 20.00"}));
  // A tier's fixed amount is due when it is reached: 10 + 5, then 20 + 5 + 7 for the third.
  const Story graduated{{{"2026-10-01", "PLAN", {"TIERS"}},
                         {"2026-11-11", "PLAN", {"TIERS", "TIERS", "TIERS"}},
                         {"2026-11-21"}}};
  EXPECT_EQ(told(charge(items, graduated)),
            (Lines{"PLAN 1..30 0.00", "TIERS 1..10 15.00", "3 x TIERS 11..20 32.00"}));
}

TEST(Recurring, CampaignsOnTopOfOneAnother) {
  const std::vector<std::string> both = {"PLAN", "EXTRA"};
  const std::vector<CatalogueItem> items = {
      plan("PLAN", "200"),
      item("EXTRA", ItemKind::kAddOn, "100"),
      campaign("A10", {"PLAN"}, "10", "", Stacking::kAdds),
      campaign("A50KR", both, "", "50", Stacking::kAdds),
      campaign("B20", {"PLAN"}, "20", "", Stacking::kBestOnly),
      campaign("B60KR", {"PLAN"}, "", "60", Stacking::kBestOnly),
      campaign("E25", {"EXTRA"}, "25", "", Stacking::kBestOnly),
  };
  const struct {
    const char* campaigns;
    Lines lines;
  } rows[] = {
      {"A10", {"PLAN 1..30 200.00", "A10 1..30 -20.00", "EXTRA 1..30 100.00"}},
      // In their order, each on what is left: 180 and 100 share the 50.
      {"A10 A50KR",
       {"PLAN 1..30 200.00", "A10 1..30 -20.00", "A50KR 1..30 -32.14", "EXTRA 1..30 100.00",
        "A50KR 1..30 -17.86"}},
      {"A50KR A10",
       {"PLAN 1..30 200.00", "A50KR 1..30 -33.33", "A10 1..30 -16.67", "EXTRA 1..30 100.00",
        "A50KR 1..30 -16.67"}},
      {"B20 B60KR E25",
       {"PLAN 1..30 200.00", "B60KR 1..30 -60.00", "EXTRA 1..30 100.00", "E25 1..30 -25.00"}},
      // The best of those that stand alone first: 10 % of 140.
      {"A10 B20 B60KR",
       {"PLAN 1..30 200.00", "A10 1..30 -14.00", "B60KR 1..30 -60.00", "EXTRA 1..30 100.00"}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.campaigns);
    const Story story{{{"2026-10-01", "PLAN", {"EXTRA"}, row.campaigns}}};
    EXPECT_EQ(told(charge(items, story)), row.lines);
  }
  // Half a month has half the amount.
  const Story ended{{{"2026-10-01", "PLAN", {}, "A50KR"}}, "2026-11-16"};
  EXPECT_EQ(told(charge(items, ended)), (Lines{"PLAN 1..15 100.00", "A50KR 1..15 -25.00"}));
}

int up_to(int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, most + 1)); }

// However add-ons come and go, and whatever is taken off, a month of a plan costs the same.
TEST(Recurring, WhateverAddOnsDoAPlanCostsItsMonth) {
  EXPECT_TRUE(rc::check([] {
    const ProrationRule rules[] = {ProrationRule::kActualDays, ProrationRule::kFixed30,
                                   ProrationRule::kBySecond, ProrationRule::kWholePeriod,
                                   ProrationRule::kNone};
    const std::string price = base::Money(up_to(99'999), base::Currency()).to_decimal_string();
    const std::vector<CatalogueItem> items = {
        plan("PLAN", price, rules[up_to(4)]), item("EXTRA", ItemKind::kAddOn, "9.99"),
        campaign("THIRD", {"PLAN"}, "33.3", "", Stacking::kAdds)};
    Story cut{{{"2026-10-01", "PLAN", {}, "THIRD"}}};
    for (int at = 2 + up_to(8); at < 30; at += 1 + up_to(9)) {
      const bool has = up_to(1) == 0;
      const std::string text = "2026-11-" + std::string(at < 10 ? "0" : "") + std::to_string(at);
      cut.terms.push_back({text, "PLAN",
                           has ? std::vector<std::string>{"EXTRA"} : std::vector<std::string>{},
                           "THIRD"});
    }
    const auto sum = [&](const Story& story) {
      std::int64_t minor = 0;
      for (const InvoiceLine& line : charge(items, story)) {
        if (line.item != "EXTRA") minor += line.net.minor();
      }
      return minor;
    };
    RC_ASSERT(sum(cut) == sum(Story{{{"2026-10-01", "PLAN", {}, "THIRD"}}}));
  }));
}

}  // namespace
}  // namespace domain
