// The small differences between the engines, named once, so that SQL above is written once.
//
// Rules of the portable subset and why the isolation is as it is: docs/adr/0002-storage.md.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "storage/sql/connection.h"

namespace storage::sql {

// The kinds of columns there are.
enum class Kind { kInteger, kText, kBytes };
// NULL fits every kind.
[[nodiscard]] bool fits(const Value& value, Kind kind);

// Texts are UTF-8 without NUL: PostgreSQL refuses anything else, so we refuse it on both.
[[nodiscard]] bool is_text(std::string_view bytes);
// Errors: bad_text (place: the byte).
[[nodiscard]] base::Result<> check_texts(std::span<const Value> values);

// Appended to a SELECT of rows that this transaction is going to change: PostgreSQL then makes
// other writers of the rows wait, and reads their newest state. Nothing on SQLite, whose writer
// is alone. A row that is read without it and then overwritten can lose another's change.
[[nodiscard]] std::string_view for_update(const Connection& connection);
// The same for queues: rows that another writer holds are passed over.
[[nodiscard]] std::string_view for_update_skip_locked(const Connection& connection);

// How many keys go into one statement of query_keys.
inline constexpr std::size_t kKeysPerQueryMax = 256;

// Runs `sql`, in which {keys} stands for a list of parameters, over all keys in as few statements
// as it takes: "SELECT ... WHERE account_id IN ({keys})". Each key should be given once; rows of
// different statements come in order of the keys' statements. Parameters of every statement
// besides the keys are `fixed`: $1, $2, ...
[[nodiscard]] base::Result<> query_keys(Connection& connection, std::string_view sql,
                                        std::span<const Value> keys,
                                        const std::function<base::Result<>(const Row&)>& on_row,
                                        std::span<const Value> fixed = {});

// The same for keys of several columns: {keys} stands for a list of rows, for IN (VALUES {keys}).
[[nodiscard]] base::Result<> query_key_rows(
    Connection& connection, std::string_view sql, std::span<const std::vector<Value>> keys,
    const std::function<base::Result<>(const Row&)>& on_row);

// Of each key the rows of a SELECT that has a LIMIT of its own, so that a key of thousands of rows
// costs no more than one of a few. In `sql` {key} stands for the key's place in `keys`, and {1},
// {2}, ... for its columns: "SELECT {key}, id FROM t WHERE name = {1} ORDER BY id LIMIT 5". One
// question for many keys where there is a way to a server, else one for each.
[[nodiscard]] base::Result<> query_each_key(
    Connection& connection, std::string_view sql, std::span<const std::vector<Value>> keys,
    const std::function<base::Result<>(std::size_t key, const Row&)>& on_row);

// Runs `sql`, in which {rows} stands for the rows, over all of them in order and in as few
// statements as it takes: "INSERT INTO t (a, b) {rows} ON CONFLICT (a) DO UPDATE ...". No value is
// NULL.
[[nodiscard]] base::Result<> execute_rows(Connection& connection, std::string_view sql,
                                          std::span<const std::vector<Value>> rows);

// Changes many rows of a table by their keys, in the fast way of the engine; returns how many
// there were. A row has the values of its key columns first, then the new values.
struct RowUpdate {
  std::string_view table;
  std::span<const std::string_view> key;
  std::span<const std::string_view> changed;
  // Of the changed ones those that hold integers or nothing: PostgreSQL is told what nothing is.
  std::span<const std::string_view> nullable = {};
};
[[nodiscard]] base::Result<std::int64_t> update_rows(Connection& connection,
                                                     const RowUpdate& update,
                                                     std::span<const std::vector<Value>> rows);

}  // namespace storage::sql
