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
  CatalogueItem item{.code = code, .kind = ItemKind::kPlan, .division = "broadband",
                     .names = {{"", code + " plan"}}, .prices = {}, .campaign = {}};
  for (const auto& [from, amount] : prices) {
    item.prices.push_back({day(from), price(amount), false, "standard"});
  }
  return item;
}

Catalogue catalogue() {
  CatalogueItem half{.code = "HALVA3", .kind = ItemKind::kCampaign, .division = "broadband",
                     .names = {{"", "Half price"}}, .prices = {}, .campaign = {}};
  half.campaign = {{"FIBER250"}, {Decimal::from_integer(50)}, 3};
  return Catalogue::make({plan_item("FIBER100", {{"2020-01-01", "319.20"}}),
                          plan_item("FIBER250", {{"2020-01-01", "399.20"}}),
                          plan_item("RISES", {{"2020-01-01", "310"}, {"2026-10-11", "341"}}),
                          plan_item("LATER", {{"2026-12-01", "100"}}), half})
      .value();
}

Service service(std::string plan, std::string starts, std::string ends = "",
                std::string campaign = "") {
  Service value{.id = id<ServiceId>(1), .account = id<AccountId>(1), .revision = 1,
                .division = "broadband", .source_number = "B1", .plan = plan,
                .starts = day(starts), .ends = {}, .campaign = campaign, .label = "", .epoch = 1};
  if (!ends.empty()) value.ends = day(ends);
  return value;
}

