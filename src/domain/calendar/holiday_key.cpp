#include "domain/calendar/holiday_key.h"

#include <string>

#include "base/result/check.h"

namespace domain {
namespace {

constexpr std::string_view kEaster = "EASTER";
constexpr std::string_view kFrom = "(from ";
constexpr int kEasterOffsetMax = 100;

// Digits only, at most four of them.
std::optional<int> number(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// "-2" or "+39".
std::optional<int> offset(std::string_view text) {
  if (!text.starts_with('+') && !text.starts_with('-')) return std::nullopt;
  const auto days = number(text.substr(1));
  if (!days || *days > kEasterOffsetMax) return std::nullopt;
  return text.front() == '-' ? -*days : *days;
}

std::unexpected<base::Error> unknown(std::string_view text) {
  return base::fail("unknown_holiday_key",
                    "'" + std::string(text.substr(0, 40)) +
                        "' is no holiday; write 12-24, EASTER-2, GOODFRIDAY, EASTERMONDAY or "
                        "MIDSUMMER_EVE, and '(from 2026)' behind what began in a year");
}

}  // namespace

base::Date easter_sunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
  const int g = (8 * b + 13) / 25;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int days = h + l - 7 * m + 114;
  const auto date = base::Date::make(year, days / 31, days % 31 + 1);
  CHECK(date.has_value());
  return *date;
}

base::Result<HolidayKey> HolidayKey::parse(std::string_view text) {
  HolidayKey key;
  std::string_view rest = text;
  if (const std::size_t at = rest.find(kFrom); at != std::string_view::npos) {
    if (!rest.ends_with(')')) return unknown(text);
    const std::size_t start = at + kFrom.size();
    const auto year = number(rest.substr(start, rest.size() - start - 1));
    if (!year || *year == 0) return unknown(text);
    key.first_year_ = *year;
    rest = rest.substr(0, at);
  }
  if (rest == "MIDSUMMER_EVE") {
    key.kind_ = Kind::kMidsummerEve;
  } else if (rest == "GOODFRIDAY" || rest == "EASTERMONDAY") {
    key.kind_ = Kind::kEaster;
    key.easter_offset_ = rest == "GOODFRIDAY" ? -2 : 1;
  } else if (rest.starts_with(kEaster)) {
    const auto days = offset(rest.substr(kEaster.size()));
    if (!days) return unknown(text);
    key.kind_ = Kind::kEaster;
    key.easter_offset_ = *days;
  } else {
    if (rest.size() != 5 || rest[2] != '-') return unknown(text);
    const auto month = number(rest.substr(0, 2)), day = number(rest.substr(3));
    // 2024 is a leap year: what it lacks, every year lacks.
    if (!month || !day || !base::Date::make(2024, *month, *day)) return unknown(text);
    key.month_ = *month;
    key.day_ = *day;
  }
  return key;
}

std::optional<base::Date> HolidayKey::day_in(int year) const {
  if (year < first_year_) return std::nullopt;
  switch (kind_) {
    case Kind::kFixed: {
      const auto date = base::Date::make(year, month_, day_);
      return date ? std::optional(*date) : std::nullopt;
    }
    case Kind::kEaster: return easter_sunday(year) + easter_offset_;
    case Kind::kMidsummerEve: {
      const base::Date earliest = *base::Date::make(year, 6, 19);
      const int weekday = static_cast<int>(earliest.weekday());
      return earliest + (static_cast<int>(base::Weekday::kFriday) - weekday + 7) % 7;
    }
  }
  CHECK(false);
  return std::nullopt;
}

base::Result<std::vector<HolidayKey>> parse_holiday_keys(std::string_view keys) {
  std::vector<HolidayKey> parsed;
  for (;;) {
    const std::size_t end = keys.find(';');
    parsed.push_back(TRY(HolidayKey::parse(keys.substr(0, end))));
    if (end == std::string_view::npos) return parsed;
    keys.remove_prefix(end + 1);
  }
}

}  // namespace domain
