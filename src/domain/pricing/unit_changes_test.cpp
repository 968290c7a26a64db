// What seats cost that come and go within a month, and that a month without changes costs what the
// price model says.
#include "domain/pricing/unit_changes.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

namespace domain {
namespace {

using base::Decimal;

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }
base::UnitPrice price(std::string_view text) { return {number(text)}; }

PriceModel model(PriceForm form, std::vector<PriceTier> tiers, std::string_view free = "0") {
  return PriceModel::make({.form = form,
                           .tiers = std::move(tiers),
                           .free_units = number(free),
                           .minimum = {},
                           .maximum = {}})
      .value();
}

std::vector<PriceTier> seats() {
  return {{number("5"), price("10"), price("100"), {}}, {{}, price("5"), price("50"), {}}};
}

TEST(UnitChanges, WhatTheyCost) {
  const PriceModel graduated = model(PriceForm::kGraduated, seats());
  const PriceModel plain = model(PriceForm::kPerUnit, {{{}, price("30"), {}, {}}});
  struct Row {
    std::string_view what;
    PriceModel model;
    std::vector<UnitChange> changes;
    std::string_view amount;
  };
  const auto change = [](std::string_view units, std::int64_t days) {
    return UnitChange{number(units), days};
  };
  const Row rows[] = {
      {"none", graduated, {}, "100"},
      {"through two tiers and back",
       graduated,
       {change("5", 21), change("5", 16), change("10", 6), change("-6", 11)},
       "197.3333333333"},
      {"one change in two tiers",
       graduated,
       {change("2", 21), change("5", 16), change("10", 6), change("-6", 11)},
       "184.3333333333"},
      {"the whole month", graduated, {change("7", 30)}, "210"},
      {"added and gone at once", graduated, {change("7", 10), change("-7", 10)}, "150"},
      {"one seat for 21 days", plain, {change("1", 21)}, "21"},
      {"five seats for the whole month", plain, {change("5", 30)}, "150"},
      {"the first two are free",
       model(PriceForm::kPerUnit, {{{}, price("30"), {}, {}}}, "2"),
       {change("1", 30), change("2", 10), change("-3", 5)},
       "5"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto amount = price_of_changes(row.model, row.changes, 30);
    ASSERT_TRUE(amount.has_value()) << base::describe(amount.error());
    EXPECT_EQ(amount->to_string(), row.amount);
  }
}

TEST(UnitChanges, WhatCannotBePricedIsAnError) {
  const UnitChange one{number("1"), 30}, fewer{number("-2"), 10};
  const PriceModel plain = model(PriceForm::kPerUnit, {{{}, price("30"), {}, {}}});
  EXPECT_EQ(price_of_changes(plain, std::vector{one, fewer}, 30).error().code, "negative_quantity");
  EXPECT_EQ(price_of_changes(model(PriceForm::kVolume, seats()), std::vector{one}, 30).error().code,
            "price_not_divisible");
  const UnitChange many{number("1000000000"), 30};
  EXPECT_EQ(price_of_changes(plain, std::vector{many}, 30).error().code, "amount_out_of_range");
}

int up_to(int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, most + 1)); }

TEST(UnitChanges, WholeMonthsCostWhatTheModelSays) {
  EXPECT_TRUE(rc::check([] {
    const PriceModel graduated = model(PriceForm::kGraduated, seats());
    std::vector<UnitChange> changes;
    int count = 0;
    for (int left = up_to(5); left > 0; --left) {
      const int units = up_to(10);
      count += units;
      changes.push_back({Decimal::from_integer(units), 30});
    }
    RC_ASSERT(price_of_changes(graduated, changes, 30).value() ==
              graduated.amount(Decimal::from_integer(count)).value());
  }));
}

}  // namespace
}  // namespace domain
