// What payments cost by each rail: rail_fee, rail_recall and rail_history, and sums over payments.
#pragma once

#include "ports/rail_costs.h"
#include "storage/sql/connection.h"

namespace storage {

class SqlRailCosts final : public ports::RailCosts {
 public:
  explicit SqlRailCosts(sql::Connection& connection) : connection_(connection) {}

  base::Result<> add_fee(const ports::BookedFee& fee) override;
  base::Result<> add_recall(const ports::RailRecall& recall) override;
  base::Result<std::optional<ports::FeeState>> fee_of(domain::IntentId intent) override;
  base::Result<std::vector<FeeSum>> fees_until(base::Date day) override;
  base::Result<std::vector<domain::RailUse>> months(base::Date from, base::Date to) override;
  base::Result<std::vector<domain::RailHistory>> measured() override;
  base::Result<> measure(base::Instant since, base::Instant now) override;
  base::Result<std::optional<base::Instant>> measured_at() override;
  base::Result<ports::AutomaticShare> automatic_share() override;
  base::Result<std::optional<domain::Rail>> last_that_worked(domain::AccountId account) override;

 private:
  sql::Connection& connection_;
};

}  // namespace storage
