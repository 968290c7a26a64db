// Payments that wait for a person, each with what it may be for, the likeliest first, and why; and
// a person's yes to one of these.
//
// Suggestions are made when they are asked for, so that they know what was confirmed and paid
// until then. An accepted one is learned from; undoing it (undo_allocation.h) un-learns it.
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "flows/payments/find_payers.h"
#include "flows/payments/return_payment.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

struct WorklistRow {
  ports::IncomingPayment payment;
  std::vector<PayerSuggestion> suggestions;  // At most three; none for money that went back.
  std::vector<ReturnSuggestion> returned;    // Of that, what it may have given back; so many too.
};

struct Worklist {
  std::vector<WorklistRow> rows;
  std::int64_t confirmed = 0;  // So many confirmed matches it rests on,
  std::int64_t version = 0;    // and this is the version of what was learned.
};

// The payments of the filter with their suggestions, in the order of the list. Errors: no_operator,
// several_operators and those of the store.
[[nodiscard]] base::Result<Worklist> load_worklist(ports::Transaction& transaction,
                                                   const ports::PaymentFilter& filter);
// The same of payments that are at hand.
[[nodiscard]] base::Result<Worklist> suggest_for(ports::Transaction& transaction,
                                                 std::vector<ports::IncomingPayment> payments);
// Of one payment. Errors: payment_not_found and those of load_worklist.
[[nodiscard]] base::Result<Worklist> load_suggestions(ports::Transaction& transaction,
                                                      domain::PaymentId payment);

struct AcceptRequest {
  domain::PaymentId payment;
  std::string candidate;  // A suggestion's code.
  std::string reason;     // In words; may be empty. Sealed with the account's events.
  std::string actor;
};

// The payment as it is afterwards. Errors: payment_not_found, payment_not_open, candidate_gone
// (something changed since it was shown), bill_not_payable, other_currency, no_operator,
// several_operators and those of the store.
[[nodiscard]] base::Result<ports::IncomingPayment> accept_candidate(ports::Store& store,
                                                                    const base::Clock& clock,
                                                                    const AcceptRequest& request);

// That a person has assigned a payment by hand: what was seen of it is kept and learned from. To be
// called before the bill is changed. Errors: those of the store.
[[nodiscard]] base::Result<> learn_assignment(ports::Transaction& transaction,
                                              const ports::IncomingPayment& payment,
                                              domain::AccountId account, domain::BillId bill,
                                              base::Instant now);

}  // namespace flows
