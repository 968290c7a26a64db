// Settlements as JSON, for whatever a provider sends: {"settlements": [{"provider", "merchant",
// "payout", "currency", "amount", "day", "lines": [{"kind", "reference", "gross", "fee", "net",
// "day"}]}]}. Amounts are texts ("495.00"). The fields: docs/reconciliation.md.
#pragma once

#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/reconcile/settlement.h"

namespace formats::settlement::neutral {

[[nodiscard]] bool claims(std::string_view bytes);
// Errors: bad_settlement; the place is the member's.
[[nodiscard]] base::Result<std::vector<domain::ProviderSettlement>> read(std::string_view bytes);

}  // namespace formats::settlement::neutral
