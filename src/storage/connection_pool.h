// Connections that are used again, with the statements that they have prepared.
//
// Safe to call from any thread. A connection that lost its database is thrown away; the next
// transaction makes a new one, so that the work goes on when the database is back.
#pragma once

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
  [[nodiscard]] std::unique_ptr<sql::Connection> take_idle();

  sql::Database& database_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<sql::Connection>> idle_;
};

}  // namespace storage
