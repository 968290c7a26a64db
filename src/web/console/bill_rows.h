// Bills as rows of a table, the same wherever the console lists them: with who pays, the number of
// the invoice, and the state in words.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/billing/bill.h"
#include "ports/store.h"
#include "web/call.h"
#include "web/template/value.h"

namespace web::console {

// The names of the faces that a list may be filtered by.
inline constexpr std::string_view kBillFaces[] = {
    "open", "due_soon", "overdue",        "partly_paid", "instalments",
    "paid", "credited", "nothing_to_pay", "written_off", "ceded"};
// Errors: bad_parameter.
[[nodiscard]] base::Result<domain::BillFace> parse_face(std::string_view text);

// What a face is to the eye: good, warn or nothing.
[[nodiscard]] std::string_view tag_of(domain::BillFace face);

// Today on the operator's calendar.
[[nodiscard]] base::Result<base::Date> today_of(const Call& call, ports::Transaction& transaction);

// One row each, in order; `with_customers` adds who pays.
[[nodiscard]] base::Result<Value> bill_rows(const Call& call, ports::Transaction& transaction,
                                            std::span<const domain::Bill> bills,
                                            bool with_customers);

// Lines of a file; the columns are those of kBillCsvHead.
inline constexpr std::string_view kBillCsvHead[] = {
    "invoice",  "customer_number", "name", "period",   "state", "issued",    "due",
    "currency", "total",           "paid", "credited", "rest",  "reference", "bill"};
[[nodiscard]] base::Result<std::string> bill_csv(const Call& call, ports::Transaction& transaction,
                                                 std::span<const domain::Bill> bills);

}  // namespace web::console
