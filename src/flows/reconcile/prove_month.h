// The month-end proof: for each bank account opening + entries = closing and the ledger's bank is
// the bank's balance; clearing is what providers and refunds still have; suspense is what waits of
// payments; receivables are the bills' rests; prepayment is the accounts' credit.
//
// Everything is as of the last day of the month, whenever it is asked for.
#pragma once

#include "base/result/result.h"
#include "domain/reconcile/month_proof.h"
#include "domain/reconcile/suspense_age.h"
#include "ports/store.h"

namespace flows {

// How many accounts that differ are named.
inline constexpr std::size_t kDifferingNamedMax = 100;

[[nodiscard]] base::Result<domain::MonthProof> prove_month(ports::Transaction& transaction,
                                                           base::Month month);

struct SuspenseAnswer {
  domain::SuspenseReport report;
  std::vector<domain::ProofLine> lines;  // By currency: against the ledger.
  [[nodiscard]] bool holds() const;
};
// What waited at the end of the day, by age.
[[nodiscard]] base::Result<SuspenseAnswer> age_suspense_at(ports::Transaction& transaction,
                                                           base::Date day);

}  // namespace flows
