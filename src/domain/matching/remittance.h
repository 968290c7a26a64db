// What the matching of payments knows of one payment or one expectation of it: what somebody
// wrote, the day, the amount.
//
// Amounts are whole minor units of one currency; who has several matches each on its own. Two
// sides are matched: `origins` are what was sent, `destinations` what arrived.
#pragma once

#include <cstdint>
#include <string>

#include "base/time/date.h"

namespace domain::matching {

struct Remittance {
  std::string memo;
  base::Date day;
  std::int64_t amount = 0;
};

}  // namespace domain::matching
