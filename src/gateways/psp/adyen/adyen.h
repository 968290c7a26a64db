// Adyen Checkout v71: cards, wallets, pay by bank, kept methods, payment links.
//
// No card number ever reaches us: cards and wallets are paid on Adyen's own page (a payment link,
// also for orders by telephone), kept methods are charged by their token. What was asked of a
// payment that exists is only taken; what became of it is told by webhook.
// Facts: docs/gateways/adyen.md.
#pragma once

#include "gateways/psp/exchange/settings.h"

namespace gateways::adyen {

[[nodiscard]] const Kind& kind();

}  // namespace gateways::adyen
