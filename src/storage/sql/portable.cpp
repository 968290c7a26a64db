#include "storage/sql/portable.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "base/result/check.h"

namespace storage::sql {
namespace {

// The length of the well-formed sequence that starts here (Unicode table 3-7), or 0.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) -> unsigned {
    return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
  };
  const auto follows = [&](std::size_t offset) { return (byte(offset) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return follows(1) ? 2 : 0;
  if (first < 0xF0) {
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second > 0x9F;
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
  }
  const bool overlong = first == 0xF0 && second < 0x90;
  const bool beyond = first > 0xF4 || (first == 0xF4 && second > 0x8F);
  return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
}

// How many bytes from the start are surely ASCII without NUL, eight at a time.
std::size_t plain_bytes(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080, kOnes = 0x0101010101010101;
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof(word));
    // A byte that is zero borrows from its high bit.
    if (((word | (word - kOnes)) & kHighBits) != 0) break;
  }
  return at;
}

base::Result<> check_text(std::string_view text) {
  for (std::size_t at = plain_bytes(text); at < text.size();) {
    if (text[at] == '\0') {
      return base::fail("bad_text", "a text holds a NUL character; texts are UTF-8 without NUL",
                        "byte " + std::to_string(at));
    }
    const std::size_t length = sequence_length(text, at);
    if (length == 0) {
      return base::fail("bad_text", "a text is not UTF-8; convert it from its encoding first",
                        "byte " + std::to_string(at));
    }
    at += length;
  }
  return {};
}

// "$3,$4,...": `count` parameters after the first `skipped` ones.
std::string parameter_list(std::size_t skipped, std::size_t count) {
  std::string list;
  for (std::size_t at = 1; at <= count; ++at) {
    if (at > 1) list.push_back(',');
    list += "$" + std::to_string(skipped + at);
  }
  return list;
}

// "($1,$2),($3,$4),...": rows of parameters.
std::string row_list(std::size_t rows, std::size_t columns) {
  std::string list;
  for (std::size_t row = 0; row < rows; ++row) {
    if (row > 0) list.push_back(',');
    list += "(" + parameter_list(row * columns, columns) + ")";
  }
  return list;
}

// With the last row again until there are a power of two: few different statements are prepared.
std::vector<std::vector<Value>> padded(std::span<const std::vector<Value>> rows) {
  std::vector<std::vector<Value>> piece(rows.begin(), rows.end());
  piece.resize(std::bit_ceil(rows.size()), rows.back());
  return piece;
}

std::vector<Value> values_of(std::span<const std::vector<Value>> rows) {
  std::vector<Value> values;
  for (const auto& row : rows) values.insert(values.end(), row.begin(), row.end());
  return values;
}

// "left = right" for each column, where right is the parameter or the list's column of its place.
std::string equations(std::span<const std::string_view> columns, std::size_t skipped,
                      std::string_view separator, std::string_view left, std::string_view right) {
  std::string text;
  for (std::size_t at = 0; at < columns.size(); ++at) {
    if (at > 0) text += separator;
    text += std::string(left) + std::string(columns[at]) + " = " + std::string(right) +
            std::to_string(skipped + at + 1);
  }
  return text;
}

// {key} and {1}, {2}, ... replaced by the first column of a key's row and those after it.
std::string with_columns(std::string_view sql, std::size_t columns, std::string_view name) {
  std::string text(sql);
  for (std::size_t column = 0; column <= columns; ++column) {
    const std::string mark = column == 0 ? "{key}" : "{" + std::to_string(column) + "}";
    const std::string value = std::string(name) + std::to_string(column + 1);
    for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark, at)) {
      text.replace(at, mark.size(), value);
    }
  }
  return text;
}

// "column1, column2, ...".
std::string column_names(std::size_t count) {
  std::string names;
  for (std::size_t at = 1; at <= count; ++at) {
    names += (at > 1 ? ", column" : "column") + std::to_string(at);
  }
  return names;
}

