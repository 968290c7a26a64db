// Instant, Clock and TimeZone. Nothing reads the machine's time but SystemClock in app/.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"

namespace base {

// A point in time: microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t micros = 0;

  // "2026-11-22T07:44:22Z", "...+02:00", with up to six decimals of a second.
  // Errors: not_a_time, no_such_date.
  [[nodiscard]] static Result<Instant> parse(std::string_view text);
  // Midnight UTC at the start of the day.
  [[nodiscard]] static constexpr Instant at_start_of(Date date) {
    return {static_cast<std::int64_t>(date.days()) * 86'400'000'000};
  }
  // "2026-11-22T07:44:22Z", with decimals only where there are any.
  [[nodiscard]] std::string to_string() const;

  friend constexpr Instant operator+(Instant at, std::int64_t micros) {
    return {at.micros + micros};
  }
  friend constexpr std::int64_t operator-(Instant a, Instant b) { return a.micros - b.micros; }
  friend constexpr auto operator<=>(Instant, Instant) = default;
};

inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

// Where the product gets its time from. Safe to call from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

// A clock that stands until it is set: a year runs in seconds.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(Instant start) : micros_(start.micros) {}
  [[nodiscard]] Instant now() const override { return {micros_.load()}; }
  void set(Instant to) { micros_.store(to.micros); }

 private:
  std::atomic<std::int64_t> micros_;
};

// A time zone as a value: its name and every change of its offset from UTC, sorted by time.
// The first offset holds before the first change. Loaded by support/locale.
class TimeZone {
 public:
  struct Change {
    Instant from;
    std::int32_t offset_seconds = 0;
  };
  TimeZone() : name_("UTC") {}
  TimeZone(std::string name, std::int32_t first_offset_seconds, std::vector<Change> changes)
      : name_(std::move(name)), first_offset_(first_offset_seconds), changes_(std::move(changes)) {}

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::int32_t offset_seconds(Instant at) const;
  // The day on the wall calendar of the zone.
  [[nodiscard]] Date local_date(Instant at) const;
  // The instant at which a local day begins. Where clocks skip midnight, the first instant of it.
  [[nodiscard]] Instant start_of(Date local) const;

 private:
  std::string name_;
  std::int32_t first_offset_ = 0;
  std::vector<Change> changes_;
};

}  // namespace base
