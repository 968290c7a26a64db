// An agent says for what money in suspense is: for a bill, or for an account's credit.
//
// What a bill does not need goes to its account's credit, as with any payment that is too much.
#pragma once

#include <optional>
#include <string>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

struct AssignRequest {
  domain::PaymentId payment;
  domain::AccountId account;
  domain::BillId bill;                     // Nil: to the account's credit.
  std::optional<base::Money> amount = {};  // All that is open, where it is not said.
  std::string reason;                      // In words; sealed with the account's events.
  std::string actor;
};

// The payment as it is afterwards. Errors: missing_reason, payment_not_found, payment_not_open,
// amount_too_large, amount_not_positive, bill_not_found, bill_not_payable, other_currency,
// unknown_account, and those of the store.
[[nodiscard]] base::Result<ports::IncomingPayment> assign_payment(ports::Store& store,
                                                                  const base::Clock& clock,
                                                                  const AssignRequest& request);

}  // namespace flows