Charge charge(std::uint8_t number, ChargePayment payment, std::string net) {
  const Money amount = Money::parse(net, base::Currency()).value();
  return {.id = id<ChargeId>(number), .account = id<AccountId>(1), .service = id<ServiceId>(1),
          .kind = "one_off", .item = "ROUTER-AX", .division = "broadband",
          .quantity = Decimal::from_integer(1), .unit_price = price(net), .net = amount,
          .vat_class = "standard", .payment = payment, .effective = day("2026-10-13"),
          .period = month("2026-10"), .source = "orders", .record_id = std::to_string(number),
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
  terms.period = month(period);
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
  facts.closed = {{month("2026-09"), 1}};
  EXPECT_EQ(lines_of(plan(facts)->bills.at(0)),
            "recurring FIBER100 2026-11-01..2026-11-30 319.20\n");
}

// A run saw the service and closed nothing for the account, because it was set aside.
TEST(PlanBills, WhatAnEarlierRunSetAsideIsCaughtUp) {
  const ClosedPeriod runs[] = {{month("2026-07"), 0}, {month("2026-08"), 1}};
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
  facts.closed = {{month("2026-07"), 1}};  // Billed July and August.
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
      {"2026-10-28", "", "catch_up FIBER100 2026-10-28..2026-10-31 41.19\n"
                         "recurring FIBER100 2026-11-01..2026-11-30 319.20\n"},
      {"2025-01-01", "2026-10-11", "catch_up FIBER100 2026-10-01..2026-10-10 102.97\n"},
      {"2025-01-01", "2026-11-16", "catch_up FIBER100 2026-10-01..2026-10-31 319.20\n"
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
      {"2026-09-01", "discount HALVA3 2026-10-01..2026-10-31 -199.60\n"
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
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28"), ended, other});
  facts.closed = {{month("2026-10"), 3}};
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
  facts.closed = {{month("2026-10"), 3}, {month("2026-11"), 6}};
  EXPECT_TRUE(plan(facts, "2026-12")->bills.empty());
}

TEST(PlanBills, WhoMovesHouseIsNotBilledAnew) {
  Service moved = service("FIBER100", "2025-05-28");
  moved.revision = 2;
  moved.epoch = 5;
  moved.label = "Storgatan 1, Umeå";
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28"), moved});
  facts.closed = {{month("2026-10"), 3}};
  const auto planned = plan(facts, "2026-11");
  EXPECT_EQ(lines_of(planned->bills.at(0)), "recurring FIBER100 2026-12-01..2026-12-31 319.20\n");
  EXPECT_EQ(planned->bills.at(0).lines.at(0).service_label, "Storgatan 1, Umeå");
}

TEST(PlanBills, MoreTakenBackThanBilledStaysOpen) {
  Service ended = service("FIBER100", "2025-05-28", "2026-11-11");
  ended.revision = 2;
  ended.epoch = 5;
  AccountFacts facts = facts_of({service("FIBER100", "2025-05-28"), ended});
  facts.closed = {{month("2026-10"), 3}};
  const auto planned = plan(facts, "2026-11");
  ASSERT_FALSE(planned);
  EXPECT_EQ(planned.error().code, "bill_is_negative");
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
  facts.account.profile.grouping = "division";
  const auto by_division = plan(facts);
  ASSERT_EQ(by_division->bills.size(), 2U);
  EXPECT_EQ(by_division->bills[0].group_key, "division:broadband");
  EXPECT_EQ(by_division->bills[1].group_key, "division:mobile");
  facts.account.profile.grouping = "service";
  EXPECT_EQ(plan(facts)->bills.size(), 2U);
}

TEST(PlanBills, WhatCannotBePricedIsNamed) {
  EXPECT_EQ(plan(facts_of({service("NONE", "2026-10-01")})).error().code, "unknown_plan");
  EXPECT_EQ(plan(facts_of({service("LATER", "2026-10-01")})).error().code, "no_price");
  EXPECT_EQ(plan(facts_of({service("FIBER100", "2026-10-01", "", "NONE")})).error().code,
            "unknown_campaign");
}

// Whatever happens to a service, and whenever runs look: what was billed in all for a month is
// what its last facts cost in that month.
TEST(PlanBills, BilledInAllIsOwedInAll) {
  const bool held = rc::check([] {
    const Date start = day("2026-01-01") + *rc::gen::inRange(0, 120);
    std::vector<Service> revisions = {service("FIBER100", start.to_string())};
    revisions[0].epoch = *rc::gen::inRange(1, 5);
    if (*rc::gen::arbitrary<bool>()) {
      Service ended = revisions[0];
      ended.revision = 2;
      ended.epoch = revisions[0].epoch + *rc::gen::inRange(0, 5);
      ended.ends = start + *rc::gen::inRange(0, 300);
      revisions.push_back(ended);
    }
    AccountFacts facts = facts_of({});
    std::map<std::string, std::int64_t> billed;
    // A run each month; a month of time is an epoch. Other services keep the bill positive.
    for (int run = 0; run < 12; ++run) {
      facts.services.clear();
      for (const Service& revision : revisions) {
        if (revision.epoch <= run) facts.services.push_back(revision);
      }
      Service keeper = service("FIBER250", "2025-01-01");
      keeper.id = id<ServiceId>(2);
      facts.services.push_back(keeper);
      const Month period = Month::from_index(month("2026-01").index() + run);
      const auto planned = plan(facts, period.to_string());
      if (!planned) continue;  // Set aside: the next run sees it again.
      for (const InvoiceLine& line : planned->bills.at(0).lines) {
        if (line.service == id<ServiceId>(1)) {
          billed[Month::of(line.period.from()).to_string()] += line.net.minor();
        }
      }
      facts.closed.push_back({period, run});
    }
    static const Catalogue kCatalogue = catalogue();
    BillingTerms terms;
    terms.catalogue = &kCatalogue;
    terms.vat_rate_on = [](std::string_view, Date) -> base::Result<base::Percent> {
      return base::Percent{};
    };
    // Months before the service was first seen are not ours (D15).
    for (const auto& [text, minor] : billed) {
      std::int64_t owed = 0;
      const auto lines = month_of_service(revisions.back(), month(text), terms, "sv");
      for (const InvoiceLine& line : *lines) owed += line.net.minor();
      RC_ASSERT(minor == owed);
    }
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace domain
