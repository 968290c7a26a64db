// Ids of what stands beside tills.
#pragma once

#include "base/id/id.h"

namespace domain {

struct SafeMoveIdTag {
  static constexpr std::string_view kPrefix = "safe";
};
using SafeMoveId = base::Id<SafeMoveIdTag>;

}  // namespace domain
