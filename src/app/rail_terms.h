// What payments cost, as the configuration says it: fee_fixed, fee_percent, failure_percent,
// failure_cost, recall_percent and recall_cost in [gateway.NAME] and [rail.NAME]; of one method of
// a gateway with its name behind: fee_percent_card.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "domain/payment/rail_cost.h"

namespace app {

using Texts = std::map<std::string, std::string>;

// Takes them out of a gateway's settings, so that only the provider's own are left. Errors:
// bad_rail_cost (place: the key).
[[nodiscard]] base::Result<> take_rail_terms(const std::string& gateway, Texts& settings,
                                             std::vector<domain::RailTerms>& terms);
// Of a way without a provider. Errors: bad_rail_cost, also for keys of other names.
[[nodiscard]] base::Result<> take_own_rail(const std::string& method, const Texts& settings,
                                           std::vector<domain::RailTerms>& terms);

}  // namespace app
