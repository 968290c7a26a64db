#include "base/time/date.h"

#include <chrono>

#include "base/result/check.h"

namespace base {
namespace {

namespace chrono = std::chrono;

constexpr std::int32_t kDaysMin = -719528;   // 0000-01-01
constexpr std::int32_t kDaysMax = 11248737;  // 32767-12-31, the last day of std::chrono.

chrono::year_month_day civil(std::int32_t days) { return chrono::sys_days(chrono::days(days)); }

// A fixed-width number, or -1.
int digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string padded(int value, std::size_t width) {
  std::string text = std::to_string(value);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

}  // namespace

Result<Date> Date::make(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) {
    return fail("no_such_date", "the calendar has no such date");
  }
  const chrono::year_month_day date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                    chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return fail("no_such_date", "the calendar has no such date");
  return Date(static_cast<std::int32_t>(chrono::sys_days(date).time_since_epoch().count()));
}

Result<Date> Date::parse(std::string_view text) {
  const auto bad = [&] {
    return fail("not_a_date",
                "'" + std::string(text.substr(0, 40)) + "' is not a date like 2026-11-22");
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad();
  const int year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)),
            day = digits(text.substr(8, 2));
  if (year < 0 || month < 0 || day < 0) return bad();
  auto date = make(year, month, day);
  if (!date) return fail("no_such_date", "the calendar has no " + std::string(text));
  return date;
}

Date Date::from_days(std::int32_t days) {
  CHECK(days >= kDaysMin && days <= kDaysMax);
  return Date(days);
}

int Date::year() const { return static_cast<int>(civil(days_).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(days_).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(days_).day())); }

Weekday Date::weekday() const {
  const chrono::weekday day{chrono::sys_days(chrono::days(days_))};
  return static_cast<Weekday>(day.iso_encoding());
}

std::string Date::to_string() const {
  const auto date = civil(days_);
  const auto year = static_cast<int>(date.year());
  const auto month = static_cast<int>(static_cast<unsigned>(date.month()));
  const auto day = static_cast<int>(static_cast<unsigned>(date.day()));
  if (year < 0 || year > 9999) {
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
  }
  std::string text = "0000-00-00";
  const auto put = [&](std::size_t last, int value) {
    for (; value > 0; value /= 10) text[last--] = static_cast<char>('0' + value % 10);
  };
  put(3, year);
  put(6, month);
  put(9, day);
  return text;
}

Date add_months(Date date, int months) {
  const auto from = civil(date.days());
  const auto month = chrono::year_month(from.year(), from.month()) + chrono::months(months);
  chrono::year_month_day to{month.year(), month.month(), from.day()};
  if (!to.ok()) {
    to = chrono::year_month_day_last(month.year(), chrono::month_day_last(month.month()));
  }
  const auto days = chrono::sys_days(to).time_since_epoch().count();
  return Date::from_days(static_cast<std::int32_t>(days));
}

Result<Period> Period::make(Date from, Date to) {
  if (to < from) {
    return fail("period_ends_before_it_starts",
                "the period ends " + to.to_string() + ", before it starts " + from.to_string());
  }
  return Period(from, to);
}

Period Period::intersect(Period other) const {
  const Date from = std::max(from_, other.from_), to = std::min(to_, other.to_);
  return from < to ? Period(from, to) : Period(from, from);
}

Result<Month> Month::parse(std::string_view text) {
  if (text.size() == 7 && text[4] == '-') {
    const int year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2));
    if (year >= 1 && month >= 1 && month <= 12) return Month((year - 1970) * 12 + month - 1);
  }
  return fail("not_a_month",
              "'" + std::string(text.substr(0, 40)) + "' is not a month like 2026-10");
}

Month Month::of(Date date) {
  const auto day = civil(date.days());
  return Month((static_cast<int>(day.year()) - 1970) * 12 +
               static_cast<int>(static_cast<unsigned>(day.month())) - 1);
}

namespace {

Date first_of(std::int32_t month) {
  const std::int32_t year = month >= 0 ? month / 12 : (month - 11) / 12;
  const chrono::year_month_day first{chrono::year(1970 + year),
                                     chrono::month(static_cast<unsigned>(month - year * 12 + 1)),
                                     chrono::day(1)};
  const auto days = chrono::sys_days(first).time_since_epoch().count();
  return Date::from_days(static_cast<std::int32_t>(days));
}

}  // namespace

Period Month::period() const {
  auto period = Period::make(first_of(index_), first_of(index_ + 1));
  CHECK(period.has_value());
  return *period;
}

std::string Month::to_string() const { return period().from().to_string().substr(0, 7); }

}  // namespace base
