// PostgreSQL's binary forms of the values that we have: integers big-endian, text and bytes as
// they are. Source: PostgreSQL 15 manual, COPY (binary format) and the types' send functions.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <libpq-fe.h>

#include "storage/sql/connection.h"
#include "storage/sql/portable.h"

namespace storage::postgres {

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

// Object ids of the types, from pg_type.dat; they never change.
inline constexpr Oid kInt8 = 20;
inline constexpr Oid kText = 25;
inline constexpr Oid kBytea = 17;

// 0 (let the server infer it) for NULL.
[[nodiscard]] Oid type_of(const sql::Value& value);
// The kind that a column of this type holds; CHECKs that it is one of ours.
[[nodiscard]] sql::Kind kind_of(Oid type);

// The value's bytes without a length; empty for NULL.
[[nodiscard]] std::string_view encode(const sql::Value& value, std::string& scratch);
void append_int16(std::string& out, std::int16_t value);
void append_int32(std::string& out, std::int32_t value);
void append_int64(std::string& out, std::int64_t value);

// A row of an answer in binary form.
class ResultRow final : public sql::Row {
 public:
  ResultRow(const PGresult* result, int row) : result_(result), row_(row) {}
  [[nodiscard]] bool is_null(int column) const override;
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] std::string_view text(int column) const override;
  [[nodiscard]] std::string_view bytes(int column) const override;
  [[nodiscard]] int columns() const override;

 private:
  [[nodiscard]] std::string_view raw(int column) const;

  const PGresult* result_;
  int row_;
};

}  // namespace storage::postgres
