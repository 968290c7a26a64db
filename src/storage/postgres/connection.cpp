#include "storage/postgres/connection.h"

#include <algorithm>
#include <array>

#include "base/result/check.h"
#include "storage/postgres/bulk_insert.h"
#include "storage/postgres/errors.h"

namespace storage::postgres {
namespace {

// More different statements than the product has; beyond it the cache starts again.
constexpr std::size_t kStatementsMax = 512;

constexpr const char* kBeginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
// A reader's first statement takes its snapshot; the SELECT makes that happen now.
constexpr const char* kBeginReadNow = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1";

void ignore_notice(void*, const PGresult*) {}

bool is_success(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

}  // namespace

base::Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& url,
                                                                           const Options& options) {
  // What comes later wins: the URL may set its own name and timeouts, never another encoding.
  // A server that is silent for half a minute is taken for lost.
  constexpr std::array kKeywords = {"fallback_application_name",
                                    "connect_timeout",
                                    "tcp_user_timeout",
                                    "keepalives_idle",
                                    "dbname",
                                    "client_encoding",
                                    static_cast<const char*>(nullptr)};
  const std::array kValues = {
      "telgiro", "10", "30000", "10", url.c_str(), "UTF8", static_cast<const char*>(nullptr)};
  std::unique_ptr<PGconn, Finish> raw(PQconnectdbParams(kKeywords.data(), kValues.data(), 1));
  CHECK(raw != nullptr);
  PQsetNoticeReceiver(raw.get(), ignore_notice, nullptr);
  if (PQstatus(raw.get()) != CONNECTION_OK) return error_of(raw.get(), nullptr);
  std::unique_ptr<PostgresConnection> connection(new PostgresConnection(std::move(raw)));
  TRY(connection->run("SET lock_timeout = " + std::to_string(options.lock_wait.count())));
  return connection;
}

PostgresConnection::~PostgresConnection() { rollback(); }

std::unexpected<base::Error> PostgresConnection::failed(const PGresult* result) {
  auto failure = error_of(connection_.get(), result);
  if (failure.error().code == "database_unavailable") usable_ = false;
  if (in_transaction_) failure_ = failure.error();
  return failure;
}

base::Result<> PostgresConnection::check_alive() const {
  if (failure_) return std::unexpected(*failure_);
  return {};
}

base::Result<> PostgresConnection::end_copy() {
  return copying_ == nullptr ? base::Result<>{} : copying_->end();
}

base::Result<Result> PostgresConnection::run(const std::string& sql) {
  TRY(begin_now());
  TRY(end_copy());
  Result result(PQexec(connection_.get(), sql.c_str()));
  if (!is_success(result.get())) return failed(result.get());
  return result;
}

base::Result<std::string> PostgresConnection::prepare(std::string_view sql,
                                                      std::span<const Oid> types) {
  std::string key(sql);
  for (const Oid type : types) key += "," + std::to_string(type);
  if (const auto known = statements_.find(key); known != statements_.end()) return known->second;
  if (statements_.size() >= kStatementsMax) {
    TRY(run("DEALLOCATE ALL"));
    statements_.clear();
  }
  std::string name = "s" + std::to_string(statements_.size());
  TRY(begin_now());
  const Result result(PQprepare(connection_.get(), name.c_str(), std::string(sql).c_str(),
                                static_cast<int>(types.size()), types.data()));
  if (!is_success(result.get())) return failed(result.get());
  statements_.emplace(std::move(key), name);
  return name;
}

base::Result<Result> PostgresConnection::run_prepared(std::string_view sql,
                                                      std::span<const sql::Value> values) {
  TRY(check_alive());
  TRY(sql::check_texts(values));
  TRY(end_copy());
  std::vector<Oid> types;
  std::vector<std::string> scratch(values.size());
  std::vector<const char*> data;
  std::vector<int> lengths;
  for (std::size_t at = 0; at < values.size(); ++at) {
    const bool null = std::holds_alternative<std::monostate>(values[at]);
    const std::string_view bytes = encode(values[at], scratch[at]);
    types.push_back(type_of(values[at]));
    data.push_back(null ? nullptr : bytes.data());
    lengths.push_back(static_cast<int>(bytes.size()));
  }
  const std::vector<int> formats(values.size(), 1);
  const std::string name = TRY(prepare(sql, types));
  const int count = static_cast<int>(values.size());
  if (begins_) {
    return begin_and([&] {
      return PQsendQueryPrepared(connection_.get(), name.c_str(), count, data.data(),
                                 lengths.data(), formats.data(), 1) == 1;
    });
  }
  Result result(PQexecPrepared(connection_.get(), name.c_str(), count, data.data(), lengths.data(),
                               formats.data(), 1));
  if (!is_success(result.get())) return failed(result.get());
  return result;
}

base::Result<Result> PostgresConnection::begin_and(const std::function<bool()>& send) {
  PGconn* raw = connection_.get();
  begins_ = false;
  wait_for_end();
  if (PQenterPipelineMode(raw) != 1 ||
      PQsendQueryParams(raw, kBeginRead, 0, nullptr, nullptr, nullptr, nullptr, 1) != 1 ||
      !send() || PQpipelineSync(raw) != 1) {
    usable_ = false;
    return failed(nullptr);
  }
  // The answer of BEGIN, of the statement, and the end of both; nothing stands between them.
  Result answer, failure;
  while (true) {
    Result next(PQgetResult(raw));
    if (next == nullptr) {
      if (PQstatus(raw) != CONNECTION_OK) break;
    } else if (PQresultStatus(next.get()) == PGRES_PIPELINE_SYNC) {
      break;
    } else if (is_success(next.get())) {
      answer = std::move(next);
    } else if (failure == nullptr) {
      failure = std::move(next);
    }
  }
  if (PQexitPipelineMode(raw) != 1) usable_ = false;
  if (failure != nullptr || answer == nullptr) return failed(failure.get());
  return answer;
}

base::Result<> PostgresConnection::begin_now() {
  if (!begins_) return {};
  begins_ = false;
  TRY(run(kBeginReadNow));
  return {};
}

void PostgresConnection::wait_for_end() {
  if (!ends_) return;
  ends_ = false;
  while (const Result answer{PQgetResult(connection_.get())}) {
    if (!is_success(answer.get())) usable_ = false;
  }
}

// Twice, because a server that goes away says so before it closes.
bool PostgresConnection::is_there() {
  PGconn* raw = connection_.get();
  return PQconsumeInput(raw) == 1 && PQconsumeInput(raw) == 1 && PQstatus(raw) == CONNECTION_OK;
}

base::Result<std::int64_t> PostgresConnection::execute(std::string_view sql,
                                                       std::span<const sql::Value> values) {
  const Result result = TRY(run_prepared(sql, values));
  const std::string_view changed(PQcmdTuples(result.get()));
  return changed.empty() ? 0 : std::stoll(std::string(changed));
}

base::Result<> PostgresConnection::query(
    std::string_view sql, std::span<const sql::Value> values,
    const std::function<base::Result<>(const sql::Row&)>& on_row) {
  const Result result = TRY(run_prepared(sql, values));
  const int rows = PQntuples(result.get());
  for (int row = 0; row < rows; ++row) TRY(on_row(ResultRow(result.get(), row)));
  return {};
}

base::Result<> PostgresConnection::execute_script(std::string_view sql) {
  TRY(check_alive());
  TRY(run(std::string(sql)));
  return {};
}

base::Result<std::vector<sql::Kind>> PostgresConnection::column_kinds(const std::string& select) {
  if (const auto known = column_kinds_.find(select); known != column_kinds_.end()) {
    return known->second;
  }
  const Result result = TRY(run_prepared(select, {}));
  std::vector<sql::Kind> kinds;
  for (int at = 0; at < PQnfields(result.get()); ++at) {
    kinds.push_back(kind_of(PQftype(result.get(), at)));
  }
  column_kinds_.emplace(select, kinds);
  return kinds;
}

base::Result<std::unique_ptr<sql::BulkInsert>> PostgresConnection::bulk_insert(
    std::string_view table, std::span<const std::string_view> columns) {
  TRY(check_alive());
  TRY(begin_now());
  std::string names;
  for (const std::string_view column : columns) {
    if (!names.empty()) names += ", ";
    names += column;
  }
  auto kinds = TRY(column_kinds("SELECT " + names + " FROM " + std::string(table) + " LIMIT 0"));
  std::string copy = "COPY " + std::string(table) + " (" + names + ") FROM STDIN (FORMAT binary)";
  return std::make_unique<PostgresBulkInsert>(*this, std::move(copy), std::move(kinds));
}

base::Result<> PostgresConnection::begin(sql::TransactionMode mode) {
  CHECK(!in_transaction_);
  wait_for_end();
  in_transaction_ = true;
  reads_ = mode == sql::TransactionMode::kRead;
  begins_ = reads_ && usable_ && is_there();
  if (begins_) return {};
  auto begun = run(reads_ ? kBeginReadNow : "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
  if (begun) return {};
  rollback();
  return std::unexpected(std::move(begun).error());
}

base::Result<> PostgresConnection::commit() {
  CHECK(in_transaction_);
  auto outcome = check_alive();
  if (outcome && !reads_) {
    const auto committed = run("COMMIT");
    if (!committed) outcome = std::unexpected(committed.error());
  }
  if (!outcome || reads_) {
    rollback();
    return outcome;
  }
  in_transaction_ = false;
  return {};
}

void PostgresConnection::rollback() {
  if (!in_transaction_) return;
  if (copying_ != nullptr) copying_->give_up();
  begins_ = false;
  const auto status = PQtransactionStatus(connection_.get());
  if (usable_ && reads_ && status == PQTRANS_INTRANS) {
    // A reader's end changes nothing: nobody waits for its answer.
    ends_ = PQsendQuery(connection_.get(), "ROLLBACK") == 1;
    usable_ = ends_;
  } else if (usable_ && status != PQTRANS_IDLE && !run("ROLLBACK")) {
    usable_ = false;
  }
  in_transaction_ = false;
  failure_.reset();
}

base::Result<> PostgresConnection::lock(std::string_view name) {
  CHECK(in_transaction_);
  const sql::Value key = std::string(name);
  TRY(run_prepared("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", {&key, 1}));
  return {};
}

}  // namespace storage::postgres
