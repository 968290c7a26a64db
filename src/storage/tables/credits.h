// The rows of ports::Credits: account_credit. Nothing in it is personal, so nothing is sealed; a
// range's balances are one ordered pass over the primary key.
#pragma once

#include "ports/credits.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlCredits final : public ports::Credits {
 public:
  SqlCredits(sql::Connection& connection, Vault&) : connection_(connection) {}

  base::Result<> add(std::span<const ports::AccountCredit> credits) override;
  base::Result<std::vector<ports::CreditBalance>> balances(const ports::AccountRange& range,
                                                           std::int64_t cutoff_epoch) override;
  base::Result<std::vector<ports::AccountCredit>> list(domain::AccountId account) override;

 private:
  sql::Connection& connection_;
};

}  // namespace storage
