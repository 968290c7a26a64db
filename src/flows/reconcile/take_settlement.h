// Settlements of providers: kept once, held against themselves, and matched with the bank's entry
// to the cent.
//
//   the provider keeps its fees     fees:PROVIDER / clearing:PROVIDER, less what was booked with
//                                   the payments
//   the payout comes to the bank    suspense / clearing:PROVIDER
//
// The bank's entry was booked bank / suspense when its file came. A settlement never touches bills
// (D4); a payout that does not come, or not with that sum, stays in the list of those that wait.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "flows/refunds/refund_rows.h"
#include "ports/reconciliation.h"
#include "ports/store.h"

namespace flows {

struct TakenSettlement {
  ports::SettlementRow row;
  bool was_known = false;
  bool is_refused = false;            // It contradicts itself; nothing of it is kept.
  std::vector<base::Error> problems;  // domain::check_settlement, settlement_changed
};

// Errors: settlement_not_recognised, those of its format and of the store.
[[nodiscard]] base::Result<std::vector<TakenSettlement>> take_settlements(
    ports::Store& store, const base::Clock& clock, std::string_view bytes,
    const std::string& actor);

// Which of those that wait are in the bank by now; how many were matched. In the caller's
// transaction.
[[nodiscard]] base::Result<std::int64_t> match_payouts(ports::Transaction& transaction,
                                                       const RefundContext& context);

}  // namespace flows
