// Time zones, from the time zone database of the system.
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"

namespace locale {

// The zone with its changes from 1970 to 2100, by its IANA name: "Europe/Stockholm".
// Errors: unknown_time_zone, time_zone_not_readable.
[[nodiscard]] base::Result<base::TimeZone> load_time_zone(std::string_view name);

}  // namespace locale
