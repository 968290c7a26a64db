// A database that fails, or kills the process, at the n-th write or commit: the decorator of the
// crash tests and of "disk full" and "database gone" in the middle of things.
//
// Counted, in the order in which they happen over all connections: every statement that writes,
// every row of a bulk insert and its finish, and twice every commit, before and after it. What is
// counted does not depend on the engine.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "storage/sql/connection.h"

namespace tests {

// What happens, and where; shared by all connections and safe to use from any thread.
class Faults {
 public:
  // What the failing call answers; an action that does not return ends the process.
  using Action = std::function<base::Result<>()>;

  // From now on the `at`-th point (1 is the next) runs the action. Not while others pass points.
  void arm(std::int64_t at, Action action);
  // Nothing fails any more; the counts stay.
  void disarm();
  // Points passed since the last arm().
  [[nodiscard]] std::int64_t count() const { return count_.load(); }
  // Those of them that lay inside an open transaction: all but the ones after a commit.
  [[nodiscard]] std::int64_t count_inside() const { return inside_.load(); }

  // One letter a point since the last arm(): "i" inside a transaction, "c" after a commit.
  [[nodiscard]] std::string trace() const;

  enum class Point { kInside, kAfterCommit };
  [[nodiscard]] base::Result<> pass(Point point);

 private:
  std::atomic<std::int64_t> count_ = 0;
  std::atomic<std::int64_t> inside_ = 0;
  std::int64_t at_ = 0;
  Action action_;
  mutable std::mutex mutex_;
  std::string trace_;  // Guarded by mutex_.
};

// An action that ends the process as a power cut would.
[[nodiscard]] Faults::Action kill_process();
// An action that stops the process until somebody sends it SIGCONT.
[[nodiscard]] Faults::Action stop_process();
// An action after which the call answers this error.
[[nodiscard]] Faults::Action answer_error(std::string code);

class FaultyDatabase final : public storage::sql::Database {
 public:
  FaultyDatabase(std::unique_ptr<storage::sql::Database> database, std::shared_ptr<Faults> faults)
      : database_(std::move(database)), faults_(std::move(faults)) {}

  [[nodiscard]] storage::sql::Engine engine() const override { return database_->engine(); }
  [[nodiscard]] base::Result<std::unique_ptr<storage::sql::Connection>> connect() override;
  [[nodiscard]] int writers_max() const override { return database_->writers_max(); }

 private:
  std::unique_ptr<storage::sql::Database> database_;
  std::shared_ptr<Faults> faults_;
};

}  // namespace tests
