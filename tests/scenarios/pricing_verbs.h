// The verbs that say what is sold, and those that ask what something costs without anybody who is
// billed: rules of domain/pricing.
// Each family stands in a file of its own; verbs.cpp puts them
// together.
#pragma once

#include <span>

#include "tests/scenarios/verbs.h"

namespace scenarios {

// catalogue_verbs.cpp: what is sold, and under which terms.
[[nodiscard]] std::span<const Verb> catalogue_verbs();
// price_verbs.cpp: quantities, units that change, calls.
[[nodiscard]] std::span<const Verb> price_verbs();
// proration_verbs.cpp: parts of a period, minimum spend, time zones.
[[nodiscard]] std::span<const Verb> proration_verbs();
// sum_verbs.cpp: discounts, VAT, bills within a period.
[[nodiscard]] std::span<const Verb> sum_verbs();

}  // namespace scenarios
