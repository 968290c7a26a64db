// What a customer is offered to pay with, and in which order: their own way first, then by what a
// payment is expected to cost us. The price is the same by every way (PSD2 62(4)).
#pragma once

#include <vector>

#include "base/result/result.h"
#include "domain/ids.h"
#include "flows/intents/gateways.h"
#include "ports/store.h"

namespace flows {

// Methods for the amount's currency. Their own way is the one that brought money last. Errors:
// those of the store.
[[nodiscard]] base::Result<std::vector<OfferedMethod>> offered_for(ports::Transaction& transaction,
                                                                   const Gateways& gateways,
                                                                   domain::AccountId account,
                                                                   base::Money amount);

}  // namespace flows
