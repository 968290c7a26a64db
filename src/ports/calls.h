// Telephone calls in which a bill is looked for and paid: where each call is in its dialogue, so
// that a request that comes again is no second turn and the call has one state wherever it goes on.
#pragma once

#include <optional>

#include "base/result/result.h"
#include "domain/call/dialogue.h"

namespace ports {

class Calls {
 public:
  virtual ~Calls() = default;

  // Errors: constraint_violated where the id is taken.
  [[nodiscard]] virtual base::Result<> add(const domain::Call& call) = 0;
  [[nodiscard]] virtual base::Result<> update(const domain::Call& call) = 0;
  [[nodiscard]] virtual base::Result<std::optional<domain::Call>> find(domain::CallId id) = 0;
};

}  // namespace ports
