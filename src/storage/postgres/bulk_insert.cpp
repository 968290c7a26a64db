#include "storage/postgres/bulk_insert.h"

#include <algorithm>

#include "base/result/check.h"

namespace storage::postgres {
namespace {

// What is gathered before it is sent, and before another's COPY is ended for it.
constexpr std::size_t kPieceBytes = 1U << 16;
constexpr std::size_t kWaitingBytesMax = 1U << 20;
// libpq takes an int; a row larger than this is sent in parts.
constexpr std::size_t kSendBytesMax = 1U << 26;

// Signature, no flags, no header extension.
constexpr std::string_view kCopyHeader("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
constexpr std::string_view kCopyEnd("\377\377", 2);

}  // namespace

PostgresBulkInsert::~PostgresBulkInsert() { give_up(); }

base::Result<> PostgresBulkInsert::add(std::span<const sql::Value> row) {
  CHECK(row.size() == kinds_.size());
  for (std::size_t at = 0; at < row.size(); ++at) CHECK(sql::fits(row[at], kinds_[at]));
  TRY(connection_.check_alive());
  TRY(sql::check_texts(row));
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
  const bool waits = connection_.copying_ != nullptr && connection_.copying_ != this;
  return rows_.size() < (waits ? kWaitingBytesMax : kPieceBytes) ? base::Result<>{} : send();
}

base::Result<> PostgresBulkInsert::finish() {
  TRY(connection_.check_alive());
  if (!rows_.empty()) TRY(send());
  return connection_.copying_ == this ? end() : base::Result<>{};
}

base::Result<> PostgresBulkInsert::send() {
  if (connection_.copying_ != this) {
    TRY(connection_.end_copy());
    const Result started(PQexec(connection_.connection_.get(), copy_.c_str()));
    if (PQresultStatus(started.get()) != PGRES_COPY_IN) return connection_.failed(started.get());
    connection_.copying_ = this;
    put(kCopyHeader);
  }
  put(rows_);
  rows_.clear();
  return {};
}

// A failure to send shows at the end, with its reason.
void PostgresBulkInsert::put(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += kSendBytesMax) {
    const auto piece = bytes.substr(at, kSendBytesMax);
    const auto size = static_cast<int>(piece.size());
    if (PQputCopyData(connection_.connection_.get(), piece.data(), size) != 1) return;
  }
}

base::Result<> PostgresBulkInsert::end() {
  PGconn* raw = connection_.connection_.get();
  connection_.copying_ = nullptr;
  put(kCopyEnd);
  PQputCopyEnd(raw, nullptr);
  const Result ended(PQgetResult(raw));
  while (const Result rest{PQgetResult(raw)}) {
  }
  if (PQresultStatus(ended.get()) != PGRES_COMMAND_OK) return connection_.failed(ended.get());
  return {};
}

void PostgresBulkInsert::give_up() {
  if (connection_.copying_ != this) return;
  PGconn* raw = connection_.connection_.get();
  connection_.copying_ = nullptr;
  PQputCopyEnd(raw, "the rows were given up");
  const Result ended(PQgetResult(raw));
  while (const Result rest{PQgetResult(raw)}) {
  }
  (void)connection_.failed(ended.get());
}

}  // namespace storage::postgres
