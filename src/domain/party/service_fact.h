// What the event service_changed tells of a service: one revision, whoever said it.
#pragma once

#include "base/text/json.h"
#include "domain/party/party.h"

namespace domain {

// The members that domain/events/registry.cpp names. `from` is null where the terms hold from the
// start, `ends` where there is no end.
[[nodiscard]] base::Json service_changed_fact(const Service& service);

}  // namespace domain
