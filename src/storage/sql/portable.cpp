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

}  // namespace storage::sql
