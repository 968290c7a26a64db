// What payments cost by each rail: fees that were booked, one row for each saying, and what became
// of payments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/payment/rail_cost.h"
#include "domain/payment/rail_report.h"

namespace ports {

// A fee as it was said, and what of it stands in the ledger (fees:<gateway> against
// clearing:<gateway>).
struct BookedFee {
  domain::PostingId posting;
  domain::Rail rail;        // The method is empty where the provider names no payment.
  domain::IntentId intent;  // Or the settlement, then.
  base::Money amount;       // Booked with this saying.
  base::Money told;         // What was said.
  base::Date day;
  bool by_settlement = false;
  base::Instant recorded;
};

// All sayings of one payment.
struct FeeState {
  base::Money booked;
  std::optional<base::Money> settled = {};  // By settlements, where they said anything.
};

// Money of a provider that a payer's bank took back, though we had not asked for it.
struct RailRecall {
  domain::IntentId intent;
  std::int64_t word = 0;  // The intent's version: each word once.
  domain::Rail rail;
  base::Money amount;
  base::Date day;
};

// Accounts, and those of them that pay without doing anything.
struct AutomaticShare {
  std::int64_t accounts = 0, automatic = 0;
};

class RailCosts {
 public:
  virtual ~RailCosts() = default;

  [[nodiscard]] virtual base::Result<> add_fee(const BookedFee& fee) = 0;
  [[nodiscard]] virtual base::Result<> add_recall(const RailRecall& recall) = 0;
  // Of a payment; nothing where no fee was said.
  [[nodiscard]] virtual base::Result<std::optional<FeeState>> fee_of(domain::IntentId intent) = 0;
  // All that was booked by the end of a day, by gateway and currency.
  struct FeeSum {
    std::string gateway;
    base::Money amount;
  };
  [[nodiscard]] virtual base::Result<std::vector<FeeSum>> fees_until(base::Date day) = 0;
  // By rail and month, ascending; days from `from` up to and with `to`. Reads all payments of
  // these days.
  [[nodiscard]] virtual base::Result<std::vector<domain::RailUse>> months(base::Date from,
                                                                          base::Date to) = 0;
  // As it was last counted; and counting it anew, over payments since a time.
  [[nodiscard]] virtual base::Result<std::vector<domain::RailHistory>> measured() = 0;
  [[nodiscard]] virtual base::Result<> measure(base::Instant since, base::Instant now) = 0;
  // When it was last counted.
  [[nodiscard]] virtual base::Result<std::optional<base::Instant>> measured_at() = 0;
  // Reads all accounts.
  [[nodiscard]] virtual base::Result<AutomaticShare> automatic_share() = 0;
  // The gateway and method of the account's newest payment that brought money; nothing where none
  // did.
  [[nodiscard]] virtual base::Result<std::optional<domain::Rail>> last_that_worked(
      domain::AccountId account) = 0;
};

}  // namespace ports
