// Swish: payments from the payer's bank account in their app, settled at once.
//
// A request lives three minutes and is named by us, so asking twice is asking once. What Swish
// tells by callback is not signed: it is believed in nothing, only a reason to ask. No description
// for machines is published; ours is docs/gateways/swish.md.
#pragma once

#include "gateways/psp/exchange/settings.h"

namespace gateways::swish {

[[nodiscard]] const Kind& kind();

}  // namespace gateways::swish
