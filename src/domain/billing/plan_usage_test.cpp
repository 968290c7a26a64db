// Usage on bills where allowances roll over: the same whatever was billed when, months without any
// usage included, and a late record changes the months that drew on what it left.
#include <gtest/gtest.h>

#include "domain/billing/plan_bills.h"
#include "domain/rating/rating_samples.h"

namespace domain {
namespace {

using base::Month;

// 10 GB a month, what is left may be used in the month after; 10.00 for a started GB beyond.
Catalogue rolling() {
  CatalogueItem plan = samples::item("ROLL", ItemKind::kPlan, "100");
  plan.plan.allowances = {samples::allowance("data", "10", UsageUnit::kGigabyte, "OVER")};
  plan.plan.allowances[0].months_rolled_over = 1;
  return Catalogue::make({plan,
                          samples::usage("DATA", {{"data"}, {}, {}, {}, {}, {}},
                                         UsageUnit::kGigabyte, "", {"data"}),
                          samples::blocks("OVER", "10.00")})
      .value();
}

class RollOver : public ::testing::Test {
 protected:
  RollOver() {
    Service service;
    service.id = samples::service(1);
    service.plan = "ROLL";
    service.division = "mobile";
    service.starts = samples::day("2026-08-01");
    facts.services = {service};
    terms.catalogue = &catalogue;
    terms.vat_rate_on = [](std::string_view, base::Date) -> base::Result<base::Percent> {
      return base::Percent{samples::decimal("25")};
    };
    terms.closes_every_month = needs_every_month(catalogue);
  }

  void used(std::string_view month, std::string_view gigabytes, bool late = false) {
    UsageSum sum{.service = samples::service(1),
                 .plan = "ROLL",
                 .item = "DATA",
                 .quantity = samples::decimal(gigabytes),
                 .amount = {},
                 .records = 1};
    facts.usage.push_back({Month::parse(month).value(), {sum}, late});
  }

  // What is charged for data beyond the allowance when the month is closed, by month.
  std::string bill(std::string_view month) {
    terms.day = Month::parse(month).value().next().period().from();
    terms.looks_back_to = base::add_months(terms.day, -24);
    const auto plan = plan_bills(facts, terms);
    if (!plan) return plan.error().code;
    facts.closed.push_back({terms.day, static_cast<std::int64_t>(facts.closed.size()) + 1});
    std::string charged;
    for (const PlannedBill& bill : plan->bills) {
      for (InvoiceLine line : bill.lines) {
        if (bill.is_credit) turn_sign(line);
        facts.issued.push_back(line);
        if (line.item != "OVER") continue;
        charged +=
            Month::of(line.period.from()).to_string() + " " + line.net.to_decimal_string() + "\n";
      }
    }
    return charged;
  }

