#include "storage/sqlite/errors.h"

#include <cerrno>

namespace storage::sqlite {
namespace {

// SQLite itself sees only a disk without room, not a quota or a limit that is used up.
bool is_out_of_room(int code, sqlite3* handle) {
  if ((code & 0xFF) == SQLITE_FULL) return true;
  if ((code & 0xFF) != SQLITE_IOERR || handle == nullptr) return false;
  const int reason = sqlite3_system_errno(handle);
  return reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
}

// "UNIQUE constraint failed: event.account_id, event.seq" names the table event.
std::string table_of(std::string_view message) {
  const std::size_t colon = message.rfind(": ");
  if (colon == std::string_view::npos) return std::string(message);
  const std::string_view columns = message.substr(colon + 2);
  return std::string(columns.substr(0, columns.find('.')));
}

}  // namespace

std::unexpected<base::Error> error_of(int code, sqlite3* handle, std::string_view file) {
  const std::string words =
      handle != nullptr ? sqlite3_errmsg(handle) : std::string(sqlite3_errstr(code));
  std::string place(file);
  if (code == SQLITE_READONLY) {
    return base::fail("read_only_transaction", "a read transaction cannot write: " + words,
                      std::move(place));
  }
  if (is_out_of_room(code, handle)) {
    return base::fail("disk_full", "no room is left for the database; free some and try again",
                      std::move(place));
  }
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return base::fail("database_busy", "another writer holds the database; try again",
                        std::move(place));
    case SQLITE_CONSTRAINT: return base::fail("constraint_violated", words, table_of(words));
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return base::fail("database_unavailable",
                        "the database file cannot be used: " + words +
                            "; check that it exists, may be written and is whole",
                        std::move(place));
    default: return base::fail("database_error", words, std::move(place));
  }
}

}  // namespace storage::sqlite
