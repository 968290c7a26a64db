#include "storage/sql/connection.h"

#include <cstring>

#include "base/result/check.h"

namespace storage::sql {

base::IdBytes Row::id_bytes(int column) const {
  const std::string_view stored = bytes(column);
  base::IdBytes id{};
  CHECK(stored.size() == id.size());
  std::memcpy(id.data(), stored.data(), id.size());
  return id;
}

std::optional<std::int64_t> Row::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Row::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return std::string(text(column));
}

}  // namespace storage::sql
