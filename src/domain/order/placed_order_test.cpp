// States of an order, which money is certain enough, what things cost, and how often is told.
#include "domain/order/placed_order.h"

#include <set>

#include <gtest/gtest.h>

#include "domain/order/certainty.h"
#include "domain/order/price_item.h"
#include "domain/order/telling.h"
#include "domain/payment/rail_cost.h"

namespace domain {
namespace {

using base::Date;
using base::Decimal;
using base::Money;
using enum OrderState;

constexpr OrderState kAll[] = {kReceived,   kAwaitingPayment, kReady,
                               kHandedOver, kCancelled,       kFailed};

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }
Money kronor(std::int64_t whole) { return Money(whole * 100, base::Currency()); }
Date day(std::string_view text) { return Date::parse(text).value(); }

TEST(PlacedOrder, StepsAreThoseOfTheTableAndNoOthers) {
  const std::set<std::pair<OrderState, OrderState>> allowed = {
      {kReceived, kAwaitingPayment}, {kReceived, kReady},        {kReceived, kCancelled},
      {kReceived, kFailed},          {kAwaitingPayment, kReady}, {kAwaitingPayment, kCancelled},
      {kAwaitingPayment, kFailed},   {kReady, kHandedOver},      {kReady, kCancelled},
      {kReady, kAwaitingPayment}};
  for (const OrderState from : kAll) {
    for (const OrderState to : kAll) {
      PlacedOrder order;
      order.state = from;
      const auto gone = go(order, to, "why", base::Instant{7});
      const std::string place = std::string(to_text(from)) + " to " + std::string(to_text(to));
      EXPECT_EQ(gone.has_value(), allowed.contains({from, to})) << place;
      EXPECT_EQ(order.state, gone ? to : from) << place;
      EXPECT_EQ(gone ? "order_step_impossible" : gone.error().code, "order_step_impossible");
    }
  }
}

TEST(PlacedOrder, EveryStateIsReachedAndHasItsName) {
  std::set<OrderState> reached = {kReceived};
  for (const OrderStep& step : order_steps()) reached.insert(step.to);
  EXPECT_EQ(reached.size(), std::size(kAll));
  for (const OrderState state : kAll) EXPECT_EQ(parse_order_state(to_text(state)), state);
  EXPECT_FALSE(parse_order_state("paid"));
  EXPECT_TRUE(is_over(kHandedOver) && is_over(kCancelled) && is_over(kFailed));
  EXPECT_FALSE(is_over(kReceived) || is_over(kAwaitingPayment) || is_over(kReady));
}

TEST(PlacedOrder, ItIsLookedAtLessOftenAsItGrowsOld) {
  const struct {
    std::int64_t minutes_old, seconds;
  } rows[] = {{0, 5}, {9, 5}, {10, 60}, {59, 60}, {60, 3600}, {100'000, 3600}};
  for (const auto& row : rows) {
    const base::Instant now{row.minutes_old * 60 * base::kMicrosPerSecond};
    EXPECT_EQ(look_gap_micros({0}, now), row.seconds * base::kMicrosPerSecond) << row.minutes_old;
  }
}

TEST(Certainty, ByTheRuleOfEachRail) {
  const OrderRules rules{.debit_days = 5};
  const struct {
    std::string_view what;
    std::string_view method;
    std::int64_t settled, promised;
    std::string_view settled_on;
    bool certain;
  } rows[] = {
      {"a card that is authorised", "card", 0, 500, "", true},
      {"a card that is captured", "card", 500, 0, "", true},
      {"a part of it", "card", 499, 0, "", false},
      {"Swish that is begun", "swish", 0, 500, "", false},
      {"Swish that came", "swish", 500, 0, "", true},
      {"a wallet that is authorised", "vipps", 0, 500, "", false},
      {"a bank's money", "bankgiro", 500, 0, "", true},
      {"cash", "cash", 500, 0, "", true},
      {"what nobody knows, promised", "shells", 0, 500, "", false},
      {"what nobody knows, settled", "shells", 500, 0, "", true},
      {"a debit that is ordered", "direct_debit", 0, 500, "", false},
      {"a debit paid four days ago", "direct_debit", 500, 0, "2026-11-18", false},
      {"a debit paid five days ago", "direct_debit", 500, 0, "2026-11-17", true},
      {"nothing", "card", 0, 0, "", false},
  };
  for (const auto& row : rows) {
    OrderMoney money{std::string(row.method), kronor(row.settled), kronor(row.promised), {}};
    if (!row.settled_on.empty()) money.settled_on = day(row.settled_on);
    const OrderFacts facts{.needed = kronor(500),
                           .total = kronor(500),
                           .money = {&money, 1},
                           .today = day("2026-11-22")};
    EXPECT_EQ(is_certain(facts, rules), row.certain) << row.what;
  }
}

TEST(Certainty, WhatTheOperatorRisks) {
  OrderRules rules;
  rules.debit_at_once_up_to = decimal("300");
  rules.parts_at_once_up_to = decimal("1000");
  const struct {
    std::string_view what;
    OrderPay pay;
    std::int64_t total, promised;
    bool certain;
  } rows[] = {
      {"a small debit that is planned", OrderPay::kMandate, 300, 300, true},
      {"a larger one", OrderPay::kMandate, 301, 301, false},
      {"a small debit that is not planned", OrderPay::kMandate, 300, 0, false},
      {"parts of a small sum", OrderPay::kInstalments, 1000, 0, true},
      {"parts of a larger one", OrderPay::kInstalments, 1001, 0, false},
      {"on the bill", OrderPay::kBill, 5000, 0, true},
  };
  for (const auto& row : rows) {
    const OrderMoney money{"direct_debit", kronor(0), kronor(row.promised), {}};
    const OrderFacts facts{.pay = row.pay,
                           .needed = kronor(row.total),
                           .total = kronor(row.total),
                           .money = {&money, 1},
                           .today = day("2026-11-22")};
    EXPECT_EQ(is_certain(facts, rules), row.certain) << row.what;
  }
}

TEST(Certainty, WhoMayPutSomethingOnTheirBill) {
  const struct {
    std::string_view what, limit;
    std::int64_t total, already;
    int overdue;
    std::string_view code;
  } rows[] = {
      {"without a limit", "", 9'000, 9'000, 0, ""},
      {"up to it", "1000", 400, 600, 10, ""},
      {"beyond it", "1000", 401, 600, 0, "order_above_bill_limit"},
      {"who owes for too long", "1000", 1, 0, 11, "order_while_overdue"},
  };
  for (const auto& row : rows) {
    OrderRules rules{.overdue_days_max = 10};
    if (!row.limit.empty()) rules.bill_limit = decimal(row.limit);
    const auto may = may_go_on_bill(kronor(row.total), kronor(row.already), row.overdue, rules);
    EXPECT_EQ(may ? "" : may.error().code, row.code) << row.what;
  }
}

TEST(Certainty, WhoChoosesNothingPaysAsTheyCan) {
  EXPECT_EQ(preferred_pay({.has_kept = true, .has_mandate = true}), OrderPay::kKept);
  EXPECT_EQ(preferred_pay({.has_mandate = true, .likes_bill = true}), OrderPay::kMandate);
  EXPECT_EQ(preferred_pay({.likes_bill = true}), OrderPay::kBill);
  EXPECT_EQ(preferred_pay({}), OrderPay::kLink);
}

Catalogue catalogue() {
  const auto row = [](std::string_view price, bool with_vat) {
    return PriceRow{day("2020-01-01"), {decimal(price)}, with_vat, "standard"};
  };
  CatalogueItem router{.code = "ROUTER",
                       .kind = ItemKind::kOneOff,
                       .division = "broadband",
                       .names = {{"", "Router"}, {"sv", "Ruter"}},
                       .prices = {row("796.00", false)},
                       .campaign = {}};
  CatalogueItem film = router;
  film.code = "FILM";
  film.names = {{"", "Film"}};
  film.prices = {row("49.00", true)};
  return Catalogue::make({router, film}).value();
}

TEST(PriceItem, OfTheCatalogueOrAsStated) {
  const Catalogue all = catalogue();
  const OrderTerms terms{.catalogue = all,
                         .currency = {},
                         .day = day("2026-11-22"),
                         .language = "sv",
                         .brand = "Aurora",
                         .vat_rate = [](std::string_view vat_class) -> base::Result<base::Percent> {
                           if (vat_class == "standard") return base::Percent{decimal("25")};
                           if (vat_class == "reduced_1") return base::Percent{decimal("12")};
                           return base::fail("unknown_vat_class", "");
                         }};
  const auto asked = [](std::string code, std::string quantity, std::string price, bool with_vat,
                        std::string vat_class = "", std::string rate = "", std::string name = "") {
    OrderAsk ask;
    ask.code = std::move(code);
    ask.quantity = decimal(quantity);
    if (!price.empty()) ask.price = base::UnitPrice{decimal(price)};
    ask.with_vat = with_vat;
    ask.vat_class = std::move(vat_class);
    if (!rate.empty()) ask.vat_rate = base::Percent{decimal(rate)};
    ask.name = std::move(name);
    return ask;
  };
  // "name net total VAT%", or the error's code.
  const auto told = [&](const OrderAsk& ask) {
    const auto item = price_item(ask, terms);
    if (!item) return item.error().code;
    return item->name + " " + item->net.to_decimal_string() + " " +
           total_of({*item}, terms.day, {}).to_decimal_string() + " " +
           item->vat_rate.value.to_string();
  };
  EXPECT_EQ(told(asked("ROUTER", "1", "", false)), "Ruter 796.00 995.00 25");
  EXPECT_EQ(told(asked("ROUTER", "2", "100", false)), "Ruter 200.00 250.00 25");
  EXPECT_EQ(told(asked("FILM", "1", "", false)), "Film 39.20 49.00 25");
  EXPECT_EQ(told(asked("FILM", "3", "9.99", true)), "Film 23.98 29.97 25");
  EXPECT_EQ(told(asked("FILM", "1", "112", true, "reduced_1")), "Film 100.00 112.00 12");
  EXPECT_EQ(told(asked("BOOK", "1", "100", false, "reduced_1", "12", "En bok")),
            "En bok 100.00 112.00 12");
  EXPECT_EQ(told(asked("BOOK", "1", "100", false, "", "12", "En bok")), "vat_rate_differs");
  EXPECT_EQ(told(asked("BOOK", "1", "100", false)), "unknown_item");
  EXPECT_EQ(told(asked("BOOK", "1", "", false, "", "", "En bok")), "unknown_item");
  EXPECT_EQ(told(asked("FILM", "1", "1", true, "luxury")), "unknown_vat_class");
  EXPECT_EQ(told(asked("FILM", "0", "", false)), "bad_order_item");
  EXPECT_EQ(told(asked("FILM", "1", "0", true)), "bad_order_item");
  EXPECT_EQ(told(asked("FILM", "1", "10000000.01", true)), "bad_order_item");
  EXPECT_EQ(told(asked("FILM", "1", "999999999999999999", true)), "bad_order_item");
  EXPECT_EQ(told(asked("FILM", "1000001", "1", true)), "bad_order_item");
  EXPECT_EQ(told(asked("a:b", "1", "1", true, "", "", "x")), "bad_order_item");
}

TEST(PriceItem, OfAnUnknownItemTheNearestAreNamed) {
  const Catalogue all = catalogue();
  struct Row {
    std::string_view asked;
    std::vector<std::string> near;
  };
  const std::vector<Row> rows = {
      {"FILMS", {"FILM", "ROUTER"}},
      {"film", {"FILM", "ROUTER"}},
      {"ROUTR", {"ROUTER", "FILM"}},
      {"", {"FILM", "ROUTER"}},
  };
  for (const Row& row : rows) EXPECT_EQ(nearest_one_offs(all, row.asked), row.near) << row.asked;
  const Catalogue none = Catalogue::make({}).value();
  EXPECT_TRUE(nearest_one_offs(none, "FILM").empty());
}

TEST(PriceItem, OnTheBillItHasItsPriceWithoutVat) {
  OrderItem item;
  item.code = "FILM";
  item.quantity = decimal("2");
  item.unit_price = {decimal("49")};
  item.gross = Money(9'800, {});
  item.net = Money(7'840, {});
  item.vat_class = "standard";
  item.vat_rate = {decimal("25")};
  const Charge charge = charge_of(item, day("2026-11-22"));
  EXPECT_EQ(charge.unit_price.amount.to_string(), "39.2");
  EXPECT_EQ(charge.net.to_decimal_string(), "78.40");
  EXPECT_EQ(charge.period.to_string(), "2026-11");
}

TEST(Telling, GapsGrowAndEnd) {
  std::int64_t before = 0, all = 0, tries = 0;
  for (std::int64_t number = 1; telling_gap_micros(number); ++number) {
    const std::int64_t gap = *telling_gap_micros(number);
    EXPECT_GE(gap, before);
    before = gap;
    all += gap;
    ++tries;
  }
  EXPECT_EQ(*telling_gap_micros(1), 5 * base::kMicrosPerSecond);
  EXPECT_EQ(tries, 17);
  EXPECT_EQ(all / base::kMicrosPerDay, 2);
}

}  // namespace
}  // namespace domain
