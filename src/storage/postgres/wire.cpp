#include "storage/postgres/wire.h"

#include <bit>

#include "base/result/check.h"

namespace storage::postgres {
namespace {

// The wire is big-endian.
static_assert(std::endian::native == std::endian::little);

constexpr Oid kBool = 16, kName = 19, kInt2 = 21, kInt4 = 23, kUnknown = 705, kBpchar = 1042,
              kVarchar = 1043, kNumeric = 1700;

std::int64_t big_endian(std::string_view bytes) {
  CHECK(!bytes.empty() && bytes.size() <= 8);
  // The first byte carries the sign.
  std::uint64_t value = static_cast<std::uint64_t>(
      static_cast<std::int64_t>(static_cast<signed char>(bytes.front())));
  for (const char byte : bytes.substr(1)) value = value << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

// A NUMERIC without a fraction, as SUM of BIGINTs is one: the number of base 10,000 digits, the
// weight of the first, the sign, the scale, the digits.
std::int64_t whole_numeric(std::string_view bytes) {
  CHECK(bytes.size() >= 8);
  const std::int64_t digits = big_endian(bytes.substr(0, 2));
  const std::int64_t weight = big_endian(bytes.substr(2, 2));
  const std::int64_t sign = big_endian(bytes.substr(4, 2));
  CHECK(sign == 0 || sign == 0x4000);
  CHECK(digits <= weight + 1);
  std::int64_t value = 0;
  for (std::int64_t at = 0; digits > 0 && at <= weight; ++at) {
    std::int64_t digit = 0;
    if (at < digits) digit = big_endian(bytes.substr(8 + static_cast<std::size_t>(at) * 2, 2));
    // Built up below zero, where one more number fits.
    CHECK(!__builtin_mul_overflow(value, 10'000, &value));
    CHECK(!__builtin_sub_overflow(value, digit, &value));
  }
  if (sign == 0x4000) return value;
  CHECK(value != INT64_MIN);
  return -value;
}

}  // namespace

Oid type_of(const sql::Value& value) {
  if (std::holds_alternative<std::int64_t>(value)) return kInt8;
  if (std::holds_alternative<std::string>(value)) return kText;
  if (std::holds_alternative<sql::Bytes>(value)) return kBytea;
  return 0;
}

sql::Kind kind_of(Oid type) {
  if (type == kInt8) return sql::Kind::kInteger;
  if (type == kText) return sql::Kind::kText;
  CHECK(type == kBytea);
  return sql::Kind::kBytes;
}

std::string_view encode(const sql::Value& value, std::string& scratch) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* bytes = std::get_if<sql::Bytes>(&value)) return bytes->value;
  scratch.clear();
  if (const auto* integer = std::get_if<std::int64_t>(&value)) append_int64(scratch, *integer);
  return scratch;
}

void append_int16(std::string& out, std::int16_t value) {
  const auto bits = std::byteswap(static_cast<std::uint16_t>(value));
  out.append(reinterpret_cast<const char*>(&bits), sizeof bits);
}

void append_int32(std::string& out, std::int32_t value) {
  const auto bits = std::byteswap(static_cast<std::uint32_t>(value));
  out.append(reinterpret_cast<const char*>(&bits), sizeof bits);
}

void append_int64(std::string& out, std::int64_t value) {
  const auto bits = std::byteswap(static_cast<std::uint64_t>(value));
  out.append(reinterpret_cast<const char*>(&bits), sizeof bits);
}

bool ResultRow::is_null(int column) const { return PQgetisnull(result_, row_, column) != 0; }

std::string_view ResultRow::raw(int column) const {
  CHECK(!is_null(column));
  return {PQgetvalue(result_, row_, column),
          static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::int64_t ResultRow::integer(int column) const {
  switch (PQftype(result_, column)) {
    case kInt8:
    case kInt4:
    case kInt2:
    case kBool: return big_endian(raw(column));
    case kNumeric: return whole_numeric(raw(column));
    default: base::check_failed(__FILE__, __LINE__, "the column is an integer");
  }
}

std::string_view ResultRow::text(int column) const {
  const Oid type = PQftype(result_, column);
  CHECK(type == kText || type == kVarchar || type == kName || type == kBpchar || type == kUnknown);
  return raw(column);
}

std::string_view ResultRow::bytes(int column) const {
  CHECK(PQftype(result_, column) == kBytea);
  return raw(column);
}

int ResultRow::columns() const { return PQnfields(result_); }

}  // namespace storage::postgres
