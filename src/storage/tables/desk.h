// The rows that people look for: bills by filters, entries by ledger account, run_proposal,
// search_index and search_progress.
#pragma once

#include "ports/desk.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlDesk final : public ports::Desk {
 public:
  SqlDesk(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  [[nodiscard]] base::Result<std::vector<domain::Bill>> find_bills(
      const ports::BillSearch& search, const std::optional<ports::BillPlace>& after,
      std::size_t skip, std::size_t limit) override;
  [[nodiscard]] base::Result<ports::BillSums> sum_bills(const ports::BillSearch& search) override;
  [[nodiscard]] base::Result<std::optional<ports::Billing::BillKey>> find_document(
      std::string_view series, std::int64_t number) override;
  [[nodiscard]] base::Result<std::vector<std::string>> invoice_numbers(
      std::span<const domain::Bill> bills) override;

  [[nodiscard]] base::Result<std::vector<ports::LedgerEntry>> list_entries(
      const ports::EntrySearch& search, std::size_t skip, std::size_t limit) override;
  [[nodiscard]] base::Result<std::int64_t> count_entries(const ports::EntrySearch& search) override;

  [[nodiscard]] base::Result<> add_proposal(const ports::RunProposal& proposal) override;
  [[nodiscard]] base::Result<> update_proposal(const ports::RunProposal& proposal) override;
  [[nodiscard]] base::Result<std::optional<ports::RunProposal>> find_proposal(
      domain::JobId job) override;
  [[nodiscard]] base::Result<std::vector<ports::RunProposal>> list_proposals(
      std::size_t limit) override;

  [[nodiscard]] base::Result<> index_customers(std::span<const Words> customers) override;
  [[nodiscard]] base::Result<std::vector<domain::CustomerId>> find_customers(
      std::span<const std::vector<std::string>> groups, std::size_t limit) override;
  [[nodiscard]] base::Result<std::vector<domain::CustomerId>> customers_to_index(
      domain::CustomerId after, std::size_t limit) override;
  [[nodiscard]] base::Result<base::Instant> newest_fact() override;
  [[nodiscard]] base::Result<std::int64_t> mark_of_facts(base::Instant since) override;
  [[nodiscard]] base::Result<std::optional<Indexed>> indexed() override;
  [[nodiscard]] base::Result<> set_indexed(const Indexed& indexed) override;
  [[nodiscard]] base::Result<> clear_index() override;

 private:
  [[nodiscard]] sql::Value token(std::string_view word) const;

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
