// What is held against the books: bank_statement, house_entry, settlement and settlement_line, and
// sums over payments, bills, credit and entries as of a day.
#pragma once

#include "ports/reconciliation.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlReconciliation final : public ports::Reconciliation {
 public:
  SqlReconciliation(sql::Connection& connection, Vault& vault)
      : connection_(connection), vault_(vault) {}

  base::Result<> add_statements(std::span<const domain::KnownStatement> statements) override;
  base::Result<std::vector<domain::KnownStatement>> statements(
      std::string_view bank_account) override;

  base::Result<std::vector<domain::HouseEntryId>> known_entries(
      std::span<const domain::HouseEntryId> ids) override;
  base::Result<> add_entries(std::span<const ports::HouseEntry> entries) override;
  base::Result<std::vector<ports::HouseEntry>> entries(base::Date from, base::Date to,
                                                       std::size_t limit) override;

  base::Result<std::map<std::string, std::vector<base::Money>>> entry_sums() override;

  base::Result<LedgerDays> ledger_days(std::string_view prefix, base::Date to) override;
  base::Result<std::vector<domain::SuspenseRow>> suspense_at(base::Date day) override;
  base::Result<std::vector<ports::AccountBooks>> books_at(base::Date day) override;
  base::Result<std::vector<ports::AccountBooks>> differing_at(base::Date day,
                                                              std::size_t limit) override;
  base::Result<std::vector<base::Money>> paid_at_order(base::Date day) override;

  base::Result<std::map<std::string, std::vector<base::Money>>> captured_at(
      base::Date day) override;

  base::Result<> add_settlement(const ports::SettlementRow& settlement,
                                std::span<const domain::SettlementLine> lines) override;
  base::Result<> update_settlement(const ports::SettlementRow& settlement) override;
  base::Result<std::optional<ports::SettlementRow>> find_settlement(
      domain::SettlementId id) override;
  base::Result<std::vector<ports::SettlementRow>> settlements(bool waiting,
                                                              std::size_t limit) override;
  base::Result<std::vector<domain::SettlementLine>> lines_of(domain::SettlementId id,
                                                             base::Currency currency) override;

 private:
  using AccountSums = std::map<std::string, std::vector<base::Money>>;
  [[nodiscard]] base::Result<AccountSums> account_sums(const std::string& sql,
                                                       std::span<const sql::Value> values);
  [[nodiscard]] base::Result<ports::HouseEntry> read_entry(const sql::Row& row);

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
