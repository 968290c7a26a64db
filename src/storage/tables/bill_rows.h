// Bills as they stand in their table: one way to read them for whoever asks for them.
#pragma once

#include <string>
#include <string_view>

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
[[nodiscard]] std::string write_plan(const domain::Bill& bill);

}  // namespace storage
