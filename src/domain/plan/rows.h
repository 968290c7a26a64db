// The rows of a plan, and what of each is still to be paid.
//
// A plan says how the rest of a bill is paid: what is left stands in its last rows, so whatever is
// paid fills the oldest row first, and what is recalled opens the last one that was filled. What
// is left of all rows is the rest of the bill, always: what the rest has grown by beyond the rows
// (a fee, a payment from before the plan that was recalled) is due with the first row.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/money/money.h"
#include "base/time/date.h"
#include "domain/billing/bill.h"

namespace domain {

struct OpenRow {
  base::Date due;
  base::Money amount;
  base::Money left;  // More than the amount only in the first row.
  [[nodiscard]] bool is_paid() const { return left.is_zero(); }
  [[nodiscard]] base::Money paid() const {
    return left < amount ? amount - left : base::Money(0, amount.currency());
  }
};
// `rest`: of the bill; below zero is nothing. In the order of the rows.
[[nodiscard]] std::vector<OpenRow> open_rows(std::span<const PlanRow> rows, base::Money rest);
[[nodiscard]] std::vector<OpenRow> open_rows(const Bill& bill);

// Whether the bill is paid in parts. A single row is no plan: the whole rest was moved to its day.
[[nodiscard]] bool has_plan(const Bill& bill);
// The day that matters for overdue and reminders (D3): of the first row that is not paid, of the
// document where there is none.
[[nodiscard]] base::Date effective_due(const Bill& bill);
// What of the first row that is not paid is left: as good a sum to recognise a payment by as the
// bill's own. Nothing where the bill has no plan or is paid.
[[nodiscard]] std::optional<base::Money> next_row_amount(const Bill& bill);
// What is to be paid of it by that day: all rows until then, or else the next one.
[[nodiscard]] base::Money asked_on(const Bill& bill, base::Date today);

// `parts` rows that sum to the payable, equal but for what cannot be divided; the first on
// `first_due`, the others month by month on `due_day` (0: as the first; a day that a month lacks
// is its last).
[[nodiscard]] std::vector<PlanRow> split_rows(base::Money payable, int parts, base::Date first_due,
                                              int due_day);
// The rows after a credit note: what it takes off the rest is taken off the last rows; one of
// which nothing is left and nothing was paid is gone.
[[nodiscard]] std::vector<PlanRow> after_credit(std::span<const PlanRow> rows,
                                                base::Money rest_before, base::Money rest_after);
// What is left of row `at` stands in a row of its own after the last one, a month later.
[[nodiscard]] std::vector<PlanRow> move_to_end(std::span<const PlanRow> rows, base::Money rest,
                                               std::size_t at, int due_day);

}  // namespace domain
