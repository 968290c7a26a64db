#include "storage/sqlite/bulk_insert.h"

#include <utility>

#include "base/result/check.h"

namespace storage::sqlite {
namespace {

// So many rows a statement; and no more of large ones than this, so that few wait in memory.
constexpr std::size_t kRowsAtOnce = 32;
constexpr std::size_t kBytesMax = 64 * 1024;

// OR FAIL: what went wrong ends the transaction anyway (storage/sql/connection.h), so that SQLite
// need not keep each page as it was before a statement of many rows.
std::string insert_sql(std::string_view table, std::span<const std::string> columns,
                       std::size_t rows) {
  std::string names, values;
  for (const std::string& column : columns) names += (names.empty() ? "" : ", ") + column;
  std::size_t place = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    values += row == 0 ? "(" : ", (";
    for (std::size_t at = 0; at < columns.size(); ++at) {
      values += (at == 0 ? "$" : ", $") + std::to_string(++place);
    }
    values += ")";
  }
  return "INSERT OR FAIL INTO " + std::string(table) + " (" + names + ") VALUES " + values;
}

std::size_t bytes_of(const sql::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->size();
  if (const auto* bytes = std::get_if<sql::Bytes>(&value)) return bytes->value.size();
  return 0;
}

sql::Kind kind_of(std::string_view declared) {
  if (declared == "BIGINT") return sql::Kind::kInteger;
  if (declared == "TEXT") return sql::Kind::kText;
  CHECK(declared == "BLOB");
  return sql::Kind::kBytes;
}

}  // namespace

base::Result<std::unique_ptr<sql::BulkInsert>> SqliteBulkInsert::make(
    SqliteConnection& connection, std::string_view table,
    std::span<const std::string_view> columns) {
  std::unique_ptr<SqliteBulkInsert> insert(new SqliteBulkInsert(connection, table, columns));
  TRY(insert->take(insert->one_, 1));
  TRY(insert->find_kinds());
  return insert;
}

SqliteBulkInsert::~SqliteBulkInsert() {
  for (Insert* insert : {&one_, &many_}) {
    if (!insert->statement) continue;
    connection_.statements_.give_back(insert->sql, std::move(insert->statement));
  }
}

base::Result<> SqliteBulkInsert::take(Insert& insert, std::size_t rows) {
  sqlite3* handle = connection_.handle_.get();
  insert.sql = insert_sql(table_, columns_, rows);
  insert.statement = connection_.statements_.take(handle, insert.sql);
  if (!insert.statement) return connection_.failed(sqlite3_extended_errcode(handle));
  return connection_.check_may_run(*insert.statement);
}

base::Result<> SqliteBulkInsert::find_kinds() {
  sqlite3* handle = connection_.handle_.get();
  for (const std::string& column : columns_) {
    const char* declared = nullptr;
    const int code = sqlite3_table_column_metadata(handle, nullptr, table_.c_str(), column.c_str(),
                                                   &declared, nullptr, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return connection_.failed(code);
    kinds_.push_back(kind_of(declared));
  }
  return {};
}

base::Result<> SqliteBulkInsert::add(std::span<const sql::Value> row) {
  CHECK(row.size() == kinds_.size());
  for (std::size_t at = 0; at < row.size(); ++at) CHECK(sql::fits(row[at], kinds_[at]));
  TRY(connection_.check_alive());
  TRY(sql::check_texts(row));
  if (waiting_.empty()) waiting_.resize(kRowsAtOnce * kinds_.size());
  auto place = waiting_.begin() + static_cast<std::ptrdiff_t>(rows_ * kinds_.size());
  for (const sql::Value& value : row) {
    *place++ = value;
    bytes_ += bytes_of(value);
  }
  ++rows_;
  if (rows_ < kRowsAtOnce) return bytes_ < kBytesMax ? base::Result<>() : run_waiting();
  if (!many_.statement) TRY(take(many_, kRowsAtOnce));
  rows_ = bytes_ = 0;
  return run(many_, waiting_);
}

base::Result<> SqliteBulkInsert::run(Insert& insert, std::span<const sql::Value> values) {
  int code = insert.statement->bind(values);
  if (code == SQLITE_OK) code = insert.statement->step();
  base::Result<> outcome;
  if (code != SQLITE_DONE) outcome = connection_.failed(code);
  insert.statement->reset();
  return outcome;
}

base::Result<> SqliteBulkInsert::run_waiting() {
  const std::size_t rows = std::exchange(rows_, 0);
  bytes_ = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    TRY(run(one_, std::span(waiting_).subspan(row * kinds_.size(), kinds_.size())));
  }
  return {};
}

base::Result<> SqliteBulkInsert::finish() {
  TRY(connection_.check_alive());
  return run_waiting();
}

}  // namespace storage::sqlite
