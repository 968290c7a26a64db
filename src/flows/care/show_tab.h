// Show an account's tab: what it would be billed if the month of today were closed now (R13).
//
// The plan is the billing run's own, of this one account; nothing is kept and no number taken.
#pragma once

#include <string>

#include "base/result/result.h"
#include "domain/billing/plan_bills.h"
#include "domain/law/rule_book.h"
#include "flows/care/find_account.h"

namespace flows {

struct Tab {
  FoundAccount of;
  base::Month period;  // The month of today.
  base::Date as_of;    // Today.
  domain::AccountPlan plan;
  base::Money credit;  // What the account has with us; not yet taken off.
};

// `account` is a customer's number or an account's id. Errors: no_operator, several_operators,
// those of find_account, and those for which a run sets the account aside.
[[nodiscard]] base::Result<Tab> show_tab(ports::Store& store, const base::Clock& clock,
                                         const domain::RuleBook& rules, const std::string& account);

}  // namespace flows
