// How much of a bill is under way as a debit: ordered, and neither paid nor refused (D2). It is not
// asked for again another way meanwhile. What is only planned may still be paid otherwise: then it
// is not debited (spare_debits.h).
#pragma once

#include <string>
#include <vector>

#include "ports/mandates.h"
#include "ports/store.h"

namespace flows {

[[nodiscard]] base::Result<base::Money> pending_debits(ports::Transaction& transaction,
                                                       const domain::Bill& bill);

// A debit of the bill, or a charge to a kept method, that its payer was told of, and that has not
// ended.
struct ComingDebit {
  base::Money amount;
  base::Date day;
  bool is_ordered = false;  // The bank has it.
  std::string ending;       // Of the payer's account: "1234"; empty where it is not known.
  // Of the kept method instead of an account: "card", "•••• 4242".
  std::string method = {}, title = {};
};
// By day. Charges only where no debit is coming, since a mandate goes first.
[[nodiscard]] base::Result<std::vector<ComingDebit>> coming_debits(ports::Transaction& transaction,
                                                                   const domain::Bill& bill);

}  // namespace flows
