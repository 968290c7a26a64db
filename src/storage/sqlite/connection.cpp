#include "storage/sqlite/connection.h"

#include <thread>
#include <utility>

#include "base/result/check.h"
#include "storage/sqlite/bulk_insert.h"
#include "storage/sqlite/errors.h"

namespace storage::sqlite {
namespace {

// Switching a new file to WAL needs it alone for a moment; others may open it just then.
constexpr int kOpenTriesMax = 100;
constexpr std::chrono::milliseconds kOpenPause{20};

int set_up(sqlite3* handle, const Options& options) {
  sqlite3_busy_timeout(handle, static_cast<int>(options.lock_wait.count()));
  std::string pragmas =
      // The page size holds for new files: a document takes one page more or less, not three.
      "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
      "PRAGMA foreign_keys = OFF; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;"
      // A checkpoint after each large transaction would write what changes often again and again.
      "PRAGMA cache_size = -32000; PRAGMA journal_size_limit = 67108864;"
      "PRAGMA wal_autocheckpoint = 4000;";
  if (options.pages_max > 0) {
    pragmas += "PRAGMA max_page_count = " + std::to_string(options.pages_max) + ";";
  }
  int code = SQLITE_BUSY;
  for (int tries = 0; tries < kOpenTriesMax && (code & 0xFF) == SQLITE_BUSY; ++tries) {
    if (tries > 0) std::this_thread::sleep_for(kOpenPause);
    code = sqlite3_exec(handle, pragmas.c_str(), nullptr, nullptr, nullptr);
  }
  return code;
}

}  // namespace

base::Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(
    const std::string& file, const Options& options, std::shared_ptr<WriterGate> gate) {
  sqlite3* raw = nullptr;
  // A connection belongs to one thread at a time, so SQLite need not lock it.
  int code = sqlite3_open_v2(
      file.c_str(), &raw,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
      nullptr);
  std::unique_ptr<sqlite3, Close> handle(raw);
  if (code == SQLITE_OK) code = set_up(raw, options);
  if (code != SQLITE_OK) return error_of(code, raw, file);
  return std::unique_ptr<SqliteConnection>(
      new SqliteConnection(std::move(handle), file, options, std::move(gate)));
}

SqliteConnection::SqliteConnection(std::unique_ptr<sqlite3, Close> handle, std::string file,
                                   const Options& options, std::shared_ptr<WriterGate> gate)
    : handle_(std::move(handle)),
      file_(std::move(file)),
      options_(options),
      gate_(std::move(gate)) {}

SqliteConnection::~SqliteConnection() {
  rollback();
  statements_.clear();
}

std::unexpected<base::Error> SqliteConnection::failed(int code) {
  auto failure = error_of(code, handle_.get(), file_);
  if (failure.error().code == "database_unavailable") usable_ = false;
  if (state_ != State::kIdle) failure_ = failure.error();
  return failure;
}

base::Result<> SqliteConnection::check_alive() const {
  if (failure_) return std::unexpected(*failure_);
  return {};
}

base::Result<> SqliteConnection::check_may_run(const Statement& statement) {
  if (state_ != State::kReading || sqlite3_stmt_readonly(statement.get()) != 0) return {};
  auto failure = error_of(SQLITE_READONLY, nullptr, file_);
  failure_ = failure.error();
  return failure;
}

base::Result<std::int64_t> SqliteConnection::execute(std::string_view sql,
                                                     std::span<const sql::Value> values) {
  TRY(check_alive());
  TRY(sql::check_texts(values));
  auto statement = statements_.take(handle_.get(), sql);
  if (!statement) return failed(sqlite3_extended_errcode(handle_.get()));
  TRY(check_may_run(*statement));
  int code = statement->bind(values);
  if (code == SQLITE_OK) {
    do code = statement->step();
    while (code == SQLITE_ROW);
  }
  if (code != SQLITE_DONE) {
    auto error = failed(code);
    statements_.give_back(sql, std::move(statement));
    return error;
  }
  const std::int64_t changed = sqlite3_changes64(handle_.get());
  statements_.give_back(sql, std::move(statement));
  return changed;
}

base::Result<> SqliteConnection::query(
    std::string_view sql, std::span<const sql::Value> values,
    const std::function<base::Result<>(const sql::Row&)>& on_row) {
  TRY(check_alive());
  TRY(sql::check_texts(values));
  auto statement = statements_.take(handle_.get(), sql);
  if (!statement) return failed(sqlite3_extended_errcode(handle_.get()));
  TRY(check_may_run(*statement));
  base::Result<> outcome;
  int code = statement->bind(values);
  while (code == SQLITE_OK || code == SQLITE_ROW) {
    code = statement->step();
    if (code != SQLITE_ROW) break;
    outcome = on_row(StatementRow(statement->get()));
    if (!outcome) break;
  }
  if (outcome && code != SQLITE_DONE) outcome = failed(code);
  statements_.give_back(sql, std::move(statement));
  return outcome;
}

base::Result<> SqliteConnection::execute_script(std::string_view sql) {
  TRY(check_alive());
  TRY(set_read_only(state_ == State::kReading));
  return run(sql);
}

base::Result<> SqliteConnection::run(std::string_view sql) {
  const int code = sqlite3_exec(handle_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failed(code);
  return {};
}

base::Result<std::unique_ptr<sql::BulkInsert>> SqliteConnection::bulk_insert(
    std::string_view table, std::span<const std::string_view> columns) {
  TRY(check_alive());
  return SqliteBulkInsert::make(*this, table, columns);
}

base::Result<> SqliteConnection::set_read_only(bool read_only) {
  if (read_only == read_only_) return {};
  TRY(run(read_only ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0"));
  read_only_ = read_only;
  return {};
}

base::Result<> SqliteConnection::begin(sql::TransactionMode mode) {
  CHECK(state_ == State::kIdle);
  const bool writes = mode == sql::TransactionMode::kWrite;
  TRY(set_read_only(false));
  if (!writes) {
    TRY(run("BEGIN"));
    state_ = State::kReading;
    // The first read takes the snapshot.
    return start("SELECT 1 FROM sqlite_schema LIMIT 1");
  }
  if (!gate_->enter(options_.lock_wait)) {
    return base::fail("database_busy", "another writer holds the database; try again", file_);
  }
  state_ = State::kWriting;
  return start("BEGIN IMMEDIATE");
}

base::Result<> SqliteConnection::start(std::string_view sql) {
  auto outcome = run(sql);
  if (!outcome) rollback();
  return outcome;
}

base::Result<> SqliteConnection::commit() {
  CHECK(state_ != State::kIdle);
  auto outcome = check_alive();
  if (outcome) outcome = run("COMMIT");
  if (!outcome) {
    rollback();
    return outcome;
  }
  end();
  return {};
}

void SqliteConnection::rollback() {
  if (state_ == State::kIdle) return;
  // Some errors (a full disk) have made SQLite roll back already.
  if (sqlite3_get_autocommit(handle_.get()) == 0 &&
      sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr) != SQLITE_OK) {
    usable_ = false;
  }
  end();
}

void SqliteConnection::end() {
  if (state_ == State::kWriting) gate_->leave();
  state_ = State::kIdle;
  failure_.reset();
}

base::Result<> SqliteConnection::lock(std::string_view) {
  // The one writer holds every lock there is.
  CHECK(state_ == State::kWriting);
  return check_alive();
}

}  // namespace storage::sqlite
