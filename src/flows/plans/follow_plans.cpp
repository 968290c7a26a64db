#include "flows/plans/follow_plans.h"

#include "flows/care/time_zone.h"
#include "flows/operations/import_terms.h"
#include "flows/plans/notices.h"
#include "flows/plans/under_way.h"
#include "ports/billing.h"
#include "ports/plans.h"

namespace flows {
namespace {

using base::Result;
using domain::Bill;
using domain::Plan;
using domain::PlanStep;

constexpr std::size_t kChangedShown = 200;

std::string_view event_of(PlanStep step) {
  switch (step) {
    case PlanStep::kRemind:
    case PlanStep::kMove: return "plan_row_missed";
    case PlanStep::kBreak:
    case PlanStep::kKeep: return "plan_ended";
    case PlanStep::kReopen: return "plan_reopened";
    case PlanStep::kNothing: break;
  }
  return {};
}

// What is told of the missed row; read before the step is taken.
struct Missed {
  base::Date due;
  base::Money left;
};

base::Json data_of(const Plan& plan, PlanStep step, const Missed& missed) {
  base::Json data;
  data.set("plan", plan.id.to_string()).set("bill", plan.bill.to_string());
  if (step == PlanStep::kRemind || step == PlanStep::kMove) {
    data.set("step", domain::to_text(step))
        .set("due", missed.due.to_string())
        .set("amount", missed.left.to_decimal_string())
        .set("currency", missed.left.currency().code());
  } else if (step != PlanStep::kReopen) {
    data.set("state", domain::to_text(plan.state)).set("reason", plan.reason);
  }
  return data;
}

void count(FollowReport& report, PlanStep step) {
  switch (step) {
    case PlanStep::kNothing: return;
    case PlanStep::kRemind: ++report.reminded; return;
    case PlanStep::kMove: ++report.moved; return;
    case PlanStep::kBreak: ++report.broken; return;
    case PlanStep::kKeep: ++report.kept; return;
    case PlanStep::kReopen: ++report.reopened; return;
  }
}

Result<> follow(ports::Transaction& transaction, Plan plan, const FollowRequest& request,
                base::Instant now, FollowReport& report) {
  const ports::Billing::BillKey key{plan.account, plan.bill};
  auto bills = TRY(transaction.billing().hold_bills({&key, 1}));
  ++report.plans;
  if (bills.empty()) return {};
  Bill& bill = bills.front();
  const base::Money pending = TRY(expected_of(transaction, bill));
  const PlanStep step = domain::next_plan_step(plan, bill, pending, report.day);
  if (step == PlanStep::kNothing) return {};
  const Missed missed{domain::effective_due(bill),
                      step == PlanStep::kMove ? domain::next_row_amount(bill).value_or(bill.rest())
                                              : domain::asked_on(bill, report.day)};
  domain::take_plan_step(step, plan, bill, pending, report.day);
  ++plan.version;
  ++bill.version;
  TRY(transaction.billing().update_bill(bill));
  TRY(transaction.plans().update(plan));
  TRY(keep_note(transaction, {.account = plan.account,
                              .kind = event_of(step),
                              .data = data_of(plan, step, missed),
                              .actor = request.actor,
                              .day = report.day,
                              .recorded = now,
                              .tell = step != PlanStep::kReopen}));
  count(report, step);
  if (report.changed.size() < kChangedShown) report.changed.push_back({std::move(plan), step});
  return {};
}

// One page; false where it was the last.
Result<bool> follow_page(ports::Transaction& transaction, const FollowRequest& request,
                         base::Instant now, std::optional<domain::PlanId>& after,
                         FollowReport& report) {
  auto plans = TRY(
      transaction.plans().to_follow(report.day - kKeptLookedAtDays, after, request.plans_per_page));
  const bool more = plans.size() == request.plans_per_page;
  if (!plans.empty()) after = plans.back().id;
  for (Plan& plan : plans) {
    TRY(follow(transaction, std::move(plan), request, now, report));
  }
  return more;
}

}  // namespace

Result<FollowReport> follow_plans(ports::Store& store, const base::Clock& clock,
                                  const FollowRequest& request) {
  FollowReport report;
  const base::Instant now = clock.now();
  if (request.day) {
    report.day = *request.day;
  } else {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    const auto seller = TRY(load_seller(*transaction));
    report.day = TRY(local_date(seller.time_zone, now));
  }
  std::optional<domain::PlanId> after;
  if (request.dry_run) {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kWrite));
    while (TRY(follow_page(*transaction, request, now, after, report))) {
    }
    return report;
  }
  for (bool more = true; more;) {
    FollowReport page;
    std::optional<domain::PlanId> reached;
    TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
      page = report;
      reached = after;
      more = TRY(follow_page(transaction, request, now, reached, page));
      return {};
    }));
    report = std::move(page);
    after = reached;
  }
  return report;
}

}  // namespace flows
