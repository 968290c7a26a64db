// Orders: placed_order and order_place. What was ordered is sealed with the customer's key.
#pragma once

#include "ports/orders.h"
#include "storage/sql/connection.h"
#include "storage/tables/rail_costs.h"
#include "storage/vault.h"

namespace storage {

class SqlOrders final : public ports::Orders {
 public:
  SqlOrders(sql::Connection& connection, Vault& vault)
      : connection_(connection), vault_(vault), rail_costs_(connection) {}

  base::Result<> add(const domain::PlacedOrder& order) override;
  base::Result<> update(const domain::PlacedOrder& order) override;
  base::Result<std::optional<domain::PlacedOrder>> find(domain::OrderId id) override;
  base::Result<std::vector<domain::PlacedOrder>> list(const ports::OrderFilter& filter) override;
  base::Result<std::vector<domain::OrderId>> to_look_at(base::Instant now,
                                                        std::size_t limit) override;
  base::Result<> payment_changed(std::span<const ports::Billing::BillKey> bills,
                                 base::Instant now) override;
  base::Result<base::Money> put_on_bills_since(domain::AccountId account, base::Date day,
                                               base::Currency currency) override;
  [[nodiscard]] ports::RailCosts& rail_costs() override { return rail_costs_; }

 private:
  [[nodiscard]] base::Result<sql::Value> seal(const domain::PlacedOrder& order);
  [[nodiscard]] base::Result<domain::PlacedOrder> read(const sql::Row& row);
  [[nodiscard]] base::Result<std::vector<domain::PlacedOrder>> select(
      std::string_view rest, std::span<const sql::Value> values);

  sql::Connection& connection_;
  Vault& vault_;
  SqlRailCosts rail_costs_;
};

}  // namespace storage
