#include "domain/pricing/inclusive_prices.h"

#include <algorithm>
#include <map>

namespace domain {
namespace {

using base::Decimal;
using base::Int128;
using base::Money;

constexpr Int128 kHundred = static_cast<Int128>(Decimal::kOne) * 100;

// gross / (1 + rate) cut down to minor units, and what was cut off.
struct Cut {
  std::size_t line = 0;
  std::int64_t net = 0;
  Int128 lost = 0;  // Of the same divisor for all lines of a rate.
};

Cut cut(std::size_t line, const InclusiveLine& priced) {
  const Int128 divisor = kHundred + priced.rate.value.scaled();
  const Int128 product = kHundred * priced.gross.minor();
  Int128 net = product / divisor, lost = product % divisor;
  if (lost < 0) {
    net -= 1;
    lost += divisor;
  }
  return {line, static_cast<std::int64_t>(net), lost};
}

// Gives each line its net, so that they add up to the rate's.
void divide(Money net, std::vector<Cut> cuts, std::vector<Money>& line_nets) {
  std::int64_t rest = net.minor();
  for (const Cut& each : cuts) rest -= each.net;
  std::ranges::stable_sort(cuts, std::ranges::greater(), &Cut::lost);
  for (Cut& each : cuts) {
    if (rest-- > 0) each.net += 1;
    line_nets[each.line] = Money(each.net, net.currency());
  }
}

}  // namespace

InclusiveSums take_out_vat(std::span<const InclusiveLine> lines) {
  std::map<base::Percent, std::vector<Cut>, std::greater<>> by_rate;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    by_rate[lines[line].rate].push_back(cut(line, lines[line]));
  }
  InclusiveSums sums;
  sums.line_nets.resize(lines.size());
  for (auto& [rate, cuts] : by_rate) {
    Money gross(0, lines.front().gross.currency());
    for (const Cut& each : cuts) gross += lines[each.line].gross;
    const Money net = base::net_of_gross(gross, rate, base::RoundingMode::kHalfUp);
    sums.rates.push_back({rate, gross, net, gross - net});
    divide(net, std::move(cuts), sums.line_nets);
  }
  return sums;
}

}  // namespace domain
