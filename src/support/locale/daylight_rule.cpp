#include "support/locale/daylight_rule.h"
#include "base/text/beginning.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace locale {

class DaylightRuleReader {
 public:
  explicit DaylightRuleReader(std::string_view text) : rest_(text) {}

  // False where the text is no rule.
  bool read(DaylightRule& rule) {
    if (!skip_name() || !read_time(rule.standard_offset_)) return false;
    rule.standard_offset_ = -rule.standard_offset_;  // POSIX counts to the west.
    if (rest_.empty()) return true;
    rule.changes_ = true;
    rule.daylight_offset_ = rule.standard_offset_ + kHour;
    if (!skip_name()) return false;
    if (!rest_.starts_with(',')) {
      if (!read_time(rule.daylight_offset_)) return false;
      rule.daylight_offset_ = -rule.daylight_offset_;
    }
    return skip(',') && read_day(rule.starts_) && skip(',') && read_day(rule.ends_) &&
           rest_.empty();
  }

 private:
  static constexpr std::int32_t kHour = 3600;

  bool skip(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // "CET" or "<+01>".
  bool skip_name() {
    const bool quoted = skip('<');
    const auto letter = [quoted](char c) {
      return quoted ? c != '>' : (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    const auto end = std::ranges::find_if_not(rest_, letter);
    const auto length = static_cast<std::size_t>(end - rest_.begin());
    rest_.remove_prefix(length);
    return length >= 2 && (!quoted || skip('>'));
  }

  bool read_number(int& value, int max) {
    const std::size_t length = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    if (length == 0 || length > 3) return false;
    value = 0;
    for (const char c : rest_.substr(0, length)) value = value * 10 + (c - '0');
    rest_.remove_prefix(length);
    return value <= max;
  }

  // "-1", "5:30", "167:00:00": hours may span a week.
  bool read_time(std::int32_t& seconds) {
    const bool negative = skip('-');
    if (!negative) static_cast<void>(skip('+'));
    int hours = 0, minutes = 0, rest = 0;
    if (!read_number(hours, 167)) return false;
    if (skip(':') && !read_number(minutes, 59)) return false;
    if (skip(':') && !read_number(rest, 59)) return false;
    seconds = hours * kHour + minutes * 60 + rest;
    if (negative) seconds = -seconds;
    return true;
  }

  // "M10.5.0/3"
  bool read_day(DaylightRule::Day& day) {
    if (!skip('M') || !read_number(day.month, 12) || !skip('.') || !read_number(day.week, 5) ||
        !skip('.') || !read_number(day.weekday, 6)) {
      return false;
    }
    if (day.month < 1 || day.week < 1) return false;
    return !skip('/') || read_time(day.seconds);
  }

  std::string_view rest_;
};

base::Result<DaylightRule> DaylightRule::parse(std::string_view text) {
  DaylightRule rule;
  if (DaylightRuleReader(text).read(rule)) return rule;
  return base::fail("bad_daylight_rule", "'" + base::beginning(text, 60) +
                                             "' is no rule like CET-1CEST,M3.5.0,M10.5.0/3");
}

base::Instant DaylightRule::local(const Day& day, int year) {
  const base::Date first = *base::Date::make(year, day.month, 1);
  const int weekday = static_cast<int>(first.weekday()) % 7;
  base::Date date = first + (day.weekday - weekday + 7) % 7 + (day.week - 1) * 7;
  if (date.month() != day.month) date = date - 7;  // The fifth is the last.
  return base::Instant::at_start_of(date) + day.seconds * base::kMicrosPerSecond;
}

std::vector<base::TimeZone::Change> DaylightRule::changes_in(int year) const {
  if (!changes_) return {};
  const base::Instant starts = local(starts_, year) + -standard_offset_ * base::kMicrosPerSecond;
  const base::Instant ends = local(ends_, year) + -daylight_offset_ * base::kMicrosPerSecond;
  std::vector<base::TimeZone::Change> changes = {{starts, daylight_offset_},
                                                 {ends, standard_offset_}};
  std::ranges::sort(changes, {}, &base::TimeZone::Change::from);
  return changes;
}

}  // namespace locale
