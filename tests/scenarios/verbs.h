// The verbs of the language. To add one: a row in verbs.cpp, a command in scenario.h, what it does
// in world.cpp, and its form in README.md.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "tests/scenarios/scenario.h"

namespace scenarios {

// The words of a line behind its verb.
struct Given {
  std::vector<std::string> places;                          // In order.
  std::map<std::string, std::string, std::less<>> options;  // By name; "" for a flag.

  [[nodiscard]] bool has(std::string_view option) const { return options.contains(option); }
  // The option's value, or nothing.
  [[nodiscard]] std::optional<std::string> option(std::string_view name) const;
};

enum class Timing {
  kAnyTime,   // Also before the first day.
  kNeedsDay,  // On a day: that of its line or of the lines above.
};

struct Verb {
  std::string_view name;  // "run billing"
  std::string_view form;  // For people: the names of places, options and flags.
  Timing timing = Timing::kNeedsDay;
  std::size_t places_min = 0;
  std::size_t places_max = 0;
  std::string_view options = "";  // Names with spaces between; each takes the next word.
  std::string_view flags = "";
  // Errors: bad_scenario, without place.
  base::Result<Command> (*make)(const Given&) = nullptr;
};

[[nodiscard]] std::span<const Verb> verbs();

}  // namespace scenarios
