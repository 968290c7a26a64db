#include "storage/connection_pool.h"

#include <algorithm>
#include <utility>

namespace storage {
namespace {

constexpr std::size_t kIdleMax = 16;

}  // namespace

base::Result<std::unique_ptr<sql::Connection>> ConnectionPool::begin(sql::TransactionMode mode) {
  while (auto connection = take_idle(mode)) {
    auto begun = connection->begin(mode);
    if (begun) {
      lend(*connection, mode);
      return connection;
    }
    if (connection->usable()) {
      give_back(std::move(connection));
      return std::unexpected(std::move(begun).error());
    }
    // It died while it lay here: try the next.
  }
  auto connection = TRY(database_.connect());
  TRY(connection->begin(mode));
  lend(*connection, mode);
  return connection;
}

void ConnectionPool::lend(const sql::Connection& connection, sql::TransactionMode mode) {
  const std::lock_guard guard(mutex_);
  lent_[&connection] = mode;
}

void ConnectionPool::give_back(std::unique_ptr<sql::Connection> connection) {
  const std::lock_guard guard(mutex_);
  const auto lent = lent_.find(connection.get());
  const auto last = lent == lent_.end() ? sql::TransactionMode::kRead : lent->second;
  if (lent != lent_.end()) lent_.erase(lent);
  if (connection->usable() && idle_.size() < kIdleMax) {
    idle_.push_back({std::move(connection), last});
  }
}

std::unique_ptr<sql::Connection> ConnectionPool::take_idle(sql::TransactionMode mode) {
  const std::lock_guard guard(mutex_);
  if (idle_.empty()) return nullptr;
  const auto found = std::ranges::find(idle_.rbegin(), idle_.rend(), mode, &Idle::last);
  const auto taken = found == idle_.rend() ? idle_.end() - 1 : found.base() - 1;
  auto connection = std::move(taken->connection);
  idle_.erase(taken);
  return connection;
}

}  // namespace storage
