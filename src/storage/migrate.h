// Brings a database to the schema of this program: numbered scripts, forward only.
//
// Each script runs once, in a transaction of its own, under a lock that other programs starting
// at the same time wait for. What ran is kept in schema_migration with a checksum, so that a
// script that was changed afterwards, or a database of a newer program, is noticed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "storage/sql/connection.h"

namespace storage {

// One script, from migrations/NNNN-name/up.sql.
struct Migration {
  std::int64_t number = 0;  // 1, 2, 3 ...
  std::string name;         // "skeleton"
  std::string sql;          // With the macros below.
};

// Makes a script's text the engine's own: {bytes} is BLOB or BYTEA, {clustered} is WITHOUT ROWID
// or nothing, a line that begins with {postgres} is for PostgreSQL alone, and TEXT orders bytewise
// on both.
[[nodiscard]] std::string expand_macros(std::string_view sql, sql::Engine engine);

// Runs the scripts that have not run yet; returns how many. `migrations` ascend from 1 without
// gaps. Errors: migration_changed (place: the script), database_too_new, migration_failed (place:
// the script).
[[nodiscard]] base::Result<std::int64_t> migrate(sql::Database& database,
                                                 std::span<const Migration> migrations,
                                                 const base::Clock& clock);

}  // namespace storage
