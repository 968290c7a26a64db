// The rows that a refund makes: when it is taken from credit or suspense, and when it comes back.
// In the caller's transaction, which holds kRefundLock; the refund itself is kept by the caller.
#pragma once

#include <string>
#include <string_view>

#include "domain/refund/refund.h"
#include "ports/payments.h"
#include "ports/refunds.h"
#include "ports/store.h"

namespace flows {

// Whoever changes a refund holds it, so that none is paid twice.
inline constexpr std::string_view kRefundLock = "refunds";

struct RefundContext {
  base::Instant recorded;
  base::Date day;
  std::string actor;
  std::string reason = {};  // In words, of who withdraws one.
};

// What of the credit or the payment is there, less what is proposed of it already.
// Errors: payment_not_found, and those of check_not_asked_back().
[[nodiscard]] base::Result<base::Money> refundable(ports::Transaction& transaction,
                                                   const domain::Refund& refund,
                                                   base::Currency currency);

// That the payment which is paid back did not go back by the bank, nor a return waits that may be
// of it. Errors: refund_of_returned, payment_not_found.
[[nodiscard]] base::Result<> check_not_returned(ports::Transaction& transaction,
                                                const domain::Refund& refund);

// That no provider gives the money back, or has: who paid through one has it back from there. Where
// the provider refuses, it is ours to pay back. Errors: refund_asked_of_provider,
// refund_gone_by_provider.
[[nodiscard]] base::Result<> check_not_asked_back(ports::Transaction& transaction,
                                                  const domain::Refund& refund);

// Credit or suspense go down, what is on its way goes up. Errors: credit_not_enough,
// run_unfinished (a billing run may be using the credit), payment_not_found, and those of
// check_not_returned() and check_not_asked_back().
[[nodiscard]] base::Result<> take_refund(ports::Transaction& transaction, domain::Refund& refund,
                                         const RefundContext& context);
// The bank rejected it, or it was withdrawn: back to where it was.
[[nodiscard]] base::Result<> give_refund_back(ports::Transaction& transaction,
                                              domain::Refund& refund, const RefundContext& context);

[[nodiscard]] base::Result<> audit_refund(ports::Transaction& transaction, std::string_view action,
                                          const domain::Refund& refund,
                                          const RefundContext& context);

}  // namespace flows
