// One connection to a PostgreSQL server; see database.h.
//
// A reader costs no way to the server of its own: BEGIN goes with its first statement, whose moment
// its snapshot is of, and the answer to its ROLLBACK is read when the connection is used again.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <libpq-fe.h>

#include "storage/postgres/database.h"
#include "storage/postgres/wire.h"
#include "storage/sql/connection.h"
#include "storage/sql/portable.h"

namespace storage::postgres {

class PostgresBulkInsert;

class PostgresConnection final : public sql::Connection {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<PostgresConnection>> open(
      const std::string& url, const Options& options);
  ~PostgresConnection() override;

  [[nodiscard]] sql::Engine engine() const override { return sql::Engine::kPostgres; }
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
  friend class PostgresBulkInsert;
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };

  explicit PostgresConnection(std::unique_ptr<PGconn, Finish> connection)
      : connection_(std::move(connection)) {}

  // Remembers the error that ends the transaction.
  std::unexpected<base::Error> failed(const PGresult* result);
  [[nodiscard]] base::Result<> check_alive() const;
  // Runs text without parameters.
  [[nodiscard]] base::Result<Result> run(const std::string& sql);
  [[nodiscard]] base::Result<Result> run_prepared(std::string_view sql,
                                                  std::span<const sql::Value> values);
  // A reader's BEGIN and a statement that `send` sends, with one way to the server.
  [[nodiscard]] base::Result<Result> begin_and(const std::function<bool()>& send);
  // A reader's BEGIN, where it was not sent yet.
  [[nodiscard]] base::Result<> begin_now();
  // Ends a running COPY, which nothing else can be sent beside.
  [[nodiscard]] base::Result<> end_copy();
  // Reads the answer to a reader's end.
  void wait_for_end();
  // Whether the server has not closed the connection, as far as is known here.
  [[nodiscard]] bool is_there();
  // The name of the prepared statement for `sql` with values of these types.
  [[nodiscard]] base::Result<std::string> prepare(std::string_view sql, std::span<const Oid> types);
  [[nodiscard]] base::Result<std::vector<sql::Kind>> column_kinds(const std::string& select);

  std::unique_ptr<PGconn, Finish> connection_;
  std::unordered_map<std::string, std::string> statements_;
  std::unordered_map<std::string, std::vector<sql::Kind>> column_kinds_;
  bool in_transaction_ = false;
  bool reads_ = false;   // The transaction is a reader.
  bool begins_ = false;  // Its BEGIN is still to be sent.
  bool ends_ = false;    // Its ROLLBACK was sent; the answer is still to be read.
  bool usable_ = true;
  PostgresBulkInsert* copying_ = nullptr;  // Whose COPY is running.
  std::optional<base::Error> failure_;
};

}  // namespace storage::postgres
