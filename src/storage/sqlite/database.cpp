#include "storage/sqlite/database.h"

#include "storage/sqlite/connection.h"
#include "storage/sqlite/writer_gate.h"

namespace storage::sqlite {
namespace {

class SqliteDatabase final : public sql::Database {
 public:
  SqliteDatabase(std::string file, const Options& options)
      : file_(std::move(file)), options_(options) {}

  [[nodiscard]] sql::Engine engine() const override { return sql::Engine::kSqlite; }
  [[nodiscard]] base::Result<std::unique_ptr<sql::Connection>> connect() override {
    return TRY(SqliteConnection::open(file_, options_, gate_));
  }
  [[nodiscard]] int writers_max() const override { return 1; }

 private:
  std::string file_;
  Options options_;
  std::shared_ptr<WriterGate> gate_ = std::make_shared<WriterGate>();
};

}  // namespace

base::Result<std::unique_ptr<sql::Database>> open(const std::string& file, const Options& options) {
  // Nobody asks how much memory SQLite has; to count it, all threads would wait for one another.
  [[maybe_unused]] static const int kConfigured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  auto database = std::make_unique<SqliteDatabase>(file, options);
  TRY(database->connect());
  return database;
}

}  // namespace storage::sqlite
