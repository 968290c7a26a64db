#include "storage/sqlite/bulk_insert.h"

#include "base/result/check.h"

namespace storage::sqlite {
namespace {

std::string insert_sql(std::string_view table, std::span<const std::string_view> columns) {
  std::string names, places;
  for (std::size_t at = 0; at < columns.size(); ++at) {
    if (at > 0) names += ", ", places += ", ";
    names += columns[at];
    places += "$" + std::to_string(at + 1);
  }
  return "INSERT INTO " + std::string(table) + " (" + names + ") VALUES (" + places + ")";
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
  sqlite3* handle = connection.handle_.get();
  std::string sql = insert_sql(table, columns);
  auto statement = connection.statements_.take(handle, sql);
  if (!statement) return connection.failed(sqlite3_extended_errcode(handle));
  TRY(connection.check_may_run(*statement));
  std::vector<sql::Kind> kinds;
  for (const std::string_view column : columns) {
    const char* declared = nullptr;
    const int code = sqlite3_table_column_metadata(handle, nullptr, std::string(table).c_str(),
                                                   std::string(column).c_str(), &declared, nullptr,
                                                   nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return connection.failed(code);
    kinds.push_back(kind_of(declared));
  }
  return std::unique_ptr<sql::BulkInsert>(
      new SqliteBulkInsert(connection, std::move(sql), std::move(statement), std::move(kinds)));
}

SqliteBulkInsert::~SqliteBulkInsert() {
  connection_.statements_.give_back(sql_, std::move(statement_));
}

base::Result<> SqliteBulkInsert::add(std::span<const sql::Value> row) {
  CHECK(row.size() == kinds_.size());
  for (std::size_t at = 0; at < row.size(); ++at) CHECK(sql::fits(row[at], kinds_[at]));
  TRY(connection_.check_alive());
  TRY(sql::check_texts(row));
  int code = statement_->bind(row);
  if (code == SQLITE_OK) code = statement_->step();
  base::Result<> outcome;
  if (code != SQLITE_DONE) outcome = connection_.failed(code);
  statement_->reset();
  return outcome;
}

base::Result<> SqliteBulkInsert::finish() { return connection_.check_alive(); }

}  // namespace storage::sqlite
