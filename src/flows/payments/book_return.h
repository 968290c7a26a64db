// That a payment went back: all that it was assigned to is undone, so each bill that it paid is
// owed again, and payment and return stand in suspense against one another, settled.
#pragma once

#include <optional>
#include <vector>

#include "base/result/result.h"
#include "flows/payments/undo_allocation.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

// In the caller's transaction, which holds the payment's lock; keeps both. The assignments that
// were undone; nothing where the house has done something with the payment (a refund, a payout),
// which is for people to sort out: then nothing is changed. Errors: those of undo() and the store.
[[nodiscard]] base::Result<std::optional<std::vector<ports::Allocation>>> book_return(
    ports::Transaction& transaction, ports::IncomingPayment& original, ports::IncomingPayment& back,
    const Undoing& undoing);

// Takes that back: both wait again, the payment assigned to nothing.
[[nodiscard]] base::Result<> unbook_return(ports::Transaction& transaction,
                                           ports::IncomingPayment& back);

}  // namespace flows
