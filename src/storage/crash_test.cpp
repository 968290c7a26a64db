// A process that dies at any write or commit leaves a whole state: the one before its transaction
// or the one after it, on both engines. (The flows' crash tests build on the same decorator.)
#include <sys/wait.h>
#include <unistd.h>

#include "storage/dump.h"
#include "tests/support/faulty_database.h"
#include "tests/support/sample_rows.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Result;
using ports::NewEvent;

class CrashTest : public ::testing::TestWithParam<sql::Engine> {
 protected:
  // Two transactions: an account, then its events.
  static Result<> work(SqlStore& store) {
    TRY(ports::run_in_transaction(store, [](ports::Transaction& transaction) {
      return tests::add_sample_account(static_cast<SqlTransaction&>(transaction), 1);
    }));
    return ports::run_in_transaction(store, [](ports::Transaction& transaction) {
      const NewEvent event{.account = tests::sample_account(1),
                           .kind = "link_created",
                           .effective = {},
                           .recorded = tests::test_start(),
                           .actor = "customer",
                           .data = base::Json().set("bill", "b").set("attempt", "paper"),
                           .text = "a word"};
      const NewEvent events[] = {event, event, event};
      return transaction.events().append(events);
    });
  }

  // Runs the work on the database and, where `kill_at` is not 0, dies there. Returns the points.
  static std::int64_t run(const tests::TestDatabase& database, std::int64_t kill_at) {
    const auto faults = std::make_shared<tests::Faults>();
    crypto::SeededRandom random(1);
    SqlStore store(std::make_unique<tests::FaultyDatabase>(database.open(), faults),
                   tests::test_master_key(), random);
    faults->arm(kill_at, tests::kill_process());
    EXPECT_OK(work(store));
    return faults->count();
  }

  static std::string dump(const tests::TestDatabase& database) {
    crypto::SeededRandom random(1);
    SqlStore store(database.open(), tests::test_master_key(), random);
    std::string text;
    EXPECT_OK(dump_canonical(store, [&](std::string_view line) -> Result<> {
      text += line;
      return {};
    }));
    return text;
  }
};
TELGIRO_ON_BOTH_ENGINES(CrashTest);

TEST_P(CrashTest, AKilledProcessLeavesTheStateBeforeOrAfterATransaction) {
  const tests::TestDatabase whole(GetParam());
  const std::int64_t points = run(whole, 0);
  EXPECT_EQ(points, 11);  // The same on both engines.
  const std::string after = dump(whole);
  std::set<std::string> seen;
  for (std::int64_t at = 1; at <= points; ++at) {
    const tests::TestDatabase database(GetParam());
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      static_cast<void>(run(database, at));
      _exit(0);  // Not reached.
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    ASSERT_EQ(WTERMSIG(status), SIGKILL);
    seen.insert(dump(database));
  }
  // Nothing, the account, and all of it: no fourth state.
  EXPECT_EQ(seen.size(), 3U);
  EXPECT_TRUE(seen.contains(""));
  EXPECT_TRUE(seen.contains(after));
}

}  // namespace
}  // namespace storage
