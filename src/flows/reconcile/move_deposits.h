// A deposit of a giro number is told twice: payment by payment in the giro's own file, and as one
// sum in the statement of the account behind the number. It is the same money.
//
// Where a sum of the statement names the giro and is exactly what the giro's files have for that
// day, it leaves suspense against the giro's account, which keeps nothing then; so does a sum that
// went out where a day of the giro was below zero. Whichever file comes first waits for the other.
// Anything that is not exactly it stays, and the month's proof names it.
#pragma once

#include <vector>

#include "base/result/result.h"
#include "flows/refunds/refund_rows.h"
#include "ports/store.h"

namespace flows {

// How many of the newest days are looked at; an older one waits for people.
inline constexpr std::size_t kDepositDaysMax = 62;

// In the import's transaction. Answers how many sums were found to be deposits.
[[nodiscard]] base::Result<std::int64_t> move_deposits(ports::Transaction& transaction,
                                                       const RefundContext& context);

// A sum in suspense that names a giro of ours.
struct WaitingDeposit {
  domain::PaymentId payment;
  std::string giro;
  base::Date day;
  base::Money amount, of_giro;  // What the statement says; what the giro's files do.
};
[[nodiscard]] base::Result<std::vector<WaitingDeposit>> waiting_deposits(
    ports::Transaction& transaction, base::Date to);

}  // namespace flows
