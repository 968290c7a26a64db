// BankCalendar: on which days a bank moves money.
//
// Saturdays and Sundays are never bank days. The other closed days come from dated rows of
// country rules, so a calendar knows only the days for which it has a row; on all others it
// answers no_rule_for_day instead of guessing (D16). A value; safe from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"

namespace domain {

class BankCalendar {
 public:
  // Days beyond are not covered, even by a row without an end.
  static constexpr int kYearMax = 2100;

  // Holiday keys (holiday_key.h) that hold during a period.
  struct Row {
    base::Period valid;
    std::string keys;
  };
  // Rows must not overlap. Errors: unknown_holiday_key, rules_overlap.
  [[nodiscard]] static base::Result<BankCalendar> make(std::string name, std::span<const Row> rows);

  [[nodiscard]] const std::string& name() const { return name_; }

  // All questions answer no_rule_for_day where the calendar does not reach.
  [[nodiscard]] base::Result<bool> is_bank_day(base::Date day) const;
  // The day itself if it is a bank day, else the first one after (a debit's collection day).
  [[nodiscard]] base::Result<base::Date> next_bank_day(base::Date day) const;
  // The day itself if it is a bank day, else the last one before.
  [[nodiscard]] base::Result<base::Date> previous_bank_day(base::Date day) const;
  // The count-th bank day after the day, or before it where count is negative: D-1 is -1.
  // 0 is next_bank_day.
  [[nodiscard]] base::Result<base::Date> add_bank_days(base::Date day, int count) const;
  // The closed days of a year that its rows name, weekends among them, in order.
  [[nodiscard]] std::vector<base::Date> holidays(int year) const;

 private:
  explicit BankCalendar(std::string name) : name_(std::move(name)) {}
  [[nodiscard]] base::Result<base::Date> walk(base::Date day, int step) const;

  std::string name_;
  std::vector<base::Period> covered_;  // Ascending.
  std::vector<base::Date> closed_;     // Ascending.
};

}  // namespace domain
