// The range of account ids that holds one account, for questions that are asked of ranges.
// It is [id, the id after it); after the last id there is none, and the range has no end.
#pragma once

#include "ports/billing.h"

namespace flows {

[[nodiscard]] inline ports::AccountRange range_of(domain::AccountId id) {
  base::IdBytes next = id.bytes();
  for (std::size_t at = next.size(); at-- > 0;) {
    if (++next[at] != 0) return {id, domain::AccountId(next)};
  }
  return {id, domain::AccountId()};
}

}  // namespace flows
