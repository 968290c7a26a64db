#include "storage/postgres/database.h"

#include "storage/postgres/connection.h"

namespace storage::postgres {
namespace {

// More writers than this no longer make one server faster.
constexpr int kWritersMax = 8;

class PostgresDatabase final : public sql::Database {
 public:
  PostgresDatabase(std::string url, const Options& options)
      : url_(std::move(url)), options_(options) {}

  [[nodiscard]] sql::Engine engine() const override { return sql::Engine::kPostgres; }
  [[nodiscard]] base::Result<std::unique_ptr<sql::Connection>> connect() override {
    return TRY(PostgresConnection::open(url_, options_));
  }
  [[nodiscard]] int writers_max() const override { return kWritersMax; }

 private:
  std::string url_;
  Options options_;
};

}  // namespace

base::Result<std::unique_ptr<sql::Database>> open(const std::string& url, const Options& options) {
  auto database = std::make_unique<PostgresDatabase>(url, options);
  TRY(database->connect());
  return database;
}

}  // namespace storage::postgres