  Catalogue catalogue = rolling();
  AccountFacts facts;
  BillingTerms terms;
};

TEST_F(RollOver, DoesNotDependOnHowOftenOneBills) {
  used("2026-08", "1");
  used("2026-09", "10");
  used("2026-10", "15");
  EXPECT_EQ(bill("2026-08"), "");
  EXPECT_EQ(bill("2026-09"), "");
  EXPECT_EQ(bill("2026-10"), "") << "August's 9 GB serve September, so September's own are left";
  facts.closed.clear();
  EXPECT_EQ(bill("2026-10"), "");
}

TEST_F(RollOver, AMonthWithoutUsageIsEarned) {
  used("2026-10", "15");
  EXPECT_EQ(bill("2026-09"), "");
  EXPECT_EQ(bill("2026-10"), "") << "10 GB of September and 10 of October";
}

TEST_F(RollOver, WhatCameLateIsMissingInTheMonthAfter) {
  used("2026-10", "4");
  used("2026-11", "40");
  EXPECT_EQ(bill("2026-10"), "");
  EXPECT_EQ(bill("2026-11"), "2026-11 240.00\n") << "6 GB of October and 10 of November cover 16";
  facts.usage.clear();
  used("2026-10", "10", /*late=*/true);
  used("2026-11", "40");
  EXPECT_EQ(bill("2026-12"), "2026-11 60.00\n") << "the 6 GB were used in October after all";
}

// 2.00 a GB, billed when it comes to 10.00 and to 30.00; at least 5.00 a month.
class WithinTheMonth : public ::testing::Test {
 protected:
  WithinTheMonth() {
    CatalogueItem plan = samples::item("METER", ItemKind::kPlan, "100");
    plan.plan.bill_at = {samples::price("10"), samples::price("30")};
    plan.plan.minimum_spend = samples::price("5");
    plan.plan.minimum_item = "LEAST";
    catalogue =
        Catalogue::make(
            {samples::usage("DATA", {{"data"}, {}, {}, {}, {}, {}}, UsageUnit::kGigabyte, "2"),
             samples::usage("LEAST", {{"never"}, {}, {}, {}, {}, {}}, UsageUnit::kPiece, "0"),
             plan})
            .value();
    Service service;
    service.id = samples::service(1);
    service.plan = "METER";
    service.division = "mobile";
    service.starts = samples::day("2026-08-01");
    facts.services = {service};
    facts.closed = {{samples::day("2026-11-01"), 1}};
    terms.catalogue = &catalogue;
    terms.vat_rate_on = [](std::string_view, base::Date) -> base::Result<base::Percent> {
      return base::Percent{};
    };
    terms.closes_every_month = needs_every_month(catalogue);
    terms.bills_within_months = bills_within_months(catalogue);
  }

  // What is billed for November's usage on a day, when so many GB were used until then.
  std::string bill(std::string_view day, std::string_view gigabytes) {
    const base::Decimal quantity = samples::decimal(gigabytes);
    const UsageSum sum{.service = samples::service(1),
                       .plan = "METER",
                       .item = "DATA",
                       .quantity = quantity,
                       .amount = quantity + quantity,
                       .records = 1};
    facts.usage = {{Month::parse("2026-11").value(), {sum}, false}};
    terms.day = samples::day(day);
    terms.looks_back_to = base::add_months(terms.day, -24);
    EXPECT_TRUE(needs_issued(facts, terms));
    const auto plan = plan_bills(facts, terms);
    if (!plan) return plan.error().code;
    EXPECT_EQ(plan->closes, boundary_to_close(facts, terms.day).has_value());
    if (plan->closes) facts.closed.push_back({plan->boundary, 2});
    std::string charged;
    for (const PlannedBill& bill : plan->bills) {
      for (const InvoiceLine& line : bill.lines) {
        facts.issued.push_back(line);
        const bool used = line.kind == LineKind::kUsage;
        if (used) charged += line.item + " " + line.net.to_decimal_string() + "\n";
      }
    }
    return charged;
  }

  Catalogue catalogue;
  AccountFacts facts;
  BillingTerms terms;
};

TEST_F(WithinTheMonth, UseIsBilledAtThresholdsAndTheRestAtTheEnd) {
  EXPECT_EQ(bill("2026-11-05", "4.99"), "");
  EXPECT_EQ(bill("2026-11-06", "6"), "DATA 12.00\n");
  EXPECT_EQ(bill("2026-11-06", "6"), "") << "once more, and nothing is due";
  EXPECT_EQ(bill("2026-11-07", "14"), "") << "28.00 have not come to the next threshold";
  EXPECT_EQ(bill("2026-11-08", "20"), "DATA 28.00\n");
  EXPECT_EQ(bill("2026-12-01", "21"), "DATA 2.00\n");
  EXPECT_EQ(bill("2026-12-02", "21"), "");
}

TEST_F(WithinTheMonth, WhatComesToNoThresholdIsTheMonthsOwn) {
  EXPECT_EQ(bill("2026-11-20", "1"), "") << "nor is the minimum billed before the end";
  EXPECT_EQ(bill("2026-12-01", "1"), "DATA 2.00\nLEAST 3.00\n");
}

TEST_F(WithinTheMonth, WhatWasTakenBackIsGivenBack) {
  EXPECT_EQ(bill("2026-11-06", "6"), "DATA 12.00\n");
  EXPECT_EQ(bill("2026-12-01", "5"), "DATA -2.00\n");
}

}  // namespace
}  // namespace domain
