// Frequency: when an account is billed. "monthly" (the 1st), "monthly#15", "monthly#31" (the last
// day of shorter months, and back to the 31st), "daily", "weekly#1" (Monday 1 .. Sunday 7),
// "every_3_months#1" (months 2 to 12, counted from January 2000; "#02-15" names another first
// month), "yearly#03-01". A boundary is a day on which a cycle ends and the next begins; a bill is
// dated on it (D15: the day after the period).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"

namespace domain {

class Frequency {
 public:
  Frequency() = default;  // monthly, on the 1st
  // Errors: bad_frequency.
  [[nodiscard]] static base::Result<Frequency> parse(std::string_view text);
  [[nodiscard]] std::string to_string() const;

  // The latest boundary that is not after the day.
  [[nodiscard]] base::Date boundary_on_or_before(base::Date day) const;
  // The earliest boundary after the day.
  [[nodiscard]] base::Date boundary_after(base::Date day) const;
  // The price month [from, to) that holds the day: a month's price is for this stretch. It begins
  // on the day of the month of the boundaries ("monthly#15": 15th to 15th; short months end early
  // and the next snaps back, KB-03), on the 1st for daily and weekly.
  [[nodiscard]] base::Period price_month(base::Date day) const;

  friend bool operator==(const Frequency&, const Frequency&) = default;

 private:
  enum class Unit { kDay, kWeek, kMonth };

  // The boundary that the month has, if it is one of those that have a boundary.
  [[nodiscard]] base::Date in_month(std::int32_t month) const;

  Unit unit_ = Unit::kMonth;
  int months_ = 1;       // Between two boundaries.
  int first_month_ = 0;  // 0 to 11: from which month of 2000 they are counted.
  int day_ = 1;          // Of the month, or of the week.
};

}  // namespace domain
