// What the operator lets one person pay back alone, and at most: operator.toml [refunds].
// Without it every refund needs a second person, and there is no largest one.
#pragma once

#include <optional>

#include "base/money/money.h"

namespace domain {

struct RefundLimits {
  std::optional<base::Money> alone_up_to = {};  // A second person approves what is above it.
  std::optional<base::Money> maximum = {};      // Nobody pays back more at once.

  friend bool operator==(const RefundLimits&, const RefundLimits&) = default;
};

}  // namespace domain
