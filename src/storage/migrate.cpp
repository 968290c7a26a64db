#include "storage/migrate.h"

#include <cctype>

#include "base/result/check.h"
#include "support/crypto/crypto.h"

namespace storage {
namespace {

// How often a program that starts waits for others that migrate, as long as a lock is waited for.
constexpr int kWaitsMax = 30;

constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT NOT NULL, name TEXT NOT NULL, "
    "checksum TEXT NOT NULL, applied BIGINT NOT NULL, PRIMARY KEY (number));";

bool is_word(std::string_view text, std::size_t at) {
  return at < text.size() &&
         (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_');
}

// Replaces `word` where it stands alone.
void replace_word(std::string& text, std::string_view word, std::string_view with) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
    if ((at > 0 && is_word(text, at - 1)) || is_word(text, at + word.size())) {
      at += word.size();
      continue;
    }
    text.replace(at, word.size(), with);
    at += with.size();
  }
}

std::string title_of(const Migration& migration) {
  std::string number = std::to_string(migration.number);
  number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
  return number + "-" + migration.name;
}

std::string checksum_of(const Migration& migration) {
  return crypto::to_hex(crypto::hash(migration.sql));
}

// How many scripts ran already, after checking that they are these.
base::Result<std::size_t> count_applied(sql::Connection& connection,
                                        std::span<const Migration> migrations) {
  std::size_t applied = 0;
  TRY(connection.query(
      "SELECT number, name, checksum FROM schema_migration ORDER BY number", {},
      [&](const sql::Row& row) -> base::Result<> {
        if (applied >= migrations.size()) {
          return base::fail("database_too_new",
                            "the database was made by a newer program: it has schema " +
                                std::to_string(row.integer(0)) + " (" + std::string(row.text(1)) +
                                "), this program knows " + std::to_string(migrations.size()) +
                                "; use the newer program");
        }
        const Migration& migration = migrations[applied];
        if (row.integer(0) != migration.number || row.text(2) != checksum_of(migration)) {
          return base::fail("migration_changed",
                            "the script ran on this database with other content; a script that "
                            "has run is never changed: add a new one",
                            title_of(migration));
        }
        ++applied;
        return {};
      }));
  return applied;
}

base::Result<> apply(sql::Connection& connection, const Migration& migration,
                     const base::Clock& clock) {
  const auto outcome = connection.execute_script(expand_macros(migration.sql, connection.engine()));
  if (!outcome && outcome.error().code == "database_error") {
    return base::fail("migration_failed", outcome.error().text, title_of(migration));
  }
  TRY(outcome);
  TRY(connection.execute(
      "INSERT INTO schema_migration (number, name, checksum, applied) VALUES ($1, $2, $3, $4)",
      {migration.number, migration.name, checksum_of(migration), clock.now().micros}));
  return {};
}

// Applies the next script, if any; true where there was one.
base::Result<bool> step(sql::Connection& connection, std::span<const Migration> migrations,
                        const base::Clock& clock) {
  TRY(connection.lock("schema_migration"));
  TRY(connection.execute_script(expand_macros(kCreateTable, connection.engine())));
  const std::size_t applied = TRY(count_applied(connection, migrations));
  const bool more = applied < migrations.size();
  if (more) TRY(apply(connection, migrations[applied], clock));
  TRY(connection.commit());
  return more;
}

}  // namespace

std::string expand_macros(std::string_view sql, sql::Engine engine) {
  const bool sqlite = engine == sql::Engine::kSqlite;
  std::string text(sql);
  replace_word(text, "{bytes}", sqlite ? "BLOB" : "BYTEA");
  replace_word(text, "{clustered}", sqlite ? "WITHOUT ROWID" : "");
  replace_word(text, "{postgres}", sqlite ? "--" : "");
  if (!sqlite) replace_word(text, "TEXT", "TEXT COLLATE \"C\"");
  return text;
}

base::Result<std::int64_t> migrate(sql::Database& database, std::span<const Migration> migrations,
                                   const base::Clock& clock) {
  for (std::size_t at = 0; at < migrations.size(); ++at) {
    CHECK(migrations[at].number == static_cast<std::int64_t>(at) + 1);
  }
  const auto connection = TRY(database.connect());
  std::int64_t applied = 0;
  int waited = 0;
  for (bool more = true; more;) {
    TRY(connection->begin(sql::TransactionMode::kWrite));
    const auto stepped = step(*connection, migrations, clock);
    if (!stepped) {
      connection->rollback();
      if (stepped.error().code == "database_busy" && ++waited < kWaitsMax) continue;
      return std::unexpected(stepped.error());
    }
    more = *stepped;
    if (more) ++applied;
  }
  return applied;
}

}  // namespace storage
