// Structured logs: one JSON object a line, {"time":...,"level":...,"event":...,fields...}.
//
// `event` is a fixed word that a search can rely on ("import_finished"); what varies goes into
// fields. A field is a text, a whole number or a truth value and nothing else: types that hold
// secrets do not convert, so they cannot be logged. Any thread may log. Until start_logging()
// nothing is written.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <string>
#include <string_view>
#include <variant>

#include "base/time/instant.h"

namespace observe {

enum class Level { kDebug, kInfo, kWarning, kError };

// Views its name and text; it lives no longer than the call to log().
class Field {
 public:
  Field(std::string_view name, std::string_view value) : name_(name), value_(value) {}
  Field(std::string_view name, const std::string& value) : name_(name), value_(value) {}
  Field(std::string_view name, const char* value) : name_(name), value_(value) {}
  Field(std::string_view name, bool value) : name_(name), value_(value) {}
  template <std::integral T>
  Field(std::string_view name, T value) : name_(name), value_(static_cast<std::int64_t>(value)) {}
  template <class T>
    requires(!std::integral<T>)
  Field(std::string_view name, const T& value) = delete;

  void append_to(std::string& line) const;

 private:
  std::string_view name_;
  std::variant<std::string_view, std::int64_t, bool> value_;
};

// Writes what is at least `least` to `out`, a line at a time, flushed. Both references must live
// until stop_logging(). Call it again to change them.
void start_logging(Level least, const base::Clock& clock, std::ostream& out);
void stop_logging();

void log(Level level, std::string_view event, std::initializer_list<Field> fields = {});

}  // namespace observe
