#include "domain/pricing/proration.h"

#include <algorithm>
#include <string>

#include "base/result/check.h"

namespace domain {
namespace {

constexpr ProrationRule kRules[] = {ProrationRule::kActualDays, ProrationRule::kFixed30,
                                    ProrationRule::kWholePeriod, ProrationRule::kNone,
                                    ProrationRule::kBySecond};
constexpr int kFixedDays = 30;

// Days since the year 0 if all months had 30 of them; the 31st falls on the 30th.
std::int64_t fixed_day(base::Date date) {
  return (static_cast<std::int64_t>(date.year()) * 12 + date.month()) * kFixedDays +
         std::min(date.day(), kFixedDays);
}

Share share_of_fixed_days(base::Period used, base::Period month) {
  const std::int64_t begin = fixed_day(month.from());
  // Of how many months the price is; ends that are moved by short months are days off at most.
  const std::int64_t months =
      std::max<std::int64_t>(1, (fixed_day(month.to()) - begin + kFixedDays / 2) / kFixedDays);
  const std::int64_t whole = months * kFixedDays;
  const auto days_before = [&](base::Date date) {
    if (date == month.to()) return whole;
    return std::clamp<std::int64_t>(fixed_day(date) - begin, 0, whole);
  };
  return {days_before(used.to()) - days_before(used.from()), whole};
}

std::int64_t seconds_of(base::Period days, const base::TimeZone* zone) {
  constexpr std::int64_t kDay = 86'400;
  if (zone == nullptr) return days.days() * kDay;
  return (zone->start_of(days.to()) - zone->start_of(days.from())) / base::kMicrosPerSecond;
}

}  // namespace

base::Result<base::Period> days_used(base::Date from, base::Date to, PeriodEnd end) {
  switch (end) {
    case PeriodEnd::kExclusive: break;
    case PeriodEnd::kInclusive: to = to + 1; break;
  }
  return base::Period::make(from, to);
}

bool is_divisible(ProrationRule rule) {
  switch (rule) {
    case ProrationRule::kActualDays:
    case ProrationRule::kFixed30:
    case ProrationRule::kBySecond: return true;
    case ProrationRule::kWholePeriod:
    case ProrationRule::kNone: return false;
  }
  return false;
}

Share share_of(ProrationRule rule, base::Period used, base::Period month,
               const base::TimeZone* zone) {
  CHECK(!month.is_empty());
  CHECK(used.is_empty() || (month.from() <= used.from() && used.to() <= month.to()));
  switch (rule) {
    case ProrationRule::kActualDays: return {used.days(), month.days()};
    case ProrationRule::kBySecond: return {seconds_of(used, zone), seconds_of(month, zone)};
    case ProrationRule::kFixed30:
      if (used.is_empty()) return {0, kFixedDays};
      return share_of_fixed_days(used, month);
    case ProrationRule::kWholePeriod: return {used.is_empty() ? 0 : 1, 1};
    case ProrationRule::kNone: return {used == month ? 1 : 0, 1};
  }
  return {};
}

std::string_view to_text(ProrationRule rule) {
  switch (rule) {
    case ProrationRule::kActualDays: return "actual_days";
    case ProrationRule::kFixed30: return "fixed_30";
    case ProrationRule::kWholePeriod: return "whole_period";
    case ProrationRule::kNone: return "none";
    case ProrationRule::kBySecond: return "by_second";
  }
  return {};
}

base::Result<ProrationRule> parse_proration_rule(std::string_view text) {
  for (const ProrationRule rule : kRules) {
    if (to_text(rule) == text) return rule;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) +
                        "' is not actual_days, fixed_30, whole_period, none or by_second");
}

std::string_view to_text(PeriodEnd end) {
  switch (end) {
    case PeriodEnd::kExclusive: return "exclusive";
    case PeriodEnd::kInclusive: return "inclusive";
  }
  return {};
}

base::Result<PeriodEnd> parse_period_end(std::string_view text) {
  for (const PeriodEnd end : {PeriodEnd::kExclusive, PeriodEnd::kInclusive}) {
    if (to_text(end) == text) return end;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) + "' is not exclusive or inclusive");
}

}  // namespace domain
