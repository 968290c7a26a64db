// Cash for bills at a till, and its undoing while the session goes on.
//
// What is taken is a payment like any other (flows/payments): on the money account cash:<drawer>,
// assigned to the bills that were chosen, with their events; and an entry of the session with a
// receipt. All of it is one transaction, so that a till that loses power has taken it or has not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/billing/bill.h"
#include "domain/law/rule_book.h"
#include "flows/tills/hold_till.h"
#include "ports/store.h"

namespace flows {

struct TakeCash {
  struct Chosen {
    domain::AccountId account;
    domain::BillId bill;
    std::optional<base::Money> amount = {};  // All that is left, where it is not said.
  };
  std::string drawer = {};
  std::vector<Chosen> bills = {};            // In the order in which they are paid.
  std::optional<base::Money> tendered = {};  // Exactly what is asked for, where it is not said.
  bool part_is_fine = false;                 // Less than is asked for is taken as a part.
  bool rest_to_credit = false;  // What is more becomes the first account's credit; no change.
  std::string actor = {};
  std::string request_key = {};
};
// Errors: drawer_not_found, till_closed, bill_not_found, bill_not_payable, bill_twice,
// other_currency, already_being_paid (place: the payment through a provider, or the bill whose
// debit is under way), missing_request_key, request_key_reused, and those of domain::plan_taking.
[[nodiscard]] base::Result<TillResult> take_cash(ports::Store& store, const base::Clock& clock,
                                                 const domain::RuleBook& rules,
                                                 const TakeCash& request);

struct UndoTaking {
  std::string drawer;
  std::int64_t ordinal = 0;  // Of the taking, in the drawer's open session.
  std::string reason;
  std::string actor;
  std::string request_key;
};
// The storno, with a receipt of its own. Errors: drawer_not_found, till_closed, missing_reason,
// till_entry_not_found, not_a_taking, already_undone, drawer_too_little, credit_used,
// missing_request_key, request_key_reused.
[[nodiscard]] base::Result<TillResult> undo_taking(ports::Store& store, const base::Clock& clock,
                                                   const UndoTaking& request);

// How the paper of a bill is called: its invoice's number, or its reference.
[[nodiscard]] base::Result<std::string> paper_of(ports::Transaction& transaction,
                                                 const domain::Bill& bill);

}  // namespace flows
