// Prices that were made with VAT in them (D12): the sum that the customer was told stays as it is,
// and VAT is taken out of it once per rate.
//
//   per rate: net = round(gross / (1 + rate)), VAT = gross - net
//   per line: its part of that net, cut to minor units; what is left over goes by one to the lines
//             that lost most by it, the first of equal ones
#pragma once

#include <span>
#include <vector>

#include "base/money/money.h"

namespace domain {

struct InclusiveLine {
  base::Money gross;  // A discount is below zero.
  base::Percent rate;
};

// The sums of one rate.
struct InclusiveSum {
  base::Percent rate;
  base::Money gross, net, vat;
  friend bool operator==(const InclusiveSum&, const InclusiveSum&) = default;
};

struct InclusiveSums {
  std::vector<InclusiveSum> rates;     // Descending by rate.
  std::vector<base::Money> line_nets;  // As the lines stand; per rate they add up to its net.
};

// Lines of one currency; CHECKed.
[[nodiscard]] InclusiveSums take_out_vat(std::span<const InclusiveLine> lines);

}  // namespace domain
