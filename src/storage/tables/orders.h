// Orders: single things that were ordered, and how each is paid.
#pragma once

#include "ports/orders.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlOrders final : public ports::Orders {
 public:
  SqlOrders(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

 private:
  [[maybe_unused]] sql::Connection& connection_;
  [[maybe_unused]] Vault& vault_;
};

}  // namespace storage
