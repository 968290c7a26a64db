#include "support/locale/time_zone.h"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/text/beginning.h"
#include "support/locale/daylight_rule.h"

namespace locale {
namespace {

using Change = base::TimeZone::Change;
using Seconds = std::chrono::sys_seconds;

constexpr std::string_view kDatabase = "/usr/share/zoneinfo/";
constexpr int kYearMin = 1970, kYearMax = 2100;

Seconds start_of_year(int year) { return date::sys_days(date::year(year) / 1 / 1); }

// The rule after the last listed change: the line at the end of a zone's file. The library reads
// the lists only, which end in 2037 or, in files made small, with the last change of the law.
std::string rule_for_later(const std::string& name) {
  std::ifstream file(std::string(kDatabase) + name, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!bytes.starts_with("TZif") || !bytes.ends_with('\n')) return {};
  const std::size_t start = bytes.rfind('\n', bytes.size() - 2);
  if (start == std::string::npos) return {};
  return bytes.substr(start + 1, bytes.size() - start - 2);
}

// The offset at the start of the first year, and then each listed change.
std::vector<Change> listed_changes(const date::time_zone& zone) {
  std::vector<Change> changes;
  for (Seconds at = start_of_year(kYearMin); at < start_of_year(kYearMax + 1);) {
    const date::sys_info info = zone.get_info(at);
    changes.push_back({{info.begin.time_since_epoch().count() * base::kMicrosPerSecond},
                       static_cast<std::int32_t>(info.offset.count())});
    at = info.end;
  }
  return changes;
}

}  // namespace

base::Result<base::TimeZone> load_time_zone(std::string_view name) {
  const date::time_zone* zone = nullptr;
  try {
    zone = date::locate_zone(std::string(name));
  } catch (const std::exception&) {
    return base::fail(
        "unknown_time_zone",
        "'" + base::beginning(name, 40) + "' is no time zone; use a name like Europe/Stockholm");
  }
  const auto rule = DaylightRule::parse(rule_for_later(zone->name()));
  if (!rule) {
    return base::fail("time_zone_not_readable",
                      "the system's file has no rule for later years that we can read; install "
                      "the package tzdata anew",
                      std::string(kDatabase) + zone->name());
  }
  std::vector<Change> changes = listed_changes(*zone);
  const base::Instant last_listed = changes.back().from;
  for (int year = kYearMin; year <= kYearMax; ++year) {
    for (const Change& change : rule->changes_in(year)) {
      if (change.from > last_listed) changes.push_back(change);
    }
  }
  const std::int32_t first_offset = changes.front().offset_seconds;
  changes.erase(changes.begin());
  return base::TimeZone(zone->name(), first_offset, std::move(changes));
}

}  // namespace locale
