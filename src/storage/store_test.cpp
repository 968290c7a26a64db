// The store's transactions: what they leave, how they begin again, and a database that goes away.
#include "storage/store.h"

#include <set>
#include <thread>

#include "ports/events.h"
#include "ports/usage.h"
#include "ports/work.h"
#include "storage/open.h"
#include "tests/support/faulty_database.h"
#include "tests/support/postgres_server.h"
#include "tests/support/sample_rows.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Result;
using ports::TransactionKind;
using tests::code_of;

Result<std::int64_t> take(ports::Store& store, std::string_view counter) {
  std::int64_t number = 0;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    number = TRY(transaction.work().take_numbers(counter, 1, 1));
    return {};
  }));
  return number;
}

class SqlStoreTest : public tests::StoreTest {};
TELGIRO_ON_BOTH_ENGINES(SqlStoreTest);

TEST_P(SqlStoreTest, EveryAreaIsThere) {
  const auto transaction = store().begin(TransactionKind::kWrite);
  ASSERT_OK(transaction);
  const std::set<const void*> areas = {&(*transaction)->access(),    &(*transaction)->billing(),
                                       &(*transaction)->catalogue(), &(*transaction)->events(),
                                       &(*transaction)->imports(),   &(*transaction)->ledger(),
                                       &(*transaction)->parties(),   &(*transaction)->payments(),
                                       &(*transaction)->work(),      &(*transaction)->usage()};
  EXPECT_EQ(areas.size(), 10U);
}

TEST_P(SqlStoreTest, AScopeThatEndsWithoutCommitLeavesNoTrace) {
  {
    const auto transaction = store().begin(TransactionKind::kWrite);
    ASSERT_OK(transaction);
    EXPECT_EQ((*transaction)->work().take_numbers("counter", 1, 1).value_or(-1), 1);
  }
  EXPECT_EQ(take(store(), "counter").value_or(-1), 1);
  EXPECT_EQ(take(store(), "counter").value_or(-1), 2);
}

TEST_P(SqlStoreTest, WriterThreadsGetEachNumberOnce) {
  constexpr int kThreads = 5, kRounds = 20;
  std::vector<std::thread> threads;
  std::mutex mutex;
  std::set<std::int64_t> numbers;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        const auto number = take(store(), "counter");
        ASSERT_OK(number);
        const std::lock_guard guard(mutex);
        numbers.insert(*number);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(numbers.size(), std::size_t{kThreads} * kRounds);
  EXPECT_EQ(*numbers.rbegin(), kThreads * kRounds);  // Gapless.
}

TEST_P(SqlStoreTest, BusyIsTriedAgainUpToALimit) {
  int tries = 0;
  const auto stubborn = ports::run_in_transaction(store(), [&](ports::Transaction&) -> Result<> {
    return ++tries < 4 ? Result<>(base::fail("database_busy", "made up")) : Result<>();
  });
  EXPECT_OK(stubborn);
  EXPECT_EQ(tries, 4);
  tries = 0;
  const auto hopeless = ports::run_in_transaction(store(), [&](ports::Transaction&) -> Result<> {
    ++tries;
    return base::fail("database_busy", "made up");
  });
  EXPECT_EQ(code_of(hopeless), "database_busy");
  EXPECT_EQ(tries, ports::kTransactionTriesMax);
}

// Every point of a transaction at which the disk may be full: nothing is left, and it goes
// through when there is room again.
TEST_P(SqlStoreTest, AFailureAtAnyPointLeavesNothingHalfDone) {
  for (const std::string code : {"disk_full", "database_unavailable"}) {
    const auto faults = std::make_shared<tests::Faults>();
    tests::TestStore test(GetParam(), [&](std::unique_ptr<sql::Database> database) {
      return std::make_unique<tests::FaultyDatabase>(std::move(database), faults);
    });
    const auto work = [&] {
      return ports::run_in_transaction(test.store(), [&](ports::Transaction& any) -> Result<> {
        auto& transaction = static_cast<SqlTransaction&>(any);
        TRY(tests::add_sample_account(transaction, 1));
        const ports::NewEvent event{.account = tests::sample_account(1),
                                    .kind = "customer_created",
                                    .effective = {},
                                    .recorded = test.clock.now(),
                                    .actor = "import",
                                    .data = base::Json().set("customer", "c").set("number", 1),
                                    .text = "a word"};
        TRY(transaction.events().append({&event, 1}));
        TRY(transaction.work().take_numbers("counter", 1, 1));
        return {};
      });
    };
    std::int64_t at = 1;
    for (; at < 100; ++at) {
      faults->arm(at, tests::answer_error(code));
      const auto outcome = work();
      faults->disarm();
      if (outcome) break;
      EXPECT_EQ(code_of(outcome), code) << at;
      if (faults->count() > faults->count_inside()) break;
      const auto reader = test.store().begin_sql(TransactionKind::kRead);
      ASSERT_OK(reader);
      SCOPED_TRACE(at);
      for (const std::string table : {"customer_key", "account", "event", "counter"}) {
        EXPECT_OK((*reader)->connection().query(
            "SELECT 1 FROM " + table, {},
            [&](const sql::Row&) -> Result<> { return base::fail("left_behind", table); }));
      }
    }
    EXPECT_GE(at, 6) << "the points of the transaction";
  }
}

TEST(SqlStore, ADatabaseServerThatGoesAwayIsNamedAndTheWorkGoesOnAfterwards) {
  tests::PostgresServer server;
  const auto database = open_database(server.url(server.create_database()));
  ASSERT_OK(database);
  const base::VirtualClock clock(tests::test_start());
  ASSERT_OK(migrate(**database, tests::shipped_migrations(), clock));
  crypto::SeededRandom random(1);
  SqlStore store(*open_database(server.url("test_" + std::to_string(getpid()) + "_1")),
                 tests::test_master_key(), random);
  ASSERT_EQ(take(store, "counter").value_or(-1), 1);
  auto broken = store.begin(TransactionKind::kWrite);
  ASSERT_OK(broken);
  ASSERT_OK((*broken)->work().take_numbers("counter", 1, 1));

  server.kill();
  const auto lost = (*broken)->commit();
  EXPECT_EQ(code_of(lost), "database_unavailable") << base::describe(lost.error());
  broken->reset();
  const auto gone = take(store, "counter");
  ASSERT_EQ(code_of(gone), "database_unavailable");
  EXPECT_NE(gone.error().text.find("cannot be reached"), std::string::npos);
  EXPECT_EQ(gone.error().place.find("postgres@"), std::string::npos);

  server.start();
  const auto back = take(store, "counter");
  ASSERT_OK(back);
  EXPECT_EQ(*back, 2);
}

TEST(SqlStore, AddressesWithoutADatabaseAreNamed) {
  tests::TemporaryFolder folder;
  EXPECT_EQ(code_of(open_database("postgresql://nobody:hush@127.0.0.1:1/none")),
            "database_unavailable");
  EXPECT_EQ(open_database("postgresql://nobody:hush@127.0.0.1:1/none").error().text.find("hush"),
            std::string::npos);
  EXPECT_EQ(code_of(open_database("/dev/null/data")), "data_folder_unusable");
  EXPECT_OK(open_database(folder.file("new/folder")));
}

}  // namespace
}  // namespace storage
