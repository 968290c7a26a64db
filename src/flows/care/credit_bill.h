// Credit a bill: give back all, some lines, an amount or one service of its invoice.
//
// One transaction keeps the credit note with its number, the posting that takes back revenue and
// VAT, what the bill is credited (D2), the state, the event, and what was paid beyond the rest as
// credit of the account. The number is taken first: others who credit wait for it, so that nobody
// gives back what another has just given back. How much is left: domain/billing/credit_note.h.
#pragma once

#include <string>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/billing/bill.h"
#include "domain/billing/credit_note.h"
#include "ports/store.h"

namespace flows {

struct CreditRequest {
  domain::AccountId account;
  domain::BillId bill;
  domain::CreditCut cut;
  std::string reason;  // Why, in words; sealed with the account's events.
  std::string actor;
};

struct CreditOutcome {
  domain::Invoice note;
  domain::Bill bill;       // As it is afterwards.
  base::Money to_account;  // What goes to the account's credit.
};

// Errors: bill_not_found, bill_without_document, bill_not_creditable (written off or ceded),
// missing_reason, those of domain::plan_credit_note, no_operator, several_operators, and those of
// the store.
[[nodiscard]] base::Result<CreditOutcome> credit_bill(ports::Transaction& transaction,
                                                      const base::Clock& clock,
                                                      const CreditRequest& request);
// In a transaction of its own.
[[nodiscard]] base::Result<CreditOutcome> credit_bill(ports::Store& store, const base::Clock& clock,
                                                      const CreditRequest& request);
// What it would be; keeps nothing and takes no number (the note's is 0).
[[nodiscard]] base::Result<CreditOutcome> preview_credit(ports::Store& store,
                                                         const base::Clock& clock,
                                                         const CreditRequest& request);

}  // namespace flows
