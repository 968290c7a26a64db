// What closing a period bills: proration by actual days, advance and catch-up (D15), campaigns,
// corrections, one-offs with their ways to pay, and groups (R03, R04, R12, R14, R20).
#include "domain/billing/plan_bills.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

namespace domain {
namespace {

using base::Date;
using base::Decimal;
using base::Money;
using base::Month;

Date day(std::string_view text) { return Date::parse(text).value(); }
Month month(std::string_view text) { return Month::parse(text).value(); }
base::UnitPrice price(std::string_view text) { return {Decimal::parse(text).value()}; }

template <class IdType>
IdType id(std::uint8_t last) {
  base::IdBytes bytes{};
  bytes[15] = last;
  return IdType(bytes);
}

CatalogueItem plan_item(std::string code, std::vector<std::pair<std::string, std::string>> prices) {
  CatalogueItem item{.code = code,
                     .kind = ItemKind::kPlan,
                     .division = "broadband",
                     .names = {{"", code + " plan"}},
                     .prices = {},
                     .campaign = {}};
  for (const auto& [from, amount] : prices) {
    item.prices.push_back({day(from), price(amount), false, "standard"});
  }
  return item;
}

Catalogue catalogue() {
  CatalogueItem half{.code = "HALVA3",
                     .kind = ItemKind::kCampaign,
                     .division = "broadband",
                     .names = {{"", "Half price"}},
                     .prices = {},
                     .campaign = {}};
  half.campaign = {{"FIBER250"}, {Decimal::from_integer(50)}, 3};
  return Catalogue::make({plan_item("FIBER100", {{"2020-01-01", "319.20"}}),
                          plan_item("FIBER250", {{"2020-01-01", "399.20"}}),
                          plan_item("RISES", {{"2020-01-01", "310"}, {"2026-10-11", "341"}}),
                          plan_item("LATER", {{"2026-12-01", "100"}}),
                          plan_item("KEEPER", {{"2020-01-01", "90000"}}),
                          plan_item("TINY", {{"2020-01-01", "0.30"}}), half})
      .value();
}

Service service(std::string plan, std::string starts, std::string ends = "",
                std::string campaign = "") {
  Service value{.id = id<ServiceId>(1),
                .account = id<AccountId>(1),
                .revision = 1,
                .division = "broadband",
                .source_number = "B1",
                .plan = plan,
                .starts = day(starts),
                .ends = {},
                .campaign = campaign,
                .label = "",
                .epoch = 1};
  if (!ends.empty()) value.ends = day(ends);
  return value;
}

Charge charge(std::uint8_t number, ChargePayment payment, std::string net) {
  const Money amount = Money::parse(net, base::Currency()).value();
  return {.id = id<ChargeId>(number),
          .account = id<AccountId>(1),
          .service = id<ServiceId>(1),
          .kind = "one_off",
          .item = "ROUTER-AX",
          .division = "broadband",
          .quantity = Decimal::from_integer(1),
          .unit_price = price(net),
          .net = amount,
          .vat_class = "standard",
          .payment = payment,
          .effective = day("2026-10-13"),
          .period = month("2026-10"),
          .source = "orders",
          .record_id = std::to_string(number),
          .epoch = 1};
}

AccountFacts facts_of(std::vector<Service> services) {
  AccountFacts facts;
  facts.account.id = id<AccountId>(1);
  facts.account.country = "SE";
  facts.customer.language = "sv";
  facts.services = std::move(services);
  return facts;
}

BillingTerms terms_of(std::string_view period) {
  static const Catalogue kCatalogue = catalogue();
  BillingTerms terms;
  terms.day = month(period).next().period().from();
  terms.looks_back_to = base::add_months(terms.day, -24);
  terms.catalogue = &kCatalogue;
  terms.vat_rate_on = [](std::string_view, Date) -> base::Result<base::Percent> {
    return base::Percent{Decimal::from_integer(25)};
  };
  terms.rounding_step_minor = 100;
  return terms;
}

base::Result<AccountPlan> plan(const AccountFacts& facts, std::string_view period = "2026-10") {
  return plan_bills(facts, terms_of(period));
}

// "recurring FIBER100 2026-11-01..2026-11-30 319.20" a line.
std::string lines_of(const PlannedBill& bill) {
  std::string text;
  for (const InvoiceLine& line : bill.lines) {
    text += std::string(to_text(line.kind)) + " " + line.item + " " +
            line.period.from().to_string() + ".." + line.period.last_day().to_string() + " " +
            line.net.to_decimal_string() + "\n";
  }
  return text;
}

TEST(PlanBills, R12FirstRunBillsTheMonthAndTheOneAfter) {
  const auto planned = plan(facts_of({service("FIBER100", "2025-05-28")}));
  ASSERT_TRUE(planned) << describe(planned.error());
  ASSERT_EQ(planned->bills.size(), 1U);
  const PlannedBill& bill = planned->bills[0];
  EXPECT_EQ(bill.group_key, "all");
  EXPECT_EQ(lines_of(bill),
            "catch_up FIBER100 2026-10-01..2026-10-31 319.20\n"
            "recurring FIBER100 2026-11-01..2026-11-30 319.20\n");
  EXPECT_EQ(bill.sums.net.to_decimal_string(), "638.40");
  EXPECT_EQ(bill.sums.vat_total.to_decimal_string(), "159.60");
  EXPECT_EQ(bill.sums.rounding.to_decimal_string(), "0.00");
  EXPECT_EQ(bill.sums.total.to_decimal_string(), "798.00");
  EXPECT_EQ(bill.due, day("2026-12-01"));
}

TEST(PlanBills, LaterRunsBillTheMonthAheadOnly) {
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28")});
  facts.closed = {{day("2026-10-01"), 1}};
  EXPECT_EQ(lines_of(plan(facts)->bills.at(0)),
            "recurring FIBER100 2026-11-01..2026-11-30 319.20\n");
}

// A run saw the service and closed nothing for the account, because it was set aside.
TEST(PlanBills, WhatAnEarlierRunSetAsideIsCaughtUp) {
  const Closing runs[] = {{day("2026-08-01"), 0}, {day("2026-09-01"), 1}};
  BillingTerms terms = terms_of("2026-10");
  terms.earlier_runs = runs;
  const auto planned = plan_bills(facts_of({service("FIBER100", "2025-05-28")}), terms);
  EXPECT_EQ(lines_of(planned->bills.at(0)),
            "catch_up FIBER100 2026-08-01..2026-08-31 319.20\n"
            "catch_up FIBER100 2026-09-01..2026-09-30 319.20\n"
            "catch_up FIBER100 2026-10-01..2026-10-31 319.20\n"
            "recurring FIBER100 2026-11-01..2026-11-30 319.20\n");
}

TEST(PlanBills, ASkippedMonthIsCaughtUp) {
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28")});
  facts.closed = {{day("2026-08-01"), 1}};  // Billed July and August.
  EXPECT_EQ(lines_of(plan(facts)->bills.at(0)),
            "catch_up FIBER100 2026-09-01..2026-09-30 319.20\n"
            "catch_up FIBER100 2026-10-01..2026-10-31 319.20\n"
            "recurring FIBER100 2026-11-01..2026-11-30 319.20\n");
}

// net = price x days / days of the month, rounded once: 319.20 x 4 / 31 = 41.187...
TEST(PlanBills, PartsOfMonthsByActualDays) {
  struct Row {
    std::string starts, ends, expected;
  };
  const Row rows[] = {
      {"2026-10-28", "",
       "catch_up FIBER100 2026-10-28..2026-10-31 41.19\n"
       "recurring FIBER100 2026-11-01..2026-11-30 319.20\n"},
      {"2025-01-01", "2026-10-11", "catch_up FIBER100 2026-10-01..2026-10-10 102.97\n"},
      {"2025-01-01", "2026-11-16",
       "catch_up FIBER100 2026-10-01..2026-10-31 319.20\n"
       "recurring FIBER100 2026-11-01..2026-11-15 159.60\n"},
      {"2026-11-30", "", "recurring FIBER100 2026-11-30..2026-11-30 10.64\n"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.starts + " " + row.ends);
    const auto planned = plan(facts_of({service("FIBER100", row.starts, row.ends)}));
    ASSERT_TRUE(planned);
    ASSERT_EQ(planned->bills.size(), 1U);
    EXPECT_EQ(lines_of(planned->bills[0]), row.expected);
  }
}

TEST(PlanBills, NothingToBillIsNoBill) {
  EXPECT_TRUE(plan(facts_of({}))->bills.empty());
  EXPECT_TRUE(plan(facts_of({service("FIBER100", "2026-12-01")}))->bills.empty());
  EXPECT_TRUE(plan(facts_of({service("FIBER100", "2025-01-01", "2026-09-30")}))->bills.empty());
  // Ended before it began: it never ran.
  EXPECT_TRUE(plan(facts_of({service("FIBER100", "2026-10-20", "2026-10-05")}))->bills.empty());
}

TEST(PlanBills, CampaignHalvesTheFirstThreeWholeMonths) {
  struct Row {
    std::string starts, discounts;
  };
  const Row rows[] = {
      {"2026-11-01", "discount HALVA3 2026-11-01..2026-11-30 -199.60\n"},  // First of three.
      {"2026-10-15", "discount HALVA3 2026-11-01..2026-11-30 -199.60\n"},  // October is no whole.
      {"2026-09-01",
       "discount HALVA3 2026-10-01..2026-10-31 -199.60\n"
       "discount HALVA3 2026-11-01..2026-11-30 -199.60\n"},
      {"2026-08-01", "discount HALVA3 2026-10-01..2026-10-31 -199.60\n"},  // October is the third.
      {"2026-07-01", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.starts);
    const auto planned = plan(facts_of({service("FIBER250", row.starts, "", "HALVA3")}));
    std::string discounts;
    for (const InvoiceLine& line : planned->bills.at(0).lines) {
      if (line.kind != LineKind::kDiscount) continue;
      PlannedBill one;
      one.lines = {line};
      discounts += lines_of(one);
    }
    EXPECT_EQ(discounts, row.discounts);
  }
}

TEST(PlanBills, ACampaignOfOtherPlansDoesNotCount) {
  const auto planned = plan(facts_of({service("FIBER100", "2026-11-01", "", "HALVA3")}));
  EXPECT_EQ(lines_of(planned->bills.at(0)), "recurring FIBER100 2026-11-01..2026-11-30 319.20\n");
}

TEST(PlanBills, APriceThatRisesInTheMonthMakesTwoLines) {
  const auto planned = plan(facts_of({service("RISES", "2026-10-01", "2026-11-01")}));
  EXPECT_EQ(lines_of(planned->bills.at(0)),
            "catch_up RISES 2026-10-01..2026-10-10 100.00\n"
            "catch_up RISES 2026-10-11..2026-10-31 231.00\n");
}

// Billed October and November in full; then it turned out that the service ended on 10 November.
TEST(PlanBills, WhatTurnedOutOtherwiseIsTakenBack) {
  Service ended = service("FIBER100", "2025-05-28", "2026-11-11");
  ended.revision = 2;
  ended.epoch = 5;
  Service other = service("FIBER250", "2025-05-28");
  other.id = id<ServiceId>(2);
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28"), other});
  facts.issued = plan(facts)->bills.at(0).lines;
  facts.services = {service("FIBER100", "2025-05-28"), ended, other};
  facts.closed = {{day("2026-11-01"), 3}};
  EXPECT_EQ(lines_of(plan(facts, "2026-11")->bills.at(0)),
            "correction FIBER100 2026-11-01..2026-11-30 -319.20\n"
            "catch_up FIBER100 2026-11-01..2026-11-10 106.40\n"
            "recurring FIBER250 2026-12-01..2026-12-31 399.20\n");
}

TEST(PlanBills, ACorrectionIsMadeOnce) {
  Service ended = service("FIBER100", "2025-05-28", "2026-11-11");
  ended.revision = 2;
  ended.epoch = 5;
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28"), ended});
  facts.closed = {{day("2026-11-01"), 3}, {day("2026-12-01"), 6}};
  EXPECT_TRUE(plan(facts, "2026-12")->bills.empty());
}

TEST(PlanBills, WhoMovesHouseIsNotBilledAnew) {
  Service moved = service("FIBER100", "2025-05-28");
  moved.revision = 2;
  moved.epoch = 5;
  moved.label = "Storgatan 1, Umeå";
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28"), moved});
  facts.closed = {{day("2026-11-01"), 3}};
  const auto planned = plan(facts, "2026-11");
  EXPECT_EQ(lines_of(planned->bills.at(0)), "recurring FIBER100 2026-12-01..2026-12-31 319.20\n");
  EXPECT_EQ(planned->bills.at(0).lines.at(0).service_label, "Storgatan 1, Umeå");
}

// Billed in full for November, ended on the 10th, and nothing else to bill: given back on paper.
TEST(PlanBills, MoreTakenBackThanBilledIsACreditNote) {
  Service ended = service("FIBER100", "2025-05-28", "2026-11-11");
  ended.revision = 2;
  ended.epoch = 5;
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28")});
  facts.issued = plan(facts)->bills.at(0).lines;
  facts.services.push_back(ended);
  facts.closed = {{day("2026-11-01"), 3}};
  const auto planned = plan(facts, "2026-11");
  ASSERT_TRUE(planned);
  ASSERT_EQ(planned->bills.size(), 1U);
  EXPECT_TRUE(planned->bills[0].is_credit);
  EXPECT_EQ(lines_of(planned->bills[0]),
            "correction FIBER100 2026-11-01..2026-11-30 319.20\n"
            "catch_up FIBER100 2026-11-01..2026-11-10 -106.40\n");
  EXPECT_EQ(planned->bills[0].sums.total.to_decimal_string(), "266.00");
}

TEST(PlanBills, CreditPaysTheBillsInTheirOrder) {
  Service second = service("FIBER250", "2026-11-01");
  second.id = id<ServiceId>(2);
  second.division = "mobile";
  AccountFacts facts = facts_of({service("FIBER100", "2026-11-01"), second});
  facts.profile.grouping = "division";
  facts.credit = Money(50000, base::Currency());
  const auto planned = plan(facts);
  ASSERT_EQ(planned->bills.size(), 2U);
  EXPECT_EQ(planned->bills[0].from_credit.to_decimal_string(), "399.00");
  EXPECT_EQ(planned->bills[1].from_credit.to_decimal_string(), "101.00");
}

TEST(PlanBills, LessThanTheMinimumWaits) {
  AccountFacts facts = facts_of({service("FIBER100", "2026-11-29")});
  facts.profile.minimum_minor = 5000;
  const auto waits = plan(facts);
  EXPECT_TRUE(waits->waits);
  EXPECT_TRUE(waits->bills.empty());
  BillingTerms terms = terms_of("2026-11");
  const Closing runs[] = {{day("2026-11-01"), 1}};
  terms.earlier_runs = runs;
  EXPECT_EQ(lines_of(plan_bills(facts, terms)->bills.at(0)),
            "catch_up FIBER100 2026-11-29..2026-11-30 21.28\n"
            "recurring FIBER100 2026-12-01..2026-12-31 319.20\n");
  // What ends soon has no later bill to wait for.
  facts.services = {service("FIBER100", "2026-10-30", "2026-11-01")};
  EXPECT_FALSE(plan(facts)->waits);
}

// Half a krona is the least that can be asked for.
TEST(PlanBills, LessThanACoinIsNoBillOfItsOwn) {
  AccountFacts facts = facts_of({service("TINY", "2026-11-01")});
  // 0.30 + 0.08 of VAT.
  const auto waits = plan(facts);
  EXPECT_TRUE(waits->waits);
  EXPECT_TRUE(waits->bills.empty());
  // With a month more it is 0.75.
  BillingTerms terms = terms_of("2026-11");
  const Closing runs[] = {{day("2026-11-01"), 1}};
  terms.earlier_runs = runs;
  EXPECT_EQ(lines_of(plan_bills(facts, terms)->bills.at(0)),
            "catch_up TINY 2026-11-01..2026-11-30 0.30\n"
            "recurring TINY 2026-12-01..2026-12-31 0.30\n");
  // Where there will be no other bill the paper is made, and asks for nothing.
  facts.services = {service("TINY", "2026-10-01", "2026-11-01")};
  const auto last = plan(facts);
  ASSERT_EQ(last->bills.size(), 1U);
  EXPECT_EQ(last->bills[0].sums.rounding.to_decimal_string(), "-0.38");
  EXPECT_EQ(last->bills[0].sums.total.to_decimal_string(), "0.00");
}

TEST(PlanBills, LessThanACoinGoesOnAnotherBill) {
  Service second = service("FIBER250", "2026-11-01");
  second.id = id<ServiceId>(2);
  second.division = "mobile";
  AccountFacts facts = facts_of({service("TINY", "2026-11-01"), second});
  facts.profile.grouping = "division";
  const auto planned = plan(facts);
  ASSERT_EQ(planned->bills.size(), 1U);
  EXPECT_EQ(planned->bills[0].group_key, "division:mobile");
  EXPECT_EQ(lines_of(planned->bills[0]),
            "recurring FIBER250 2026-11-01..2026-11-30 399.20\n"
            "recurring TINY 2026-11-01..2026-11-30 0.30\n");
}

TEST(PlanBills, NothingWaitsLongerThanAYear) {
  AccountFacts facts = facts_of({service("FIBER100", "2025-10-01")});
  facts.profile.minimum_minor = 10'000'000;
  const Closing runs[] = {{day("2025-10-01"), 1}};
  BillingTerms terms = terms_of("2026-09");
  terms.earlier_runs = runs;
  EXPECT_TRUE(plan_bills(facts, terms)->waits);
  terms = terms_of("2026-10");
  terms.earlier_runs = runs;
  EXPECT_FALSE(plan_bills(facts, terms)->waits);
}

TEST(PlanBills, R20OneOffsByTheirWayToPay) {
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28")});
  facts.charges = {charge(1, ChargePayment::kOnBill, "796.00"),
                   charge(2, ChargePayment::kDirect, "399.20"),
                   charge(3, ChargePayment::kInstalments12, "1272.80")};
  const auto planned = plan(facts);
  ASSERT_TRUE(planned);
  ASSERT_EQ(planned->bills.size(), 3U);
  EXPECT_EQ(planned->bills[0].group_key, "all");
  EXPECT_EQ(planned->bills[0].lines.back().nature, LineNature::kExtra);
  EXPECT_EQ(planned->bills[1].group_key, "order:orders:2");
  EXPECT_TRUE(planned->bills[1].paid_at_order);
  const PlannedBill& instalments = planned->bills[2];
  EXPECT_EQ(instalments.sums.vat_total.to_decimal_string(), "318.20");  // All VAT at once.
  ASSERT_EQ(instalments.plan.size(), 12U);
  EXPECT_EQ(instalments.plan.front().due, day("2026-12-01"));
  EXPECT_EQ(instalments.plan.back().due, day("2027-11-01"));
  Money sum(0, base::Currency());
  for (const PlanRow& row : instalments.plan) sum += row.amount;
  EXPECT_EQ(sum, instalments.sums.total);
}

TEST(PlanBills, R03R04GroupsAsTheAccountChose) {
  Service second = service("FIBER250", "2026-11-01");
  second.id = id<ServiceId>(2);
  second.division = "mobile";
  AccountFacts facts = facts_of({service("FIBER100", "2026-11-01"), second});
  EXPECT_EQ(plan(facts)->bills.size(), 1U);
  facts.profile.grouping = "division";
  const auto by_division = plan(facts);
  ASSERT_EQ(by_division->bills.size(), 2U);
  EXPECT_EQ(by_division->bills[0].group_key, "division:broadband");
  EXPECT_EQ(by_division->bills[1].group_key, "division:mobile");
  facts.profile.grouping = "service";
  EXPECT_EQ(plan(facts)->bills.size(), 2U);
}

TEST(PlanBills, WhatCannotBePricedIsNamed) {
  EXPECT_EQ(plan(facts_of({service("NONE", "2026-10-01")})).error().code, "unknown_plan");
  EXPECT_EQ(plan(facts_of({service("LATER", "2026-10-01")})).error().code, "no_price");
  EXPECT_EQ(plan(facts_of({service("FIBER100", "2026-10-01", "", "NONE")})).error().code,
            "unknown_campaign");
}

// What the service's last facts cost in a calendar month.
std::int64_t owed_in(Revisions revisions, Month month) {
  static const Catalogue kCatalogue = catalogue();
  const VatRateOn no_vat = [](std::string_view, Date) -> base::Result<base::Percent> {
    return base::Percent{};
  };
  const AccountCalendar calendar{Frequency()};
  const PricingTerms pricing{kCatalogue, base::Currency(), no_vat, "sv", calendar};
  std::int64_t owed = 0;
  const auto lines = charge_tile(revisions, {month.period(), month.period()}, pricing);
  for (const InvoiceLine& line : lines.value()) owed += line.net.minor();
  return owed;
}

// A random change of mind: another plan from a day on, a rest, an end, an end taken back, a name.
Service changed(Service service, Date around) {
  ++service.revision;
  service.epoch += *rc::gen::inRange(0, 4);
  const Date from = around + *rc::gen::inRange(-60, 90);
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      service.plan = *rc::gen::element<std::string>("FIBER100", "FIBER250", "RISES");
      service.holds_from = from;
      break;
    case 1:
      service.paused = !service.paused;
      service.holds_from = from;
      break;
    case 2: service.ends = service.starts + *rc::gen::inRange(0, 300); break;
    case 3: service.ends.reset(); break;
    default: service.label += "x";
  }
  return service;
}

// Whatever happens to a service, whenever runs look, and whichever of them set the account aside:
// in the end each month since it was first seen has been billed what its last facts cost.
TEST(PlanBills, BilledInAllIsOwedInAll) {
  const bool held = rc::check([] {
    const Date start = day("2026-01-01") + *rc::gen::inRange(0, 120);
    std::vector<Service> revisions = {service("FIBER100", start.to_string())};
    revisions[0].epoch = *rc::gen::inRange(0, 5);
    const int changes = *rc::gen::inRange(0, 5);
    for (int change = 0; change < changes; ++change) {
      const std::int64_t month_of_epoch = revisions.back().epoch;
      revisions.push_back(changed(
          revisions.back(), base::add_months(day("2026-02-01"), static_cast<int>(month_of_epoch))));
    }
    AccountFacts facts = facts_of({});
    std::map<std::int32_t, std::int64_t> billed;
    std::vector<Closing> runs;
    std::optional<std::int32_t> first;
    // A run each month; a month of time is an epoch. Another service keeps the bill positive.
    constexpr int kRuns = 24;
    for (int run = 0; run < kRuns; ++run) {
      facts.services.clear();
      for (const Service& revision : revisions) {
        if (revision.epoch <= run) facts.services.push_back(revision);
      }
      const Month period = Month::from_index(month("2026-01").index() + run);
      if (!facts.services.empty() && !first) first = period.index();
      Service keeper = service("KEEPER", "2025-01-01");
      keeper.id = id<ServiceId>(2);
      facts.services.push_back(keeper);
      BillingTerms terms = terms_of(period.to_string());
      const std::vector<Closing> earlier = runs;
      terms.earlier_runs = earlier;
      runs.push_back({terms.day, run});
      const bool set_aside = run + 1 < kRuns && *rc::gen::inRange(0, 4) == 0;
      if (set_aside) continue;
      const auto planned = plan_bills(facts, terms);
      RC_ASSERT(planned.has_value());
      for (const InvoiceLine& line : planned->bills.at(0).lines) {
        facts.issued.push_back(line);
        if (line.service == id<ServiceId>(1)) {
          billed[Month::of(line.period.from()).index()] += line.net.minor();
        }
      }
      facts.closed.push_back({terms.day, run});
    }
    // Months before the service was first seen are not ours (D15).
    for (std::int32_t index = first.value(); index <= month("2026-01").index() + kRuns; ++index) {
      RC_LOG(Month::from_index(index).to_string());
      RC_ASSERT(billed[index] == owed_in(revisions, Month::from_index(index)));
      billed.erase(index);
    }
    RC_ASSERT(billed.empty());
  });
  EXPECT_TRUE(held);
}

TEST(PlanBills, AChangedPlanHoldsFromItsDay) {
  Service changed_plan = service("FIBER250", "2025-05-28");
  changed_plan.revision = 2;
  changed_plan.epoch = 5;
  changed_plan.holds_from = day("2026-11-11");
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28")});
  facts.issued = plan(facts)->bills.at(0).lines;
  facts.closed = {{day("2026-11-01"), 3}};
  facts.services.push_back(changed_plan);
  EXPECT_EQ(lines_of(plan(facts, "2026-11")->bills.at(0)),
            "correction FIBER100 2026-11-01..2026-11-30 -319.20\n"
            "catch_up FIBER100 2026-11-01..2026-11-10 106.40\n"
            "catch_up FIBER250 2026-11-11..2026-11-30 266.13\n"
            "recurring FIBER250 2026-12-01..2026-12-31 399.20\n");
}

TEST(PlanBills, APausedServiceCostsNothing) {
  Service paused = service("FIBER100", "2025-05-28");
  paused.revision = 2;
  paused.paused = true;
  paused.holds_from = day("2026-10-11");
  Service resumed = paused;
  resumed.revision = 3;
  resumed.paused = false;
  resumed.holds_from = day("2026-10-26");
  const auto planned = plan(facts_of({service("FIBER100", "2025-05-28"), paused, resumed}));
  EXPECT_EQ(lines_of(planned->bills.at(0)),
            "catch_up FIBER100 2026-10-01..2026-10-10 102.97\n"
            "catch_up FIBER100 2026-10-26..2026-10-31 61.78\n"
            "recurring FIBER100 2026-11-01..2026-11-30 319.20\n");
}

// What was issued counts, not what today's catalogue says of those days.
TEST(PlanBills, ACorrectionTakesBackWhatWasIssued) {
  Service ended = service("FIBER100", "2025-05-28", "2026-11-11");
  ended.revision = 2;
  ended.epoch = 5;
  Service other = service("FIBER250", "2025-05-28");
  other.id = id<ServiceId>(2);
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28"), other});
  facts.issued = plan(facts)->bills.at(0).lines;
  for (InvoiceLine& line : facts.issued) {
    if (line.item == "FIBER100") line.net = Money(30000, base::Currency());
  }
  facts.closed = {{day("2026-11-01"), 3}};
  facts.services = {service("FIBER100", "2025-05-28"), ended, other};
  EXPECT_EQ(lines_of(plan(facts, "2026-11")->bills.at(0)),
            "correction FIBER100 2026-11-01..2026-11-30 -300.00\n"
            "catch_up FIBER100 2026-11-01..2026-11-10 106.40\n"
            "recurring FIBER250 2026-12-01..2026-12-31 399.20\n");
}

// R06: the account's own days; a bill on the 31st falls on the last day of shorter months.
TEST(PlanBills, R06BillsOnTheDaysOfTheAccountsFrequency) {
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28")});
  facts.first_frequency = Frequency::parse("monthly#15").value();
  BillingTerms terms = terms_of("2026-10");  // On 1 November: the boundary of 15 October.
  const auto planned = plan_bills(facts, terms);
  ASSERT_TRUE(planned);
  EXPECT_EQ(planned->boundary, day("2026-10-15"));
  EXPECT_EQ(lines_of(planned->bills.at(0)),
            "catch_up FIBER100 2026-09-15..2026-10-14 319.20\n"
            "recurring FIBER100 2026-10-15..2026-11-14 319.20\n");
  facts.closed = {{day("2026-10-15"), 1}};
  EXPECT_EQ(boundary_to_close(facts, day("2026-11-14")), std::nullopt);
  EXPECT_EQ(boundary_to_close(facts, day("2026-11-15")), day("2026-11-15"));
  facts.first_frequency = Frequency::parse("every_3_months#1").value();
  facts.closed = {};
  EXPECT_EQ(lines_of(plan_bills(facts, terms)->bills.at(0)),
            "catch_up FIBER100 2026-09-01..2026-09-30 319.20\n"
            "recurring FIBER100 2026-10-01..2026-10-31 319.20\n"
            "recurring FIBER100 2026-11-01..2026-11-30 319.20\n"
            "recurring FIBER100 2026-12-01..2026-12-31 319.20\n");
}

base::Result<AccountPlan> plan_on(const AccountFacts& facts, std::string_view on) {
  BillingTerms terms = terms_of("2026-10");
  terms.day = day(on);
  return plan_bills(facts, terms);
}

// R03: cycles shorter and longer than a price month. A month is billed once, by the cycle in which
// it begins; of a service that began within a long cycle nothing is lost.
TEST(PlanBills, R03EachPriceMonthIsBilledOnceWhateverTheCycle) {
  struct Row {
    std::string_view frequency, starts, closed, on, lines;
  };
  const Row rows[] = {
      {"weekly#1", "2026-10-28", "", "2026-11-02",
       "catch_up FIBER100 2026-10-28..2026-10-31 41.19\n"
       "recurring FIBER100 2026-11-01..2026-11-30 319.20\n"},
      {"weekly#1", "2026-10-28", "2026-11-02", "2026-11-09", ""},
      {"weekly#1", "2026-10-28", "2026-11-23", "2026-11-30",
       "recurring FIBER100 2026-12-01..2026-12-31 319.20\n"},
      {"daily", "2026-10-28", "2026-10-30", "2026-10-31", ""},
      {"daily", "2026-10-28", "2026-10-31", "2026-11-01",
       "recurring FIBER100 2026-11-01..2026-11-30 319.20\n"},
      {"every_3_months#1", "2026-08-01", "", "2026-10-01",
       "catch_up FIBER100 2026-08-01..2026-08-31 319.20\n"
       "catch_up FIBER100 2026-09-01..2026-09-30 319.20\n"
       "recurring FIBER100 2026-10-01..2026-10-31 319.20\n"
       "recurring FIBER100 2026-11-01..2026-11-30 319.20\n"
       "recurring FIBER100 2026-12-01..2026-12-31 319.20\n"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.frequency) + " on " + std::string(row.on));
    AccountFacts facts = facts_of({service("FIBER100", std::string(row.starts))});
    facts.first_frequency = Frequency::parse(row.frequency).value();
    if (!row.closed.empty()) facts.closed = {{day(row.closed), 1}};
    const auto planned = plan_on(facts, row.on);
    ASSERT_TRUE(planned) << describe(planned.error());
    EXPECT_EQ(planned->bills.empty() ? "" : lines_of(planned->bills.at(0)), row.lines);
  }
}

