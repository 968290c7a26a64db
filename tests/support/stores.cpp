#include "tests/support/stores.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "storage/open.h"
#include "tests/support/postgres_server.h"

namespace tests {
namespace {

namespace fs = std::filesystem;
namespace sql = storage::sql;

constexpr std::chrono::milliseconds kLockWait{1500};

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<storage::Migration> read_migrations() {
  std::vector<storage::Migration> migrations;
  for (const auto& entry :
       fs::directory_iterator(std::string(TELGIRO_SOURCE_DIR) + "/src/storage/migrations")) {
    const std::string folder = entry.path().filename().string();  // "0001-skeleton"
    migrations.push_back(
        {std::stoll(folder.substr(0, 4)), folder.substr(5), read_file(entry.path() / "up.sql")});
  }
  std::ranges::sort(migrations, {}, &storage::Migration::number);
  return migrations;
}

std::unique_ptr<sql::Database> open_or_throw(const std::string& place) {
  auto database = storage::open_database(place, {.lock_wait = kLockWait});
  if (!database) throw std::runtime_error(base::describe(database.error()));
  return std::move(*database);
}

void migrate_or_throw(const std::string& place) {
  const base::VirtualClock clock(test_start());
  const auto done = storage::migrate(*open_or_throw(place), shipped_migrations(), clock);
  if (!done) throw std::runtime_error(base::describe(done.error()));
}

// Migrated once a test binary; the others are copies of it.
const std::string& migrated_template() {
  static const std::string name = [] {
    PostgresServer& server = PostgresServer::shared();
    std::string made = server.create_database();
    migrate_or_throw(server.url(made));
    return made;
  }();
  return name;
}

}  // namespace

const std::vector<storage::Migration>& shipped_migrations() {
  static const std::vector<storage::Migration> migrations = read_migrations();
  return migrations;
}

std::string engine_name(sql::Engine engine) {
  return engine == sql::Engine::kSqlite ? "Sqlite" : "Postgres";
}

base::Instant test_start() { return *base::Instant::parse("2026-11-01T08:00:00Z"); }

crypto::Key test_master_key() {
  crypto::SeededRandom random(7);
  return crypto::random_key(random, "master key of the tests");
}

TestDatabase::TestDatabase(sql::Engine engine, Schema schema) : engine_(engine) {
  if (engine == sql::Engine::kSqlite) {
    folder_.emplace();
    place_ = folder_->path();
    if (schema == Schema::kMigrated) migrate_or_throw(place_);
    return;
  }
  PostgresServer& server = PostgresServer::shared();
  name_ = schema == Schema::kMigrated ? server.create_database(migrated_template())
                                      : server.create_database();
  place_ = server.url(name_);
}

TestDatabase::~TestDatabase() {
  if (!name_.empty()) PostgresServer::shared().drop_database(name_);
}

std::unique_ptr<sql::Database> TestDatabase::open() const { return open_or_throw(place_); }

TestStore::TestStore(sql::Engine engine, const Wrap& wrap) : database_(engine) {
  auto opened = database_.open();
  store_ = std::make_unique<storage::SqlStore>(wrap ? wrap(std::move(opened)) : std::move(opened),
                                               test_master_key(), random);
}

}  // namespace tests
