#include "domain/pricing/unused_days.h"

#include <algorithm>

namespace domain {

using base::RoundingMode;

NetAndVat charge_for(base::Money price, Share share, base::Percent rate) {
  const base::Money net =
      base::scale(price, share.numerator, share.denominator, RoundingMode::kHalfUp);
  return {net, base::percent_of(net, rate, RoundingMode::kHalfUp)};
}

NetAndVat credit_for_unused(base::Money price, Share unused, base::Percent rate,
                            const NetAndVat& left) {
  const NetAndVat computed = charge_for(price, unused, rate);
  if (computed.net >= left.net) return left;
  return {computed.net, std::min(computed.vat, left.vat)};
}

}  // namespace domain
