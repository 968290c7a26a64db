// What the machine could do at best: rows that are already made, written through the same seam in
// transactions of the same size, committed and synced. Reads, computes and seals nothing: no
// program can be faster with these tables. For the limits of benchmarks.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql/connection.h"
#include "tests/support/stores.h"

namespace tests {

struct TableRows {
  std::string table;
  std::vector<std::string> columns;
  std::vector<std::vector<storage::sql::Value>> rows;
};

// Of each table, in the order of `order_by`. The database is one of SQLite. Failures throw.
struct TableOrder {
  std::string_view table;
  std::string_view order_by;
};
[[nodiscard]] std::vector<TableRows> read_rows(const TestDatabase& database,
                                               std::span<const TableOrder> tables);

// Which rows make a transaction: ranges of each table, or every n-th row of it, where what comes
// in together lies apart.
enum class Cut { kRanges, kEveryNth };

// Into a new database of the engine; says how long it took.
[[nodiscard]] std::chrono::duration<double> write_rows(storage::sql::Engine engine,
                                                       const std::vector<TableRows>& tables,
                                                       std::size_t transactions, Cut cut,
                                                       int writers_max);

}  // namespace tests
