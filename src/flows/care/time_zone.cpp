#include "flows/care/time_zone.h"

#include <map>
#include <mutex>
#include <string>

#include "support/locale/time_zone.h"

namespace flows {

base::Result<base::TimeZone> time_zone(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, base::TimeZone, std::less<>> zones;
  const std::lock_guard lock(mutex);
  if (const auto known = zones.find(name); known != zones.end()) return known->second;
  base::TimeZone zone = TRY(locale::load_time_zone(name));
  return zones.emplace(name, std::move(zone)).first->second;
}

base::Result<base::Date> local_date(std::string_view zone, base::Instant at) {
  return TRY(time_zone(zone)).local_date(at);
}

}  // namespace flows
