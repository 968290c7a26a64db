// Payment plans and kept payment methods.
#pragma once

#include "ports/plans.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlPlans final : public ports::Plans {
 public:
  SqlPlans(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

 private:
  [[maybe_unused]] sql::Connection& connection_;
  [[maybe_unused]] Vault& vault_;
};

}  // namespace storage
