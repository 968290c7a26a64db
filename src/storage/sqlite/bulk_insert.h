// Many rows into one table: one prepared statement, stepped for each row.
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
  SqliteBulkInsert(SqliteConnection& connection, std::string sql,
                   std::unique_ptr<Statement> statement, std::vector<sql::Kind> kinds)
      : connection_(connection),
        sql_(std::move(sql)),
        statement_(std::move(statement)),
        kinds_(std::move(kinds)) {}

  SqliteConnection& connection_;
  std::string sql_;
  std::unique_ptr<Statement> statement_;
  std::vector<sql::Kind> kinds_;
};

}  // namespace storage::sqlite
