#include "domain/plan/plan.h"

#include <algorithm>

#include "base/result/check.h"

namespace domain {
namespace {

using base::Date;
using base::Money;
using base::Result;

constexpr PlanState kStates[] = {PlanState::kActive, PlanState::kKept, PlanState::kBroken,
                                 PlanState::kEnded};
// The first row is no later than so many months from now.
constexpr int kFirstWithinMonths = 2;
// Who agrees to a plan of a bill that is due has so long before the first row.
constexpr int kDaysToFirst = 7;

Date first_day(const PlanAsk& ask) {
  if (ask.first_due) return *ask.first_due;
  const Date due = effective_due(ask.bill);
  if (due >= ask.today) return due;
  const Date earliest = ask.today + kDaysToFirst;
  if (ask.due_day == 0) return earliest;
  // The next due day of the customer that leaves them a week.
  for (const Date month : {earliest, base::add_months(earliest, 1)}) {
    const base::Period days = base::Month::of(month).period();
    const Date day = std::min(days.from() + (ask.due_day - 1), days.last_day());
    if (day >= earliest) return day;
  }
  return earliest;
}

Result<> check_bill(const PlanAsk& ask) {
  const Money nothing(0, ask.bill.total.currency());
  const std::string place = ask.bill.id.to_string();
  if (ask.bill.state != BillState::kOpen || ask.bill.rest() <= nothing) {
    return base::fail("bill_not_payable", "nothing is to be paid on the bill any more", place);
  }
  if (has_plan(ask.bill)) {
    return base::fail("plan_active", "the bill is paid in parts already: end that plan first",
                      place);
  }
  if (ask.pending > nothing) {
    return base::fail("already_being_paid",
                      "the bill is being paid just now: wait until that is done", place);
  }
  return {};
}

Result<std::vector<PlanRow>> checked_rows(const PlanAsk& ask, int parts) {
  if (parts < 2 || parts > ask.terms.parts_max) {
    return base::fail(
        "plan_parts_wrong",
        "a bill can be paid in 2 to " + std::to_string(ask.terms.parts_max) + " parts",
        ask.bill.id.to_string());
  }
  const Date first = first_day(ask);
  if (first < ask.today || first > base::add_months(ask.today, kFirstWithinMonths)) {
    return base::fail("plan_first_day_wrong", "the first part is due today or within two months",
                      first.to_string());
  }
  auto rows = split_rows(ask.bill.rest(), parts, first, ask.due_day);
  const auto smallest = std::ranges::min_element(rows, {}, &PlanRow::amount);
  if (smallest->amount < ask.terms.part_min || smallest->amount.is_zero()) {
    return base::fail("plan_part_too_small",
                      "no part may be less than " + ask.terms.part_min.to_decimal_string(),
                      smallest->amount.to_decimal_string());
  }
  if (rows.back().due > ask.terms.last_day) {
    return base::fail("plan_too_long",
                      "the last part must be due by " + ask.terms.last_day.to_string() +
                          (ask.terms.by_law ? ": a longer plan would be consumer credit" : ""),
                      rows.back().due.to_string());
  }
  return rows;
}

// The first row that nobody paid and whose day has passed; what is under way counts as paid.
std::optional<std::size_t> missed_row(const Bill& bill, Money pending, Date today) {
  const auto rows = open_rows(bill.plan, bill.rest() - pending);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (rows[at].is_paid()) continue;
    return rows[at].due < today ? std::optional(at) : std::nullopt;
  }
  return std::nullopt;
}

void close(Plan& plan, PlanState state, std::string_view reason, Date today) {
  plan.state = state;
  plan.ended_on = today;
  plan.reason = reason;
}

}  // namespace

std::string_view to_text(PlanState state) {
  switch (state) {
    case PlanState::kActive: return "active";
    case PlanState::kKept: return "kept";
    case PlanState::kBroken: return "broken";
    case PlanState::kEnded: return "ended";
  }
  return {};
}

