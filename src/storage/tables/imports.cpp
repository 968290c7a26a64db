#include "storage/tables/imports.h"

#include <algorithm>
#include <map>

#include "base/result/check.h"
#include "storage/sql/portable.h"
#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Result;
using ports::RecordState;
using ports::Reject;
using ports::RejectCursor;
using ports::RejectFilter;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kRejectColumns[] = {
    "reject_id", "file_id",    "file_name", "mapping",   "line",   "field",   "code",
    "reason",    "raw_sealed", "state",     "closed_by", "closed", "recorded"};

constexpr std::string_view kSelectFile =
    "SELECT file_id, name, mapping, sha256, size, state, next_line, next_offset, records, "
    "accepted, repeated, rejected, recorded FROM import_file ";
constexpr std::string_view kSelectReject =
    "SELECT reject_id, file_id, file_name, mapping, line, field, code, reason, raw_sealed, state, "
    "closed_by, closed, recorded FROM import_reject ";

// How many rejects are opened at a time when a text is searched for in them.
constexpr std::size_t kSearchPage = 500;

std::string raw_place(domain::RejectId id) {
  return sealed_place("import_reject", "raw_sealed", {to_value(id)});
}

ports::ImportFile read_file(const Row& row) {
  return {.id = row.id<domain::FileId>(0),
          .name = std::string(row.text(1)),
          .mapping = std::string(row.text(2)),
          .sha256 = std::string(row.bytes(3)),
          .size = row.integer(4),
          .state = std::string(row.text(5)),
          .next_line = row.integer(6),
          .next_offset = row.integer(7),
          .records = row.integer(8),
          .accepted = row.integer(9),
          .repeated = row.integer(10),
          .rejected = row.integer(11),
          .recorded = {row.integer(12)}};
}

// A WHERE clause that grows with what a filter asks for.
class Where {
 public:
  // `condition` has a $ where the value's parameter goes.
  void add(std::string_view condition, Value value) {
    values_.push_back(std::move(value));
    text_ += text_.empty() ? "WHERE " : " AND ";
    const std::size_t mark = condition.find('$');
    text_ += condition.substr(0, mark);
    text_ += "$" + std::to_string(values_.size());
    text_ += condition.substr(mark + 1);
  }
  std::string parameter(Value value) {
    values_.push_back(std::move(value));
    return "$" + std::to_string(values_.size());
  }
  void add_condition(const std::string& condition) {
    text_ += (text_.empty() ? "WHERE " : " AND ") + condition;
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }

 private:
  std::string text_;
  std::vector<Value> values_;
};

Where where_of(const RejectFilter& filter) {
  Where where;
  if (!filter.state.empty()) where.add("state = $", filter.state);
  if (!filter.code.empty()) where.add("code = $", filter.code);
  if (!filter.mapping.empty()) where.add("mapping = $", filter.mapping);
  if (!filter.field.empty()) where.add("field = $", filter.field);
  if (!filter.file_name.empty()) where.add("file_name = $", filter.file_name);
  if (filter.file) where.add("file_id = $", to_value(*filter.file));
  return where;
}

std::string folded(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

bool mentions(const Reject& reject, std::string_view wanted) {
  return folded(reject.raw).contains(wanted) || folded(reject.reason).contains(wanted);
}

RejectCursor cursor_at(const Reject& reject) {
  return {.recorded = reject.recorded, .file = reject.file, .line = reject.line, .id = reject.id};
}

}  // namespace

// --- Files.

Result<> SqlImports::add_file(const ports::ImportFile& file) {
  TRY(connection_.execute(
      "INSERT INTO import_file (file_id, name, mapping, sha256, size, state, next_line, "
      "next_offset, records, accepted, repeated, rejected, recorded) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      {to_value(file.id), file.name, file.mapping, bytes_column(file.sha256), file.size, file.state,
       file.next_line, file.next_offset, file.records, file.accepted, file.repeated, file.rejected,
       file.recorded.micros}));
  return {};
}

Result<> SqlImports::update_file(const ports::ImportFile& file) {
  TRY(connection_.execute(
      "UPDATE import_file SET state = $2, next_line = $3, next_offset = $4, records = $5, "
      "accepted = $6, repeated = $7, rejected = $8 WHERE file_id = $1",
      {to_value(file.id), file.state, file.next_line, file.next_offset, file.records, file.accepted,
       file.repeated, file.rejected}));
  return {};
}

Result<std::optional<ports::ImportFile>> SqlImports::find_file(domain::FileId id) {
  std::optional<ports::ImportFile> found;
  TRY(connection_.query(std::string(kSelectFile) + "WHERE file_id = $1", {to_value(id)},
                        [&](const Row& row) -> Result<> {
                          found = read_file(row);
                          return {};
                        }));
  return found;
}

Result<std::vector<ports::ImportFile>> SqlImports::list_files(std::size_t limit) {
  std::vector<ports::ImportFile> files;
  TRY(connection_.query(std::string(kSelectFile) + "ORDER BY recorded DESC, name, file_id LIMIT $1",
                        {limit_column(limit)}, [&](const Row& row) -> Result<> {
                          files.push_back(read_file(row));
                          return {};
                        }));
  return files;
}

// --- Records.

sql::Bytes SqlImports::content_hash(std::string_view content) const {
  return vault_.index_hash("import_record", content);
}

