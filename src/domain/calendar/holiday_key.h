// A holiday key: the rule by which a holiday falls on one day of each year.
//
// Keys stand in the holiday rows of countries/<cc>/rules.csv, joined with ';'.
//
//   12-24              the same day each year, month-day
//   EASTER-2           days before or after Easter Sunday (Good Friday)
//   GOODFRIDAY         EASTER-2, as the rows of TARGET write it
//   EASTERMONDAY       EASTER+1, likewise
//   MIDSUMMER_EVE      first Friday on or after 19 June (Sweden, Finland)
//   10-04(from 2026)   any of them, since a year
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"

namespace domain {

// Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher).
[[nodiscard]] base::Date easter_sunday(int year);

class HolidayKey {
 public:
  // Errors: unknown_holiday_key.
  [[nodiscard]] static base::Result<HolidayKey> parse(std::string_view text);
  // The day in that year, or nothing: before the year it began, or 29 February.
  [[nodiscard]] std::optional<base::Date> day_in(int year) const;

 private:
  enum class Kind { kFixed, kEaster, kMidsummerEve };
  HolidayKey() = default;

  Kind kind_ = Kind::kFixed;
  int month_ = 0;          // Of a fixed day.
  int day_ = 0;            // Of a fixed day.
  int easter_offset_ = 0;  // Days after Easter Sunday.
  int first_year_ = 1;
};

// All keys of a row. Errors: unknown_holiday_key.
[[nodiscard]] base::Result<std::vector<HolidayKey>> parse_holiday_keys(std::string_view keys);

}  // namespace domain
