// The operator's wall calendar: which day it is there.
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"

namespace flows {

// The zone of that name, read once a process. Safe from any thread.
// Errors: those of locale::load_time_zone.
[[nodiscard]] base::Result<base::TimeZone> time_zone(std::string_view name);
[[nodiscard]] base::Result<base::Date> local_date(std::string_view zone, base::Instant at);

}  // namespace flows
