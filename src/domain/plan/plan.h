// Plan: a bill that is paid in parts as agreed (D3), and what becomes of it day by day.
//
// active -> kept (all is paid) | broken (a row was missed: the whole rest is due) | ended (somebody
// ended it: the bill is due as its document says). A plan that was kept is active again where a
// payment was recalled. The rows that count stand on the bill too, where whoever asks when it is
// due finds them; of a broken plan stays one row, the day on which it broke.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/billing/bill.h"
#include "domain/ids.h"
#include "domain/plan/rows.h"
#include "domain/plan/terms.h"

namespace domain {

enum class PlanState { kActive, kKept, kBroken, kEnded };
[[nodiscard]] std::string_view to_text(PlanState state);
// Errors: unknown_value.
[[nodiscard]] base::Result<PlanState> parse_plan_state(std::string_view text);

struct Plan {
  PlanId id;
  AccountId account;
  BillId bill;
  std::vector<PlanRow> rows;
  PlanState state = PlanState::kActive;
  base::Date agreed_on;
  std::string agreed_by;  // customer | agent's name | command
  // As they were when it was agreed: a change of settings breaks nobody's plan.
  int due_day = 0;
  int grace_days = 0;
  int moves_left = 0;  // How many missed rows may still go to the end.
  base::Date last_day;
  // The row whose payment was asked for again, by its day, and when.
  std::optional<base::Date> reminded_row = {};
  std::optional<base::Date> reminded_on = {};
  std::optional<base::Date> ended_on = {};
  std::string reason = {};  // Why it is over: paid | missed_row | customer | ...
  std::int64_t version = 1;
  base::Instant recorded;
};

struct PlanAsk {
  const Bill& bill;
  const InstalmentTerms& terms;
  const InstalmentRules& rules;
  int parts = 0;
  std::optional<base::Date> first_due = {};  // Else the bill's, or the next due day.
  int due_day = 0;                           // The customer's; 0: none.
  base::Money pending;                       // Of the bill, under way otherwise.
  base::Date today;
};
// The plan without id and account. Errors: bill_not_payable, already_being_paid, plan_active,
// plan_parts_wrong (fewer than 2 or more than allowed), plan_part_too_small, plan_too_long,
// plan_first_day_wrong (passed, or more than two months ahead).
[[nodiscard]] base::Result<Plan> make_plan(const PlanAsk& ask);
// How many parts the ask could have, ascending, `parts` aside; none where there can be no plan.
[[nodiscard]] std::vector<int> possible_parts(const PlanAsk& ask);

// What happens to a plan on a day. What is under way counts as paid until it is known better.
enum class PlanStep {
  kNothing,
  kRemind,  // A row was missed: its payer is told once, and has the days of grace.
  kMove,    // What is left of the missed row goes to the end.
  kBreak,
  kKeep,
  kReopen,  // It was kept, and something of it was recalled.
};
[[nodiscard]] std::string_view to_text(PlanStep step);
[[nodiscard]] PlanStep next_plan_step(const Plan& plan, const Bill& bill, base::Money pending,
                                      base::Date today);
// Plan and bill after it. The bill's version is the caller's.
void take_plan_step(PlanStep step, Plan& plan, Bill& bill, base::Money pending, base::Date today);
// Errors: plan_not_active.
[[nodiscard]] base::Result<> end_plan(Plan& plan, Bill& bill, std::string_view reason,
                                      base::Date today);

}  // namespace domain
