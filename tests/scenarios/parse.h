// Reads a scenario file: text to values, or the first thing that makes no sense and where.
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "tests/scenarios/scenario.h"

namespace scenarios {

// `file` is what errors call it. Errors: bad_scenario, place "file:line".
[[nodiscard]] base::Result<Scenario> parse_scenario(std::string_view file, std::string_view text);

}  // namespace scenarios
