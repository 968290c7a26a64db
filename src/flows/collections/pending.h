// How much of a bill is under way as a debit: ordered, and neither paid nor refused (D2). It is not
// asked for again another way meanwhile.
#pragma once

#include "ports/mandates.h"
#include "ports/store.h"

namespace flows {

[[nodiscard]] base::Result<base::Money> pending_debits(ports::Transaction& transaction,
                                                       const domain::Bill& bill);

}  // namespace flows
