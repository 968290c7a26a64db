// An invoice on the spot, outside of the bill run: a bill with its document, gapless number, VAT,
// reference, link, posting and event, the very rows that a run makes.
//
// No charge is written and no day is closed: the next run neither bills it again nor corrects it
// away. It asks for money: an account's credit is left for the bills of the run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/billing/bill.h"
#include "domain/law/rule_book.h"
#include "ports/store.h"
#include "support/crypto/crypto.h"

namespace flows {

struct OneOffBill {
  domain::AccountId account;
  // What it is for, unique within the account: "order:ord_...". The same is never billed twice.
  std::string group_key;
  // With their VAT rates; nets are made of gross amounts where there are any.
  std::vector<domain::InvoiceLine> lines;
  std::optional<base::Date> due = {};  // Absent: as the account is billed.
  std::string actor;
};

// In the caller's transaction. Errors: unknown_account, nothing_to_issue (no line, or it comes to
// nothing or less), one_off_issued_before, those of load_seller, of the country's rules, of the
// reference scheme and of the store.
[[nodiscard]] base::Result<domain::Bill> issue_one_off(ports::Transaction& transaction,
                                                       const base::Clock& clock,
                                                       const domain::RuleBook& rules,
                                                       const crypto::Key& link_key,
                                                       const OneOffBill& request);

// How the account is billed on the day.
[[nodiscard]] base::Result<domain::BillingProfile> profile_of(
    ports::Transaction& transaction, const domain::Account& account,
    const domain::BillingProfile& defaults, base::Date day);

}  // namespace flows
