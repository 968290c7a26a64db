// AccountCalendar: on which days an account's bills are made, and which stretches of days a
// recurring price is charged for, through changes of the chosen frequency (R06).
//
// A changed frequency begins on a boundary of the one before it, and that day is a boundary of
// both. Price months change over at the first price month that begins on or after that day, so
// that the stretches already charged stay as they were: they follow from the changes alone.
#pragma once

#include <vector>

#include "base/time/date.h"
#include "domain/billing/schedule.h"

namespace domain {

// A frequency that holds from a day on.
struct FrequencyChange {
  base::Date from;
  Frequency frequency;
};

// Days that are charged together, and the price month of which they are a part or the whole.
struct PriceTile {
  base::Period days;
  base::Period month;
};

class AccountCalendar {
 public:
  explicit AccountCalendar(Frequency frequency) : first_(frequency) {}
  // `changes` ascending by day.
  AccountCalendar(Frequency first, std::vector<FrequencyChange> changes);

  // The latest day on or before `day` on which a bill falls.
  [[nodiscard]] base::Date boundary_on_or_before(base::Date day) const;
  // The earliest after `day`.
  [[nodiscard]] base::Date boundary_after(base::Date day) const;
  // The tile that holds the day.
  [[nodiscard]] PriceTile tile_of(base::Date day) const;

 private:
  [[nodiscard]] const Frequency& in_force(base::Date day) const;

  Frequency first_;
  std::vector<FrequencyChange> changes_;       // From a boundary.
  std::vector<FrequencyChange> price_months_;  // From the begin of a price month.
};

}  // namespace domain
