// What a payer's page says of a bill has changed, though no money has moved: its version does, so
// that no browser keeps the page it has. Last in its transaction, after others that change bills.
#pragma once

#include <vector>

#include "base/result/result.h"
#include "ports/billing.h"
#include "ports/store.h"

namespace flows {

// Errors: database_busy where another writer was quicker.
[[nodiscard]] base::Result<> touch_bills(ports::Transaction& transaction,
                                         std::vector<ports::Billing::BillKey> keys);

}  // namespace flows
