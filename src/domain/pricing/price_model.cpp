#include "domain/pricing/price_model.h"

#include <algorithm>
#include <string>

#include "domain/pricing/exact_sum.h"

namespace domain {
namespace {

using base::Decimal;
using base::Int128;
using base::Result;

constexpr Decimal kOnce = Decimal::from_integer(1);

constexpr PriceForm kForms[] = {PriceForm::kFlat,   PriceForm::kPerUnit, PriceForm::kGraduated,
                                PriceForm::kVolume, PriceForm::kPackage, PriceForm::kPercentage};

std::string place_of(std::size_t index) { return "tier " + std::to_string(index + 1); }

bool has_tiers(PriceForm form) {
  switch (form) {
    case PriceForm::kFlat:
    case PriceForm::kPerUnit:
    case PriceForm::kPercentage: return false;
    case PriceForm::kGraduated:
    case PriceForm::kVolume:
    case PriceForm::kPackage: return true;
  }
  return false;
}

Result<> check_ends(const PriceTerms& terms) {
  Decimal before;
  for (std::size_t index = 0; index < terms.tiers.size(); ++index) {
    const auto& up_to = terms.tiers[index].up_to;
    const bool is_last = index + 1 == terms.tiers.size();
    if (index > 0 && !has_tiers(terms.form)) {
      return base::fail("price_tier_unreachable",
                        "a " + std::string(to_text(terms.form)) + " price has one tier",
                        place_of(index));
    }
    if (is_last && up_to) {
      return base::fail("price_tier_open", "the last tier has an end; leave up_to out",
                        place_of(index));
    }
    if (!is_last && !up_to) {
      return base::fail("price_tier_open", "only the last tier may be without up_to",
                        place_of(index));
    }
    if (is_last) break;
    if (*up_to < before) {
      return base::fail(
          "price_tier_order",
          "the tier ends at " + up_to->to_string() + ", the one before it at " + before.to_string(),
          place_of(index));
    }
    if (*up_to == before) {
      return base::fail(
          "price_tier_unreachable",
          "nothing is counted in the tier: it ends where it begins, at " + before.to_string(),
          place_of(index));
    }
    before = *up_to;
  }
  return {};
}

Result<> check_packages(const PriceTerms& terms) {
  if (terms.form != PriceForm::kPackage) return {};
  for (std::size_t index = 0; index < terms.tiers.size(); ++index) {
    const PriceTier& tier = terms.tiers[index];
    if (tier.package <= Decimal()) {
      return base::fail("price_bad_package", "a package needs units in it", place_of(index));
    }
    if (tier.up_to && tier.up_to->scaled() % Decimal::kOne != 0) {
      return base::fail("price_bad_package", "a tier ends after a whole number of packages",
                        place_of(index));
    }
  }
  return {};
}

Result<> check_amounts(const PriceTerms& terms) {
  for (std::size_t index = 0; index < terms.tiers.size(); ++index) {
    const PriceTier& tier = terms.tiers[index];
    if (tier.unit.amount.is_negative() || tier.fixed.amount.is_negative()) {
      return base::fail("price_negative", "a price is not below zero; give a discount instead",
                        place_of(index));
    }
    for (const Decimal value : {tier.unit.amount, tier.fixed.amount, tier.package}) {
      TRY(check_range(value));
    }
  }
  if (terms.free_units.is_negative()) {
    return base::fail("price_negative", "there are no fewer free units than none");
  }
  const auto& minimum = terms.minimum;
  const auto& maximum = terms.maximum;
  const bool is_negative =
      (minimum && minimum->amount.is_negative()) || (maximum && maximum->amount.is_negative());
  if (is_negative || (minimum && maximum && *maximum < *minimum)) {
    return base::fail("price_bad_limits", "0 <= minimum <= maximum");
  }
  return {};
}

// Each tier's part at that tier's price.
Result<Decimal> graduated(const std::vector<PriceTier>& tiers, Decimal quantity) {
  ExactSum sum;
  Decimal begin;
  for (const PriceTier& tier : tiers) {
    const Decimal end = std::min(quantity, tier.up_to.value_or(quantity));
    sum.add(end - begin, tier.unit);
    sum.add(kOnce, tier.fixed);
    if (!tier.up_to || quantity <= *tier.up_to) break;
    begin = end;
  }
  return sum.value();
}

// All at the price of the tier that holds the last of them.
Result<Decimal> volume(const std::vector<PriceTier>& tiers, Decimal quantity) {
  const auto reached = std::ranges::find_if(
      tiers, [&](const PriceTier& tier) { return !tier.up_to || quantity <= *tier.up_to; });
  ExactSum sum;
  sum.add(quantity, reached->unit);
  sum.add(kOnce, reached->fixed);
  return sum.value();
}

// Packages of the first tier until it ends, then those of the next for what is left.
Result<Decimal> packages(const std::vector<PriceTier>& tiers, Decimal quantity) {
  ExactSum sum;
  Decimal begin;  // Packages counted so far.
  for (const PriceTier& tier : tiers) {
    sum.add(kOnce, tier.fixed);
    const Int128 size = tier.package.scaled();
    const Int128 needed = quantity.scaled() / size + (quantity.scaled() % size == 0 ? 0 : 1);
    const Decimal started = Decimal::from_scaled(needed * Decimal::kOne);
    TRY(check_range(started));
    if (!tier.up_to || started <= *tier.up_to - begin) {
      sum.add(started, tier.unit);
      break;
    }
    const Decimal held = *tier.up_to - begin;
    sum.add(held, tier.unit);
    quantity = quantity - Decimal::from_scaled(held.scaled() / Decimal::kOne * size);
    begin = *tier.up_to;
  }
  return sum.value();
}

Result<Decimal> percentage(const PriceTier& tier, Decimal base_amount) {
  ExactSum sum;
  sum.add(base_amount, tier.unit);
  sum.add(Decimal::from_integer(100), tier.fixed);
  return sum.value(/*divisor=*/100);
}

Result<Decimal> before_limits(const PriceTerms& terms, Decimal quantity) {
  const auto& tiers = terms.tiers;
  const Decimal counted = std::max(Decimal(), quantity - terms.free_units);
  switch (terms.form) {
    case PriceForm::kFlat: return tiers.front().fixed.amount;
    case PriceForm::kPerUnit: return graduated(tiers, counted);
    case PriceForm::kGraduated: return graduated(tiers, counted);
    case PriceForm::kVolume: return volume(tiers, counted);
    case PriceForm::kPackage: return packages(tiers, counted);
    case PriceForm::kPercentage: return percentage(tiers.front(), quantity);
  }
  return Decimal();
}

}  // namespace

Result<PriceModel> PriceModel::make(PriceTerms terms) {
  if (terms.tiers.empty()) {
    return base::fail("price_without_tier", "a price needs at least one tier");
  }
  TRY(check_ends(terms));
  TRY(check_packages(terms));
  TRY(check_amounts(terms));
  return PriceModel(std::move(terms));
}

PriceModel PriceModel::flat(base::UnitPrice price) {
  PriceTerms terms;
  terms.tiers.push_back({.up_to = {}, .unit = {}, .fixed = price, .package = {}});
  return PriceModel(std::move(terms));
}

Result<Decimal> PriceModel::amount(Decimal quantity) const {
  if (quantity.is_negative()) {
    return base::fail("negative_quantity", "nothing is sold below zero: " + quantity.to_string());
  }
  TRY(check_range(quantity));
  Decimal amount = TRY(before_limits(terms_, quantity));
  if (terms_.minimum) amount = std::max(amount, terms_.minimum->amount);
  if (terms_.maximum) amount = std::min(amount, terms_.maximum->amount);
  return amount;
}

std::string_view to_text(PriceForm form) {
  switch (form) {
    case PriceForm::kFlat: return "flat";
    case PriceForm::kPerUnit: return "per_unit";
    case PriceForm::kGraduated: return "graduated";
    case PriceForm::kVolume: return "volume";
    case PriceForm::kPackage: return "package";
    case PriceForm::kPercentage: return "percentage";
  }
  return {};
}

Result<PriceForm> parse_price_form(std::string_view text) {
  for (const PriceForm form : kForms) {
    if (to_text(form) == text) return form;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) +
                        "' is not flat, per_unit, graduated, volume, package or percentage");
}

}  // namespace domain
