// One connection to a SQLite file; see database.h.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include <sqlite3.h>

#include "storage/sql/connection.h"
#include "storage/sql/portable.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/statement.h"
#include "storage/sqlite/writer_gate.h"

namespace storage::sqlite {

class SqliteConnection final : public sql::Connection {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<SqliteConnection>> open(
      const std::string& file, const Options& options, std::shared_ptr<WriterGate> gate);
  ~SqliteConnection() override;

  [[nodiscard]] sql::Engine engine() const override { return sql::Engine::kSqlite; }
  [[nodiscard]] bool usable() const override { return usable_; }
  using sql::Connection::execute;
  using sql::Connection::query;
  [[nodiscard]] base::Result<std::int64_t> execute(std::string_view sql,
                                                   std::span<const sql::Value> values) override;
  [[nodiscard]] base::Result<> query(
      std::string_view sql, std::span<const sql::Value> values,
      const std::function<base::Result<>(const sql::Row&)>& on_row) override;
  [[nodiscard]] base::Result<> execute_script(std::string_view sql) override;
  [[nodiscard]] base::Result<std::unique_ptr<sql::BulkInsert>> bulk_insert(
      std::string_view table, std::span<const std::string_view> columns) override;
  [[nodiscard]] base::Result<> begin(sql::TransactionMode mode) override;
  [[nodiscard]] base::Result<> commit() override;
  void rollback() override;
  [[nodiscard]] base::Result<> lock(std::string_view name) override;

 private:
  friend class SqliteBulkInsert;
  enum class State { kIdle, kReading, kWriting };
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };

  SqliteConnection(std::unique_ptr<sqlite3, Close> handle, std::string file, const Options& options,
                   std::shared_ptr<WriterGate> gate);

  // Remembers the error that ends the transaction.
  std::unexpected<base::Error> failed(int code);
  [[nodiscard]] base::Result<> check_alive() const;
  // A write in a read transaction. SQLite's own guard, PRAGMA query_only, would have all prepared
  // statements compiled again each time that it is switched: it stands before scripts only.
  [[nodiscard]] base::Result<> check_may_run(const Statement& statement);
  // Runs a statement that has neither parameters nor rows of interest.
  [[nodiscard]] base::Result<> run(std::string_view sql);
  [[nodiscard]] base::Result<> set_read_only(bool read_only);
  [[nodiscard]] base::Result<> start(std::string_view sql);
  void end();

  std::unique_ptr<sqlite3, Close> handle_;
  std::string file_;
  Options options_;
  std::shared_ptr<WriterGate> gate_;
  StatementCache statements_;
  State state_ = State::kIdle;
  bool read_only_ = false;
  bool usable_ = true;
  std::optional<base::Error> failure_;
};

}  // namespace storage::sqlite