// From so many keys on it is worth telling PostgreSQL to look each up in the index. It thinks
// that reading a whole table once is cheaper, and its tables have a million rows. So many keys go
// to it as arrays: one plan, however many there are, instead of one for each statement.
constexpr std::size_t kManyKeys = 24;
constexpr std::size_t kKeysPerArray = 4096;

bool go_as_arrays(const Connection& connection, std::size_t keys) {
  return connection.engine() == Engine::kPostgres && keys >= kManyKeys;
}

void append_element(std::string& out, const Value& value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    out += std::to_string(*integer);
  } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
    out += "\"\\\\x";
    std::size_t at = out.size();
    out.resize(at + bytes->value.size() * 2);
    for (const char c : bytes->value) {
      const auto byte = static_cast<unsigned char>(c);
      out[at++] = kDigits[byte >> 4U];
      out[at++] = kDigits[byte & 0xFU];
    }
    out.push_back('"');
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    out.push_back('"');
    for (const char c : *text) {
      if (c == '"' || c == '\\') out.push_back('\\');
      out.push_back(c);
    }
    out.push_back('"');
  } else {
    out += "NULL";
  }
}

// One value of each row as the text of an array of PostgreSQL, and what array that is; "" where no
// row says.
struct ArrayText {
  std::string text;
  std::string_view type;
};
template <class Rows, class ValueOf>
ArrayText array_of(const Rows& rows, const ValueOf& value_of) {
  ArrayText array{"{", ""};
  array.text.reserve(rows.size() * 40);
  for (const auto& row : rows) {
    const Value& value = value_of(row);
    if (array.text.size() > 1) array.text.push_back(',');
    append_element(array.text, value);
    if (std::holds_alternative<std::int64_t>(value)) array.type = "BIGINT[]";
    if (std::holds_alternative<std::string>(value)) array.type = "TEXT[]";
    if (std::holds_alternative<Bytes>(value)) array.type = "BYTEA[]";
  }
  array.text.push_back('}');
  return array;
}

// What a statement is sent is text, so that text is what it must say it gets.
std::string cast_to(std::string_view type, std::size_t parameter) {
  return "CAST(CAST($" + std::to_string(parameter) + " AS TEXT) AS " + std::string(type) + ")";
}

// The columns of rows, each as one value, and what reads them as a table. Nothing where a column
// is NULL in all of them.
struct Columns {
  std::string unnest;
  std::vector<Value> values;
};
std::optional<Columns> columns_of(std::span<const std::vector<Value>> rows) {
  Columns columns{"unnest(", {}};
  for (std::size_t at = 0; at < rows.front().size(); ++at) {
    ArrayText array = array_of(rows, [at](const auto& row) -> const Value& { return row[at]; });
    if (array.type.empty()) return std::nullopt;
    if (at > 0) columns.unnest += ", ";
    columns.unnest += cast_to(array.type, at + 1);
    columns.values.emplace_back(std::move(array.text));
  }
  columns.unnest.push_back(')');
  return columns;
}

bool is_nullable(const RowUpdate& update, std::size_t column) {
  return column >= update.key.size() &&
         std::ranges::find(update.nullable, update.changed[column - update.key.size()]) !=
             update.nullable.end();
}

// An UPDATE of many rows. What is the same in all of them goes as one value, the rest as arrays;
// the first key always does.
struct UpdateStatement {
  std::string sql;
  std::vector<Value> values;
};
UpdateStatement update_statement(const RowUpdate& update,
                                 std::span<const std::vector<Value>> rows) {
  UpdateStatement statement;
  const std::string table(update.table);
  std::string set, where, unnest;
  std::size_t arrays = 0;
  for (std::size_t at = 0; at < rows.front().size(); ++at) {
    const bool is_key = at < update.key.size();
    const std::string parameter = std::to_string(statement.values.size() + 1);
    const bool varies = at == 0 || std::ranges::any_of(rows, [&](const auto& row) {
                          return row[at] != rows.front()[at];
                        });
    std::string value = "$" + parameter;
    if (varies) {
      ArrayText array = array_of(rows, [at](const auto& row) -> const Value& { return row[at]; });
      unnest += (arrays == 0 ? "" : ", ") + cast_to(array.type, statement.values.size() + 1);
      value = "v.column" + std::to_string(++arrays);
      statement.values.emplace_back(std::move(array.text));
    } else {
      statement.values.push_back(rows.front()[at]);
    }
    if (is_key) {
      where += (where.empty() ? "" : " AND ") + table + "." + std::string(update.key[at]) + " = " +
               value;
    } else {
      set += (set.empty() ? "" : ", ") + std::string(update.changed[at - update.key.size()]) +
             " = " + value;
    }
  }
  statement.sql = "UPDATE " + table + " SET " + set + " FROM unnest(" + unnest + ") AS v (" +
                  column_names(arrays) + ") WHERE " + where;
  return statement;
}

