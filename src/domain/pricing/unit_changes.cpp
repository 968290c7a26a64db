#include "domain/pricing/unit_changes.h"

#include <algorithm>
#include <string>

#include "base/result/check.h"
#include "domain/pricing/exact_sum.h"

namespace domain {
namespace {

using base::Decimal;

// The units from `low` to `high`, each at the price of its tier, `times` over.
void add_units(ExactSum& sum, const std::vector<PriceTier>& tiers, Decimal low, Decimal high,
               std::int64_t times) {
  Decimal begin;
  for (const PriceTier& tier : tiers) {
    const Decimal end = tier.up_to.value_or(std::max(begin, high));
    const Decimal from = std::max(low, begin), to = std::min(high, end);
    if (from < to) sum.add(to - from, tier.unit, times);
    begin = end;
  }
}

void add_fixed(ExactSum& sum, const std::vector<PriceTier>& tiers, Decimal most,
               std::int64_t times) {
  for (const PriceTier& tier : tiers) {
    sum.add(Decimal::from_integer(1), tier.fixed, times);
    if (!tier.up_to || most <= *tier.up_to) break;
  }
}

}  // namespace

bool is_divisible(PriceForm form) {
  switch (form) {
    case PriceForm::kPerUnit:
    case PriceForm::kGraduated: return true;
    case PriceForm::kFlat:
    case PriceForm::kVolume:
    case PriceForm::kPackage:
    case PriceForm::kPercentage: return false;
  }
  return false;
}

base::Result<Decimal> price_of_changes(const PriceModel& model, std::span<const UnitChange> changes,
                                       std::int64_t parts_of_whole) {
  CHECK(parts_of_whole > 0);
  const PriceTerms& terms = model.terms();
  if (!is_divisible(terms.form)) {
    return base::fail("price_not_divisible",
                      "units that change are priced per_unit or graduated, "
                      "not " +
                          std::string(to_text(terms.form)));
  }
  const auto counted = [&](Decimal units) { return std::max(Decimal(), units - terms.free_units); };
  ExactSum sum;
  Decimal count, most;
  for (const UnitChange& change : changes) {
    CHECK(0 <= change.parts && change.parts <= parts_of_whole);
    const Decimal before = counted(count);
    count = count + change.units;
    TRY(check_range(count));
    if (count.is_negative()) {
      return base::fail("negative_quantity",
                        "fewer units are left than none: " + count.to_string());
    }
    const Decimal after = counted(count);
    most = std::max(most, after);
    const bool grows = before <= after;
    add_units(sum, terms.tiers, std::min(before, after), std::max(before, after),
              grows ? change.parts : -change.parts);
  }
  add_fixed(sum, terms.tiers, most, parts_of_whole);
  Decimal amount = TRY(sum.value(parts_of_whole));
  if (terms.minimum) amount = std::max(amount, terms.minimum->amount);
  if (terms.maximum) amount = std::min(amount, terms.maximum->amount);
  return amount;
}

}  // namespace domain
