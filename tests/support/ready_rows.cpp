// Reads rows as values, and writes them with as many writers as the engine has a use for.
#include "tests/support/ready_rows.h"

#include <algorithm>
#include <exception>
#include <thread>

#include "base/result/result.h"

namespace tests {
namespace {

namespace sql = storage::sql;

sql::Value value_of(const sql::Row& row, int at, std::string_view type) {
  if (row.is_null(at)) return {};
  if (type == "BIGINT") return row.integer(at);
  if (type == "TEXT") return std::string(row.text(at));
  return sql::Bytes{std::string(row.bytes(at))};
}

base::Result<TableRows> read_table(sql::Connection& connection, const TableOrder& wanted) {
  TableRows all{std::string(wanted.table), {}, {}};
  std::vector<std::string> types;
  std::string names;
  TRY(connection.query("SELECT name, type FROM pragma_table_info($1)", {all.table},
                       [&](const sql::Row& row) -> base::Result<> {
                         all.columns.emplace_back(row.text(0));
                         types.emplace_back(row.text(1));
                         names += (names.empty() ? "" : ", ") + all.columns.back();
                         return {};
                       }));
  TRY(connection.query(
      "SELECT " + names + " FROM " + all.table + " ORDER BY " + std::string(wanted.order_by), {},
      [&](const sql::Row& row) -> base::Result<> {
        auto& values = all.rows.emplace_back();
        values.reserve(types.size());
        for (int at = 0; at < row.columns(); ++at) {
          values.push_back(value_of(row, at, types[static_cast<std::size_t>(at)]));
        }
        return {};
      }));
  return all;
}

struct Piece {
  std::size_t at = 0;
  std::size_t pieces = 1;
  Cut cut = Cut::kRanges;
};

base::Result<> write_table(sql::Connection& connection, const TableRows& table,
                           const Piece& piece) {
  const std::vector<std::string_view> columns(table.columns.begin(), table.columns.end());
  auto rows = TRY(connection.bulk_insert(table.table, columns));
  const std::size_t size = table.rows.size();
  const bool ranges = piece.cut == Cut::kRanges;
  const std::size_t first = ranges ? size * piece.at / piece.pieces : piece.at;
  const std::size_t end = ranges ? size * (piece.at + 1) / piece.pieces : size;
  const std::size_t step = ranges ? 1 : piece.pieces;
  for (std::size_t row = first; row < end; row += step) TRY(rows->add(table.rows[row]));
  return rows->finish();
}

base::Result<> write_piece(sql::Connection& connection, const std::vector<TableRows>& tables,
                           const Piece& piece) {
  TRY(connection.begin(sql::TransactionMode::kWrite));
  for (const TableRows& table : tables) TRY(write_table(connection, table, piece));
  return connection.commit();
}

}  // namespace

std::vector<TableRows> read_rows(const TestDatabase& database, std::span<const TableOrder> tables) {
  const auto opened = database.open();
  const auto connection = opened->connect().value();
  std::vector<TableRows> all;
  for (const TableOrder& table : tables) all.push_back(read_table(*connection, table).value());
  return all;
}

std::chrono::duration<double> write_rows(const TestDatabase& database,
                                         const std::vector<TableRows>& tables,
                                         std::size_t transactions, Cut cut, int writers_max) {
  const auto opened = database.open();
  const auto writers = static_cast<std::size_t>(std::min(writers_max, opened->writers_max()));
  const auto write = [&](std::size_t first) {
    const auto connection = opened->connect().value();
    for (std::size_t at = first; at < transactions; at += writers) {
      if (!write_piece(*connection, tables, {at, transactions, cut})) std::terminate();
    }
  };
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::jthread> threads;
  for (std::size_t writer = 1; writer < writers; ++writer) threads.emplace_back(write, writer);
  write(0);
  threads.clear();
  return std::chrono::steady_clock::now() - begin;
}

}  // namespace tests
