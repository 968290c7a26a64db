// The process is killed at the n-th write or commit of import and billing, started again, and
// must end in the same state as a run that nothing disturbed: the same canonical dump, byte by
// byte, on both engines. 40 points each; ./dev soak takes 200.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "app/demo/generate.h"
#include "tests/support/stores.h"

namespace {

using storage::sql::Engine;

constexpr int kPoints = 40;
constexpr int kPointsOfSoak = 200;
constexpr std::int64_t kCustomers = 45;

int kill_points() { return std::getenv("TELGIRO_SOAK") == nullptr ? kPoints : kPointsOfSoak; }

app::demo::GenerateRequest request(const std::string& folder, std::uint64_t seed) {
  return {.folder = folder,
          .seed = seed,
          .customers = kCustomers,
          .last_month = base::Month::parse("2026-10").value()};
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Ended {
  int exit_code = -1;
  bool killed = false;
};

// Runs the program under test and waits for it.
Ended run_program(std::vector<std::string> arguments,
                  const std::vector<std::pair<std::string, std::string>>& environment) {
  const pid_t child = fork();
  if (child == 0) {
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    execv(pointers[0], pointers.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL};
}

// A fresh database and data folder, and the commands on them.
class Installation {
 public:
  explicit Installation(Engine engine, const std::string& sources)
      : database_(engine, tests::Schema::kEmpty), sources_(sources) {}

  // The commands of two months, in order.
  [[nodiscard]] std::vector<std::vector<std::string>> workload() const {
    return {{"import", "--operator", "aurora", sources_},
            {"bill", "run", "--period", "2026-09", "--batch", "7", "--workers", "1"},
            {"bill", "run", "--period", "2026-10", "--batch", "7", "--workers", "1"}};
  }

  Ended run(const std::vector<std::string>& command, std::int64_t kill_at = 0) {
    std::vector<std::string> arguments = {TELGIRO_BINARY_DIR "/telgiro_under_test", "--json"};
    arguments.insert(arguments.end(), {"--data", folder_.path()});
    if (database_.engine() == Engine::kPostgres) {
      arguments.insert(arguments.end(), {"--database", database_.place()});
    }
    arguments.insert(arguments.end(), command.begin(), command.end());
    arguments.insert(arguments.begin(), {"/bin/sh", "-c", "exec \"$0\" \"$@\" > /dev/null"});
    return run_program(arguments, {{"TELGIRO_TEST_KILL_AT", std::to_string(kill_at)},
                                   {"TELGIRO_TEST_POINTS", folder_.file("points")}});
  }

  [[nodiscard]] std::string points() const { return read_file(folder_.file("points")); }

  std::string dump() {
    const std::string file = folder_.file("dump");
    EXPECT_EQ(run({"dump", "--canonical", "-o", file}).exit_code, 0);
    return read_file(file);
  }

 private:
  tests::TemporaryFolder folder_;
  tests::TestDatabase database_;
  std::string sources_;
};

// The first line in which two dumps differ, for the message.
std::string first_difference(const std::string& a, const std::string& b) {
  const auto [at, other] = std::ranges::mismatch(a, b);
  if (at == a.end() && other == b.end()) return "none";
  const auto from = a.rfind('\n', static_cast<std::size_t>(at - a.begin()));
  const std::size_t start = from == std::string::npos ? 0 : from + 1;
  return a.substr(start, 300) + "\n  instead of\n" + b.substr(start, 300);
}

class CrashTest : public ::testing::TestWithParam<Engine> {
 protected:
  static void SetUpTestSuite() {
    sources_ = std::make_unique<tests::TemporaryFolder>();
    ASSERT_OK(app::demo::generate(request(sources_->path(), 7)));
  }
  static void TearDownTestSuite() { sources_.reset(); }

  // What an undisturbed run leaves behind, and the points that each command passes.
  struct Undisturbed {
    std::string dump;
    std::vector<std::string> points;
  };
  static Undisturbed undisturbed() {
    Installation installation(GetParam(), sources_->path());
    Undisturbed result;
    for (const auto& command : installation.workload()) {
      EXPECT_EQ(installation.run(command).exit_code, 0) << command[0];
      result.points.push_back(installation.points());
    }
    result.dump = installation.dump();
    return result;
  }

  static std::unique_ptr<tests::TemporaryFolder> sources_;
};

std::unique_ptr<tests::TemporaryFolder> CrashTest::sources_;

TEST_P(CrashTest, KilledAnywhereAndStartedAgain) {
  const Undisturbed expected = undisturbed();
  ASSERT_GT(expected.dump.size(), 10'000U);
  std::string all;
  for (const std::string& points : expected.points) all += points;
  const auto total = static_cast<std::int64_t>(all.size());
  const int count = kill_points();
  ASSERT_GT(total, count);
  int inside = 0;
  for (int number = 0; number < count; ++number) {
    // Spread evenly; the odd step keeps them from falling on the same place of each batch.
    const std::int64_t point = 1 + (total - 1) * number / (count - 1 > 0 ? count - 1 : 1);
    if (all[static_cast<std::size_t>(point - 1)] == 'i') ++inside;
    SCOPED_TRACE("killed at point " + std::to_string(point) + " of " + std::to_string(total));
    Installation installation(GetParam(), sources_->path());
    std::int64_t left = point;
    for (std::size_t at = 0; at < expected.points.size(); ++at) {
      const auto command = installation.workload()[at];
      const auto own = static_cast<std::int64_t>(expected.points[at].size());
      if (left > 0 && left <= own) {
        EXPECT_TRUE(installation.run(command, left).killed);
      }
      left -= own;
      EXPECT_EQ(installation.run(command).exit_code, 0);
    }
    const std::string dump = installation.dump();
    ASSERT_TRUE(dump == expected.dump) << first_difference(dump, expected.dump);
  }
  // Most of the time must be spent where it hurts.
  EXPECT_GE(inside * 10, count * 9) << inside << " of " << count << " inside a transaction";
}

TEST_P(CrashTest, EverythingTwiceIsOnce) {
  const Undisturbed expected = undisturbed();
  Installation installation(GetParam(), sources_->path());
  for (const auto& command : installation.workload()) {
    EXPECT_EQ(installation.run(command).exit_code, 0);
    EXPECT_EQ(installation.run(command).exit_code, 0);
  }
  const std::string dump = installation.dump();
  EXPECT_TRUE(dump == expected.dump) << first_difference(dump, expected.dump);
}

INSTANTIATE_TEST_SUITE_P(, CrashTest, ::testing::Values(Engine::kSqlite, Engine::kPostgres),
                         [](const auto& each) { return tests::engine_name(each.param); });

// The same state, whichever engine keeps it.
TEST(EnginesTest, BothKeepTheSame) {
  tests::TemporaryFolder sources;
  ASSERT_OK(app::demo::generate(request(sources.path(), 3)));
  std::string first;
  for (const Engine engine : {Engine::kSqlite, Engine::kPostgres}) {
    Installation installation(engine, sources.path());
    for (const auto& command : installation.workload()) {
      EXPECT_EQ(installation.run(command).exit_code, 0);
    }
    const std::string dump = installation.dump();
    if (first.empty()) first = dump;
    EXPECT_TRUE(dump == first) << first_difference(dump, first);
  }
}

}  // namespace
