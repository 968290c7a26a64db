// What the machine could do at best where many things are looked up: rows of tables by keys that
// are known beforehand, hundreds a statement, through the same seam. Computes, opens and decides
// nothing. For the limits of benchmarks.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string_view>

#include "storage/sql/portable.h"
#include "tests/support/stores.h"

namespace tests {

struct KeyedTable {
  std::string_view table;
  std::string_view key;  // A column with an index.
  storage::sql::Kind kind = storage::sql::Kind::kBytes;
};

// `count` rows of each table by keys of one row each, in an order that is not theirs; says how long
// it took, without choosing the keys. Failures throw.
[[nodiscard]] std::chrono::duration<double> look_up(const TestDatabase& database,
                                                    std::span<const KeyedTable> tables,
                                                    std::size_t count);

}  // namespace tests
