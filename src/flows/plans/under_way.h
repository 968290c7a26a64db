// How much of a bill is on its way to us: by providers that have not said how it ended, and by
// debits that were ordered. It is asked for no other way meanwhile (D2).
#pragma once

#include "base/result/result.h"
#include "domain/billing/bill.h"
#include "ports/store.h"

namespace flows {

[[nodiscard]] base::Result<base::Money> under_way_of(ports::Transaction& transaction,
                                                     const domain::Bill& bill);
// With what is going to be debited or charged, and its payer was told of: a plan's row that waits
// for it is not missed.
[[nodiscard]] base::Result<base::Money> expected_of(ports::Transaction& transaction,
                                                    const domain::Bill& bill);

}  // namespace flows
