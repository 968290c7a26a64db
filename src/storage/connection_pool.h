// Connections that are used again, with the statements that they have prepared.
//
// Safe to call from any thread. A connection that lost its database is thrown away; the next
// transaction makes a new one, so that the work goes on when the database is back.
//
// Who writes gets the connection that wrote before: what SQLite has in its memory of the database
// stays true as long as nobody else wrote.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result/result.h"
#include "storage/sql/connection.h"

namespace storage {

class ConnectionPool {
 public:
  explicit ConnectionPool(sql::Database& database) : database_(database) {}

  // A connection with an open transaction.
  [[nodiscard]] base::Result<std::unique_ptr<sql::Connection>> begin(sql::TransactionMode mode);
  // Takes back a connection whose transaction has ended.
  void give_back(std::unique_ptr<sql::Connection> connection);

 private:
  struct Idle {
    std::unique_ptr<sql::Connection> connection;
    sql::TransactionMode last;
  };
  [[nodiscard]] std::unique_ptr<sql::Connection> take_idle(sql::TransactionMode mode);
  void lend(const sql::Connection& connection, sql::TransactionMode mode);

  sql::Database& database_;
  std::mutex mutex_;
  std::vector<Idle> idle_;                                       // Under mutex_.
  std::map<const sql::Connection*, sql::TransactionMode> lent_;  // Under mutex_.
};

}  // namespace storage
