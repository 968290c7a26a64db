#include "tests/support/faulty_database.h"

#include <signal.h>
#include <unistd.h>

#include <utility>

namespace tests {
namespace {

namespace sql = storage::sql;

class FaultyConnection;

class FaultyBulkInsert final : public sql::BulkInsert {
 public:
  FaultyBulkInsert(std::unique_ptr<sql::BulkInsert> rows, FaultyConnection& connection)
      : rows_(std::move(rows)), connection_(connection) {}
  [[nodiscard]] base::Result<> add(std::span<const sql::Value> row) override;
  [[nodiscard]] base::Result<> finish() override;

 private:
  std::unique_ptr<sql::BulkInsert> rows_;
  FaultyConnection& connection_;
};

class FaultyConnection final : public sql::Connection {
 public:
  FaultyConnection(std::unique_ptr<sql::Connection> connection, std::shared_ptr<Faults> faults)
      : connection_(std::move(connection)), faults_(std::move(faults)) {}

  [[nodiscard]] sql::Engine engine() const override { return connection_->engine(); }
  [[nodiscard]] bool usable() const override { return usable_ && connection_->usable(); }
  [[nodiscard]] base::Result<std::int64_t> execute(std::string_view text,
                                                   std::span<const sql::Value> values) override {
    TRY(pass());
    return connection_->execute(text, values);
  }
  [[nodiscard]] base::Result<> query(
      std::string_view text, std::span<const sql::Value> values,
      const std::function<base::Result<>(const sql::Row&)>& on_row) override {
    TRY(text.starts_with("SELECT") ? check() : pass());
    return connection_->query(text, values, on_row);
  }
  [[nodiscard]] base::Result<> execute_script(std::string_view text) override {
    TRY(pass());
    return connection_->execute_script(text);
  }
  [[nodiscard]] base::Result<std::unique_ptr<sql::BulkInsert>> bulk_insert(
      std::string_view table, std::span<const std::string_view> columns) override {
    TRY(check());
    return std::make_unique<FaultyBulkInsert>(TRY(connection_->bulk_insert(table, columns)), *this);
  }
  [[nodiscard]] base::Result<> begin(sql::TransactionMode mode) override {
    TRY(check());
    writes_ = mode == sql::TransactionMode::kWrite;
    return connection_->begin(mode);
  }
  [[nodiscard]] base::Result<> commit() override {
    auto outcome = writes_ ? pass() : check();
    if (!outcome) {
      rollback();
      return outcome;
    }
    TRY(connection_->commit());
    return writes_ ? faults_->pass(Faults::Point::kAfterCommit) : base::Result<>{};
  }
  void rollback() override {
    connection_->rollback();
    failure_.reset();
  }
  [[nodiscard]] base::Result<> lock(std::string_view name) override {
    TRY(check());
    return connection_->lock(name);
  }

  // A transaction in which something failed answers the same to everything that follows.
  [[nodiscard]] base::Result<> check() const {
    if (failure_) return std::unexpected(*failure_);
    return {};
  }
  [[nodiscard]] base::Result<> pass() {
    TRY(check());
    auto outcome = faults_->pass(Faults::Point::kInside);
    if (!outcome) {
      failure_ = outcome.error();
      if (failure_->code == "database_unavailable") usable_ = false;
    }
    return outcome;
  }

 private:
  std::unique_ptr<sql::Connection> connection_;
  std::shared_ptr<Faults> faults_;
  std::optional<base::Error> failure_;
  bool usable_ = true;
  bool writes_ = false;
};

base::Result<> FaultyBulkInsert::add(std::span<const sql::Value> row) {
  TRY(connection_.pass());
  return rows_->add(row);
}

base::Result<> FaultyBulkInsert::finish() {
  TRY(connection_.pass());
  return rows_->finish();
}

}  // namespace

void Faults::arm(std::int64_t at, Action action) {
  count_ = 0;
  inside_ = 0;
  {
    const std::lock_guard lock(mutex_);
    trace_.clear();
  }
  at_ = at;
  action_ = std::move(action);
}

void Faults::disarm() {
  at_ = 0;
  action_ = nullptr;
}

std::string Faults::trace() const {
  const std::lock_guard lock(mutex_);
  return trace_;
}

base::Result<> Faults::pass(Point point) {
  if (point == Point::kInside) ++inside_;
  {
    const std::lock_guard lock(mutex_);
    trace_.push_back(point == Point::kInside ? 'i' : 'c');
  }
  if (++count_ == at_ && action_) return action_();
  return {};
}

Faults::Action kill_process() {
  return []() -> base::Result<> {
    ::kill(getpid(), SIGKILL);
    ::pause();
    return {};
  };
}

Faults::Action stop_process() {
  return []() -> base::Result<> {
    ::raise(SIGSTOP);
    return {};
  };
}

Faults::Action answer_error(std::string code) {
  return [code = std::move(code)]() -> base::Result<> {
    return base::fail(code, "made to fail by the test");
  };
}

base::Result<std::unique_ptr<sql::Connection>> FaultyDatabase::connect() {
  return std::make_unique<FaultyConnection>(TRY(database_->connect()), faults_);
}

}  // namespace tests
