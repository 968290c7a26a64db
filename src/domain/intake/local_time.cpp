#include "domain/intake/local_time.h"

#include <algorithm>
#include <optional>
#include <string>

namespace domain {

using base::Instant;
using base::kMicrosPerDay;
using base::kMicrosPerSecond;

base::Result<Instant> parse_local_time(std::string_view text, const base::TimeZone& zone) {
  const std::size_t space = text.rfind(' ');
  const std::string_view written = text.substr(0, space);
  const bool later = space != std::string_view::npos && text.substr(space + 1) == "later";
  // The time as if the clock showed UTC; offsets lie within a day, so those that may hold are the
  // ones on both sides of it.
  const Instant shown = TRY(Instant::parse(std::string(written) + "Z"));
  std::optional<Instant> found;
  for (const std::int64_t side : {-kMicrosPerDay, kMicrosPerDay}) {
    const std::int64_t offset = zone.offset_seconds(shown + side) * kMicrosPerSecond;
    const Instant at = shown + -offset;
    if (zone.offset_seconds(at) * kMicrosPerSecond != offset) continue;
    found = found ? (later ? std::max(*found, at) : std::min(*found, at)) : at;
  }
  if (!found) {
    return base::fail("no_such_time", "clocks went forward: there is no such time on that day");
  }
  return *found;
}

WallTime wall_time(Instant at, const base::TimeZone& zone) {
  const Instant shown = at + zone.offset_seconds(at) * kMicrosPerSecond;
  const base::Date day = base::TimeZone().local_date(shown);
  return {day, static_cast<std::int32_t>((shown - Instant::at_start_of(day)) / kMicrosPerSecond)};
}

}  // namespace domain
