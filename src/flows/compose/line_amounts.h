// What each row of an invoice costs the reader: with VAT for people, without for businesses.
//
// Prices shown to consumers include VAT, while VAT is computed once on the sum of a rate (EN
// 16931), not on rows. So each rate's VAT is given to its rows to the cent, largest remainder
// first: the rows and the rounding add up to the total in sight.
#pragma once

#include <vector>

#include "base/money/money.h"
#include "domain/billing/invoice.h"

namespace flows::compose {

// One amount for each line, in their order. With VAT they add up to net + vat_total.
[[nodiscard]] std::vector<base::Money> line_amounts(const domain::Invoice& invoice, bool with_vat);

}  // namespace flows::compose
