// Plays a scenario: the real flows on a fresh database of one engine, under a virtual clock.
#pragma once

#include <vector>

#include "base/result/result.h"
#include "storage/sql/connection.h"
#include "tests/scenarios/expectations.h"
#include "tests/scenarios/scenario.h"

namespace scenarios {

// What each step answered. At the end, whatever the scenario looks at itself, the store must
// agree with itself. Errors: bad_scenario (place "file:line"), store_disagrees.
[[nodiscard]] base::Result<std::vector<Said>> play(const Scenario& scenario,
                                                   storage::sql::Engine engine);

}  // namespace scenarios
