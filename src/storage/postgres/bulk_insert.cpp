#include "storage/postgres/bulk_insert.h"

#include <algorithm>

#include "base/result/check.h"

namespace storage::postgres {
namespace {

constexpr std::size_t kPieceBytes = 1U << 20;
// libpq takes an int; a row larger than a piece is sent in parts of this size.
constexpr std::size_t kSendBytesMax = 1U << 26;

// Signature, no flags, no header extension.
constexpr std::string_view kCopyHeader("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);

}  // namespace

base::Result<> PostgresBulkInsert::add(std::span<const sql::Value> row) {
  CHECK(row.size() == kinds_.size());
  for (std::size_t at = 0; at < row.size(); ++at) CHECK(sql::fits(row[at], kinds_[at]));
  TRY(connection_.check_alive());
  TRY(sql::check_texts(row));
  if (rows_.empty()) rows_ = kCopyHeader;
  append_int16(rows_, static_cast<std::int16_t>(row.size()));
  for (const sql::Value& value : row) {
    if (std::holds_alternative<std::monostate>(value)) {
      append_int32(rows_, -1);
      continue;
    }
    const std::string_view bytes = encode(value, scratch_);
    append_int32(rows_, static_cast<std::int32_t>(bytes.size()));
    rows_ += bytes;
  }
  return rows_.size() < kPieceBytes ? base::Result<>{} : flush();
}

base::Result<> PostgresBulkInsert::finish() {
  TRY(connection_.check_alive());
  return rows_.empty() ? base::Result<>{} : flush();
}

base::Result<> PostgresBulkInsert::flush() {
  PGconn* raw = connection_.connection_.get();
  const Result started(PQexec(raw, copy_.c_str()));
  if (PQresultStatus(started.get()) != PGRES_COPY_IN) return connection_.failed(started.get());
  append_int16(rows_, -1);  // The end of the rows.
  for (std::size_t at = 0; at < rows_.size(); at += kSendBytesMax) {
    const std::size_t size = std::min(kSendBytesMax, rows_.size() - at);
    // A failure to send shows in the result below, with its reason.
    if (PQputCopyData(raw, rows_.data() + at, static_cast<int>(size)) != 1) break;
  }
  rows_.clear();
  PQputCopyEnd(raw, nullptr);
  const Result ended(PQgetResult(raw));
  while (const Result rest{PQgetResult(raw)}) {
  }
  if (PQresultStatus(ended.get()) != PGRES_COMMAND_OK) return connection_.failed(ended.get());
  return {};
}

}  // namespace storage::postgres
