#include "flows/plans/end_plan.h"

#include <algorithm>

#include "flows/care/time_zone.h"
#include "flows/operations/import_terms.h"
#include "flows/plans/notices.h"
#include "ports/billing.h"
#include "ports/plans.h"

namespace flows {

using base::Result;
using domain::Plan;

Result<Plan> end_plan(ports::Transaction& transaction, const base::Clock& clock,
                      const EndPlan& request) {
  const ports::Billing::BillKey key{request.account, request.bill};
  auto bills = TRY(transaction.billing().hold_bills({&key, 1}));
  const std::string place = request.bill.to_string();
  if (bills.empty()) return base::fail("bill_not_found", "there is no such bill", place);
  auto plans = TRY(transaction.plans().of_bill(request.account, request.bill));
  const auto active = std::ranges::find(plans, domain::PlanState::kActive, &Plan::state);
  if (active == plans.end()) {
    return base::fail("plan_not_found", "the bill has no plan that runs", place);
  }
  const auto seller = TRY(load_seller(transaction));
  const base::Instant now = clock.now();
  const base::Date today = TRY(local_date(seller.time_zone, now));
  Plan plan = std::move(*active);
  domain::Bill& bill = bills.front();
  TRY(domain::end_plan(plan, bill, request.reason, today));
  ++plan.version;
  ++bill.version;
  TRY(transaction.billing().update_bill(bill));
  TRY(transaction.plans().update(plan));
  base::Json data;
  data.set("plan", plan.id.to_string())
      .set("bill", place)
      .set("state", domain::to_text(plan.state))
      .set("reason", plan.reason);
  TRY(keep_note(transaction, {.account = plan.account,
                              .kind = "plan_ended",
                              .data = std::move(data),
                              .actor = request.actor,
                              .day = today,
                              .recorded = now,
                              .tell = true}));
  return plan;
}

Result<Plan> end_plan(ports::Store& store, const base::Clock& clock, const EndPlan& request) {
  Plan plan;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    plan = TRY(end_plan(transaction, clock, request));
    return {};
  }));
  return plan;
}

}  // namespace flows
