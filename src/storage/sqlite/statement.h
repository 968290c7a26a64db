// A prepared statement and the cache of them that a connection keeps.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <sqlite3.h>

#include "storage/sql/connection.h"

namespace storage::sqlite {

class Statement {
 public:
  // Null where `sql` does not compile; the handle then has the reason.
  [[nodiscard]] static std::unique_ptr<Statement> prepare(sqlite3* handle, std::string_view sql);

  // Binds values[0] to every $1, and so on. The values must live until reset().
  [[nodiscard]] int bind(std::span<const sql::Value> values);
  // SQLITE_ROW, SQLITE_DONE or an error.
  [[nodiscard]] int step() { return sqlite3_step(statement_.get()); }
  // Makes it ready for the next use.
  void reset();
  [[nodiscard]] sqlite3_stmt* get() const { return statement_.get(); }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  explicit Statement(sqlite3_stmt* statement);

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::vector<int> numbers_;  // Of parameter 1, 2, ...: the $number it was written with.
};

// The current row of a statement.
class StatementRow final : public sql::Row {
 public:
  explicit StatementRow(sqlite3_stmt* statement) : statement_(statement) {}
  [[nodiscard]] bool is_null(int column) const override;
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] std::string_view text(int column) const override;
  [[nodiscard]] std::string_view bytes(int column) const override;
  [[nodiscard]] int columns() const override;

 private:
  sqlite3_stmt* statement_;
};

// Prepared statements by their text. One in use is out of the cache, so that a query may run
// inside the rows of an equal one.
class StatementCache {
 public:
  // Null where `sql` does not compile.
  [[nodiscard]] std::unique_ptr<Statement> take(sqlite3* handle, std::string_view sql);
  void give_back(std::string_view sql, std::unique_ptr<Statement> statement);
  void clear() { statements_.clear(); }

 private:
  // Found without making a string of what is asked for.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view sql) const {
      return std::hash<std::string_view>()(sql);
    }
  };
  std::unordered_map<std::string, std::unique_ptr<Statement>, Hash, std::equal_to<>> statements_;
};

}  // namespace storage::sqlite
