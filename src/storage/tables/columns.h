// How our values stand in columns: days and months as numbers, absent ids as NULL.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time/date.h"
#include "ports/billing.h"
#include "storage/sql/connection.h"

namespace storage {

[[nodiscard]] inline base::Date day(const sql::Row& row, int column) {
  return base::Date::from_days(static_cast<std::int32_t>(row.integer(column)));
}
[[nodiscard]] inline base::Month month(const sql::Row& row, int column) {
  return base::Month::from_index(static_cast<std::int32_t>(row.integer(column)));
}
[[nodiscard]] inline sql::Value to_column(base::Date date) { return std::int64_t{date.days()}; }
[[nodiscard]] inline sql::Value to_column(base::Month month) { return std::int64_t{month.index()}; }
[[nodiscard]] inline sql::Value to_column(std::string_view text) { return std::string(text); }
[[nodiscard]] inline sql::Value bytes_column(std::string bytes) {
  return sql::Bytes{std::move(bytes)};
}
template <class IdType>
[[nodiscard]] sql::Value optional_id(const IdType& id) {
  return id.is_nil() ? sql::Value() : sql::to_value(id);
}
template <class IdType>
[[nodiscard]] std::vector<sql::Value> id_columns(std::span<const IdType> ids) {
  std::vector<sql::Value> values;
  for (const IdType& id : ids) values.push_back(sql::to_value(id));
  return values;
}
[[nodiscard]] inline sql::Value limit_column(std::size_t limit) {
  return static_cast<std::int64_t>(limit);
}

// The end of a range for "<": a nil end is beyond every id, which has 16 bytes.
[[nodiscard]] inline sql::Value range_end(const ports::AccountRange& range) {
  return range.to.is_nil() ? bytes_column(std::string(17, '\xff')) : sql::to_value(range.to);
}

}  // namespace storage
