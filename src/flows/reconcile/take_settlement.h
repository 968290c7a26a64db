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

#include <functional>
#include <map>
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
  bool is_refused = false;  // Nothing of it is kept.
  // Of domain::check_settlement, and: settlement_changed, settlement_merchant_unknown,
  // settlement_account_foreign, settlement_payment_unknown, settlement_currency_differs,
  // settlement_line_settled, settlement_payment_named_otherwise (which refuses nothing).
  std::vector<base::Error> problems;
};

struct SettlementTerms {
  std::string actor;
  // By provider, where its settings say who we are there.
  std::map<std::string, std::vector<std::string>, std::less<>> merchants = {};
  // Somebody has looked: take what names payments or a merchant that we do not know. What
  // contradicts itself or another settlement is never taken.
  bool take_anyway = false;
};

// Errors: settlement_not_recognised, those of its format and of the store.
[[nodiscard]] base::Result<std::vector<TakenSettlement>> take_settlements(
    ports::Store& store, const base::Clock& clock, std::string_view bytes,
    const SettlementTerms& terms);

// Which of those that wait are in the bank by now; how many were matched. In the caller's
// transaction.
[[nodiscard]] base::Result<std::int64_t> match_payouts(ports::Transaction& transaction,
                                                       const RefundContext& context);

}  // namespace flows
