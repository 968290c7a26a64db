// What an agent does to a service: the verb, and how the world does it (world.cpp calls it).
// The answer is the service's timeline, a line for each stretch of days with the same terms.
#pragma once

#include <span>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/billing/service_change.h"
#include "ports/store.h"
#include "tests/scenarios/expectations.h"
#include "tests/scenarios/verbs.h"

namespace scenarios {

[[nodiscard]] std::span<const Verb> service_verbs();

// Errors: bad_scenario where nobody has the name; those of flows::change_service.
[[nodiscard]] base::Result<Said> change_service(ports::Store& store, base::Clock& clock,
                                                const ChangeService& command);

}  // namespace scenarios
