#include "domain/billing/due_date.h"

#include <algorithm>

namespace domain {
namespace {

// What everybody gets between a bill and a fixed day, unless they chose less for every bill.
constexpr int kNoticeDays = 14;

base::Date day_in(base::Month month, int day) {
  const base::Period days = month.period();
  return day > days.days() ? days.last_day() : days.from() + (day - 1);
}

}  // namespace

base::Date due_date(base::Date issued, const BillingProfile& profile, int least_days) {
  if (profile.due_day == 0) return issued + std::max(profile.due_days, least_days);
  const int notice = std::max(least_days, std::min(profile.due_days, kNoticeDays));
  const base::Date earliest = issued + notice;
  const base::Month month = base::Month::of(earliest);
  const base::Date due = day_in(month, profile.due_day);
  return due >= earliest ? due : day_in(month.next(), profile.due_day);
}

base::Result<int> least_due_days(const RuleBook& rules, std::string_view country, Segment segment,
                                 base::Date issued) {
  const auto rule = rules.find(country, rule_segment(segment), "bill", "due_days_min", issued);
  if (!rule) return 0;
  return rule_days(**rule);
}

}  // namespace domain
