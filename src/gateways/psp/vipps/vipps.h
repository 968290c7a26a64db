// Vipps MobilePay: payments in the app (ePayment v1) and agreements that may be charged later
// (Recurring v3).
//
// A payment is authorised first and captured by us. A kept method is an agreement: it is charged by
// an order for a later day, which Vipps itself tries again. Facts: docs/gateways/vipps.md.
#pragma once

#include "gateways/psp/exchange/settings.h"

namespace gateways::vipps {

[[nodiscard]] const Kind& kind();

}  // namespace gateways::vipps
