// What a scenario expects against what was said: compared, told, and written anew.
#pragma once

#include <string>
#include <vector>

#include "tests/scenarios/scenario.h"

namespace scenarios {

// The lines that a step answered.
using Said = std::vector<std::string>;

// Empty where every step answered what is expected of it; else the steps that did not, line by
// line: '-' is expected and was not said, '+' was said and is not expected. Spaces do not count.
[[nodiscard]] std::string difference(const Scenario& scenario, const std::vector<Said>& said);

// The file's text with the '>' lines as they should be for what was said. Everything else, and
// every step whose expectations hold, stays as it is written.
[[nodiscard]] std::string rewritten(const Scenario& scenario, const std::vector<Said>& said);

}  // namespace scenarios
