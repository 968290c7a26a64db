// A person says what a return is for that nobody has found the payment of: which payment it gives
// back, or that it gives back none of ours.
//
// The first is booked as a return that is found by itself. The second leaves suspense for the
// house's account: the bank's charges where it is one, else what was spent and is for the general
// ledger to place. Both are undone as an assignment is (undo_allocation.h).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/matching/returned.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

struct ReturnRequest {
  domain::PaymentId payment;  // What went back.
  domain::PaymentId of;       // Nil: none of ours.
  std::string reason;         // In words; sealed with the accounts' events, else in the audit.
  std::string actor;
};

// What went back, as it is afterwards; said twice, nothing happens again. Errors: missing_reason,
// payment_not_found, not_a_return, return_settled, already_returned, original_is_return,
// original_is_later, other_currency, return_of_other_sum, return_is_charge, payment_paid_out,
// no_operator, several_operators and those of the store.
[[nodiscard]] base::Result<ports::IncomingPayment> return_payment(ports::Store& store,
                                                                  const base::Clock& clock,
                                                                  const ReturnRequest& request);

// A payment that a return may give back, and why.
struct ReturnSuggestion {
  ports::IncomingPayment payment;
  std::vector<domain::matching::PayerReason> reasons;
};
[[nodiscard]] bool is_open_return(const ports::IncomingPayment& payment);
// What a bank took for a return: it gives back no payment.
[[nodiscard]] bool is_bank_charge(const ports::IncomingPayment& payment);
// The best few; empty where it is no return that waits, or a bank's charge. Errors: those of the
// store.
[[nodiscard]] base::Result<std::vector<ReturnSuggestion>> suggest_returned(
    ports::Transaction& transaction, const ports::IncomingPayment& back);

// Returns that nobody has settled; where there are many, those of the payments' sums.
[[nodiscard]] base::Result<std::vector<ports::IncomingPayment>> open_returns(
    ports::Transaction& transaction, std::span<const ports::IncomingPayment> payments);
// The first of these that may be of the payment; null: none.
[[nodiscard]] const ports::IncomingPayment* return_beside(
    const ports::IncomingPayment& payment, std::span<const ports::IncomingPayment> returns);

// Takes back what a person or a file said of a return; the caller holds the locks of both payments.
// Errors: allocation_not_found (nothing was
// said of it) and those of the store.
[[nodiscard]] base::Result<> undo_return(ports::Transaction& transaction,
                                         ports::IncomingPayment& back, base::Instant recorded,
                                         base::Date effective);

}  // namespace flows
