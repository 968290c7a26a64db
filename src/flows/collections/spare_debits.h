// What was paid in another way is not debited: debits that are planned for these bills, and not yet
// with a bank, are dropped, or made as small as what is left.
//
// It belongs to the transaction that keeps the bills. What a bank has already been told to debit is
// not touched; where money goes back later, the next run plans anew.
#pragma once

#include <span>

#include "domain/billing/bill.h"
#include "flows/collections/debit_rows.h"
#include "ports/store.h"

namespace flows {

// `bills`: as they are now.
[[nodiscard]] base::Result<> spare_debits(ports::Transaction& transaction,
                                          std::span<const domain::Bill> bills,
                                          const DebitContext& context);

}  // namespace flows
