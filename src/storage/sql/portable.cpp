#include "storage/sql/portable.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
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

// From so many keys on it is worth telling PostgreSQL to look each up in the index. It thinks
// that reading a whole table once is cheaper, and its tables have a million rows; and it would keep
// a plan of when the table was empty.
constexpr std::size_t kManyKeys = 128;

class ByIndex {
 public:
  ByIndex(Connection& connection, std::size_t keys)
      : connection_(connection),
        told_(connection.engine() == Engine::kPostgres && keys >= kManyKeys) {}
  [[nodiscard]] base::Result<> begin() {
    if (!told_) return {};
    return connection_.execute_script(
        "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL enable_seqscan = off; "
        "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
  }
  [[nodiscard]] base::Result<> end() {
    if (!told_) return {};
    return connection_.execute_script(
        "SET LOCAL plan_cache_mode TO DEFAULT; SET LOCAL enable_seqscan TO DEFAULT; "
        "SET LOCAL enable_hashjoin TO DEFAULT; SET LOCAL enable_mergejoin TO DEFAULT");
  }

 private:
  Connection& connection_;
  bool told_;
};

base::Result<std::int64_t> update_one_by_one(Connection& connection, const RowUpdate& update,
                                             std::span<const std::vector<Value>> rows) {
  const std::string sql = "UPDATE " + std::string(update.table) + " SET " +
                          equations(update.changed, update.key.size(), ", ", "", "$") +
                          " WHERE " + equations(update.key, 0, " AND ", "", "$");
  std::int64_t changed = 0;
  for (const auto& row : rows) changed += TRY(connection.execute(sql, row));
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
  ByIndex by_index(connection, keys.size());
  TRY(by_index.begin());
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
  return by_index.end();
}

base::Result<> query_key_rows(Connection& connection, std::string_view sql,
                              std::span<const std::vector<Value>> keys,
                              const std::function<base::Result<>(const Row&)>& on_row) {
  constexpr std::string_view kMark = "{keys}";
  const std::size_t mark = sql.find(kMark);
  CHECK(mark != std::string_view::npos);
  ByIndex by_index(connection, keys.size());
  TRY(by_index.begin());
  for (std::size_t at = 0; at < keys.size(); at += kKeysPerQueryMax) {
    const auto piece = padded(keys.subspan(at, std::min(kKeysPerQueryMax, keys.size() - at)));
    std::string statement(sql.substr(0, mark));
    statement += row_list(piece.size(), piece.front().size());
    statement += sql.substr(mark + kMark.size());
    TRY(connection.query(statement, values_of(piece), on_row));
  }
  return by_index.end();
}

base::Result<std::int64_t> update_rows(Connection& connection, const RowUpdate& update,
                                       std::span<const std::vector<Value>> rows) {
  // A statement of its own for each row costs a round trip to a server, and nothing without one.
  if (connection.engine() == Engine::kSqlite || rows.size() <= 1) {
    return update_one_by_one(connection, update, rows);
  }
  const std::size_t columns = update.key.size() + update.changed.size();
  const std::string table(update.table);
  std::string set;
  for (std::size_t at = 0; at < update.changed.size(); ++at) {
    const std::string_view column = update.changed[at];
    const bool is_nullable = std::ranges::find(update.nullable, column) != update.nullable.end();
    set += (at == 0 ? "" : ", ") + std::string(column) + " = v.column" +
           std::to_string(update.key.size() + at + 1) + (is_nullable ? "::bigint" : "");
  }
  const std::string head = "UPDATE " + table + " SET " + set + " FROM (VALUES ";
  const std::string tail =
      ") AS v WHERE " + equations(update.key, 0, " AND ", table + ".", "v.column");
  ByIndex by_index(connection, rows.size());
  TRY(by_index.begin());
  std::int64_t changed = 0;
  for (std::size_t at = 0; at < rows.size(); at += kKeysPerQueryMax) {
    // A row that is given twice is changed once.
    const auto piece = padded(rows.subspan(at, std::min(kKeysPerQueryMax, rows.size() - at)));
    changed += TRY(connection.execute(head + row_list(piece.size(), columns) + tail,
                                      values_of(piece)));
  }
  TRY(by_index.end());
  return changed;
}

}  // namespace storage::sql
