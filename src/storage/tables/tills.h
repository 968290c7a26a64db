// Codes of bills, drawers of cash with their sessions: bill_code, code_caller and the tills' tables.
#pragma once

#include "ports/tills.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlTills final : public ports::Tills {
 public:
  SqlTills(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  std::string code_digits(domain::BillId bill, std::int64_t attempt) override;
  base::Result<std::optional<ports::Billing::BillKey>> find_code(std::string_view digits) override;
  base::Result<bool> add_code(std::string_view digits, const ports::Billing::BillKey& bill,
                              base::Instant now) override;
  base::Result<domain::CodeTries> tries_of(std::string_view caller) override;
  base::Result<> keep_tries(std::string_view caller, const domain::CodeTries& tries) override;

 private:
  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
