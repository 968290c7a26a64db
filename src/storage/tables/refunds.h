// Refunds and their files: refund and refund_batch. What is known of payees is sealed with the
// operator's key: who is paid back is not always a customer.
#pragma once

#include "ports/refunds.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlRefunds final : public ports::Refunds {
 public:
  SqlRefunds(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  base::Result<> add(const domain::Refund& refund) override;
  base::Result<> update(const domain::Refund& refund) override;
  base::Result<std::optional<domain::Refund>> find(domain::RefundId id) override;
  base::Result<std::vector<domain::Refund>> list(const ports::RefundFilter& filter) override;
  base::Result<std::vector<domain::Refund>> on_their_way(base::Date day) override;

  base::Result<> add_batch(const domain::RefundBatch& batch) override;
  base::Result<std::optional<domain::RefundBatch>> find_batch(domain::RefundBatchId id) override;
  base::Result<std::vector<domain::RefundBatch>> list_batches(std::size_t limit) override;

 private:
  [[nodiscard]] base::Result<domain::Refund> read(const sql::Row& row);
  [[nodiscard]] base::Result<std::vector<domain::Refund>> select(
      const std::string& condition, std::span<const sql::Value> values);

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
