// What happened, told in the words of the scenario language: one line a fact, amounts as on paper.
#pragma once

#include <optional>
#include <string>

#include "base/result/result.h"
#include "domain/billing/bill.h"
#include "domain/billing/invoice.h"
#include "flows/billing/run_billing.h"
#include "flows/care/credit_bill.h"
#include "flows/operations/import_source_file.h"
#include "flows/operations/verify_store.h"
#include "ports/imports.h"
#include "ports/store.h"
#include "tests/scenarios/expectations.h"

namespace scenarios {

// A bill with its first invoice, as stored.
struct StoredBill {
  domain::Bill bill;
  domain::Invoice invoice;
};
// In order of invoice number; of one run, or all.
[[nodiscard]] base::Result<std::vector<StoredBill>> load_bills(ports::Store& store,
                                                               std::optional<domain::RunId> run);

// The invoices of a run with the sum of several, and who was set aside.
[[nodiscard]] base::Result<Said> tell_run(ports::Store& store, const flows::RunOutcome& outcome,
                                          bool with_lines);
// The credit note, and what it makes of the bill and of the account's credit.
[[nodiscard]] Said tell_credit(const flows::CreditOutcome& outcome, bool with_lines);
// What the account has with us: each row, and the balance.
[[nodiscard]] base::Result<Said> tell_account_credit(ports::Store& store,
                                                     domain::AccountId account);
[[nodiscard]] std::string tell_bill_face(const StoredBill& stored, const domain::BillView& view);
// Of an invoice or credit note: its language, for whom it is, whose law it follows.
[[nodiscard]] std::string tell_paper(const domain::Invoice& invoice);
// What each ledger account holds, debits positive, and the sum; a line a currency.
[[nodiscard]] base::Result<Said> tell_balances(ports::Store& store);
// "reject line 3 field plan unknown_plan".
[[nodiscard]] std::string tell_reject(const ports::Reject& reject);
[[nodiscard]] Said tell_verification(const flows::VerifyReport& report);

}  // namespace scenarios
