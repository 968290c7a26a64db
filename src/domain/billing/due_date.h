// The day on which a bill falls due.
//
//   due_days alone    due = issued + the greater of due_days and the law's least days
//   with a due_day    due = the first such day of a month that lies at least N days after issued,
//                     N = the greater of the law's least days and the lesser of due_days and 14
//
// A due day that a month lacks is its last day, so 31 is always the end of the month.
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/law/rule_book.h"
#include "domain/party/party.h"

namespace domain {

[[nodiscard]] base::Date due_date(base::Date issued, const BillingProfile& profile,
                                  int least_days = 0);

// The row bill/due_days_min in force on the day; 0 where there is none. A row that nobody has
// verified counts too: it takes nothing from anybody. Errors: rule_has_no_value,
// wrong_rule_unit, bad_rule_value.
[[nodiscard]] base::Result<int> least_due_days(const RuleBook& rules, std::string_view country,
                                               Segment segment, base::Date issued);

}  // namespace domain
