#include "domain/plan/rows.h"

#include <algorithm>

#include "base/result/check.h"

namespace domain {
namespace {

using base::Date;
using base::Money;

// The day of the month `months` after the first row's.
Date day_after(Date first, int months, int due_day) {
  const Date moved = base::add_months(first, months);
  const base::Period days = base::Month::of(moved).period();
  const int day = due_day == 0 ? first.day() : due_day;
  return day > days.days() ? days.last_day() : days.from() + (day - 1);
}

Money sum_of(std::span<const PlanRow> rows, base::Currency currency) {
  Money sum(0, currency);
  for (const PlanRow& row : rows) sum += row.amount;
  return sum;
}

}  // namespace

std::vector<OpenRow> open_rows(std::span<const PlanRow> rows, Money rest) {
  const Money nothing(0, rest.currency());
  Money remaining = std::max(rest, nothing);
  std::vector<OpenRow> open(rows.size());
  for (std::size_t at = rows.size(); at-- > 0;) {
    const Money left = std::min(rows[at].amount, remaining);
    remaining -= left;
    open[at] = {rows[at].due, rows[at].amount, left};
  }
  if (!open.empty()) open.front().left += remaining;
  return open;
}

std::vector<OpenRow> open_rows(const Bill& bill) { return open_rows(bill.plan, bill.rest()); }

bool has_plan(const Bill& bill) { return bill.plan.size() > 1; }

Date effective_due(const Bill& bill) {
  for (const OpenRow& row : open_rows(bill)) {
    if (!row.is_paid()) return row.due;
  }
  return bill.plan.empty() ? bill.due : bill.plan.back().due;
}

std::optional<Money> next_row_amount(const Bill& bill) {
  if (!has_plan(bill) || bill.state != BillState::kOpen) return std::nullopt;
  for (const OpenRow& row : open_rows(bill)) {
    if (!row.is_paid()) return row.left;
  }
  return std::nullopt;
}

Money asked_on(const Bill& bill, Date today) {
  Money asked(0, bill.total.currency());
  if (bill.plan.empty()) return std::max(asked, bill.rest());
  for (const OpenRow& row : open_rows(bill)) {
    if (row.due > today && !asked.is_zero()) break;
    asked += row.left;
  }
  return asked;
}

std::vector<PlanRow> split_rows(Money payable, int parts, Date first_due, int due_day) {
  CHECK(parts > 0);
  const std::vector<std::int64_t> weights(static_cast<std::size_t>(parts), 1);
  std::vector<PlanRow> rows;
  for (const Money& amount : base::split(payable, weights)) {
    const int months = static_cast<int>(rows.size());
    rows.push_back({months == 0 ? first_due : day_after(first_due, months, due_day), amount});
  }
  return rows;
}

std::vector<PlanRow> after_credit(std::span<const PlanRow> rows, Money rest_before,
                                  Money rest_after) {
  const Money nothing(0, rest_before.currency());
  const std::vector<OpenRow> open = open_rows(rows, rest_before);
  // What the rest had beyond the rows is not theirs to give.
  const Money beyond = std::max(rest_before - sum_of(rows, rest_before.currency()), nothing);
  Money off = std::max(rest_before, nothing) - std::max(rest_after, nothing);
  std::vector<PlanRow> shrunk(rows.begin(), rows.end());
  for (std::size_t at = rows.size(); at-- > 0;) {
    const Money own_left = at == 0 ? open[at].left - beyond : open[at].left;
    const Money taken = std::clamp(off, nothing, std::max(own_left, nothing));
    shrunk[at].amount -= taken;
    off -= taken;
  }
  std::erase_if(shrunk, [](const PlanRow& row) { return row.amount.is_zero(); });
  return shrunk;
}

std::vector<PlanRow> move_to_end(std::span<const PlanRow> rows, Money rest, std::size_t at,
                                 int due_day) {
  CHECK(at < rows.size());
  const std::vector<OpenRow> open = open_rows(rows, rest);
  std::vector<PlanRow> moved(rows.begin(), rows.end());
  // Only what is its own: what the rest has grown by stays due with the first row.
  const Money left = std::min(open[at].left, rows[at].amount);
  moved[at].amount -= left;
  moved.push_back({day_after(rows.back().due, 1, due_day), left});
  std::erase_if(moved, [](const PlanRow& row) { return row.amount.is_zero(); });
  return moved;
}

}  // namespace domain
