// What a payment is expected to cost by each rail, in which order ways are offered, and what a
// year of payments cost (R22, R27, MOON10).
#include "domain/payment/rail_cost.h"

#include <gtest/gtest.h>

#include "domain/payment/rail_report.h"

namespace domain {
namespace {

using base::Decimal;
using base::Money;

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }
Money kronor(std::int64_t whole) { return Money(whole * 100, base::Currency()); }

RailTerms terms(Rail rail, std::string_view fixed, std::string_view percent,
                std::string_view failure = "0", std::string_view failure_cost = "0",
                std::string_view recall = "0", std::string_view recall_cost = "0") {
  return {std::move(rail),       decimal(fixed),    {decimal(percent)},  {decimal(failure)},
          decimal(failure_cost), {decimal(recall)}, decimal(recall_cost)};
}

TEST(RailCost, FeeAndWhatGoesWrong) {
  const struct {
    std::string_view what;
    RailTerms terms;
    RailHistory measured;
    std::int64_t kronor;
    std::string_view cost;
  } rows[] = {
      {"a fixed fee", terms({"", "bankgiro"}, "1.75", "0"), {}, 500, "1.75"},
      {"and a part of the sum", terms({"a", "card"}, "1.50", "1.2"), {}, 500, "7.5"},
      {"one in fifty fails", terms({"a", "card"}, "0", "0", "2", "4"), {}, 500, "0.08"},
      {"and some come back",
       terms({"a", "card"}, "0", "0", "2", "4", "0.1", "150"),
       {},
       500,
       "0.23"},
      {"measured, where there were enough",
       terms({"a", "card"}, "0", "0", "2", "4"),
       {{}, 200, 100, 100, 0},
       500,
       "2"},
      {"not measured from few",
       terms({"a", "card"}, "0", "0", "2", "4"),
       {{}, 199, 199, 0, 0},
       500,
       "0.08"},
      {"recalls by payments",
       terms({"a", "card"}, "0", "0", "0", "0", "5", "100"),
       {{}, 400, 0, 400, 4},
       500,
       "1"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(expected_cost(row.terms, &row.measured, kronor(row.kronor)).to_string(), row.cost)
        << row.what;
  }
}

TEST(RailCost, AMethodHasItsGatewaysTermsUnlessItsOwn) {
  const RailTerms all[] = {terms({"a", ""}, "1", "0"), terms({"a", "card"}, "2", "0"),
                           terms({"", "bankgiro"}, "3", "0")};
  EXPECT_EQ(terms_of(all, {"a", "card"})->fee_fixed.to_string(), "2");
  EXPECT_EQ(terms_of(all, {"a", "swish"})->fee_fixed.to_string(), "1");
  EXPECT_EQ(terms_of(all, {"", "bankgiro"})->fee_fixed.to_string(), "3");
  EXPECT_EQ(terms_of(all, {"", "transfer"}), nullptr);
  EXPECT_EQ(terms_of(all, {"b", "card"}), nullptr);
}

TEST(RailCost, TheCustomersOwnFirstThenTheCheapest) {
  std::vector<RailOffer> offers = {{{"a", "unknown"}},
                                   {{"a", "card"}, false, decimal("7.5")},
                                   {{"b", "swish"}, false, decimal("2")},
                                   {{"c", "wallet"}, true, decimal("9")},
                                   {{"d", "bank"}, false, decimal("2")}};
  order_offers(offers);
  std::string text;
  for (const RailOffer& offer : offers) text += offer.rail.method + " ";
  EXPECT_EQ(text, "wallet swish bank card unknown ");
}

RailUse use(Rail rail, std::string_view month, std::int64_t payments, std::int64_t amount,
            std::int64_t fees) {
  RailUse made;
  made.rail = std::move(rail);
  made.month = base::Month::parse(month).value();
  made.payments = payments;
  made.amount = kronor(amount);
  made.fees = kronor(fees);
  return made;
}

TEST(RailReport, WhatAYearCostAndWouldHaveCost) {
  const std::vector<RailUse> uses = {
      use({"", "bankgiro"}, "2026-01", 100, 40'000, 0),
      use({"a", "card"}, "2025-12", 10, 5'000, 70), use({"a", "card"}, "2026-01", 10, 5'000, 75),
      use({"a", "card"}, "2026-02", 20, 10'000, 155), use({"z", "gift"}, "2026-02", 2, 100, 0)};
  const RailTerms all[] = {terms({"", "bankgiro"}, "1.75", "0"), terms({"a", "card"}, "0", "1.5")};
  const auto rows = rail_costs(uses, {all, {}});
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].rail.method, "bankgiro");
  EXPECT_TRUE(rows[0].is_estimate) << "no bank tells a fee with a payment";
  EXPECT_EQ(rows[0].cost.to_string(), "175");
  EXPECT_EQ(rows[1].cost.to_string(), "300");
  EXPECT_FALSE(rows[1].is_estimate);
  EXPECT_EQ(rows[1].per_payment.to_string(), "7.5");
  EXPECT_EQ(rows[1].cheapest->method, "bankgiro");
  EXPECT_EQ(rows[1].on_cheapest->to_string(), "70");
  ASSERT_EQ(rows[1].months.size(), 3U);
  EXPECT_EQ(rows[1].months[0].in_year.to_string(), "70");
  EXPECT_EQ(rows[1].months[1].in_year.to_string(), "75") << "a year begins";
  EXPECT_EQ(rows[1].months[2].in_year.to_string(), "230");
  EXPECT_EQ(rows[2].cost.to_string(), "0") << "nobody said what it costs";
  EXPECT_FALSE(rows[2].is_estimate);
  EXPECT_FALSE(rows[2].is_known);
  EXPECT_FALSE(rows[2].cheapest) << "nothing is cheaper than what is not known";
  EXPECT_TRUE(rows[0].is_known && rows[1].is_known);
}

}  // namespace
}  // namespace domain
