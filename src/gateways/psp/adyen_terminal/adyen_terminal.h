// Adyen's terminals: cards and telephones in person, by the nexo Sale to POI protocol over HTTP.
//
// A payment is named by us, and before it is sent the terminal is asked whether it knows that name:
// what was once sent to it is never sent again, whatever became of the answer, the till or us.
// Facts: docs/gateways/adyen_terminal.md.
#pragma once

#include "gateways/psp/exchange/settings.h"

namespace gateways::adyen_terminal {

[[nodiscard]] const Kind& kind();

}  // namespace gateways::adyen_terminal
