// Two people do the same at the same time: both are told that it is done, and it is done once.
#include <signal.h>

#include "tests/commands/answers.h"

namespace tests {
namespace {

using base::Json;
using storage::sql::Engine;

const std::vector<std::string> kBillRun = {"bill", "run", "--period", "2026-09", "--batch", "3"};

class AtOnceTest : public ::testing::TestWithParam<Engine> {
 protected:
  // Both begin together; the first waits in the middle of a transaction until the second is under
  // way, so that they meet on any machine.
  static std::pair<Ended, Ended> run_twice(Installation& installation,
                                           const std::vector<std::string>& command) {
    Process first = installation.start(command, {{"TELGIRO_TEST_STOP_AT", "20"}});
    EXPECT_TRUE(first.wait_until_stopped());
    Process second = installation.start(command);
    first.send(SIGCONT);
    Ended of_first = first.wait();
    return {std::move(of_first), second.wait()};
  }

  static std::string done_once() {
    Installation installation(GetParam());
    EXPECT_EQ(installation.run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
    EXPECT_EQ(installation.run(kBillRun).exit_code, 0);
    return installation.dump();
  }
};

TEST_P(AtOnceTest, ImportAndBilling) {
  Installation installation(GetParam());
  ASSERT_EQ(installation.run({"import", "--operator", "aurora"}).exit_code, 0);
  const auto [import, same_import] = run_twice(installation, {"import", source_folder()});
  for (const Ended* ended : {&import, &same_import}) {
    EXPECT_EQ(ended->exit_code, 0) << ended->output << ended->errors;
    const Json answer = answer_of(*ended);
    ASSERT_EQ(answer["files"].as_array()->size(), 7U) << ended->output;
    EXPECT_EQ((*answer["files"].as_array())[0].integer("accepted"), 12) << ended->output;
  }
  const auto [run, same_run] = run_twice(installation, kBillRun);
  for (const Ended* ended : {&run, &same_run}) {
    EXPECT_EQ(ended->exit_code, 0) << ended->output << ended->errors;
  }
  // Each says what it issued itself and what it found; together that is all of it, once.
  const auto issued = [](const Ended& ended) {
    const Json answer = answer_of(ended);
    if (answer["run"].is_null()) return std::int64_t{0};
    return answer.integer("documents") + answer.integer("credit_notes") -
           answer.integer("found_issued");
  };
  const auto documents =
      answer_of(installation.run({"document", "list", "--limit", "500"}))["documents"];
  EXPECT_EQ(issued(run) + issued(same_run),
            static_cast<std::int64_t>(documents.as_array()->size()));
  EXPECT_EQ(first_difference(installation.dump(), done_once()), "none");
  EXPECT_EQ(installation.run({"verify"}).exit_code, 0);
}

TEST_P(AtOnceTest, TheSameWithoutWaiting) {
  const std::string expected = done_once();
  Installation installation(GetParam());
  ASSERT_EQ(installation.run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
  Process first = installation.start(kBillRun);
  Process second = installation.start(kBillRun);
  for (Process* process : {&first, &second}) {
    const Ended ended = process->wait();
    EXPECT_EQ(ended.exit_code, 0) << ended.output << ended.errors;
  }
  EXPECT_EQ(first_difference(installation.dump(), expected), "none");
}

// Two import the bank's file while the next month is billed: each payment counts once, no bill
// loses what another writer did to it.
TEST_P(AtOnceTest, ABankFileTwiceWhileBillingRuns) {
  Installation installation(GetParam());
  ASSERT_EQ(installation.run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
  ASSERT_EQ(installation.run(kBillRun).exit_code, 0);
  const std::string file = installation.file("bank.txt");
  ASSERT_EQ(installation.run({"bank", "simulate", "-o", file}).exit_code, 0);
  const std::vector<std::string> import = {"bank", "import", file, "--batch", "2"};
  Process first = installation.start(import, {{"TELGIRO_TEST_STOP_AT", "12"}});
  EXPECT_TRUE(first.wait_until_stopped());
  Process second = installation.start(import);
  Process billing = installation.start({"bill", "run", "--period", "2026-10", "--batch", "3"});
  first.send(SIGCONT);
  for (Process* process : {&first, &second, &billing}) {
    const Ended ended = process->wait();
    EXPECT_EQ(ended.exit_code, 0) << ended.output << ended.errors;
  }
  const Json files = answer_of(installation.run({"bank", "files"}))["files"];
  ASSERT_EQ(files.as_array()->size(), 1U);
  EXPECT_EQ((*files.as_array())[0].text("state"), "done");
  EXPECT_EQ((*files.as_array())[0].integer("repeated"), 0);
  EXPECT_EQ(installation.run({"payment", "totals"}).exit_code, 0);
  const Ended verified = installation.run({"verify"});
  EXPECT_EQ(verified.exit_code, 0) << verified.output;
}

TELGIRO_ON_BOTH_ENGINES(AtOnceTest);

}  // namespace
}  // namespace tests
