// Backup and restore: the whole database in one file, from either engine into either engine.
//
// A backup is one snapshot; writers go on meanwhile. Customers' keys are in it wrapped, as they
// are in the database: without the master key the file shows no personal text, and nothing can
// be read back from it. Guide: docs/guides/backup-and-restore.md. The form of the file:
//
//   "TELGIRO-BACKUP-1\n", then frames: one byte of kind, eight of length (big-endian), content
//   'H'  once: {"migrations": [{"number", "name", "checksum"} ...]}
//   'T'  {"table", "columns": [name ...]}; the rows of that table follow
//   'R'  the row's values, each 'n', or 'i' and 8 bytes, or 't' or 'b', 8 bytes of length, content
//   'E'  the end: 8 bytes count of rows, 32 bytes SHA-256 of everything before this frame
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result/result.h"
#include "storage/sql/connection.h"

namespace storage {

struct BackupSummary {
  std::int64_t tables = 0;
  std::int64_t rows = 0;

  friend bool operator==(const BackupSummary&, const BackupSummary&) = default;
};

// Writes `file`, which is there whole or not at all and is readable by its owner only.
// Errors: backup_exists (the file is there already), file_not_writable, disk_full, and those of
// the database.
[[nodiscard]] base::Result<BackupSummary> backup(sql::Database& database, const std::string& file);

// Fills an empty, migrated database, in one transaction, after checking the whole file.
// Errors: file_not_readable, not_a_backup, backup_truncated, backup_altered,
// backup_of_other_schema (made with other migrations than this database has),
// database_not_empty (place: the table), and those of the database and of `check`, which looks at
// what was filled in before it is committed.
using RestoreCheck = std::function<base::Result<>(sql::Connection& connection)>;
[[nodiscard]] base::Result<BackupSummary> restore(sql::Database& database, const std::string& file,
                                                  const RestoreCheck& check = nullptr);

// Reads the whole file and compares its hash, without a database. Errors: the first four above.
[[nodiscard]] base::Result<BackupSummary> check_backup(const std::string& file);

}  // namespace storage
