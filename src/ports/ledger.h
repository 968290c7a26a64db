// The ledger: balanced postings in, balances as of any day or instant out.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result/result.h"
#include "domain/ledger/posting.h"

namespace ports {

// As of an effective day (inclusive) and as recorded until an instant (inclusive); with `from`
// only what is effective from that day on. What is absent does not limit.
struct AsOf {
  std::optional<base::Date> effective = {};
  std::optional<base::Instant> recorded = {};
  std::optional<base::Date> from = {};
};

class Ledger {
 public:
  virtual ~Ledger() = default;
  [[nodiscard]] virtual base::Result<> append(std::span<const domain::Posting> postings) = 0;
  // Sorted by ledger account and currency; sums of debits and of credits.
  [[nodiscard]] virtual base::Result<std::vector<domain::TrialBalanceRow>> trial_balance(
      const AsOf& as_of) = 0;
  // The postings of one account, ascending by recorded time and id.
  [[nodiscard]] virtual base::Result<std::vector<domain::Posting>> postings_of(
      domain::AccountId account) = 0;
};

}  // namespace ports
