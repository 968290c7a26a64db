// Drawers of tills, their sessions, and the short codes of bills.
#pragma once

#include "ports/tills.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlTills final : public ports::Tills {
 public:
  SqlTills(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

 private:
  [[maybe_unused]] sql::Connection& connection_;
  [[maybe_unused]] Vault& vault_;
};

}  // namespace storage
