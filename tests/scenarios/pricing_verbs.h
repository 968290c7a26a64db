// The verbs that ask what something costs: rules of domain/pricing, without anybody who is billed.
// Each family stands in a file of its own; verbs.cpp puts them together.
#pragma once

#include <span>

#include "tests/scenarios/verbs.h"

namespace scenarios {

// price_verbs.cpp: quantities, units that change, calls.
[[nodiscard]] std::span<const Verb> price_verbs();
// proration_verbs.cpp: parts of a period, what is given back of them, minimum spend, time zones.
[[nodiscard]] std::span<const Verb> proration_verbs();
// sum_verbs.cpp: discounts, VAT, bills within a period.
[[nodiscard]] std::span<const Verb> sum_verbs();

}  // namespace scenarios
