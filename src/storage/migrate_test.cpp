// Migrations run once, in order, and notice what does not fit.
#include "storage/migrate.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Result;
using tests::code_of;

const std::vector<Migration>& two_scripts() {
  static const std::vector<Migration> scripts = {
      {1, "first",
       "CREATE TABLE one (id BIGINT NOT NULL, word TEXT, PRIMARY KEY (id)) {clustered};"},
      {2, "second", "CREATE TABLE two (id {bytes} NOT NULL); INSERT INTO one VALUES (1, 'x');"},
  };
  return scripts;
}

class MigrateTest : public ::testing::TestWithParam<sql::Engine> {
 protected:
  [[nodiscard]] Result<std::int64_t> run(std::span<const Migration> migrations) {
    return migrate(*database_, migrations, clock_);
  }
  [[nodiscard]] std::int64_t number(std::string_view sql) {
    std::int64_t value = -1;
    const auto connection = database_->connect();
    EXPECT_OK(connection);
    EXPECT_OK((*connection)->query(sql, {}, [&](const sql::Row& row) -> Result<> {
      value = row.integer(0);
      return {};
    }));
    return value;
  }
  tests::TestDatabase place_{GetParam(), tests::Schema::kEmpty};
  std::unique_ptr<sql::Database> database_ = place_.open();
  base::VirtualClock clock_{tests::test_start()};
};
TELGIRO_ON_BOTH_ENGINES(MigrateTest);

TEST_P(MigrateTest, EachScriptRunsOnce) {
  EXPECT_EQ(run(std::span(two_scripts()).first(1)).value_or(-1), 1);
  clock_.set(clock_.now() + base::kMicrosPerDay);
  EXPECT_EQ(run(two_scripts()).value_or(-1), 1);
  EXPECT_EQ(run(two_scripts()).value_or(-1), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM one"), 1);
  EXPECT_EQ(number("SELECT MAX(applied) - MIN(applied) FROM schema_migration"),
            base::kMicrosPerDay);
}

TEST_P(MigrateTest, AScriptThatWasChangedAfterwardsIsNamed) {
  ASSERT_OK(run(two_scripts()));
  auto changed = two_scripts();
  changed[1].sql += " ";
  const auto outcome = run(changed);
  ASSERT_EQ(code_of(outcome), "migration_changed");
  EXPECT_EQ(outcome.error().place, "0002-second");
}

TEST_P(MigrateTest, ADatabaseOfANewerProgramIsRefused) {
  ASSERT_OK(run(two_scripts()));
  EXPECT_EQ(code_of(run(std::span(two_scripts()).first(1))), "database_too_new");
}

TEST_P(MigrateTest, AScriptThatFailsLeavesNothingAndCanBeMended) {
  auto broken = two_scripts();
  broken[1].sql = "CREATE TABLE two (id BIGINT); INSERT INTO nowhere VALUES (1);";
  const auto outcome = run(broken);
  ASSERT_EQ(code_of(outcome), "migration_failed");
  EXPECT_EQ(outcome.error().place, "0002-second");
  EXPECT_EQ(number("SELECT COUNT(*) FROM schema_migration"), 1);
  EXPECT_EQ(run(two_scripts()).value_or(-1), 1);
}

TEST_P(MigrateTest, ProgramsThatStartTogetherMigrateOnce) {
  std::vector<std::thread> programs;
  std::atomic<std::int64_t> applied = 0;
  for (int program = 0; program < 4; ++program) {
    programs.emplace_back([&] {
      const auto done = migrate(*place_.open(), tests::shipped_migrations(), clock_);
      EXPECT_OK(done);
      applied += done.value_or(0);
    });
  }
  for (std::thread& program : programs) program.join();
  EXPECT_EQ(applied, static_cast<std::int64_t>(tests::shipped_migrations().size()));
}

TEST_P(MigrateTest, AccountsThatAreOrderedAnewKeepTheirRows) {
  const auto& all = tests::shipped_migrations();
  const auto ordering = std::ranges::find(all, "accounts-in-order", &Migration::name);
  ASSERT_NE(ordering, all.end());
  ASSERT_OK(run(std::span(all.begin(), ordering)));
  {
    const auto connection = database_->connect().value();
    ASSERT_OK(connection->begin(sql::TransactionMode::kWrite));
    for (std::int64_t number = 3; number > 0; --number) {
      const sql::Value id = sql::Bytes{std::string(16, static_cast<char>(number))};
      ASSERT_OK(connection->execute(
          "INSERT INTO customer (customer_id, number, kind, segment, language, party_sealed, "
          "epoch, recorded) VALUES ($1, $2, 'person', 'consumer', 'sv', $1, 1, 2)",
          {id, number}));
      ASSERT_OK(connection->execute(
          "INSERT INTO customer_key (customer_id, wrapped_key, erased) VALUES ($1, $2, $3)",
          {id, number == 1 ? sql::Value() : id, number == 1 ? sql::Value(number) : sql::Value()}));
      ASSERT_OK(connection->execute(
          "INSERT INTO account (account_id, customer_id, country, currency, profile, epoch, "
          "recorded) VALUES ($1, $1, 'SE', 'SEK', '{}', $2, 2)",
          {id, number}));
    }
    ASSERT_OK(connection->commit());
  }
  ASSERT_OK(run(all));
  EXPECT_EQ(number("SELECT COUNT(*) FROM account a JOIN customer c ON c.customer_id = "
                   "a.customer_id JOIN customer_key k ON k.customer_id = c.customer_id "
                   "WHERE a.epoch = c.number AND c.segment = 'consumer' AND a.profile = '{}' AND "
                   "(k.wrapped_key = c.customer_id OR (k.wrapped_key IS NULL AND k.erased = 1))"),
            3);
}

TEST(ExpandMacros, MakesTheTextTheEngines) {
  constexpr std::string_view kText =
      "CREATE TABLE t (a {bytes}, TEXTS BIGINT, b TEXT NOT NULL) {clustered};\n"
      "{postgres} ALTER TABLE t SET (fillfactor = 80);";
  EXPECT_EQ(expand_macros(kText, sql::Engine::kSqlite),
            "CREATE TABLE t (a BLOB, TEXTS BIGINT, b TEXT NOT NULL) WITHOUT ROWID;\n"
            "-- ALTER TABLE t SET (fillfactor = 80);");
  EXPECT_EQ(expand_macros(kText, sql::Engine::kPostgres),
            "CREATE TABLE t (a BYTEA, TEXTS BIGINT, b TEXT COLLATE \"C\" NOT NULL) ;\n"
            " ALTER TABLE t SET (fillfactor = 80);");
}

}  // namespace
}  // namespace storage
