// What quantities cost under each price model, which terms are refused, and what holds for any
// tiers and quantities: graduated never falls, one tier is per unit, volume meets graduated in the
// first tier.
#include "domain/pricing/price_model.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

namespace domain {
namespace {

using base::Decimal;

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }
base::UnitPrice price(std::string_view text) { return {number(text)}; }

// Of a tier: "" is no end.
PriceTier tier(std::string_view up_to, std::string_view unit, std::string_view fixed = "0",
               std::string_view package = "0") {
  PriceTier made{
      .up_to = {}, .unit = price(unit), .fixed = price(fixed), .package = number(package)};
  if (!up_to.empty()) made.up_to = number(up_to);
  return made;
}

PriceTerms terms(PriceForm form, std::vector<PriceTier> tiers, std::string_view free_units = "0") {
  return {.form = form,
          .tiers = std::move(tiers),
          .free_units = number(free_units),
          .minimum = {},
          .maximum = {}};
}

PriceTerms between(PriceTerms terms, std::string_view minimum, std::string_view maximum) {
  if (!minimum.empty()) terms.minimum = price(minimum);
  if (!maximum.empty()) terms.maximum = price(maximum);
  return terms;
}

TEST(PriceModel, WhatAQuantityCosts) {
  using enum PriceForm;
  const std::vector<PriceTier> falling = {tier("100", "2", "10"), tier("200", "1"),
                                          tier("", "0.5", "50")};
  const std::vector<PriceTier> seats = {tier("5", "10", "100"), tier("", "5", "50")};
  const std::vector<PriceTier> blocks = {tier("10", "2.95", "0", "100"),
                                         tier("", "5.95", "1", "1000")};
  struct Row {
    std::string_view what;
    PriceTerms terms;
    std::string_view quantity;
    std::string_view amount;
  };
  const Row rows[] = {
      {"flat", terms(kFlat, {tier("", "0", "49")}), "0", "49"},
      {"flat, whatever the quantity", terms(kFlat, {tier("", "0", "49")}), "12.5", "49"},
      {"per unit", terms(kPerUnit, {tier("", "0.69")}), "10", "6.9"},
      {"per unit and fixed", terms(kPerUnit, {tier("", "0.69", "5")}), "0", "5"},
      {"per unit after free ones", terms(kPerUnit, {tier("", "2")}, "3"), "10", "14"},
      {"per unit, all free", terms(kPerUnit, {tier("", "2")}, "3"), "2.5", "0"},
      {"the last place is rounded half up", terms(kPerUnit, {tier("", "0.0000000005")}), "0.1",
       "0.0000000001"},
      {"graduated, nothing used", terms(kGraduated, seats), "0", "100"},
      {"graduated, first tier", terms(kGraduated, seats), "3", "130"},
      {"graduated, the end is inclusive", terms(kGraduated, seats), "5", "150"},
      {"graduated, a little beyond", terms(kGraduated, seats), "5.1", "200.5"},
      {"graduated, second tier", terms(kGraduated, seats), "7", "210"},
      {"graduated, three tiers", terms(kGraduated, falling), "300", "410"},
      {"graduated, free ones first", terms(kGraduated, seats, "2"), "7", "150"},
      {"volume, nothing used", terms(kVolume, falling), "0", "10"},
      {"volume", terms(kVolume, falling), "1", "12"},
      {"volume, the end is inclusive", terms(kVolume, falling), "100", "210"},
      {"volume, a little beyond", terms(kVolume, falling), "100.5", "100.5"},
      {"volume, second tier", terms(kVolume, falling), "101", "101"},
      {"volume, second tier's end", terms(kVolume, falling), "200", "200"},
      {"volume, last tier", terms(kVolume, falling), "300", "200"},
      {"a started package is a whole one", terms(kPackage, {tier("", "100", "0", "10")}), "121",
       "1300"},
      {"packages after free units", terms(kPackage, {tier("", "100", "0", "10")}, "10"), "121",
       "1200"},
      {"no package", terms(kPackage, {tier("", "100", "0", "10")}, "200"), "121", "0"},
      {"packages of half units", terms(kPackage, {tier("", "1", "0", "0.5")}), "1.2", "3"},
      {"small blocks", terms(kPackage, blocks), "199", "5.9"},
      {"small blocks, all of them", terms(kPackage, blocks), "1000", "29.5"},
      {"small blocks, then a large one", terms(kPackage, blocks), "1001", "36.45"},
      {"small blocks, then two large ones", terms(kPackage, blocks), "2001", "42.4"},
      {"a percentage of an amount", terms(kPercentage, {tier("", "1.5", "0.25")}), "200", "3.25"},
      {"a percentage of nothing", terms(kPercentage, {tier("", "1.5", "0.25")}), "0", "0.25"},
      {"at least", between(terms(kPercentage, {tier("", "1.5")}), "5", "10"), "200", "5"},
      {"between", between(terms(kPercentage, {tier("", "1.5")}), "5", "10"), "400", "6"},
      {"at most", between(terms(kPercentage, {tier("", "1.5")}), "5", "10"), "1000", "10"},
      {"at least, of units", between(terms(kPerUnit, {tier("", "2")}), "5", ""), "1", "5"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto model = PriceModel::make(row.terms);
    ASSERT_TRUE(model.has_value()) << base::describe(model.error());
    const auto amount = model->amount(number(row.quantity));
    ASSERT_TRUE(amount.has_value()) << base::describe(amount.error());
    EXPECT_EQ(amount->to_string(), row.amount);
  }
}

TEST(PriceModel, FlatIsMadeFromAPriceAlone) {
  const PriceModel model = PriceModel::flat(price("319.20"));
  EXPECT_EQ(model, PriceModel::make(terms(PriceForm::kFlat, {tier("", "0", "319.20")})).value());
  EXPECT_EQ(model.amount(number("3"))->to_string(), "319.2");
}

TEST(PriceModel, BadTermsAreRefusedWithTheirTier) {
  using enum PriceForm;
  struct Row {
    std::string_view what;
    PriceTerms terms;
    std::string_view code;
    std::string_view place;
  };
  const Row rows[] = {
      {"no tier", terms(kFlat, {}), "price_without_tier", ""},
      {"falling ends", terms(kVolume, {tier("10", "1"), tier("9", "1"), tier("", "1")}),
       "price_tier_order", "tier 2"},
      {"the same end twice", terms(kVolume, {tier("10", "1"), tier("10", "1"), tier("", "1")}),
       "price_tier_unreachable", "tier 2"},
      {"nothing up to zero", terms(kGraduated, {tier("0", "1"), tier("", "1")}),
       "price_tier_unreachable", "tier 1"},
      {"an end below zero", terms(kGraduated, {tier("-1", "1"), tier("", "1")}), "price_tier_order",
       "tier 1"},
      {"a second tier of one price", terms(kPerUnit, {tier("10", "1"), tier("", "1")}),
       "price_tier_unreachable", "tier 2"},
      {"the last ends", terms(kGraduated, {tier("10", "1"), tier("20", "1")}), "price_tier_open",
       "tier 2"},
      {"the only one ends", terms(kPerUnit, {tier("10", "1")}), "price_tier_open", "tier 1"},
      {"the first does not end", terms(kVolume, {tier("", "1"), tier("", "1")}), "price_tier_open",
       "tier 1"},
      {"a package of nothing", terms(kPackage, {tier("", "1", "0", "0")}), "price_bad_package",
       "tier 1"},
      {"half a package", terms(kPackage, {tier("2.5", "1", "0", "10"), tier("", "1", "0", "10")}),
       "price_bad_package", "tier 1"},
      {"a price below zero", terms(kVolume, {tier("5", "1"), tier("", "-1")}), "price_negative",
       "tier 2"},
      {"a fixed amount below zero", terms(kFlat, {tier("", "0", "-1")}), "price_negative",
       "tier 1"},
      {"free units below zero", terms(kPerUnit, {tier("", "1")}, "-1"), "price_negative", ""},
      {"a minimum above the maximum", between(terms(kPercentage, {tier("", "1")}), "2", "1"),
       "price_bad_limits", ""},
      {"a minimum below zero", between(terms(kPercentage, {tier("", "1")}), "-2", ""),
       "price_bad_limits", ""},
      {"a price that no bill can hold", terms(kPerUnit, {tier("", "10000000000.01")}),
       "amount_out_of_range", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto model = PriceModel::make(row.terms);
    ASSERT_FALSE(model.has_value());
    EXPECT_EQ(model.error().code, row.code);
    EXPECT_EQ(model.error().place, row.place);
  }
}

TEST(PriceModel, WhatCannotBeCountedIsAnError) {
  using enum PriceForm;
  struct Row {
    PriceTerms terms;
    std::string_view quantity;
    std::string_view code;
  };
  const Row rows[] = {
      {terms(kPerUnit, {tier("", "1")}), "-0.1", "negative_quantity"},
      {terms(kPerUnit, {tier("", "1000000")}), "10001", "amount_out_of_range"},
      {terms(kPerUnit, {tier("", "10000000000")}), "10000000000", "amount_out_of_range"},
      {terms(kVolume, {tier("", "0")}), "10000000001", "amount_out_of_range"},
      {terms(kPackage, {tier("", "0", "0", "0.0000000001")}), "2", "amount_out_of_range"},
      {terms(kPercentage, {tier("", "10000000000")}), "10000000000", "amount_out_of_range"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.quantity);
    const auto amount = PriceModel::make(row.terms)->amount(number(row.quantity));
    ASSERT_FALSE(amount.has_value());
    EXPECT_EQ(amount.error().code, row.code);
  }
}

TEST(PriceModel, FormsAreReadAsTheyAreWritten) {
  for (const std::string_view text :
       {"flat", "per_unit", "graduated", "volume", "package", "percentage"}) {
    EXPECT_EQ(to_text(parse_price_form(text).value()), text);
  }
  EXPECT_EQ(parse_price_form("tiered").error().code, "unknown_value");
}

// --- What holds for any of them.

int up_to(int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, most + 1)); }

Decimal hundredths(int most) { return Decimal::from_scaled(Decimal::kOne / 100 * up_to(most)); }

std::vector<PriceTier> any_tiers() {
  std::vector<PriceTier> tiers;
  Decimal end;
  for (int count = up_to(4); count > 0; --count) {
    end = end + Decimal::from_integer(1 + up_to(50));
    tiers.push_back({end, {hundredths(1000)}, {hundredths(5000)}, {}});
  }
  tiers.push_back({{}, {hundredths(1000)}, {hundredths(5000)}, {}});
  return tiers;
}

Decimal cost(const PriceTerms& terms, Decimal quantity) {
  return PriceModel::make(terms)->amount(quantity).value();
}

TEST(PriceModel, GraduatedNeverFalls) {
  EXPECT_TRUE(rc::check([] {
    const PriceTerms any = terms(PriceForm::kGraduated, any_tiers());
    const Decimal less = hundredths(25000);
    const Decimal more = less + hundredths(10000);
    RC_ASSERT(cost(any, less) <= cost(any, more));
  }));
}

TEST(PriceModel, GraduatedGrowsByEachUnitsOwnPrice) {
  EXPECT_TRUE(rc::check([] {
    // Unit by unit, without what the model does: the price of the tier that holds it.
    std::vector<PriceTier> tiers = any_tiers();
    const int units = up_to(250);
    Decimal sum;
    std::size_t at = 0;
    for (int unit = 1; unit <= units; ++unit) {
      while (tiers[at].up_to && *tiers[at].up_to < Decimal::from_integer(unit)) {
        sum = sum + tiers[at++].fixed.amount;
      }
      sum = sum + tiers[at].unit.amount;
    }
    sum = sum + tiers[at].fixed.amount;
    RC_ASSERT(cost(terms(PriceForm::kGraduated, tiers), Decimal::from_integer(units)) == sum);
  }));
}

TEST(PriceModel, OneTierIsTheSameInEveryForm) {
  EXPECT_TRUE(rc::check([] {
    const std::vector<PriceTier> one = {{{}, {hundredths(1000)}, {hundredths(5000)}, {}}};
    const Decimal quantity = hundredths(25000);
    const Decimal expected = cost(terms(PriceForm::kPerUnit, one), quantity);
    RC_ASSERT(cost(terms(PriceForm::kGraduated, one), quantity) == expected);
    RC_ASSERT(cost(terms(PriceForm::kVolume, one), quantity) == expected);
  }));
}

// With prices that fall from tier to tier and nothing fixed, all units at the price reached cost
// no more than each at its own; in the first tier both cost the same.
TEST(PriceModel, VolumeOfFallingPricesIsAtMostGraduated) {
  EXPECT_TRUE(rc::check([] {
    std::vector<PriceTier> tiers = any_tiers();
    for (PriceTier& each : tiers) each.fixed = {};
    std::vector<base::UnitPrice> units;
    for (const PriceTier& each : tiers) units.push_back(each.unit);
    std::ranges::sort(units, std::greater());
    for (std::size_t at = 0; at < tiers.size(); ++at) tiers[at].unit = units[at];
    const Decimal quantity = hundredths(25000);
    const Decimal volume = cost(terms(PriceForm::kVolume, tiers), quantity);
    const Decimal graduated = cost(terms(PriceForm::kGraduated, tiers), quantity);
    RC_ASSERT(volume <= graduated);
    if (!tiers[0].up_to || quantity <= *tiers[0].up_to) RC_ASSERT(volume == graduated);
  }));
}

// A package of one unit is a price per unit that was started.
TEST(PriceModel, PackagesOfOneAreStartedUnits) {
  EXPECT_TRUE(rc::check([] {
    std::vector<PriceTier> tiers = any_tiers();
    for (PriceTier& each : tiers) each.package = Decimal::from_integer(1);
    const Decimal quantity = Decimal::from_integer(up_to(250));
    const Decimal part = hundredths(99);
    const Decimal started = part.is_zero() ? quantity : quantity + Decimal::from_integer(1);
    RC_ASSERT(cost(terms(PriceForm::kPackage, tiers), quantity + part) ==
              cost(terms(PriceForm::kGraduated, tiers), started));
  }));
}

}  // namespace
}  // namespace domain
