// Fresh databases and stores on both engines, and the fixture of tests that run on both.
//
//   using EventsTest = tests::StoreTest;
//   TEST_P(EventsTest, ChainGoesOn) { ... store() ... }
//   TELGIRO_ON_BOTH_ENGINES(EventsTest);
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/time/instant.h"
#include "storage/migrate.h"
#include "storage/sql/connection.h"
#include "storage/store.h"
#include "support/crypto/crypto.h"
#include "tests/support/temporary_folder.h"

namespace tests {

// The scripts of src/storage/migrations, in order.
[[nodiscard]] const std::vector<storage::Migration>& shipped_migrations();

[[nodiscard]] std::string engine_name(storage::sql::Engine engine);

enum class Schema { kEmpty, kMigrated };

// A database that goes with this object. Failures to make it throw.
class TestDatabase {
 public:
  explicit TestDatabase(storage::sql::Engine engine, Schema schema = Schema::kMigrated);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  // What `telgiro --database` takes: a data folder, or a postgresql:// URL.
  [[nodiscard]] const std::string& place() const { return place_; }
  [[nodiscard]] storage::sql::Engine engine() const { return engine_; }
  // A new way to it, each time; waits for locks only shortly.
  [[nodiscard]] std::unique_ptr<storage::sql::Database> open() const;

 private:
  storage::sql::Engine engine_;
  std::optional<TemporaryFolder> folder_;
  std::string name_;  // Of the PostgreSQL database.
  std::string place_;
};

// 2026-11-01T08:00:00Z, where the tests' clocks begin.
[[nodiscard]] base::Instant test_start();
[[nodiscard]] crypto::Key test_master_key();

// A migrated store with a clock that stands and seeded randomness.
class TestStore {
 public:
  using Wrap = std::function<std::unique_ptr<storage::sql::Database>(
      std::unique_ptr<storage::sql::Database>)>;
  // `wrap` may put a decorator around the database (faulty_database.h).
  explicit TestStore(storage::sql::Engine engine, const Wrap& wrap = nullptr);

  [[nodiscard]] storage::SqlStore& store() { return *store_; }
  [[nodiscard]] TestDatabase& database() { return database_; }
  base::VirtualClock clock{test_start()};
  crypto::SeededRandom random{1};

 private:
  TestDatabase database_;
  std::unique_ptr<storage::SqlStore> store_;
};

class StoreTest : public ::testing::TestWithParam<storage::sql::Engine> {
 protected:
  [[nodiscard]] storage::SqlStore& store() { return test_.store(); }
  [[nodiscard]] TestDatabase& database() { return test_.database(); }
  [[nodiscard]] base::VirtualClock& clock() { return test_.clock; }
  [[nodiscard]] crypto::SeededRandom& random() { return test_.random; }

 private:
  TestStore test_{GetParam()};
};

// The error's words where there is one: EXPECT_OK(transaction.commit()).
#define EXPECT_OK(expression)                                                 \
  do {                                                                        \
    const auto& expect_ok_ = (expression);                                    \
    EXPECT_TRUE(expect_ok_.has_value())                                       \
        << (expect_ok_ ? std::string() : base::describe(expect_ok_.error())); \
  } while (false)
#define ASSERT_OK(expression)                                                 \
  do {                                                                        \
    const auto& expect_ok_ = (expression);                                    \
    ASSERT_TRUE(expect_ok_.has_value())                                       \
        << (expect_ok_ ? std::string() : base::describe(expect_ok_.error())); \
  } while (false)

// The error's code, "" where there is none.
template <class T>
[[nodiscard]] std::string code_of(const base::Result<T>& result) {
  return result ? "" : result.error().code;
}

#define TELGIRO_ON_BOTH_ENGINES(Suite)                                                            \
  INSTANTIATE_TEST_SUITE_P(                                                                       \
      , Suite, ::testing::Values(storage::sql::Engine::kSqlite, storage::sql::Engine::kPostgres), \
      [](const auto& each) { return tests::engine_name(each.param); })

}  // namespace tests
