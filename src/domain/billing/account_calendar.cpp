#include "domain/billing/account_calendar.h"

#include <algorithm>

namespace domain {

using base::Date;
using base::Period;

namespace {

// Days since 1970 before and after all that is ever billed.
constexpr std::int32_t kFirstDay = -700'000;
constexpr std::int32_t kLastDay = 11'000'000;

}  // namespace

AccountCalendar::AccountCalendar(Frequency first, std::vector<FrequencyChange> changes)
    : first_(first), changes_(std::move(changes)) {
  Frequency before = first_;
  for (const FrequencyChange& change : changes_) {
    const Period month = before.price_month(change.from);
    price_months_.push_back(
        {month.from() == change.from ? change.from : month.to(), change.frequency});
    before = change.frequency;
  }
}

const Frequency& AccountCalendar::in_force(Date day) const {
  const Frequency* frequency = &first_;
  for (const FrequencyChange& change : changes_) {
    if (change.from <= day) frequency = &change.frequency;
  }
  return *frequency;
}

Date AccountCalendar::boundary_on_or_before(Date day) const {
  Date boundary = in_force(day).boundary_on_or_before(day);
  for (const FrequencyChange& change : changes_) {
    if (change.from <= day) boundary = std::max(boundary, change.from);
  }
  return boundary;
}

Date AccountCalendar::boundary_after(Date day) const {
  Date boundary = in_force(day).boundary_after(day);
  for (const FrequencyChange& change : changes_) {
    if (change.from > day) boundary = std::min(boundary, change.from);
  }
  return boundary;
}

PriceTile AccountCalendar::tile_of(Date day) const {
  const Frequency* frequency = &first_;
  Date begins = Date::from_days(kFirstDay);
  Date ends = Date::from_days(kLastDay);
  for (const FrequencyChange& change : price_months_) {
    if (change.from <= day) {
      frequency = &change.frequency;
      begins = change.from;
    } else {
      ends = std::min(ends, change.from);
    }
  }
  const Period month = frequency->price_month(day);
  return {month.intersect(Period::make(begins, ends).value()), month};
}

}  // namespace domain
