#include "base/time/instant.h"
#include "base/text/beginning.h"

#include <algorithm>

namespace base {
namespace {

int two_digits(std::string_view text, std::size_t at) {
  if (at + 2 > text.size()) return -1;
  const char a = text[at], b = text[at + 1];
  if (a < '0' || a > '9' || b < '0' || b > '9') return -1;
  return (a - '0') * 10 + (b - '0');
}

std::string two(std::int64_t value) {
  std::string text = std::to_string(value);
  return value < 10 ? "0" + text : text;
}

// The day in which a number of microseconds since 1970 lies.
Date day_of(std::int64_t micros) {
  const std::int64_t days = micros / kMicrosPerDay - (micros % kMicrosPerDay < 0 ? 1 : 0);
  return Date::from_days(static_cast<std::int32_t>(days));
}

}  // namespace

Result<Instant> Instant::parse(std::string_view text) {
  const auto bad = [&] {
    return fail("not_a_time",
                "'" + beginning(text, 40) + "' is not a time like 2026-11-22T07:44:22Z");
  };
  if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ')) return bad();
  const Date date = TRY(Date::parse(text.substr(0, 10)));
  const int hour = two_digits(text, 11), minute = two_digits(text, 14),
            second = two_digits(text, 17);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ||
      text[13] != ':' || text[16] != ':') {
    return bad();
  }
  std::size_t at = 19;
  std::int64_t fraction = 0;
  if (text[at] == '.') {
    std::int64_t unit = 100'000;
    const std::size_t first = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) {
      if (unit == 0) return bad();
      fraction += unit * (text[at] - '0');
    }
    if (at == first) return bad();
  }
  std::int64_t offset = 0;
  const std::string_view zone = text.substr(at);
  if (zone != "Z") {
    const int zone_hour = two_digits(zone, 1), zone_minute = two_digits(zone, 4);
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || zone_hour < 0 ||
        zone_hour > 14 || zone_minute < 0 || zone_minute > 59) {
      return bad();
    }
    offset = (zone_hour * 3600 + zone_minute * 60) * (zone[0] == '+' ? 1 : -1);
  }
  const std::int64_t seconds = hour * 3600 + minute * 60 + second - offset;
  const Instant instant = at_start_of(date) + (seconds * kMicrosPerSecond + fraction);
  // An offset may move the first and the last day out of the years that can be written.
  const int year = day_of(instant.micros).year();
  if (year < 1 || year > 9999) return bad();
  return instant;
}

std::string Instant::to_string() const {
  const Date day = day_of(micros);
  const std::int64_t rest = micros - at_start_of(day).micros;
  const std::int64_t seconds = rest / kMicrosPerSecond;
  std::string text = day.to_string() + "T" + two(seconds / 3600) + ":" + two(seconds / 60 % 60) +
                     ":" + two(seconds % 60);
  if (const std::int64_t fraction = rest % kMicrosPerSecond; fraction != 0) {
    std::string places = std::to_string(fraction + kMicrosPerSecond).substr(1);
    while (places.back() == '0') places.pop_back();
    text += "." + places;
  }
  return text + "Z";
}

std::int32_t TimeZone::offset_seconds(Instant at) const {
  const auto after = std::ranges::upper_bound(changes_, at, {}, &Change::from);
  return after == changes_.begin() ? first_offset_ : std::prev(after)->offset_seconds;
}

Date TimeZone::local_date(Instant at) const {
  return day_of(at.micros + offset_seconds(at) * kMicrosPerSecond);
}

Instant TimeZone::start_of(Date local) const {
  const Instant midnight = Instant::at_start_of(local);
  // Offsets lie within a day: the earliest instant that reads as `local` is what both
  // neighbouring offsets allow.
  const std::int64_t before = offset_seconds(midnight + -kMicrosPerDay) * kMicrosPerSecond;
  const std::int64_t after = offset_seconds(midnight + kMicrosPerDay) * kMicrosPerSecond;
  const Instant early = midnight + -std::max(before, after);
  if (local_date(early) == local) return early;
  const Instant late = midnight + -std::min(before, after);
  if (local_date(late) == local && local_date(late + -1) != local) return late;
  // Clocks skip midnight: the change itself begins the day.
  for (const Change& change : changes_) {
    if (local_date(change.from) == local && local_date(change.from + -1) != local) {
      return change.from;
    }
  }
  return late;
}

}  // namespace base
