#include "storage/tables/bill_rows.h"

#include <utility>
#include <vector>

#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Date;
using base::Money;
using base::Result;
using sql::Row;

// As nearly every bill has it.
constexpr std::string_view kNoPlan = "[]";

}  // namespace

std::string write_plan(std::span<const domain::PlanRow> rows) {
  if (rows.empty()) return std::string(kNoPlan);
  base::Json plan = base::Json::array();
  for (const domain::PlanRow& row : rows) {
    base::Json part;
    part.set("due", row.due.to_string()).set("amount", row.amount.minor());
    plan.push(std::move(part));
  }
  return plan.dump();
}

Result<std::vector<domain::PlanRow>> read_plan(std::string_view text, base::Currency currency) {
  std::vector<domain::PlanRow> rows;
  if (text == kNoPlan) return rows;
  const base::Json plan = TRY(json::parse(text));
  if (const auto* parts = plan.as_array()) {
    for (const base::Json& part : *parts) {
      const Date due = TRY(Date::parse(part.text("due")));
      rows.push_back({due, Money(part.integer("amount"), currency)});
    }
  }
  return rows;
}

Result<domain::Bill> read_bill(const Row& row) {
  const auto currency = TRY(base::Currency::parse(row.text(6)));
  domain::Bill bill;
  bill.account = row.id<domain::AccountId>(0);
  bill.id = row.id<domain::BillId>(1);
  bill.run = row.id<domain::RunId>(2);
  bill.group_key = row.text(3);
  bill.period = month(row, 4);
  bill.state = TRY(domain::parse_bill_state(row.text(5)));
  bill.total = Money(row.integer(7), currency);
  bill.fees = Money(row.integer(8), currency);
  bill.paid = Money(row.integer(9), currency);
  bill.credited = Money(row.integer(10), currency);
  bill.issued = day(row, 11);
  bill.due = day(row, 12);
  bill.reference_scheme = row.text(13);
  bill.reference = row.text(14);
  bill.plan = TRY(read_plan(row.text(15), currency));
  bill.version = row.integer(16);
  bill.recorded = {row.integer(17)};
  return bill;
}

}  // namespace storage
