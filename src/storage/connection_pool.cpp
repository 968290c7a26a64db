#include "storage/connection_pool.h"

#include <utility>

namespace storage {
namespace {

constexpr std::size_t kIdleMax = 16;

}  // namespace

base::Result<std::unique_ptr<sql::Connection>> ConnectionPool::begin(sql::TransactionMode mode) {
  while (auto connection = take_idle()) {
    auto begun = connection->begin(mode);
    if (begun) return connection;
    if (connection->usable()) {
      give_back(std::move(connection));
      return std::unexpected(std::move(begun).error());
    }
    // It died while it lay here: try the next.
  }
  auto connection = TRY(database_.connect());
  TRY(connection->begin(mode));
  return connection;
}

void ConnectionPool::give_back(std::unique_ptr<sql::Connection> connection) {
  if (!connection->usable()) return;
  const std::lock_guard guard(mutex_);
  if (idle_.size() < kIdleMax) idle_.push_back(std::move(connection));
}

std::unique_ptr<sql::Connection> ConnectionPool::take_idle() {
  const std::lock_guard guard(mutex_);
  if (idle_.empty()) return nullptr;
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

}  // namespace storage
