#include "domain/calendar/bank_calendar.h"

#include <algorithm>

#include "domain/calendar/holiday_key.h"

namespace domain {

base::Result<BankCalendar> BankCalendar::make(std::string name, std::span<const Row> rows) {
  BankCalendar calendar(std::move(name));
  const base::Date end = *base::Date::make(kYearMax + 1, 1, 1);
  for (const Row& row : rows) {
    const base::Date to = std::min(row.valid.to(), end);
    if (to <= row.valid.from()) continue;
    const base::Period valid = *base::Period::make(row.valid.from(), to);
    calendar.covered_.push_back(valid);
    const auto keys = TRY(parse_holiday_keys(row.keys));
    for (int year = valid.from().year(); year <= valid.last_day().year(); ++year) {
      for (const HolidayKey& key : keys) {
        const auto day = key.day_in(year);
        if (day && valid.contains(*day)) calendar.closed_.push_back(*day);
      }
    }
  }
  std::ranges::sort(calendar.covered_);
  for (std::size_t at = 1; at < calendar.covered_.size(); ++at) {
    if (calendar.covered_[at].from() < calendar.covered_[at - 1].to()) {
      return base::fail("rules_overlap",
                        "two holiday rows hold on " + calendar.covered_[at].from().to_string(),
                        calendar.name_);
    }
  }
  std::ranges::sort(calendar.closed_);
  const auto doubled = std::ranges::unique(calendar.closed_);
  calendar.closed_.erase(doubled.begin(), doubled.end());
  return calendar;
}

base::Result<bool> BankCalendar::is_bank_day(base::Date day) const {
  const auto covers = [day](const base::Period& period) { return period.contains(day); };
  if (std::ranges::none_of(covered_, covers)) {
    return base::fail("no_rule_for_day",
                      "no holiday row of " + name_ + " is in force on " + day.to_string() +
                          "; add one with its source to the operator's rules",
                      name_);
  }
  if (day.weekday() >= base::Weekday::kSaturday) return false;
  return !std::ranges::binary_search(closed_, day);
}

base::Result<base::Date> BankCalendar::walk(base::Date day, int step) const {
  while (!TRY(is_bank_day(day))) day = day + step;
  return day;
}

base::Result<base::Date> BankCalendar::next_bank_day(base::Date day) const { return walk(day, 1); }

base::Result<base::Date> BankCalendar::previous_bank_day(base::Date day) const {
  return walk(day, -1);
}

base::Result<base::Date> BankCalendar::add_bank_days(base::Date day, int count) const {
  if (count == 0) return next_bank_day(day);
  const int step = count < 0 ? -1 : 1;
  for (; count != 0; count -= step) day = TRY(walk(day + step, step));
  return day;
}

std::vector<base::Date> BankCalendar::holidays(int year) const {
  std::vector<base::Date> days;
  std::ranges::copy_if(closed_, std::back_inserter(days),
                       [year](base::Date day) { return day.year() == year; });
  return days;
}

}  // namespace domain
