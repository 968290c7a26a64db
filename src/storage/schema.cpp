#include "storage/schema.h"

#include <algorithm>
#include <utility>

#include "base/result/check.h"

namespace storage {
namespace {

constexpr std::size_t kPageRows = 500;

// Table, column, type, and the column's place in the primary key or NULL; columns in order.
constexpr std::string_view kSqliteSchema =
    "SELECT t.name, c.name, c.type, CASE WHEN c.pk > 0 THEN c.pk END "
    "FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
    "WHERE t.type = 'table' AND t.name <> 'schema_migration' AND t.name NOT LIKE 'sqlite_%' "
    "ORDER BY t.name, c.cid";
constexpr std::string_view kPostgresSchema =
    "SELECT t.relname::text, c.attname::text, y.typname::text, "
    "array_position(k.indkey::int2[], c.attnum)::bigint "
    "FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace "
    "JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped "
    "JOIN pg_type y ON y.oid = c.atttypid "
    "LEFT JOIN pg_index k ON k.indrelid = t.oid AND k.indisprimary "
    "WHERE t.relkind IN ('r', 'p') AND n.nspname = current_schema() "
    "AND t.relname <> 'schema_migration' ORDER BY t.relname, c.attnum";

sql::Kind kind_of(std::string_view type) {
  if (type == "BIGINT" || type == "int8") return sql::Kind::kInteger;
  if (type == "TEXT" || type == "text") return sql::Kind::kText;
  CHECK(type == "BLOB" || type == "bytea");
  return sql::Kind::kBytes;
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// The next page after the key in $1, $2 ...; the first page where there is none.
std::string page_sql(const Table& table, bool is_first) {
  std::vector<std::string> columns, key, marks;
  for (const Column& column : table.columns) columns.push_back(column.name);
  for (const std::size_t at : table.key) {
    key.push_back(table.columns[at].name);
    marks.push_back("$" + std::to_string(marks.size() + 1));
  }
  std::string sql = "SELECT " + join(columns) + " FROM " + table.name;
  if (!is_first) sql += " WHERE (" + join(key) + ") > (" + join(marks) + ")";
  return sql + " ORDER BY " + join(key) + " LIMIT " + std::to_string(kPageRows);
}

sql::Value value_of(const sql::Row& row, int column, sql::Kind kind) {
  if (row.is_null(column)) return {};
  switch (kind) {
    case sql::Kind::kInteger: return row.integer(column);
    case sql::Kind::kText: return std::string(row.text(column));
    case sql::Kind::kBytes: return sql::Bytes{std::string(row.bytes(column))};
  }
  return {};
}

}  // namespace

base::Result<std::vector<Table>> read_schema(sql::Connection& connection) {
  std::vector<Table> tables;
  std::vector<std::pair<std::int64_t, std::size_t>> key;
  const auto end_table = [&] {
    if (tables.empty()) return;
    std::ranges::sort(key);
    for (const auto& [place, column] : key) tables.back().key.push_back(column);
    CHECK(!tables.back().key.empty());
    key.clear();
  };
  const bool sqlite = connection.engine() == sql::Engine::kSqlite;
  TRY(connection.query(
      sqlite ? kSqliteSchema : kPostgresSchema, {}, [&](const sql::Row& row) -> base::Result<> {
        if (tables.empty() || tables.back().name != row.text(0)) {
          end_table();
          tables.push_back({.name = std::string(row.text(0)), .columns = {}, .key = {}});
        }
        Table& table = tables.back();
        if (!row.is_null(3)) key.emplace_back(row.integer(3), table.columns.size());
        table.columns.push_back({std::string(row.text(1)), kind_of(row.text(2))});
        return {};
      }));
  end_table();
  return tables;
}

base::Result<> for_each_page(
    sql::Connection& connection, const Table& table,
    const std::function<base::Result<>(std::span<const TableRow>)>& on_page) {
  std::vector<TableRow> page;
  TableRow after;
  do {
    page.clear();
    TRY(connection.query(
        page_sql(table, after.empty()), after, [&](const sql::Row& row) -> base::Result<> {
          TableRow& values = page.emplace_back();
          for (std::size_t at = 0; at < table.columns.size(); ++at) {
            values.push_back(value_of(row, static_cast<int>(at), table.columns[at].kind));
          }
          return {};
        }));
    if (page.empty()) break;
    after = key_of(table, page.back());
    TRY(on_page(page));
  } while (page.size() == kPageRows);
  return {};
}

TableRow key_of(const Table& table, const TableRow& row) {
  TableRow key;
  for (const std::size_t at : table.key) key.push_back(row[at]);
  return key;
}

}  // namespace storage
