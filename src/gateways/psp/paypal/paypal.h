// PayPal: orders v2, captures and refunds v2, kept methods (vault), webhooks.
//
// The customer approves an order on PayPal's page; only our capture moves money, so an order that
// is not captured needs no cancelling there. PayPal itself says whether a webhook is its own.
// Facts: docs/gateways/paypal.md.
#pragma once

#include "gateways/psp/exchange/settings.h"

namespace gateways::paypal {

[[nodiscard]] const Kind& kind();

}  // namespace gateways::paypal
