// Keys are read first, every n-th of them taken, and asked for in strides.
#include "tests/support/plain_lookups.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/result/result.h"

namespace tests {
namespace {

namespace sql = storage::sql;
using base::Result;
using std::chrono::duration;

sql::Value key_of(const sql::Row& row, sql::Kind kind) {
  switch (kind) {
    case sql::Kind::kInteger: return row.integer(0);
    case sql::Kind::kText: return std::string(row.text(0));
    case sql::Kind::kBytes: return sql::Bytes{std::string(row.bytes(0))};
  }
  return {};
}

Result<std::vector<sql::Value>> choose_keys(sql::Connection& connection, const KeyedTable& table,
                                            std::size_t count) {
  constexpr std::size_t kStride = 7'919;
  const std::string key(table.key);
  std::vector<sql::Value> all;
  TRY(connection.query("SELECT " + key + " FROM " + std::string(table.table) + " GROUP BY " + key +
                           " HAVING COUNT(*) = 1 ORDER BY " + key,
                       {}, [&](const sql::Row& row) -> Result<> {
                         all.push_back(key_of(row, table.kind));
                         return {};
                       }));
  if (all.size() < count) {
    return base::fail("too_few_keys", "the table has too few rows", std::string(table.table));
  }
  std::vector<sql::Value> keys;
  const std::size_t step = all.size() / count;
  for (std::size_t at = 0; at < count; ++at) keys.push_back(all[at * kStride % count * step]);
  return keys;
}

Result<duration<double>> look_up_all(const TestDatabase& database,
                                     std::span<const KeyedTable> tables, std::size_t count) {
  const auto opened = database.open();
  const auto connection = TRY(opened->connect());
  TRY(connection->begin(sql::TransactionMode::kRead));
  std::vector<std::vector<sql::Value>> keys;
  for (const KeyedTable& table : tables) {
    keys.push_back(TRY(choose_keys(*connection, table, count)));
  }
  std::size_t found = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t at = 0; at < tables.size(); ++at) {
    TRY(sql::query_keys(*connection,
                        "SELECT * FROM " + std::string(tables[at].table) + " WHERE " +
                            std::string(tables[at].key) + " IN ({keys})",
                        keys[at], [&](const sql::Row&) -> Result<> {
                          ++found;
                          return {};
                        }));
  }
  const duration<double> taken = std::chrono::steady_clock::now() - begin;
  connection->rollback();
  if (found < tables.size() * count) {
    return base::fail("rows_missing", "not every key led to its row", std::to_string(found));
  }
  return taken;
}

}  // namespace

duration<double> look_up(const TestDatabase& database, std::span<const KeyedTable> tables,
                         std::size_t count) {
  const auto taken = look_up_all(database, tables, count);
  if (!taken) throw std::runtime_error(base::describe(taken.error()));
  return *taken;
}

}  // namespace tests