Result<PlanState> parse_plan_state(std::string_view text) {
  for (const PlanState state : kStates) {
    if (to_text(state) == text) return state;
  }
  return base::fail("unknown_value", "'" + std::string(text.substr(0, 40)) +
                                         "' is not active, kept, broken or ended");
}

std::string_view to_text(PlanStep step) {
  switch (step) {
    case PlanStep::kNothing: return "nothing";
    case PlanStep::kRemind: return "remind";
    case PlanStep::kMove: return "move";
    case PlanStep::kBreak: return "break";
    case PlanStep::kKeep: return "keep";
    case PlanStep::kReopen: return "reopen";
  }
  return {};
}

Result<Plan> make_plan(const PlanAsk& ask) {
  TRY(check_bill(ask));
  Plan plan;
  plan.account = ask.bill.account;
  plan.bill = ask.bill.id;
  plan.rows = TRY(checked_rows(ask, ask.parts));
  plan.agreed_on = ask.today;
  plan.due_day = ask.due_day;
  plan.grace_days = ask.rules.grace_days;
  plan.moves_left = ask.rules.missed == MissedRow::kMove ? ask.rules.moves_max : 0;
  plan.last_day = ask.terms.last_day;
  return plan;
}

std::vector<int> possible_parts(const PlanAsk& ask) {
  std::vector<int> possible;
  if (!check_bill(ask)) return possible;
  for (int parts = 2; parts <= ask.terms.parts_max; ++parts) {
    if (checked_rows(ask, parts)) possible.push_back(parts);
  }
  return possible;
}

PlanStep next_plan_step(const Plan& plan, const Bill& bill, Money pending, Date today) {
  const bool is_open = bill.state == BillState::kOpen && !bill.rest().is_zero();
  if (plan.state == PlanState::kKept) return is_open ? PlanStep::kReopen : PlanStep::kNothing;
  if (plan.state != PlanState::kActive) return PlanStep::kNothing;
  if (!is_open) return PlanStep::kKeep;
  const auto at = missed_row(bill, pending, today);
  if (!at) return PlanStep::kNothing;
  const Date due = bill.plan[*at].due;
  if (plan.reminded_row != due) return PlanStep::kRemind;
  // Grace is counted from the reminder where that came late.
  const Date since = std::max(due, plan.reminded_on.value_or(due));
  if (today <= since + plan.grace_days) return PlanStep::kNothing;
  if (plan.moves_left == 0) return PlanStep::kBreak;
  const auto moved = move_to_end(bill.plan, bill.rest() - pending, *at, plan.due_day);
  return moved.back().due <= plan.last_day ? PlanStep::kMove : PlanStep::kBreak;
}

void take_plan_step(PlanStep step, Plan& plan, Bill& bill, Money pending, Date today) {
  const auto at = missed_row(bill, pending, today);
  switch (step) {
    case PlanStep::kNothing: return;
    case PlanStep::kRemind:
      CHECK(at.has_value());
      plan.reminded_row = bill.plan[*at].due;
      plan.reminded_on = today;
      return;
    case PlanStep::kMove:
      CHECK(at.has_value());
      bill.plan = move_to_end(bill.plan, bill.rest() - pending, *at, plan.due_day);
      plan.rows = bill.plan;
      --plan.moves_left;
      return;
    case PlanStep::kBreak:
      close(plan, PlanState::kBroken, "missed_row", today);
      bill.plan = {{today, bill.rest()}};
      return;
    case PlanStep::kKeep: close(plan, PlanState::kKept, "paid", today); return;
    case PlanStep::kReopen:
      plan.state = PlanState::kActive;
      plan.ended_on.reset();
      plan.reason.clear();
      // A row that is open again is told of again.
      plan.reminded_row.reset();
      plan.reminded_on.reset();
      return;
  }
}

Result<> end_plan(Plan& plan, Bill& bill, std::string_view reason, Date today) {
  if (plan.state != PlanState::kActive) {
    return base::fail("plan_not_active", "the plan is " + std::string(to_text(plan.state)),
                      plan.id.to_string());
  }
  close(plan, PlanState::kEnded, reason, today);
  bill.plan.clear();
  return {};
}

}  // namespace domain
