// Telephone calls: phone_call. Who calls and what was said is sealed with the operator's key.
#pragma once

#include "ports/calls.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlCalls final : public ports::Calls {
 public:
  SqlCalls(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  [[nodiscard]] base::Result<> add(const domain::Call& call) override;
  [[nodiscard]] base::Result<> update(const domain::Call& call) override;
  [[nodiscard]] base::Result<std::optional<domain::Call>> find(domain::CallId id) override;

 private:
  [[nodiscard]] std::vector<sql::Value> columns_of(const domain::Call& call) const;
  [[nodiscard]] base::Result<domain::Call> read(const sql::Row& row);

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
