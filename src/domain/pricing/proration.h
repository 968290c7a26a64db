// Proration: which part of a recurring price a stretch of days (or seconds) costs. Each rule has a
// name that a catalogue item may set, and a formula:
//
//   actual_days      price x days used / days of the price's month
//   fixed_30         price x days used / 30, each month counted as 30 days
//   whole_period     price, whenever one day is used
//   none             price when the whole month is used, else 0
//   by_second        price x seconds used / seconds of the month, on the operator's clocks
//
// The end is exclusive (the first day without) or inclusive (the last day with) as `end` says.
// Parts add up to the whole under actual_days, fixed_30 and by_second. Formulas with examples:
// docs/guides/pricing.md.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/money/decimal.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"

namespace domain {

enum class ProrationRule { kActualDays, kFixed30, kWholePeriod, kNone, kBySecond };
enum class PeriodEnd { kExclusive, kInclusive };

// A share as a fraction in whole numbers, so that price x numerator / denominator is rounded once.
struct Share {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  friend bool operator==(const Share&, const Share&) = default;
};

// The days from the first to `end`. Errors: period_ends_before_it_starts.
[[nodiscard]] base::Result<base::Period> days_used(base::Date from, base::Date to, PeriodEnd end);

// Whether parts of the period cost parts of the price.
[[nodiscard]] bool is_divisible(ProrationRule rule);

// `used` lies within `month` (the price's whole period, whatever day it begins on, not empty).
// by_second counts the seconds of the zone's days, so that one on which clocks change has 23 or 25
// hours; without a zone each day has 24.
//
// fixed_30 numbers the days of the month from its first one, the 31st as the 30th; what is used up
// to the month's end counts to 30 (of a price for three months: to 90). So 23 January days from
// the 23rd to the 15th are 22, February's last day is several, and a 31st costs nothing alone.
[[nodiscard]] Share share_of(ProrationRule rule, base::Period used, base::Period month,
                             const base::TimeZone* zone = nullptr);

[[nodiscard]] std::string_view to_text(ProrationRule rule);  // "actual_days"
[[nodiscard]] base::Result<ProrationRule> parse_proration_rule(std::string_view text);
[[nodiscard]] std::string_view to_text(PeriodEnd end);  // "exclusive"
[[nodiscard]] base::Result<PeriodEnd> parse_period_end(std::string_view text);

}  // namespace domain
