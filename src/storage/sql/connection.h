// The seam between the product and a database engine: one connection, portable SQL.
//
// Two engines implement it: storage/sqlite and storage/postgres. Everything above writes SQL once,
// in the portable subset of docs/adr/0002-storage.md, with parameters $1, $2, ... and six kinds of
// values. A connection belongs to one thread at a time.
//
// Errors of any call: database_unavailable (gone, refused), database_busy (a lock was not had in
// time, or a serialisation failure: begin again), disk_full, constraint_violated (place: the
// table), read_only_transaction (a write in kRead), bad_text (a text that is not UTF-8 or holds
// NUL: nothing was sent), database_error (anything else; text from the engine). After any of them
// but bad_text the transaction is dead on both engines: every further call answers the same
// error, and rollback() is what is left.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id/id.h"
#include "base/result/result.h"

namespace storage::sql {

// Bytes as a type of their own, so that text and bytes are never taken for one another.
struct Bytes {
  std::string value;
  friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

// NULL, BIGINT, TEXT, BYTES. Booleans and dates are BIGINT, amounts are BIGINT minor units,
// decimals are TEXT.
using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;

template <class Tag>
[[nodiscard]] Value to_value(const base::Id<Tag>& id) {
  return Bytes{std::string(reinterpret_cast<const char*>(id.bytes().data()), id.bytes().size())};
}

// One row of an answer; valid until the callback returns. Columns are read in order of the
// SELECT; a column of another kind than asked for is a broken invariant of ours (CHECK).
class Row {
 public:
  virtual ~Row() = default;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  [[nodiscard]] virtual std::string_view bytes(int column) const = 0;
  [[nodiscard]] virtual int columns() const = 0;

  template <class IdType>
  [[nodiscard]] IdType id(int column) const {
    return IdType(id_bytes(column));
  }
  [[nodiscard]] base::IdBytes id_bytes(int column) const;
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
  [[nodiscard]] std::optional<std::string> optional_text(int column) const;
};

// Many rows into one table, the fast way of the engine (binary COPY, prepared inserts). The
// rows are in the table when finish() has answered; they are part of the open transaction.
// Several may be open on one connection at once, between other statements.
class BulkInsert {
 public:
  virtual ~BulkInsert() = default;
  // One value per column, in the order given to bulk_insert().
  [[nodiscard]] virtual base::Result<> add(std::span<const Value> row) = 0;
  [[nodiscard]] virtual base::Result<> finish() = 0;
};

enum class Engine { kSqlite, kPostgres };

enum class TransactionMode {
  kRead,   // One snapshot, from begin() or the first statement; writing in it is an error.
  kWrite,  // SQLite: the only writer. PostgreSQL: read committed; see portable.h for_update().
};

class Connection {
 public:
  virtual ~Connection() = default;

  [[nodiscard]] virtual Engine engine() const = 0;
  // False once the database was lost on this connection: it is to be thrown away.
  [[nodiscard]] virtual bool usable() const = 0;

  // Runs a statement; returns the number of rows that it changed.
  [[nodiscard]] virtual base::Result<std::int64_t> execute(std::string_view sql,
                                                           std::span<const Value> values) = 0;
  // Runs a query; calls on_row for each row. An error from on_row ends the query and is returned.
  // on_row may use the connection. PostgreSQL holds the whole answer in memory: what can be large
  // is read in pages (ORDER BY key LIMIT n).
  [[nodiscard]] virtual base::Result<> query(
      std::string_view sql, std::span<const Value> values,
      const std::function<base::Result<>(const Row&)>& on_row) = 0;
  // Several statements without parameters, for migrations.
  [[nodiscard]] virtual base::Result<> execute_script(std::string_view sql) = 0;
  [[nodiscard]] virtual base::Result<std::unique_ptr<BulkInsert>> bulk_insert(
      std::string_view table, std::span<const std::string_view> columns) = 0;

  [[nodiscard]] virtual base::Result<> begin(TransactionMode mode) = 0;
  [[nodiscard]] virtual base::Result<> commit() = 0;
  // Ends the transaction without effect; never fails from the caller's point of view.
  virtual void rollback() = 0;

  // Takes a lock on `name` that other connections wait for; held until the transaction ends.
  // Used for migrations and for work that must not run twice at once.
  [[nodiscard]] virtual base::Result<> lock(std::string_view name) = 0;

  // Conveniences over the above.
  [[nodiscard]] base::Result<std::int64_t> execute(std::string_view sql,
                                                   std::initializer_list<Value> values = {}) {
    return execute(sql, std::span<const Value>(values.begin(), values.size()));
  }
  [[nodiscard]] base::Result<> query(std::string_view sql, std::initializer_list<Value> values,
                                     const std::function<base::Result<>(const Row&)>& on_row) {
    return query(sql, std::span<const Value>(values.begin(), values.size()), on_row);
  }
};

// Opens connections to one database. Safe to call from any thread.
class Database {
 public:
  virtual ~Database() = default;
  [[nodiscard]] virtual Engine engine() const = 0;
  [[nodiscard]] virtual base::Result<std::unique_ptr<Connection>> connect() = 0;
  // How many connections writing at once make sense (1 for SQLite).
  [[nodiscard]] virtual int writers_max() const = 0;
};

}  // namespace storage::sql