// A plan is made once, when no table is ever read whole, and kept: what is sent so says it in its
// text, and is another statement than the one for few keys.
constexpr std::string_view kPlannedByIndex = " /* by index */";

class ByIndex {
 public:
  explicit ByIndex(Connection& connection) : connection_(connection) {}
  [[nodiscard]] base::Result<> begin() {
    return connection_.execute_script(
        "SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off; "
        "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
  }
  [[nodiscard]] base::Result<> end() {
    return connection_.execute_script(
        "SET LOCAL plan_cache_mode TO DEFAULT; SET LOCAL enable_seqscan TO DEFAULT; "
        "SET LOCAL enable_hashjoin TO DEFAULT; SET LOCAL enable_mergejoin TO DEFAULT");
  }

 private:
  Connection& connection_;
};

base::Result<std::int64_t> update_one_by_one(Connection& connection, const RowUpdate& update,
                                             std::span<const std::vector<Value>> rows) {
  const std::string sql = "UPDATE " + std::string(update.table) + " SET " +
                          equations(update.changed, update.key.size(), ", ", "", "$") + " WHERE " +
                          equations(update.key, 0, " AND ", "", "$");
  std::int64_t changed = 0;
  for (const auto& row : rows) changed += TRY(connection.execute(sql, row));
  return changed;
}

std::string with(std::string_view sql, std::string_view mark, std::string_view what) {
  const std::size_t at = sql.find(mark);
  CHECK(at != std::string_view::npos);
  std::string text(sql.substr(0, at));
  text += what;
  text += sql.substr(at + mark.size());
  return text;
}

base::Result<> query_key_array(Connection& connection, std::string_view sql,
                               std::span<const Value> keys,
                               const std::function<base::Result<>(const Row&)>& on_row,
                               std::span<const Value> fixed) {
  ByIndex by_index(connection);
  TRY(by_index.begin());
  for (std::size_t at = 0; at < keys.size(); at += kKeysPerArray) {
    const auto part = keys.subspan(at, std::min(kKeysPerArray, keys.size() - at));
    ArrayText array = array_of(part, [](const Value& key) -> const Value& { return key; });
    CHECK(!array.type.empty());
    std::string statement =
        with(sql, "IN ({keys})", "= ANY(" + cast_to(array.type, fixed.size() + 1) + ")");
    statement += kPlannedByIndex;
    std::vector<Value> values(fixed.begin(), fixed.end());
    values.emplace_back(std::move(array.text));
    TRY(connection.query(statement, values, on_row));
  }
  return by_index.end();
}

base::Result<> query_key_columns(Connection& connection, std::string_view sql,
                                 std::span<const std::vector<Value>> keys,
                                 const std::function<base::Result<>(const Row&)>& on_row) {
  ByIndex by_index(connection);
  TRY(by_index.begin());
  for (std::size_t at = 0; at < keys.size(); at += kKeysPerArray) {
    const auto part = keys.subspan(at, std::min(kKeysPerArray, keys.size() - at));
    const auto columns = columns_of(part);
    CHECK(columns);  // No key is NULL.
    std::string statement = with(sql, "VALUES {keys}", "SELECT * FROM " + columns->unnest);
    statement += kPlannedByIndex;
    TRY(connection.query(statement, columns->values, on_row));
  }
  return by_index.end();
}

base::Result<std::int64_t> update_by_columns(Connection& connection, const RowUpdate& update,
                                             std::span<const std::vector<Value>> rows) {
  ByIndex by_index(connection);
  TRY(by_index.begin());
  std::int64_t changed = 0;
  for (std::size_t at = 0; at < rows.size(); at += kKeysPerArray) {
    const auto part = rows.subspan(at, std::min(kKeysPerArray, rows.size() - at));
    auto statement = update_statement(update, part);
    statement.sql += kPlannedByIndex;
    changed += TRY(connection.execute(statement.sql, statement.values));
  }
  TRY(by_index.end());
  return changed;
}

}  // namespace

