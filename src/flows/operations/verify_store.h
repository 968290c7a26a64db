// Verify: whether what is stored agrees with itself. Reads everything, changes nothing.
#pragma once

#include <vector>

#include "base/result/result.h"
#include "ports/store.h"

namespace flows {

struct VerifyReport {
  std::int64_t accounts = 0;  // With events.
  std::int64_t bills = 0;
  std::int64_t documents = 0;
  std::int64_t payments = 0;
  // chain_broken, ledger_not_balanced, invoice_does_not_add_up, bill_differs_from_documents,
  // bad_document, cannot_unseal, bill_differs_from_payments, payment_differs_from_allocations,
  // bank_differs_from_payments, suspense_differs_from_payments, return_differs_from_payment,
  // refund_of_returned_payment, payment_gives_back_more; an erased customer's papers are no
  // problem.
  std::vector<base::Error> problems;
};

// Event chains hold, the ledger sums to zero per currency, each invoice adds up, and each bill is
// the sum of its documents; what is paid of it is what was assigned to it, each payment is what is
// assigned of it and what waits in suspense, and the ledger says of both the same.
[[nodiscard]] base::Result<VerifyReport> verify_store(ports::Store& store);

}  // namespace flows
