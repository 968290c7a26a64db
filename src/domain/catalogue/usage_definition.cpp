#include "domain/catalogue/usage_definition.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace domain {
namespace {

using base::Decimal;
using base::Result;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return {};
  return value;
}

// "08:00" in seconds; 24:00 is the end of the day.
std::optional<std::int32_t> second_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return {};
  const auto hour = whole_number(text.substr(0, 2)), minute = whole_number(text.substr(3));
  if (!hour || !minute || *hour < 0 || *minute < 0 || *minute > 59) return {};
  const std::int64_t second = *hour * 3600 + *minute * 60;
  if (second > TimeWindow::kDay) return {};
  return static_cast<std::int32_t>(second);
}

std::string clock_of(std::int32_t second) {
  const auto two = [](std::int32_t value) {
    return std::string(value < 10 ? "0" : "") + std::to_string(value);
  };
  return two(second / 3600) + ":" + two(second / 60 % 60);
}

constexpr std::array<std::string_view, 5> kDays = {
    "all", "workdays", "weekends", "workdays_except_holidays", "weekends_and_holidays"};

bool holds_on(WindowDays days, DayKind day) {
  switch (days) {
    case WindowDays::kAll: return true;
    case WindowDays::kWorkdays: return day != DayKind::kWeekend;
    case WindowDays::kWeekends: return day == DayKind::kWeekend;
    case WindowDays::kWorkdaysExceptHolidays: return day == DayKind::kWorkday;
    case WindowDays::kWeekendsAndHolidays: return day != DayKind::kWorkday;
  }
  return false;
}

// A window that reaches beyond midnight is two stretches of the same kind of day.
bool stretches_meet(const TimeWindow& a, const TimeWindow& b) {
  const auto wraps = [](const TimeWindow& window) {
    return window.from_second >= window.to_second;
  };
  if (wraps(a) && wraps(b)) return true;
  if (wraps(b)) return stretches_meet(b, a);
  if (wraps(a)) return b.from_second < a.to_second || a.from_second < b.to_second;
  return a.from_second < b.to_second && b.from_second < a.to_second;
}

}  // namespace

Result<TimeWindow> TimeWindow::parse(std::string_view text) {
  const auto wrong = [&] {
    return base::fail("bad_window",
                      "write a window like 'workdays 08:00-18:00', 'weekends_and_holidays' or "
                      "'all 22:00-06:00';"
                      " '" +
                          std::string(text.substr(0, 40)) + "' is none");
  };
  TimeWindow window;
  const std::string_view days = text.substr(0, text.find(' '));
  const auto found = std::ranges::find(kDays, days);
  if (found == kDays.end()) return wrong();
  window.days = static_cast<WindowDays>(found - kDays.begin());
  if (days.size() == text.size()) return window;
  const std::string_view hours = text.substr(days.size() + 1);
  if (hours.size() != 11 || hours[5] != '-') return wrong();
  const auto from = second_of(hours.substr(0, 5)), to = second_of(hours.substr(6));
  if (!from || !to || *from == *to || *from == kDay) return wrong();
  window.from_second = *from;
  window.to_second = *to;
  return window;
}

std::string TimeWindow::to_string() const {
  return std::string(kDays[static_cast<std::size_t>(days)]) + " " + clock_of(from_second) + "-" +
         clock_of(to_second);
}

bool TimeWindow::contains(std::int32_t second, DayKind day) const {
  if (!holds_on(days, day)) return false;
  if (from_second < to_second) return from_second <= second && second < to_second;
  return from_second <= second || second < to_second;
}

bool TimeWindow::overlaps(const TimeWindow& other) const {
  constexpr std::array kKinds = {DayKind::kWorkday, DayKind::kHoliday, DayKind::kWeekend};
  const bool share_a_day = std::ranges::any_of(
      kKinds, [&](DayKind day) { return holds_on(days, day) && holds_on(other.days, day); });
  return share_a_day && stretches_meet(*this, other);
}

UsageMeasure measure_of(UsageUnit unit) {
  switch (unit) {
    case UsageUnit::kSecond:
    case UsageUnit::kMinute: return UsageMeasure::kTime;
    case UsageUnit::kMegabyte:
    case UsageUnit::kGigabyte: return UsageMeasure::kVolume;
    case UsageUnit::kPiece: return UsageMeasure::kPieces;
    case UsageUnit::kMoney: return UsageMeasure::kMoney;
  }
  return UsageMeasure::kPieces;
}

std::int64_t size_of(UsageUnit unit) {
  constexpr std::int64_t kMinute = 60, kMegabyte = 1'000'000, kGigabyte = 1'000'000'000;
  switch (unit) {
    case UsageUnit::kMinute: return kMinute;
    case UsageUnit::kMegabyte: return kMegabyte;
    case UsageUnit::kGigabyte: return kGigabyte;
    case UsageUnit::kSecond:
    case UsageUnit::kPiece:
    case UsageUnit::kMoney: return 1;
  }
  return 1;
}

Decimal convert(Decimal quantity, UsageUnit from, UsageUnit to) {
  if (from == to) return quantity;
  return Decimal::from_scaled(base::divide_rounded(quantity.scaled() * size_of(from), size_of(to),
                                                   base::RoundingMode::kHalfUp));
}

std::string_view to_text(UsageUnit unit) {
  switch (unit) {
    case UsageUnit::kSecond: return "second";
    case UsageUnit::kMinute: return "minute";
    case UsageUnit::kMegabyte: return "MB";
    case UsageUnit::kGigabyte: return "GB";
    case UsageUnit::kPiece: return "piece";
    case UsageUnit::kMoney: return "money";
  }
  return {};
}

Result<UsageUnit> parse_usage_unit(std::string_view text) {
  for (const UsageUnit unit : {UsageUnit::kSecond, UsageUnit::kMinute, UsageUnit::kMegabyte,
                               UsageUnit::kGigabyte, UsageUnit::kPiece, UsageUnit::kMoney}) {
    if (to_text(unit) == text) return unit;
  }
  return base::fail("unknown_value", "'" + std::string(text.substr(0, 40)) +
                                         "' is not second, minute, MB, GB, piece or money");
}

std::string_view to_text(PriceScope scope) {
  switch (scope) {
    case PriceScope::kRecord: return "record";
    case PriceScope::kMonth: return "month";
  }
  return {};
}

Result<PriceScope> parse_price_scope(std::string_view text) {
  for (const PriceScope scope : {PriceScope::kRecord, PriceScope::kMonth}) {
    if (to_text(scope) == text) return scope;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) + "' is not record or month");
}

}  // namespace domain
