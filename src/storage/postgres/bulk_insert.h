// Many rows into one table by binary COPY.
//
// Rows go to the server as they come, so that it keeps the first of them while the next are being
// made. Any other statement of the connection ends the COPY, and rows that come later begin a new
// one; of several bulk inserts at once, each gathers a megabyte before it ends another's.
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
  ~PostgresBulkInsert() override;
  PostgresBulkInsert(const PostgresBulkInsert&) = delete;
  PostgresBulkInsert& operator=(const PostgresBulkInsert&) = delete;

  [[nodiscard]] base::Result<> add(std::span<const sql::Value> row) override;
  [[nodiscard]] base::Result<> finish() override;

 private:
  friend class PostgresConnection;
  // Sends what was gathered, and begins a COPY where none of this table runs.
  [[nodiscard]] base::Result<> send();
  void put(std::string_view bytes);
  // Ends the running COPY and reads what became of it.
  [[nodiscard]] base::Result<> end();
  // The same without effect: the transaction is dead.
  void give_up();

  PostgresConnection& connection_;
  std::string copy_;
  std::vector<sql::Kind> kinds_;
  std::string rows_;
  std::string scratch_;
};

}  // namespace storage::postgres
