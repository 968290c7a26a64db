// Pay money back: somebody proposes it, a second person approves what is above the limit
// (operator.toml [refunds]), and a file of it goes to the bank.
//
// Credit that nobody asks for stays where it is and pays the next bill. The money leaves the
// credit when the refund is approved, so that no bill uses it meanwhile.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/bank/payment_order.h"
#include "domain/operator/operator.h"
#include "domain/refund/refund.h"
#include "ports/store.h"

namespace flows {

struct RefundRequest {
  domain::AccountId account = {};          // Of whose credit; or:
  domain::PaymentId payment = {};          // in suspense, back to its payer.
  std::optional<base::Money> amount = {};  // All that is there, where it is not said.
  // Empty: the account from which the payment came; of credit the last that paid into it.
  // "cash:<drawer>": in cash, at that till.
  std::string payee_account = {};
  std::string payee_name = {};
  std::string reason = {};
  std::string actor = {};
};
// Proposed; approved at once where no second person is needed. Errors: missing_reason,
// unknown_account, payment_not_found, no_payee_account, bad_payee_account, amount_not_positive,
// other_currency, credit_not_enough, refund_above_maximum, person_not_named, run_unfinished.
[[nodiscard]] base::Result<domain::Refund> propose_refund(ports::Store& store,
                                                          const base::Clock& clock,
                                                          const RefundRequest& request);

// The same in the caller's transaction.
[[nodiscard]] base::Result<domain::Refund> propose_refund(ports::Transaction& transaction,
                                                          const base::Clock& clock,
                                                          const RefundRequest& request);

struct RefundDecision {
  domain::RefundId refund;
  bool approve = true;
  std::string actor = {};
};
// Errors: refund_not_found, refund_decided, person_not_named, asker_not_known, approver_is_asker,
// credit_not_enough, run_unfinished, refund_of_returned.
[[nodiscard]] base::Result<domain::Refund> decide_refund(ports::Store& store,
                                                         const base::Clock& clock,
                                                         const RefundDecision& decision);

struct RefundWithdrawal {
  domain::RefundId refund;
  std::string reason = {};
  std::string actor = {};
};
// An approved refund that is in no file yet goes back to the credit, or to suspense. Errors:
// missing_reason, refund_not_found, refund_not_approved, refund_in_file, refund_decided.
[[nodiscard]] base::Result<domain::Refund> withdraw_refund(ports::Store& store,
                                                           const base::Clock& clock,
                                                           const RefundWithdrawal& wish);

// Those of the operator's accounts that may pay, the payee's own first; its bankgiro where there is
// no IBAN.
[[nodiscard]] std::vector<std::string> paying_accounts(const domain::Operator& seller);

struct SendRequest {
  std::string bank_account = {};       // Ours; empty: the only one that may pay, or the payee's.
  std::optional<base::Date> day = {};  // Today, where it is not said.
  std::string actor = {};
};
// Takes every approved refund of one currency into one batch; what check_not_returned() and
// check_not_asked_back() speak against is left out, and stays approved. Errors: nothing_to_send,
// those of the two checks (all of it is left out), no_bank_account, several_bank_accounts, and
// those of refund_file: then nothing is sent.
[[nodiscard]] base::Result<domain::RefundBatch> send_refunds(ports::Store& store,
                                                             const base::Clock& clock,
                                                             const SendRequest& request);
// What the bank is told, made of what is kept: the same whenever it is asked for.
// Errors: refund_batch_not_found.
[[nodiscard]] base::Result<domain::PaymentOrder> order_of_batch(ports::Transaction& transaction,
                                                                domain::RefundBatchId batch);

}  // namespace flows
