// Many rows into one table by binary COPY.
//
// Rows are gathered and sent a megabyte at a time, each piece a COPY of its own: between pieces
// the connection is free for other statements and other bulk inserts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "storage/postgres/connection.h"

namespace storage::postgres {

class PostgresBulkInsert final : public sql::BulkInsert {
 public:
  PostgresBulkInsert(PostgresConnection& connection, std::string copy, std::vector<sql::Kind> kinds)
      : connection_(connection), copy_(std::move(copy)), kinds_(std::move(kinds)) {}

  [[nodiscard]] base::Result<> add(std::span<const sql::Value> row) override;
  [[nodiscard]] base::Result<> finish() override;

 private:
  [[nodiscard]] base::Result<> flush();

  PostgresConnection& connection_;
  std::string copy_;
  std::vector<sql::Kind> kinds_;
  std::string rows_;
  std::string scratch_;
};

}  // namespace storage::postgres
