#include "storage/sqlite/statement.h"

#include <charconv>

#include "base/result/check.h"

namespace storage::sqlite {
namespace {

// More different statements than the product has; beyond it the cache starts again.
constexpr std::size_t kStatementsMax = 512;

int bind_one(sqlite3_stmt* statement, int at, const sql::Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return sqlite3_bind_int64(statement, at, *integer);
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  if (const auto* bytes = std::get_if<sql::Bytes>(&value)) {
    return sqlite3_bind_blob64(statement, at, bytes->value.data(), bytes->value.size(),
                               SQLITE_STATIC);
  }
  return sqlite3_bind_null(statement, at);
}

}  // namespace

std::unique_ptr<Statement> Statement::prepare(sqlite3* handle, std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    return nullptr;
  }
  CHECK(statement != nullptr);  // A text without a statement in it.
  return std::unique_ptr<Statement>(new Statement(statement));
}

// SQLite takes $1 as a name and numbers parameters as they come; the names say which is meant.
Statement::Statement(sqlite3_stmt* statement) : statement_(statement) {
  const int count = sqlite3_bind_parameter_count(statement);
  for (int at = 1; at <= count; ++at) {
    const char* name = sqlite3_bind_parameter_name(statement, at);
    CHECK(name != nullptr && name[0] == '$');
    const std::string_view digits(name + 1);
    int number = 0;
    const auto parsed = std::from_chars(digits.begin(), digits.end(), number);
    CHECK(parsed.ptr == digits.end() && number >= 1);
    numbers_.push_back(number);
  }
}

int Statement::bind(std::span<const sql::Value> values) {
  for (std::size_t at = 0; at < numbers_.size(); ++at) {
    const auto number = static_cast<std::size_t>(numbers_[at]);
    CHECK(number <= values.size());
    const int code = bind_one(get(), static_cast<int>(at) + 1, values[number - 1]);
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

void Statement::reset() {
  sqlite3_reset(get());
  sqlite3_clear_bindings(get());
}

bool StatementRow::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t StatementRow::integer(int column) const {
  CHECK(sqlite3_column_type(statement_, column) == SQLITE_INTEGER);
  return sqlite3_column_int64(statement_, column);
}

std::string_view StatementRow::text(int column) const {
  CHECK(sqlite3_column_type(statement_, column) == SQLITE_TEXT);
  const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view StatementRow::bytes(int column) const {
  CHECK(sqlite3_column_type(statement_, column) == SQLITE_BLOB);
  const auto* start = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

int StatementRow::columns() const { return sqlite3_column_count(statement_); }

std::unique_ptr<Statement> StatementCache::take(sqlite3* handle, std::string_view sql) {
  const auto cached = statements_.find(sql);
  if (cached == statements_.end() || cached->second == nullptr) {
    return Statement::prepare(handle, sql);
  }
  return std::move(cached->second);
}

void StatementCache::give_back(std::string_view sql, std::unique_ptr<Statement> statement) {
  statement->reset();
  if (const auto known = statements_.find(sql); known != statements_.end()) {
    known->second = std::move(statement);
    return;
  }
  if (statements_.size() >= kStatementsMax) statements_.clear();
  statements_.emplace(std::string(sql), std::move(statement));
}

}  // namespace storage::sqlite
