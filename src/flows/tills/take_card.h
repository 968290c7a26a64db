// A card at a till: a payment through the terminal that stands beside the drawer (D4).
//
// The payment and its entry in the session are kept first, in one transaction; then the terminal is
// asked, which takes as long as the customer does. A till that loses power meanwhile asks again by
// the same key when it comes back, and finds what the terminal said: nothing is charged twice.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "flows/intents/gateways.h"
#include "flows/tills/hold_till.h"
#include "flows/tills/take_cash.h"
#include "ports/intents.h"

namespace flows {

// Through which provider the terminal of the drawer is spoken to; empty: it has none.
[[nodiscard]] std::string terminal_gateway(const Gateways& gateways, const domain::Drawer& drawer);

struct TakeCard {
  std::string drawer;
  std::vector<TakeCash::Chosen> bills;  // Of one account.
  std::string language;                 // Of the customer, for the terminal.
  std::string actor;
  std::string request_key;
  std::string return_url = {};  // The till's page, where a terminal has one of its own.
};
// The entry of the payment, which is then to be driven (drive_intent). Errors: drawer_not_found,
// till_closed, no_terminal, terminal_busy (place: the intent), several_accounts_at_terminal,
// other_currency, missing_request_key, request_key_reused, those of keep_intent.
[[nodiscard]] base::Result<TillResult> keep_card(ports::Store& store, const base::Clock& clock,
                                                 const Gateways& gateways, const TakeCard& request);

}  // namespace flows
