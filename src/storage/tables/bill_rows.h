// Bills as they stand in their table: one way to read them for whoever asks for them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/billing/bill.h"
#include "storage/sql/connection.h"

namespace storage {

// All columns that read_bill() reads, in its order; a WHERE follows.
inline constexpr std::string_view kSelectBill =
    "SELECT account_id, bill_id, run_id, group_key, period, state, currency, total_minor, "
    "fees_minor, paid_minor, credited_minor, issued, due, reference_scheme, reference, plan, "
    "version, recorded FROM bill ";

// Errors: those of a row that was changed behind our back.
[[nodiscard]] base::Result<domain::Bill> read_bill(const sql::Row& row);
// The rows of a plan as they stand in a column.
[[nodiscard]] std::string write_plan(std::span<const domain::PlanRow> rows);
[[nodiscard]] base::Result<std::vector<domain::PlanRow>> read_plan(std::string_view text,
                                                                   base::Currency currency);

}  // namespace storage
