// The database fails in the middle of things: its disk is full, or it is gone. The command says so
// with exit code 4, what was begun leaves no trace, and the same command later ends as if nothing
// had happened: the same canonical dump.
#include <signal.h>

#include <filesystem>

#include "tests/commands/answers.h"
#include "tests/support/postgres_server.h"

namespace tests {
namespace {

namespace fs = std::filesystem;

using storage::sql::Engine;

constexpr int kPoints = 6;

// Two months in commands.
std::vector<std::vector<std::string>> workload() {
  return {{"import", "--operator", "aurora", source_folder()},
          {"bill", "run", "--period", "2026-09", "--batch", "5", "--workers", "1"},
          {"bill", "run", "--period", "2026-10", "--batch", "5", "--workers", "1"}};
}

// What an undisturbed workload passes and leaves behind.
struct Undisturbed {
  std::vector<std::string> points;  // Of each command: "i" inside a transaction, "c" after.
  std::string dump;
};

Undisturbed undisturbed(Engine engine) {
  Installation installation(engine);
  Undisturbed result;
  for (const auto& command : workload()) {
    const std::string points = installation.file("points");
    EXPECT_EQ(installation.run(command, {{"TELGIRO_TEST_POINTS", points}}).exit_code, 0);
    result.points.push_back(read_file(points));
  }
  result.dump = installation.dump();
  return result;
}

class FailingDatabaseTest : public ::testing::TestWithParam<Engine> {
 protected:
  // Every command fails at some of its points, each time on top of what came before.
  static void expect_recovery(const std::string& code) {
    const Undisturbed expected = undisturbed(GetParam());
    Installation installation(GetParam());
    for (std::size_t at = 0; at < expected.points.size(); ++at) {
      const auto command = workload()[at];
      const auto own = static_cast<std::int64_t>(expected.points[at].size());
      for (int number = 0; number < kPoints; ++number) {
        const std::int64_t point = 1 + (own - 2) * number / kPoints;
        SCOPED_TRACE(command[0] + " fails at " + std::to_string(point));
        const Ended ended =
            installation.run(command, {{"TELGIRO_TEST_FAIL", code + "@" + std::to_string(point)}});
        // A later start has less to do, and may be through before the point is reached.
        if (ended.exit_code == 0) break;
        EXPECT_EQ(ended.exit_code, 4) << ended.output;
        EXPECT_EQ(answer_of(ended)["error"].text("code"), code);
        EXPECT_EQ(installation.run({"verify"}).exit_code, 0);
      }
      EXPECT_EQ(installation.run(command).exit_code, 0);
    }
    EXPECT_EQ(first_difference(installation.dump(), expected.dump), "none");
  }
};

TEST_P(FailingDatabaseTest, DiskFull) { expect_recovery("disk_full"); }
TEST_P(FailingDatabaseTest, Gone) { expect_recovery("database_unavailable"); }

// What is one transaction is done whole or not at all.
TEST_P(FailingDatabaseTest, NothingIsHalfDone) {
  Installation installation(GetParam());
  ASSERT_EQ(installation.run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
  const std::string before = installation.dump();
  for (int point = 1; point <= 3; ++point) {
    const Ended ended =
        installation.run({"user", "add", "anna", "--role", "admin", "--role", "finance"},
                         {{"TELGIRO_TEST_FAIL", "disk_full@" + std::to_string(point)}});
    EXPECT_EQ(ended.exit_code, 4) << ended.output;
    EXPECT_EQ(first_difference(installation.dump(), before), "none") << point;
  }
  EXPECT_EQ(installation.run({"user", "add", "anna", "--role", "admin"}).exit_code, 0);
}

TELGIRO_ON_BOTH_ENGINES(FailingDatabaseTest);

// No file may grow: what the system does when a disk is full, without one.
TEST(DiskFull, OfTheDatabaseFile) {
  Installation installation(Engine::kSqlite);
  ASSERT_EQ(installation.run({"import", "--operator", "aurora"}).exit_code, 0);
  const std::string before = installation.dump();
  Launch launch = installation.launch({"import", source_folder()});
  launch.file_bytes_max = 4096;
  const Ended ended = run_program(launch);
  EXPECT_EQ(ended.signal, 0) << "the process was ended by a signal";
  EXPECT_EQ(ended.exit_code, 4) << ended.output << ended.errors;
  EXPECT_EQ(answer_of(ended)["error"].text("code"), "disk_full");
  EXPECT_EQ(first_difference(installation.dump(), before), "none");
  EXPECT_EQ(installation.run({"import", source_folder()}).exit_code, 0);
}

// The database is on another machine here: only the backup meets the limit.
TEST(DiskFull, OfABackup) {
  Installation installation(Engine::kPostgres);
  ASSERT_EQ(installation.run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
  const std::string file = installation.file("backup");
  Launch launch = installation.launch({"backup", file});
  launch.file_bytes_max = 4096;
  const Ended ended = run_program(launch);
  EXPECT_EQ(error_of(ended), "4 disk_full " + file) << ended.errors;
  EXPECT_FALSE(fs::exists(file)) << "half a backup was left behind";
  EXPECT_EQ(installation.run({"backup", file}).exit_code, 0);
}

// A server that is killed while a command is inside a transaction, and comes back.
TEST(PostgresServerTest, KilledInTheMiddle) {
  const Undisturbed expected = undisturbed(Engine::kPostgres);
  PostgresServer server;
  Installation installation(server.url(server.create_database()));
  for (std::size_t at = 0; at < expected.points.size(); ++at) {
    const auto command = workload()[at];
    SCOPED_TRACE(command[0]);
    const std::string middle = std::to_string(expected.points[at].size() / 2);
    Process process = installation.start(command, {{"TELGIRO_TEST_STOP_AT", middle}});
    ASSERT_TRUE(process.wait_until_stopped());
    server.kill();
    process.send(SIGCONT);
    const Ended ended = process.wait();
    EXPECT_EQ(ended.exit_code, 4) << ended.output << ended.errors;
    EXPECT_EQ(answer_of(ended)["error"].text("code"), "database_unavailable");
    EXPECT_NE(answer_of(ended)["error"].text("place"), "");
    EXPECT_EQ(installation.run({"verify"}).exit_code, 4) << "the server is still away";
    server.start();
    EXPECT_EQ(installation.run({"verify"}).exit_code, 0);
    EXPECT_EQ(installation.run(command).exit_code, 0);
  }
  EXPECT_EQ(first_difference(installation.dump(), expected.dump), "none");
}

}  // namespace
}  // namespace tests
