// Days that were paid in advance and not used: what their credit note gives back.
//
//   net = round(price x unused share), at most what is left of the line
//   VAT = round(net x rate), at most what is left of the line's VAT; with the line's last of its
//         net goes the last of its VAT
//
// So several credits of one line never give back more than was billed, and all of it gives back
// exactly what was billed, whatever was rounded in between.
#pragma once

#include "base/money/money.h"
#include "domain/pricing/proration.h"

namespace domain {

struct NetAndVat {
  base::Money net;
  base::Money vat;
  [[nodiscard]] base::Money gross() const { return net + vat; }
  friend bool operator==(const NetAndVat&, const NetAndVat&) = default;
};

// What days cost: net = round(price x share), VAT = round(net x rate).
[[nodiscard]] NetAndVat charge_for(base::Money price, Share share, base::Percent rate);

// `price` is of the whole period, `left` what was billed of it less earlier credits. Neither is
// below zero.
[[nodiscard]] NetAndVat credit_for_unused(base::Money price, Share unused, base::Percent rate,
                                          const NetAndVat& left);

}  // namespace domain
