// UsageDefinition: what a usage item of the catalogue says: which records it is for, in which unit
// and steps they count, and which allowances they draw from.
//
// Of several definitions that fit a record the most specific one wins. Specific means, in this
// order: its destination (a longer prefix, then a shorter one, then a class of numbers, then any),
// a plan that is named, a zone that is named, a time window that is named. Two that fit one record
// equally well are a mistake of the catalogue (catalogue_ambiguous).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "domain/pricing/increments.h"

namespace domain {

// 1 MB is 1,000,000 bytes and 1 GB is 1,000 MB.
enum class UsageUnit { kSecond, kMinute, kMegabyte, kGigabyte, kPiece, kMoney };

// What a unit is counted in: seconds, bytes, pieces, money.
enum class UsageMeasure { kTime, kVolume, kPieces, kMoney };

// Workdays are Monday to Friday. Whether a public holiday among them counts as one is for the
// catalogue to say: `workdays` and `weekends` go by the week alone.
enum class WindowDays {
  kAll,
  kWorkdays,
  kWeekends,
  kWorkdaysExceptHolidays,
  kWeekendsAndHolidays,
};

// What a day is to the windows.
enum class DayKind { kWorkday, kHoliday, kWeekend };  // A holiday lies between Monday and Friday.

// Part of a day, from a second on until another; the end is exclusive and may lie beyond midnight
// (22:00-06:00). A record belongs to the window in which it begins.
struct TimeWindow {
  static constexpr std::int32_t kDay = 86'400;
  WindowDays days = WindowDays::kAll;
  std::int32_t from_second = 0;
  std::int32_t to_second = kDay;

  // "workdays 08:00-18:00", "weekends_and_holidays", "all 22:00-06:00". Errors: bad_window.
  [[nodiscard]] static base::Result<TimeWindow> parse(std::string_view text);
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] bool contains(std::int32_t second, DayKind day) const;
  [[nodiscard]] bool overlaps(const TimeWindow& other) const;

  friend bool operator==(const TimeWindow&, const TimeWindow&) = default;
};

// Which records a definition is for. What is empty does not restrict; without kinds no record is
// meant: such an item is charged over an allowance only.
struct UsageMatch {
  std::vector<std::string> kinds;     // voice, data, ...
  std::vector<std::string> zones;     // "" is at home.
  std::vector<std::string> prefixes;  // Of the destination, without spaces and dashes.
  std::vector<std::string> classes;   // Codes of number classes; not together with prefixes.
  std::vector<std::string> plans;
  std::vector<TimeWindow> windows;

  friend bool operator==(const UsageMatch&, const UsageMatch&) = default;
};

// Over what a price model counts: each record by itself, or the month's sum of a service.
enum class PriceScope { kRecord, kMonth };

struct UsageDefinition {
  UsageMatch match;
  UsageUnit unit = UsageUnit::kPiece;
  std::optional<Increments> increments = {};  // Those of the plan win, for time.
  base::UnitPrice connect_fee = {};           // Of each record that counts at all.
  std::vector<std::string> pools;             // Allowances it draws from, in this order.
  std::string fair_use_group = {};            // Under which cap of the plan; may be empty.
  PriceScope scope = PriceScope::kRecord;
  bool price_from_record = false;  // Then these two say what the price is:
  bool includes_vat = false;
  std::string vat_class = "standard";

  friend bool operator==(const UsageDefinition&, const UsageDefinition&) = default;
};

[[nodiscard]] UsageMeasure measure_of(UsageUnit unit);
// Seconds of a minute, bytes of a GB.
[[nodiscard]] std::int64_t size_of(UsageUnit unit);
// A quantity in another unit of the same measure, half up to ten places.
[[nodiscard]] base::Decimal convert(base::Decimal quantity, UsageUnit from, UsageUnit to);

[[nodiscard]] std::string_view to_text(UsageUnit unit);  // "MB"
[[nodiscard]] base::Result<UsageUnit> parse_usage_unit(std::string_view text);
[[nodiscard]] std::string_view to_text(PriceScope scope);  // "record"
[[nodiscard]] base::Result<PriceScope> parse_price_scope(std::string_view text);

}  // namespace domain
