// Agree to pay a bill in parts (D3): within what operator and law allow, once for a request key,
// never beside another plan of the bill.
//
// One transaction keeps the plan, its rows on the bill, and the event.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/law/rule_book.h"
#include "domain/plan/plan.h"
#include "ports/store.h"

namespace flows {

struct AgreePlan {
  domain::AccountId account;
  domain::BillId bill;
  int parts = 0;
  std::optional<base::Date> first_due = {};
  std::string actor = "customer";
  std::string request_key = {};
};

// Errors of all: bill_not_found, unknown_account, plans_not_offered, those of domain::make_plan and
// of the rules. With an own transaction: also request_key_reused (the key was used for another
// plan).
[[nodiscard]] base::Result<domain::Plan> agree_plan(ports::Store& store, const base::Clock& clock,
                                                    const domain::RuleBook& rules,
                                                    const AgreePlan& request);
[[nodiscard]] base::Result<domain::Plan> agree_plan(ports::Transaction& transaction,
                                                    const base::Clock& clock,
                                                    const domain::RuleBook& rules,
                                                    const AgreePlan& request);
// What it would be; keeps nothing.
[[nodiscard]] base::Result<domain::Plan> preview_plan(ports::Transaction& transaction,
                                                      const base::Clock& clock,
                                                      const domain::RuleBook& rules,
                                                      const AgreePlan& request);
// In how many parts the bill could be paid now, ascending; none where it could not.
[[nodiscard]] base::Result<std::vector<int>> offered_parts(ports::Transaction& transaction,
                                                           const base::Clock& clock,
                                                           const domain::RuleBook& rules,
                                                           const domain::Bill& bill);

}  // namespace flows
