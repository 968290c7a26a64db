// What a number of units that changes within the period costs, such as seats: each change is
// priced for the part of the period that it lasts, in the tiers that the count passes.
//
//   amount = over the tiers: unit x (units x parts) / parts of the whole, and the fixed amount of
//            each tier that the count has reached at any time
//
// Units that go are given back in the tiers from which they go. Per-unit and graduated prices only:
// volume prices all units anew at each change, packages are not divided.
#pragma once

#include <cstdint>
#include <span>

#include "domain/pricing/price_model.h"

namespace domain {

struct UnitChange {
  base::Decimal units;     // Below zero: so many fewer from here on.
  std::int64_t parts = 0;  // From here to the period's end: a Share's numerator.
};

// Whether units of the price may change within the period.
[[nodiscard]] bool is_divisible(PriceForm form);

// `changes` in order of time, those at the beginning with all `parts_of_whole`, which is above
// zero. Free units, minimum and maximum hold for the count and the amount as ever.
// Errors: price_not_divisible (another form), negative_quantity (fewer than none are left),
// amount_out_of_range.
[[nodiscard]] base::Result<base::Decimal> price_of_changes(const PriceModel& model,
                                                           std::span<const UnitChange> changes,
                                                           std::int64_t parts_of_whole);

}  // namespace domain
