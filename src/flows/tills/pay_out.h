// Credit of a customer, paid back in cash: a refund like any other (flows/refunds), with its limits
// and its second person, that leaves a drawer instead of the bank.
//
// What one person may pay back alone is paid out at once. Above that it waits until somebody else
// has approved it, and is then paid out of the same drawer.
#pragma once

#include <optional>
#include <string>

#include "domain/law/rule_book.h"
#include "domain/refund/refund.h"
#include "flows/tills/hold_till.h"

namespace flows {

struct PayOut {
  std::string drawer;
  domain::AccountId account;
  std::optional<base::Money> amount = {};  // All of its credit, where it is not said.
  std::string reason;
  std::string actor;
  std::string request_key;
};
struct PaidOut {
  domain::Refund refund;
  std::optional<TillResult> till;  // Absent: a second person is to approve it first.
};
// Errors: missing_reason, drawer_not_found, till_closed, drawer_too_little, missing_request_key,
// request_key_reused, those of propose_refund.
[[nodiscard]] base::Result<PaidOut> pay_out(ports::Store& store, const base::Clock& clock,
                                            const domain::RuleBook& rules, const PayOut& request);

struct PayOutApproved {
  std::string drawer;
  domain::RefundId refund;
  std::string actor;
  std::string request_key;
};
// Errors: refund_not_found, refund_not_ready (not approved, paid out, or of another drawer),
// drawer_not_found, till_closed, drawer_too_little, missing_request_key, request_key_reused.
[[nodiscard]] base::Result<PaidOut> pay_out_approved(ports::Store& store, const base::Clock& clock,
                                                     const domain::RuleBook& rules,
                                                     const PayOutApproved& request);

// Those that wait at a drawer: to be approved, or to be paid out. Oldest first.
[[nodiscard]] base::Result<std::vector<domain::Refund>> refunds_at(ports::Transaction& transaction,
                                                                   const std::string& drawer);

}  // namespace flows