bool is_text(std::string_view bytes) { return check_text(bytes).has_value(); }

bool fits(const Value& value, Kind kind) {
  if (std::holds_alternative<std::monostate>(value)) return true;
  switch (kind) {
    case Kind::kInteger: return std::holds_alternative<std::int64_t>(value);
    case Kind::kText: return std::holds_alternative<std::string>(value);
    case Kind::kBytes: return std::holds_alternative<Bytes>(value);
  }
  return false;
}

base::Result<> check_texts(std::span<const Value> values) {
  for (const Value& value : values) {
    if (const auto* text = std::get_if<std::string>(&value)) TRY(check_text(*text));
  }
  return {};
}

std::string_view for_update(const Connection& connection) {
  return connection.engine() == Engine::kPostgres ? " FOR UPDATE" : "";
}

std::string_view for_update_skip_locked(const Connection& connection) {
  return connection.engine() == Engine::kPostgres ? " FOR UPDATE SKIP LOCKED" : "";
}

base::Result<> query_keys(Connection& connection, std::string_view sql, std::span<const Value> keys,
                          const std::function<base::Result<>(const Row&)>& on_row,
                          std::span<const Value> fixed) {
  constexpr std::string_view kMark = "{keys}";
  const std::size_t mark = sql.find(kMark);
  CHECK(mark != std::string_view::npos);
  if (go_as_arrays(connection, keys.size())) {
    return query_key_array(connection, sql, keys, on_row, fixed);
  }
  std::vector<Value> piece;
  for (std::size_t at = 0; at < keys.size(); at += kKeysPerQueryMax) {
    const auto part = keys.subspan(at, std::min(kKeysPerQueryMax, keys.size() - at));
    piece.assign(fixed.begin(), fixed.end());
    piece.insert(piece.end(), part.begin(), part.end());
    // Lengths are powers of two, so that few different statements are prepared.
    const std::size_t count = std::bit_ceil(part.size());
    piece.resize(fixed.size() + count, part.back());
    std::string statement(sql.substr(0, mark));
    statement += parameter_list(fixed.size(), count);
    statement += sql.substr(mark + kMark.size());
    TRY(connection.query(statement, piece, on_row));
  }
  return {};
}

base::Result<> query_each_key(
    Connection& connection, std::string_view sql, std::span<const std::vector<Value>> keys,
    const std::function<base::Result<>(std::size_t key, const Row&)>& on_row) {
  if (keys.empty()) return {};
  const auto visit = [&](const Row& row) {
    return on_row(static_cast<std::size_t>(row.integer(0)), row);
  };
  const auto numbered = [&](std::size_t at) {
    std::vector<Value> values = {static_cast<std::int64_t>(at)};
    values.insert(values.end(), keys[at].begin(), keys[at].end());
    return values;
  };
  const std::size_t columns = keys.front().size();
  if (connection.engine() == Engine::kSqlite) {
    const std::string each = with_columns(sql, columns, "$");
    for (std::size_t at = 0; at < keys.size(); ++at) {
      TRY(connection.query(each, numbered(at), visit));
    }
    return {};
  }
  std::string tail = " AS k (" + column_names(columns + 1) + ") CROSS JOIN LATERAL (" +
                     with_columns(sql, columns, "k.column") + ") AS found";
  tail += kPlannedByIndex;
  ByIndex by_index(connection);
  TRY(by_index.begin());
  for (std::size_t first = 0; first < keys.size(); first += kKeysPerArray) {
    std::vector<std::vector<Value>> rows;
    for (std::size_t at = first; at < std::min(first + kKeysPerArray, keys.size()); ++at) {
      rows.push_back(numbered(at));
    }
    const auto found = columns_of(rows);
    CHECK(found);  // No key is NULL.
    TRY(connection.query("SELECT found.* FROM " + found->unnest + tail, found->values, visit));
  }
  return by_index.end();
}