// A week's bill had the whole month: a later end gives back what is after it.
TEST(PlanBills, R03AWeeksBillIsCorrectedThroughTheWholeMonth) {
  Service ended = service("FIBER100", "2026-10-28", "2026-11-21");
  ended.revision = 2;
  ended.epoch = 5;
  AccountFacts facts = facts_of({service("FIBER100", "2026-10-28")});
  facts.first_frequency = Frequency::parse("weekly#1").value();
  facts.issued = plan_on(facts, "2026-11-02")->bills.at(0).lines;
  facts.closed = {{day("2026-11-02"), 3}};
  facts.services.push_back(ended);
  const auto planned = plan_on(facts, "2026-11-09");
  ASSERT_TRUE(planned);
  ASSERT_EQ(planned->bills.size(), 1U);
  EXPECT_TRUE(planned->bills[0].is_credit);  // 319.20 - 319.20 x 20 / 30 = 106.40
  EXPECT_EQ(planned->bills[0].sums.net.to_decimal_string(), "106.40");
}

// What a campaign makes free is on no bill; what is bought is, though it is set off.
TEST(PlanBills, R12WhatComesToNothingIsOnNoBill) {
  AccountFacts facts = facts_of({service("FREE", "2026-11-01", "", "GIFT")});
  static const Catalogue kCatalogue = [] {
    CatalogueItem gift{.code = "GIFT",
                       .kind = ItemKind::kCampaign,
                       .division = "broadband",
                       .names = {{"", "Gift"}},
                       .prices = {},
                       .campaign = {}};
    gift.campaign = {{"FREE"}, {Decimal::from_integer(100)}, 3};
    return Catalogue::make({plan_item("FREE", {{"2020-01-01", "100"}}), gift}).value();
  }();
  BillingTerms terms = terms_of("2026-10");
  terms.catalogue = &kCatalogue;
  const auto nothing = plan_bills(facts, terms);
  ASSERT_TRUE(nothing) << describe(nothing.error());
  EXPECT_TRUE(nothing->bills.empty());
  facts.charges = {charge(1, ChargePayment::kOnBill, "10.00")};
  EXPECT_EQ(plan_bills(facts, terms)->bills.size(), 1U);
}

}  // namespace
}  // namespace domain
