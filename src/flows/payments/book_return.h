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

// What a return waited for is kept where it was anything but its payment, so that undoing says it.
void keep_own_reason(ports::IncomingPayment& back, const std::string& reason);

// All payments of the filter, however many. Errors: those of the store.
[[nodiscard]] base::Result<std::vector<ports::IncomingPayment>> list_all(
    ports::Transaction& transaction, ports::PaymentFilter filter);

// What gave the payment back, where that is booked.
[[nodiscard]] base::Result<std::optional<ports::IncomingPayment>> find_return_of(
    ports::Transaction& transaction, const ports::IncomingPayment& payment);

// Takes that back, for a caller who holds the locks of both: both wait again, each for what it
// waited for before; what was undone of the payment stays so.
[[nodiscard]] base::Result<> unbook_return(ports::Transaction& transaction,
                                           ports::IncomingPayment& back);

}  // namespace flows
