// What the clock on the wall says: local times of files that name no offset, and the local day and
// second of an instant.
//
// When clocks go back an hour exists twice, and the file's mapping says which one is meant; when
// they go forward an hour does not exist, and a time in it is refused.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"

namespace domain {

// "2026-10-25T02:30:00 earlier" or "... later". Errors: not_a_time, no_such_date, no_such_time.
[[nodiscard]] base::Result<base::Instant> parse_local_time(std::string_view text,
                                                           const base::TimeZone& zone);

struct WallTime {
  base::Date day;
  std::int32_t second_of_day = 0;

  friend bool operator==(const WallTime&, const WallTime&) = default;
};
[[nodiscard]] WallTime wall_time(base::Instant at, const base::TimeZone& zone);

}  // namespace domain
