// What was imported: import_file, import_record and import_reject. Rejected records are sealed
// with the operator's key; the content of taken ones is kept as a keyed hash only.
#pragma once

#include "ports/imports.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlImports final : public ports::Imports {
 public:
  SqlImports(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  base::Result<> add_file(const ports::ImportFile& file) override;
  base::Result<> update_file(const ports::ImportFile& file) override;
  base::Result<std::optional<ports::ImportFile>> find_file(domain::FileId id) override;
  base::Result<std::vector<ports::ImportFile>> list_files(std::size_t limit) override;

  base::Result<std::vector<ports::RecordState>> compare_records(
      std::string_view source, std::span<const ports::RecordKey> keys) override;
  base::Result<> save_records(std::span<const ports::RecordMark> records) override;

  base::Result<> add_rejects(std::span<const ports::Reject> rejects) override;
  base::Result<std::optional<ports::Reject>> find_reject(domain::RejectId id) override;
  base::Result<std::vector<ports::Reject>> list_rejects(const ports::RejectFilter& filter,
                                                        const ports::RejectCursor& after,
                                                        std::size_t limit) override;
  base::Result<std::int64_t> count_rejects(const ports::RejectFilter& filter) override;
  base::Result<> update_reject(const ports::Reject& reject) override;

 private:
  [[nodiscard]] base::Result<ports::Reject> read_reject(const sql::Row& row);
  [[nodiscard]] base::Result<std::vector<ports::Reject>> read_page(
      const ports::RejectFilter& filter, const ports::RejectCursor& after, std::size_t limit);
  [[nodiscard]] sql::Bytes content_hash(std::string_view content) const;

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
