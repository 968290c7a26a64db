// The rule by which a zone changes its clocks each year, in the form of the POSIX variable TZ:
// "CET-1CEST,M3.5.0,M10.5.0/3" is one hour ahead of UTC, two from the last Sunday of March to
// the last Sunday of October. Of the ways to name a day only M (month.week.weekday) is read;
// the time zone database uses no other.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"

namespace locale {

class DaylightRule {
 public:
  // Errors: bad_daylight_rule.
  [[nodiscard]] static base::Result<DaylightRule> parse(std::string_view text);

  [[nodiscard]] std::int32_t standard_offset() const { return standard_offset_; }
  // The changes of one calendar year, in order; none where the clocks never change.
  [[nodiscard]] std::vector<base::TimeZone::Change> changes_in(int year) const;

 private:
  // The week-th weekday of a month (5: the last one), and seconds after its local midnight.
  struct Day {
    int month = 1, week = 1, weekday = 0;  // Sunday is 0.
    std::int32_t seconds = 7200;
  };
  friend class DaylightRuleReader;
  DaylightRule() = default;
  // The local midnight of a day's date, as if it were UTC, and its seconds.
  [[nodiscard]] static base::Instant local(const Day& day, int year);

  std::int32_t standard_offset_ = 0;  // Seconds east of UTC.
  std::int32_t daylight_offset_ = 0;
  bool changes_ = false;
  Day starts_, ends_;
};

}  // namespace locale
