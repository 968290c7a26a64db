#include "domain/collection/retry.h"

#include <algorithm>

namespace domain {
namespace {

using base::Date;

// Custom, no law: the usual pay day of private employers. Where there is no row, the first of the
// month, after pay at its end.
constexpr Payday kPaydays[] = {{"DE", 31}, {"DK", 31}, {"ES", 31}, {"FI", 15},
                               {"IT", 27}, {"NO", 15}, {"SE", 25}};
constexpr int kElsewhere = 1;

Date payday_of(base::Month month, int day) {
  const base::Period days = month.period();
  return std::min(days.from() + (day - 1), days.last_day());
}

}  // namespace

std::span<const Payday> paydays() { return kPaydays; }

std::optional<Date> PaydayRetry::wanted(const RetryAsk& ask) const {
  if (ask.tries >= limits_.tries_max) return std::nullopt;
  const auto row = std::ranges::find(kPaydays, ask.country, &Payday::country);
  const int day = row == std::end(kPaydays) ? kElsewhere : row->day;
  const Date from = ask.failed_on + limits_.gap_days_min;
  base::Month month = base::Month::of(from);
  Date wanted = payday_of(month, day);
  if (wanted < from) wanted = payday_of(month.next(), day);
  if (wanted > ask.first_day + limits_.within_days) return std::nullopt;
  return wanted;
}

}  // namespace domain
