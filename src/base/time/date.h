// Date, Month and Period: calendar days without clock or zone. Periods are half-open.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result/result.h"

namespace base {

enum class Weekday { kMonday = 1, kTuesday, kWednesday, kThursday, kFriday, kSaturday, kSunday };

// A day of the proleptic Gregorian calendar. What is read lies between 0001-01-01 and 9999-12-31;
// what is computed may go beyond, because sources write both for "never": the day after
// 9999-12-31 and the month before 0001-01-01 must not stop us.
class Date {
 public:
  constexpr Date() = default;  // 1970-01-01

  // Errors: no_such_date.
  [[nodiscard]] static Result<Date> make(int year, int month, int day);
  // ISO 8601 "2026-11-22" exactly. Errors: not_a_date, no_such_date.
  [[nodiscard]] static Result<Date> parse(std::string_view text);
  // Days since 1970-01-01, as it is stored; CHECKs the range.
  [[nodiscard]] static Date from_days(std::int32_t days);
  [[nodiscard]] constexpr std::int32_t days() const { return days_; }

  [[nodiscard]] int year() const;
  [[nodiscard]] int month() const;
  [[nodiscard]] int day() const;
  [[nodiscard]] Weekday weekday() const;
  [[nodiscard]] std::string to_string() const;

  friend Date operator+(Date date, std::int32_t days) { return from_days(date.days_ + days); }
  friend Date operator-(Date date, std::int32_t days) { return from_days(date.days_ - days); }
  friend constexpr std::int32_t operator-(Date to, Date from) { return to.days_ - from.days_; }
  friend constexpr auto operator<=>(Date, Date) = default;

 private:
  explicit constexpr Date(std::int32_t days) : days_(days) {}
  std::int32_t days_ = 0;
};

// The same day `months` later (or earlier); a day that the month lacks becomes its last day.
[[nodiscard]] Date add_months(Date date, int months);

// A half-open stretch of days [from, to). An empty period has from == to.
class Period {
 public:
  constexpr Period() = default;
  // Errors: period_ends_before_it_starts.
  [[nodiscard]] static Result<Period> make(Date from, Date to);

  [[nodiscard]] constexpr Date from() const { return from_; }
  [[nodiscard]] constexpr Date to() const { return to_; }
  [[nodiscard]] Date last_day() const { return to_ - 1; }
  [[nodiscard]] constexpr std::int32_t days() const { return to_ - from_; }
  [[nodiscard]] constexpr bool is_empty() const { return from_ == to_; }
  [[nodiscard]] constexpr bool contains(Date date) const { return from_ <= date && date < to_; }
  // The days in both; empty where there are none.
  [[nodiscard]] Period intersect(Period other) const;

  friend constexpr auto operator<=>(const Period&, const Period&) = default;

 private:
  constexpr Period(Date from, Date to) : from_(from), to_(to) {}
  Date from_, to_;
};

// A calendar month, the usual billing period: "2026-10".
class Month {
 public:
  constexpr Month() = default;
  // Errors: not_a_month.
  [[nodiscard]] static Result<Month> parse(std::string_view text);
  [[nodiscard]] static Month of(Date date);
  // Months since 1970-01, as it is stored.
  [[nodiscard]] static constexpr Month from_index(std::int32_t index) { return Month(index); }
  [[nodiscard]] constexpr std::int32_t index() const { return index_; }

  [[nodiscard]] Month next() const { return Month(index_ + 1); }
  [[nodiscard]] Month previous() const { return Month(index_ - 1); }
  [[nodiscard]] Period period() const;
  [[nodiscard]] std::string to_string() const;

  friend constexpr auto operator<=>(Month, Month) = default;

 private:
  explicit constexpr Month(std::int32_t index) : index_(index) {}
  std::int32_t index_ = 0;
};

}  // namespace base