Result<std::vector<RecordState>> SqlImports::compare_records(
    std::string_view source, std::span<const ports::RecordKey> keys) {
  std::vector<Value> ids;
  for (const ports::RecordKey& key : keys) ids.emplace_back(key.record_id);
  const Value fixed[] = {to_column(source)};
  std::map<std::string, std::string, std::less<>> hash_of;
  TRY(sql::query_keys(
      connection_,
      "SELECT record_id, content_hash FROM import_record "
      "WHERE source = $1 AND record_id IN ({keys})",
      ids,
      [&](const Row& row) -> Result<> {
        hash_of.emplace(row.text(0), row.bytes(1));
        return {};
      },
      fixed));
  std::vector<RecordState> states;
  for (const ports::RecordKey& key : keys) {
    const auto found = hash_of.find(key.record_id);
    if (found == hash_of.end()) {
      states.push_back(RecordState::kNew);
    } else {
      const bool same = found->second == content_hash(key.content).value;
      states.push_back(same ? RecordState::kRepeated : RecordState::kChanged);
    }
  }
  return states;
}

Result<> SqlImports::save_records(std::span<const ports::RecordMark> records) {
  for (const ports::RecordMark& record : records) {
    TRY(connection_.execute(
        "INSERT INTO import_record (source, record_id, content_hash, file_id, line) "
        "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (source, record_id) DO UPDATE SET "
        "content_hash = EXCLUDED.content_hash, file_id = EXCLUDED.file_id, line = EXCLUDED.line",
        {record.source, record.record_id, content_hash(record.content), to_value(record.file),
         record.line}));
  }
  return {};
}

// --- Rejects.

Result<> SqlImports::add_rejects(std::span<const Reject> rejects) {
  auto rows = TRY(connection_.bulk_insert("import_reject", kRejectColumns));
  for (const Reject& reject : rejects) {
    base::Json raw;
    raw.set("context", reject.context).set("raw", reject.raw);
    const Value row[] = {to_value(reject.id),
                         to_value(reject.file),
                         reject.file_name,
                         reject.mapping,
                         reject.line,
                         reject.field,
                         reject.code,
                         reject.reason,
                         bytes_column(vault_.seal_operator(raw_place(reject.id), raw.dump())),
                         reject.state,
                         reject.closed_by,
                         reject.closed ? Value(reject.closed->micros) : Value(),
                         reject.recorded.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<Reject> SqlImports::read_reject(const Row& row) {
  Reject reject;
  reject.id = row.id<domain::RejectId>(0);
  reject.file = row.id<domain::FileId>(1);
  reject.file_name = row.text(2);
  reject.mapping = row.text(3);
  reject.line = row.integer(4);
  reject.field = row.text(5);
  reject.code = row.text(6);
  reject.reason = row.text(7);
  const auto raw = TRY(json::parse(TRY(vault_.unseal(raw_place(reject.id), row.bytes(8)))));
  reject.context = raw.text("context");
  reject.raw = raw.text("raw");
  reject.state = row.text(9);
  reject.closed_by = row.text(10);
  if (!row.is_null(11)) reject.closed = base::Instant{row.integer(11)};
  reject.recorded = {row.integer(12)};
  return reject;
}

Result<std::optional<Reject>> SqlImports::find_reject(domain::RejectId id) {
  std::optional<Reject> found;
  TRY(connection_.query(std::string(kSelectReject) + "WHERE reject_id = $1", {to_value(id)},
                        [&](const Row& row) -> Result<> {
                          found = TRY(read_reject(row));
                          return {};
                        }));
  return found;
}

Result<std::vector<Reject>> SqlImports::list_rejects(const RejectFilter& filter,
                                                     const RejectCursor& after, std::size_t limit) {
  if (filter.text.empty()) return read_page(filter, after, limit);
  // What is sealed cannot be searched by the database: page by page until there are enough.
  const std::string wanted = folded(filter.text);
  std::vector<Reject> found;
  for (RejectCursor cursor = after;;) {
    std::vector<Reject> page = TRY(read_page(filter, cursor, kSearchPage));
    const bool last = page.size() < kSearchPage;
    if (!last) cursor = cursor_at(page.back());
    for (Reject& reject : page) {
      if (mentions(reject, wanted) && found.size() < limit) found.push_back(std::move(reject));
    }
    if (last || found.size() >= limit) return found;
  }
}

Result<std::vector<Reject>> SqlImports::read_page(const RejectFilter& filter,
                                                  const RejectCursor& after, std::size_t limit) {
  Where where = where_of(filter);
  const std::string recorded = where.parameter(after.recorded.micros);
  const std::string file = where.parameter(to_value(after.file));
  const std::string line = where.parameter(after.line);
  const std::string id = where.parameter(to_value(after.id));
  where.add_condition("(recorded, file_id, line, reject_id) > (" + recorded + ", " + file + ", " +
                      line + ", " + id + ")");
  const std::string count = where.parameter(limit_column(limit));
  std::vector<Reject> page;
  TRY(connection_.query(std::string(kSelectReject) + where.text() +
                            " ORDER BY recorded, file_id, line, reject_id LIMIT " + count,
                        where.values(), [&](const Row& row) -> Result<> {
                          page.push_back(TRY(read_reject(row)));
                          return {};
                        }));
  return page;
}

Result<std::int64_t> SqlImports::count_rejects(const RejectFilter& filter) {
  CHECK(filter.text.empty());
  const Where where = where_of(filter);
  std::int64_t count = 0;
  TRY(connection_.query("SELECT COUNT(*) FROM import_reject " + where.text(), where.values(),
                        [&](const Row& row) -> Result<> {
                          count = row.integer(0);
                          return {};
                        }));
  return count;
}

Result<> SqlImports::update_reject(const Reject& reject) {
  TRY(connection_.execute(
      "UPDATE import_reject SET field = $2, code = $3, reason = $4, state = $5, closed_by = $6, "
      "closed = $7 WHERE reject_id = $1",
      {to_value(reject.id), reject.field, reject.code, reject.reason, reject.state,
       reject.closed_by, reject.closed ? Value(reject.closed->micros) : Value()}));
  return {};
}

}  // namespace storage
