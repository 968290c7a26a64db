// Mandates, collections, their runs and files: mandate, mandate_migration (mandates.cpp),
// collection, collection_run, order_file and its parts (collections.cpp). Who pays and how it was
// agreed is sealed with the customer's key, files with the operator's.
#pragma once

#include "ports/mandates.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlMandates final : public ports::Mandates {
 public:
  SqlMandates(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  base::Result<> add(std::span<const domain::Mandate> mandates) override;
  base::Result<> update(std::span<const domain::Mandate> mandates) override;
  base::Result<std::vector<domain::Mandate>> hold(std::span<const ports::MandateKey> keys) override;
  base::Result<std::vector<domain::Mandate>> list(const ports::MandateFilter& filter) override;
  base::Result<std::vector<domain::Mandate>> active_of(
      std::span<const domain::AccountId> accounts) override;
  base::Result<std::vector<domain::Mandate>> active_terms_of(
      std::span<const domain::AccountId> accounts) override;
  base::Result<std::vector<domain::Mandate>> find_references(
      std::string_view creditor, std::span<const std::string> references) override;
  base::Result<std::vector<domain::Mandate>> to_submit(const ports::OrderGroup& group,
                                                       std::size_t limit) override;
  base::Result<std::vector<domain::Mandate>> to_end(const ports::OrderGroup& group,
                                                    std::size_t limit) override;
  base::Result<> add_migration(const ports::MandateMigration& migration) override;
  base::Result<> update_migration(const ports::MandateMigration& migration) override;
  base::Result<std::optional<ports::MandateMigration>> find_migration(
      domain::MandateMigrationId id) override;

  base::Result<> add_collections(std::span<const domain::Collection> collections) override;
  base::Result<> update_collections(std::span<const domain::Collection> collections) override;
  base::Result<std::vector<domain::Collection>> of_bills(
      std::span<const ports::Billing::BillKey> bills) override;
  base::Result<std::vector<domain::Collection>> pending_of(
      std::span<const ports::Billing::BillKey> bills) override;
  base::Result<std::vector<domain::BillId>> under_way(
      std::span<const ports::Billing::BillKey> bills) override;
  base::Result<std::vector<domain::Collection>> hold_wires(
      std::span<const std::string> wires) override;
  base::Result<std::vector<domain::Collection>> list_collections(
      const ports::CollectionFilter& filter) override;
  base::Result<std::vector<ports::OrderGroup>> groups_due(base::Date hand_in) override;
  base::Result<std::vector<domain::Collection>> hold_due(const ports::OrderGroup& group,
                                                         base::Date hand_in,
                                                         std::size_t limit) override;

  base::Result<> add_run(const ports::CollectionRun& run) override;
  base::Result<> update_run(const ports::CollectionRun& run) override;
  base::Result<std::optional<ports::CollectionRun>> find_run(base::Date day) override;
  base::Result<std::vector<ports::CollectionRun>> list_runs(std::size_t limit) override;
  base::Result<> add_file(const ports::OrderFile& file, std::string_view bytes) override;
  base::Result<std::optional<ports::OrderFile>> find_file(domain::OrderFileId id) override;
  base::Result<std::vector<ports::OrderFile>> files_of(base::Date day) override;
  base::Result<> read_file(domain::OrderFileId id,
                           const std::function<base::Result<>(std::string_view)>& visit) override;

 private:
  [[nodiscard]] base::Result<std::vector<domain::Mandate>> of_group(std::string_view where,
                                                                    const ports::OrderGroup& group,
                                                                    std::size_t limit);
  [[nodiscard]] base::Result<std::string> seal_details(const domain::Mandate& mandate);
  // The sealed part of each is opened at the end, with the keys of all at once.
  [[nodiscard]] base::Result<> open_details(std::vector<domain::Mandate>& mandates,
                                            const std::vector<std::string>& sealed);

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
