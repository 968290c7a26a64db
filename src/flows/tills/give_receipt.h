// The receipt of a payment at a card terminal: numbered in the drawer's own series, without gaps,
// when its money came.
//
// It is an entry of its own that moves no cash, made when somebody asks for it, and at the latest
// when the session is closed. Asked for again it is the same.
#pragma once

#include <string>

#include "flows/tills/hold_till.h"

namespace flows {

struct GiveReceipt {
  std::string drawer;
  std::int64_t session = 0;  // 0: the last one.
  std::int64_t ordinal = 0;  // Of the payment at the terminal.
  std::string actor;
};
// The entry that has the receipt. Errors: drawer_not_found, till_session_not_found,
// till_entry_not_found, card_not_paid.
[[nodiscard]] base::Result<TillResult> give_receipt(ports::Store& store, const base::Clock& clock,
                                                    const GiveReceipt& request);

// To every card payment of the session that came and has none.
[[nodiscard]] base::Result<> give_receipts(ports::Transaction& transaction, HeldTill& till);

}  // namespace flows
