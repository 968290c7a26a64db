// Many rows into one table by prepared statements: many rows a statement, for each statement opens
// the table and its indexes, and what is left in the end row by row.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sqlite/connection.h"

namespace storage::sqlite {

class SqliteBulkInsert final : public sql::BulkInsert {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<sql::BulkInsert>> make(
      SqliteConnection& connection, std::string_view table,
      std::span<const std::string_view> columns);
  ~SqliteBulkInsert() override;

  [[nodiscard]] base::Result<> add(std::span<const sql::Value> row) override;
  [[nodiscard]] base::Result<> finish() override;

 private:
  // A statement out of the connection's cache, for so many rows.
  struct Insert {
    std::string sql;
    std::unique_ptr<Statement> statement;
  };
  SqliteBulkInsert(SqliteConnection& connection, std::string_view table,
                   std::span<const std::string_view> columns)
      : connection_(connection), table_(table), columns_(columns.begin(), columns.end()) {}

  [[nodiscard]] base::Result<> take(Insert& insert, std::size_t rows);
  [[nodiscard]] base::Result<> find_kinds();
  [[nodiscard]] base::Result<> run(Insert& insert, std::span<const sql::Value> values);
  // Those that wait, row by row.
  [[nodiscard]] base::Result<> run_waiting();

  SqliteConnection& connection_;
  std::string table_;
  std::vector<std::string> columns_;
  std::vector<sql::Kind> kinds_;
  Insert one_, many_;
  std::vector<sql::Value> waiting_;  // Rows one after another; places are used again.
  std::size_t rows_ = 0;             // That wait,
  std::size_t bytes_ = 0;            // and what they hold.
};

}  // namespace storage::sqlite
