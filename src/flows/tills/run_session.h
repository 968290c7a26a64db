// A drawer's session: opened with a counted float, closed with a count, and cash put in and taken
// out between. What a safe brings to the bank is waited for there, as a provider's payout is.
//
// A drawer has one session at a time, and nothing is in it between two. What the count finds too
// much or too little is booked as cash_difference.
#pragma once

#include <string>

#include "base/money/decimal.h"
#include "domain/till/ids.h"
#include "flows/tills/hold_till.h"
#include "ports/tills.h"

namespace flows {

struct OpenTill {
  std::string drawer;
  domain::CashCount count;  // The float, from the safe.
  std::string actor;
  std::string request_key;
};
// Errors: drawer_not_found, till_open (place: by whom), missing_request_key, unknown_denomination,
// bad_cash_count.
[[nodiscard]] base::Result<TillResult> open_till(ports::Store& store, const base::Clock& clock,
                                                 const OpenTill& request);

struct MoveCash {
  std::string drawer;
  domain::TillEntryKind kind = domain::TillEntryKind::kDrop;  // Or kPayIn.
  base::Money amount;
  std::string reason;
  std::string actor;
  std::string request_key;
};
// Errors: drawer_not_found, till_closed, other_currency, amount_not_positive, drawer_too_little,
// missing_request_key, request_key_reused.
[[nodiscard]] base::Result<TillResult> move_cash(ports::Store& store, const base::Clock& clock,
                                                 const MoveCash& request);

struct CloseTill {
  std::string drawer;
  domain::CashCount count;
  std::string reason;  // Why it may differ, where somebody knows.
  std::string actor;
  std::string request_key;
  // In units of the drawer's currency: a first count that is further off is asked for again.
  base::Decimal recount_above = {};
};
// The count is blind: nobody hears what should be there before it is final. A first count that is
// too far off is kept, and the session comes back without its closing: count again. The second
// count is final, whatever it is, so that nobody finds the sum by guessing. Card payments that have
// no receipt yet are given one. Errors: drawer_not_found, till_closed, terminal_busy (a card
// payment of the session is under way; place: the intent), missing_request_key,
// request_key_reused (another count by the same key), unknown_denomination, bad_cash_count.
[[nodiscard]] base::Result<domain::TillSession> close_till(ports::Store& store,
                                                           const base::Clock& clock,
                                                           const CloseTill& request);

struct MoveSafe {
  std::string safe;
  base::Money amount;     // To the bank; below zero: fetched there.
  std::string reference;  // The bag's number, as the bank will say it.
  std::string actor;
};
// The same reference is the same move. A deposit waits on clearing:cash for the bank's entry.
// Errors: missing_reference, amount_not_positive, safe_not_found, request_key_reused,
// safe_too_little.
[[nodiscard]] base::Result<ports::SafeMove> move_safe(ports::Store& store, const base::Clock& clock,
                                                      const MoveSafe& request);

}  // namespace flows
