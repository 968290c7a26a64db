// What tables there are, asked from the database itself, and a walk over their rows.
//
// The dump and the backup work by this, so that a table which a migration adds is in both without
// anybody having to think of it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "storage/sql/connection.h"
#include "storage/sql/portable.h"

namespace storage {

struct Column {
  std::string name;
  sql::Kind kind = sql::Kind::kInteger;

  friend bool operator==(const Column&, const Column&) = default;
};

struct Table {
  std::string name;
  std::vector<Column> columns;   // In the order in which they were made.
  std::vector<std::size_t> key;  // Which columns are the primary key, in its order.

  friend bool operator==(const Table&, const Table&) = default;
};

using TableRow = std::vector<sql::Value>;

// All tables but the migrator's own, by name: the same on both engines.
[[nodiscard]] base::Result<std::vector<Table>> read_schema(sql::Connection& connection);

// The rows in order of their key, some hundreds at a time, so that a table of any size is read in
// bounded memory.
[[nodiscard]] base::Result<> for_each_page(
    sql::Connection& connection, const Table& table,
    const std::function<base::Result<>(std::span<const TableRow>)>& on_page);

// The values of a row's primary key.
[[nodiscard]] TableRow key_of(const Table& table, const TableRow& row);

}  // namespace storage
