// Takes back what a payment was assigned to: the allocation gets a row that undoes it, its posting
// a reversal, the bill is owed again, and the money stands in suspense.
//
// Of what went back it is taken back what somebody said of it: it waits again, and so does the
// payment that it was said to be of.
//
// What a credit note has meanwhile moved from the bill to the account's credit is taken from the
// credit, as far as it is still there; what is not is owed on the bill.
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

struct UndoRequest {
  domain::PaymentId payment;
  domain::AllocationId allocation;  // Nil: all that stand.
  std::string reason;               // In words; sealed with the account's events.
  std::string actor;
};

// The payment as it is afterwards. Errors: missing_reason, payment_not_found,
// allocation_not_found (none stands), credit_used (a later bill has used it), no_operator,
// several_operators and those of the store.
[[nodiscard]] base::Result<ports::IncomingPayment> undo_allocation(ports::Store& store,
                                                                   const base::Clock& clock,
                                                                   const UndoRequest& request);

// Those of the payment that are not undone, oldest first.
[[nodiscard]] base::Result<std::vector<ports::Allocation>> standing_allocations(
    ports::Transaction& transaction, domain::PaymentId payment);

struct Undoing {
  base::Instant recorded;
  base::Date effective = {};
  std::string actor = {};
  std::string reason = {};
  std::string by = "undo";  // undo | returned
  // The money is gone, whatever became of the credit.
  bool even_if_used = false;
};
// In the caller's transaction; the payment is changed and kept by the caller.
[[nodiscard]] base::Result<> undo(ports::Transaction& transaction, ports::IncomingPayment& payment,
                                  const ports::Allocation& allocation, const Undoing& undoing);

}  // namespace flows