base::Result<> query_key_rows(Connection& connection, std::string_view sql,
                              std::span<const std::vector<Value>> keys,
                              const std::function<base::Result<>(const Row&)>& on_row) {
  constexpr std::string_view kMark = "{keys}";
  const std::size_t mark = sql.find(kMark);
  CHECK(mark != std::string_view::npos);
  if (go_as_arrays(connection, keys.size())) {
    return query_key_columns(connection, sql, keys, on_row);
  }
  for (std::size_t at = 0; at < keys.size(); at += kKeysPerQueryMax) {
    const auto piece = padded(keys.subspan(at, std::min(kKeysPerQueryMax, keys.size() - at)));
    std::string statement(sql.substr(0, mark));
    statement += row_list(piece.size(), piece.front().size());
    statement += sql.substr(mark + kMark.size());
    TRY(connection.query(statement, values_of(piece), on_row));
  }
  return {};
}

base::Result<> execute_rows(Connection& connection, std::string_view sql,
                            std::span<const std::vector<Value>> rows) {
  constexpr std::string_view kMark = "{rows}";
  const bool as_arrays = go_as_arrays(connection, rows.size());
  // Without a way to a server, each by itself costs nothing.
  const std::size_t few = connection.engine() == Engine::kSqlite ? 1 : kKeysPerQueryMax;
  const std::size_t at_once = as_arrays ? kKeysPerArray : few;
  if (few == 1 && !rows.empty()) {
    const std::string one = with(sql, kMark, "VALUES " + row_list(1, rows.front().size()));
    for (const auto& row : rows) TRY(connection.execute(one, row));
    return {};
  }
  for (std::size_t at = 0; at < rows.size(); at += at_once) {
    const auto part = rows.subspan(at, std::min(at_once, rows.size() - at));
    if (!as_arrays) {
      const std::string list = "VALUES " + row_list(part.size(), part.front().size());
      TRY(connection.execute(with(sql, kMark, list), values_of(part)));
      continue;
    }
    const auto columns = columns_of(part);
    CHECK(columns);  // No value is NULL.
    TRY(connection.execute(with(sql, kMark, "SELECT * FROM " + columns->unnest), columns->values));
  }
  return {};
}

base::Result<std::int64_t> update_rows(Connection& connection, const RowUpdate& update,
                                       std::span<const std::vector<Value>> rows) {
  // A statement of its own for each row costs a round trip to a server, and nothing without one.
  if (connection.engine() == Engine::kSqlite || rows.size() <= 1) {
    return update_one_by_one(connection, update, rows);
  }
  if (go_as_arrays(connection, rows.size())) return update_by_columns(connection, update, rows);
  const std::size_t columns = update.key.size() + update.changed.size();
  const std::string table(update.table);
  std::string set;
  for (std::size_t at = 0; at < update.changed.size(); ++at) {
    set += (at == 0 ? "" : ", ") + std::string(update.changed[at]) + " = v.column" +
           std::to_string(update.key.size() + at + 1) +
           (is_nullable(update, update.key.size() + at) ? "::bigint" : "");
  }
  const std::string head = "UPDATE " + table + " SET " + set + " FROM ";
  const std::string names = column_names(columns);
  const std::string tail =
      " AS v (" + names + ") WHERE " + equations(update.key, 0, " AND ", table + ".", "v.column");
  std::int64_t changed = 0;
  for (std::size_t at = 0; at < rows.size(); at += kKeysPerQueryMax) {
    // A row that is given twice is changed once.
    const auto piece = padded(rows.subspan(at, std::min(kKeysPerQueryMax, rows.size() - at)));
    changed += TRY(connection.execute(
        head + "(VALUES " + row_list(piece.size(), columns) + ")" + tail, values_of(piece)));
  }
  return changed;
}

}  // namespace storage::sql
