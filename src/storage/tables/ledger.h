// The ledger's rows: posting and entry.
#pragma once

#include "ports/ledger.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlLedger final : public ports::Ledger {
 public:
  SqlLedger(sql::Connection& connection, Vault&) : connection_(connection) {}

  base::Result<> append(std::span<const domain::Posting> postings) override;
  base::Result<std::vector<domain::TrialBalanceRow>> trial_balance(
      const ports::AsOf& as_of) override;
  base::Result<std::vector<domain::Posting>> postings_of(domain::AccountId account) override;

 private:
  sql::Connection& connection_;
};

}  // namespace storage
