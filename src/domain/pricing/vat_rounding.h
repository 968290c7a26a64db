// VAT that is added to net sums, by a named rule of rounding.
//
//   per_rate      round(net of the rate x rate) for each rate: EN 16931, and the law of the seven
//                 countries
//   per_document  round(sum over the rates of net x rate), once; each rate shows its part, cut to
//                 minor units, and what is left over goes by one to the rates that lost most
//
// A net sum may stand under several rates, where a place has several taxes.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"

namespace domain {

enum class VatRounding { kPerRate, kPerDocument };

struct RatedNet {
  base::Percent rate;
  base::Money net;
};

struct RatedVat {
  base::Percent rate;
  base::Money net, vat;
  friend bool operator==(const RatedVat&, const RatedVat&) = default;
};

// One row per rate, descending. Nets of one currency; CHECKed.
[[nodiscard]] std::vector<RatedVat> vat_on(std::span<const RatedNet> nets, VatRounding rounding);

[[nodiscard]] std::string_view to_text(VatRounding rounding);  // "per_rate"
[[nodiscard]] base::Result<VatRounding> parse_vat_rounding(std::string_view text);

}  // namespace domain
