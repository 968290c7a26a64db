#include "storage/backup.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/text/json.h"
#include "storage/backup_file.h"
#include "storage/schema.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Json;
using base::Result;

// Which migrations the database has; the same list stands in the backup of its like.
Result<std::string> describe_schema(sql::Connection& connection) {
  Json migrations = Json::array();
  TRY(connection.query("SELECT number, name, checksum FROM schema_migration ORDER BY number", {},
                       [&](const sql::Row& row) -> Result<> {
                         Json migration;
                         migration.set("number", row.integer(0))
                             .set("name", row.text(1))
                             .set("checksum", row.text(2));
                         migrations.push(std::move(migration));
                         return {};
                       }));
  Json header;
  header.set("migrations", std::move(migrations));
  return header.dump();
}

std::string describe_table(const Table& table) {
  Json columns = Json::array();
  for (const Column& column : table.columns) columns.push(column.name);
  Json description;
  description.set("table", table.name).set("columns", std::move(columns));
  return description.dump();
}

std::string encode_row(const TableRow& row) {
  std::string bytes;
  const auto append = [&](char tag, std::string_view content) {
    bytes += tag + encode_integer(content.size());
    bytes += content;
  };
  for (const sql::Value& value : row) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      bytes += 'i' + encode_integer(static_cast<std::uint64_t>(*integer));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      append('t', *text);
    } else if (const auto* data = std::get_if<sql::Bytes>(&value)) {
      append('b', data->value);
    } else {
      bytes += 'n';
    }
  }
  return bytes;
}

// Nullopt where the bytes are no row of these columns.
std::optional<TableRow> decode_row(std::string_view bytes, const std::vector<Column>& columns) {
  TableRow row;
  while (!bytes.empty()) {
    const char tag = bytes.front();
    bytes.remove_prefix(1);
    if (tag == 'n') {
      row.emplace_back();
      continue;
    }
    if (bytes.size() < 8) return std::nullopt;
    const std::uint64_t number = decode_integer(bytes.substr(0, 8));
    bytes.remove_prefix(8);
    if (tag == 'i') {
      row.emplace_back(static_cast<std::int64_t>(number));
      continue;
    }
    if ((tag != 't' && tag != 'b') || number > bytes.size()) return std::nullopt;
    std::string content(bytes.substr(0, number));
    bytes.remove_prefix(number);
    if (tag == 't') {
      row.emplace_back(std::move(content));
    } else {
      row.emplace_back(sql::Bytes{std::move(content)});
    }
  }
  if (row.size() != columns.size()) return std::nullopt;
  for (std::size_t at = 0; at < row.size(); ++at) {
    if (!sql::fits(row[at], columns[at].kind)) return std::nullopt;
  }
  return row;
}

Result<> expect_empty(sql::Connection& connection, const Table& table) {
  return connection.query("SELECT 1 FROM " + table.name + " LIMIT 1", {},
                          [&](const sql::Row&) -> Result<> {
                            return base::fail("database_not_empty",
                                              "a backup goes into a new database only; this one "
                                              "has rows already",
                                              table.name);
                          });
}

// Puts the frames of a checked file into the tables.
class Restorer {
 public:
  Restorer(sql::Connection& connection, BackupReader& reader)
      : connection_(connection), reader_(reader) {}

  Result<BackupSummary> run() {
    TRY(connection_.lock("schema_migration"));
    tables_ = TRY(read_schema(connection_));
    for (const Table& table : tables_) TRY(expect_empty(connection_, table));
    TRY(check_header(TRY(reader_.read())));
    while (true) {
      const Frame frame = TRY(reader_.read());
      if (frame.kind == FrameKind::kEnd) break;
      TRY(frame.kind == FrameKind::kTable ? start_table(frame.content) : add_row(frame.content));
    }
    TRY(end_table());
    return summary_;
  }

 private:
  Result<> check_header(const Frame& frame) {
    if (frame.kind != FrameKind::kHeader) return reader_.altered();
    if (frame.content == TRY(describe_schema(connection_))) return {};
    return base::fail("backup_of_other_schema",
                      "the backup was made by a program with other migrations; restore it with "
                      "that program, then let the newer one migrate");
  }

  Result<> start_table(const std::string& description) {
    TRY(end_table());
    for (const Table& table : tables_) {
      if (describe_table(table) != description) continue;
      std::vector<std::string_view> columns;
      for (const Column& column : table.columns) columns.push_back(column.name);
      columns_ = &table.columns;
      rows_ = TRY(connection_.bulk_insert(table.name, columns));
      ++summary_.tables;
      return {};
    }
    return reader_.altered();
  }

  Result<> add_row(const std::string& bytes) {
    if (rows_ == nullptr) return reader_.altered();
    const auto row = decode_row(bytes, *columns_);
    if (!row) return reader_.altered();
    ++summary_.rows;
    return rows_->add(*row);
  }

  Result<> end_table() {
    if (rows_ == nullptr) return {};
    const auto outcome = rows_->finish();
    rows_.reset();
    return outcome;
  }

  sql::Connection& connection_;
  BackupReader& reader_;
  std::vector<Table> tables_;
  const std::vector<Column>* columns_ = nullptr;
  std::unique_ptr<sql::BulkInsert> rows_;
  BackupSummary summary_;
};

Result<BackupSummary> write_all(sql::Connection& connection, BackupWriter& writer) {
  TRY(writer.write(FrameKind::kHeader, TRY(describe_schema(connection))));
  BackupSummary summary;
  for (const Table& table : TRY(read_schema(connection))) {
    TRY(writer.write(FrameKind::kTable, describe_table(table)));
    ++summary.tables;
    TRY(for_each_page(connection, table, [&](std::span<const TableRow> rows) -> Result<> {
      for (const TableRow& row : rows) TRY(writer.write(FrameKind::kRow, encode_row(row)));
      summary.rows += static_cast<std::int64_t>(rows.size());
      return {};
    }));
  }
  TRY(writer.finish(summary.rows));
  return summary;
}

}  // namespace

Result<BackupSummary> backup(sql::Database& database, const std::string& file) {
  auto writer = TRY(BackupWriter::create(file));
  const auto connection = TRY(database.connect());
  TRY(connection->begin(sql::TransactionMode::kRead));
  return write_all(*connection, writer);
}

Result<BackupSummary> restore(sql::Database& database, const std::string& file,
                              const RestoreCheck& check) {
  TRY(check_backup(file));
  auto reader = TRY(BackupReader::open(file));
  const auto connection = TRY(database.connect());
  TRY(connection->begin(sql::TransactionMode::kWrite));
  const BackupSummary summary = TRY(Restorer(*connection, reader).run());
  if (check) TRY(check(*connection));
  TRY(connection->commit());
  return summary;
}

Result<BackupSummary> check_backup(const std::string& file) {
  auto reader = TRY(BackupReader::open(file));
  BackupSummary summary;
  while (true) {
    const Frame frame = TRY(reader.read());
    if (frame.kind == FrameKind::kEnd) return summary;
    if (frame.kind == FrameKind::kTable) ++summary.tables;
    if (frame.kind == FrameKind::kRow) ++summary.rows;
  }
}

}  // namespace storage
