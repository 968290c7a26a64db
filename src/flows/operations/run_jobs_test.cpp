// The job queue at work, on both engines: each job once, again after a passing failure, by another
// after a death, and a stop that waits.
#include "flows/operations/run_jobs.h"

#include <atomic>
#include <future>
#include <latch>

#include <gtest/gtest.h>

#include "tests/support/stores.h"

namespace flows {
namespace {

using base::Json;
using tests::code_of;
using namespace std::chrono_literals;

// What the kinds below share with the tests: a job's work is a plain function.
struct Stage {
  std::atomic<int> done = 0;
  std::atomic<int> failures_left = 0;
  std::unique_ptr<std::latch> begun, release;
};
Stage& stage() {
  static Stage stage;
  return stage;
}

base::Result<Json> add_up(const JobTools&, const Json& payload) {
  ++stage().done;
  return Json::object().set("sum", payload.integer("a") + payload.integer("b"));
}

base::Result<Json> fail_now_and_then(const JobTools&, const Json&) {
  if (stage().failures_left-- > 0) return base::fail("database_unavailable", "away");
  ++stage().done;
  return Json::object();
}

base::Result<Json> fail_for_good(const JobTools&, const Json&) {
  return base::fail("no_operator", "load an operator first", "somewhere");
}

base::Result<Json> wait_for_release(const JobTools&, const Json&) {
  stage().begun->count_down();
  stage().release->wait();
  ++stage().done;
  return Json::object();
}

constexpr JobKind kKinds[] = {
    {"add_up", add_up},
    {"now_and_then", fail_now_and_then},
    {"for_good", fail_for_good},
    {"wait", wait_for_release},
};

class JobsTest : public tests::StoreTest {
 protected:
  void SetUp() override {
    stage().done = 0;
    stage().failures_left = 0;
    stage().begun = std::make_unique<std::latch>(1);
    stage().release = std::make_unique<std::latch>(1);
  }

  JobTools tools() { return {{store(), clock(), rules_, link_key_}, 1}; }
  std::unique_ptr<JobRunner> runner(JobOptions options = {}) {
    return std::make_unique<JobRunner>(tools(), kKinds, options);
  }

  domain::JobId add(std::string_view kind) {
    ports::Job job;
    job.id = crypto::make_random_id<domain::JobId>(random(), clock().now(),
                                                   "job " + std::to_string(++added_));
    job.kind = kind;
    job.payload.set("a", 2).set("b", 3);
    job.run_at = clock().now();
    EXPECT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
      return transaction.work().add_job(job, clock().now());
    }));
    return job.id;
  }
  ports::Job find(domain::JobId id) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->work().find_job(id).value().value();
  }
  void pass_seconds(std::int64_t seconds) {
    clock().set(clock().now() + seconds * base::kMicrosPerSecond);
  }

 private:
  domain::RuleBook rules_;
  crypto::Key link_key_;
  int added_ = 0;
};
TELGIRO_ON_BOTH_ENGINES(JobsTest);

TEST_P(JobsTest, AJobIsDoneOnceAndKeepsItsResult) {
  const auto id = add("add_up");
  const auto jobs = runner();
  EXPECT_TRUE(jobs->run_one().value());
  EXPECT_FALSE(jobs->run_one().value());
  EXPECT_EQ(find(id).state, "done");
  EXPECT_EQ(find(id).result.integer("sum"), 5);
  EXPECT_EQ(stage().done, 1);
}

TEST_P(JobsTest, AKindThatNobodyKnowsFails) {
  const auto id = add("brew_coffee");
  EXPECT_TRUE(runner()->run_one().value());
  EXPECT_EQ(find(id).state, "failed");
  EXPECT_EQ(find(id).result["error"].text("code"), "unknown_job_kind");
}

TEST_P(JobsTest, AFailureThatStaysIsTheResult) {
  const auto id = add("for_good");
  EXPECT_TRUE(runner()->run_one().value());
  const ports::Job job = find(id);
  EXPECT_EQ(job.state, "failed");
  EXPECT_EQ(job.result["error"].dump(),
            R"({"code":"no_operator","text":"load an operator first","place":"somewhere"})");
}

TEST_P(JobsTest, APassingFailureIsTriedAgainLaterAndLater) {
  stage().failures_left = 3;
  const auto id = add("now_and_then");
  const auto jobs = runner();
  for (const std::int64_t pause : {5, 10, 20}) {
    EXPECT_TRUE(jobs->run_one().value());
    EXPECT_EQ(find(id).state, "waiting");
    pass_seconds(pause - 1);
    EXPECT_FALSE(jobs->run_one().value()) << "before " << pause << " seconds";
    pass_seconds(1);
  }
  EXPECT_TRUE(jobs->run_one().value());
  EXPECT_EQ(find(id).state, "done");
  EXPECT_EQ(find(id).attempts, 4);
}

TEST_P(JobsTest, APassingFailureThatDoesNotPassEndsToo) {
  stage().failures_left = 1000;
  const auto id = add("now_and_then");
  const auto jobs = runner();
  int tries = 0;
  while (jobs->run_one().value()) {
    ++tries;
    pass_seconds(3600);
  }
  EXPECT_EQ(tries, kJobAttemptsMax);
  EXPECT_EQ(find(id).state, "failed");
}

TEST_P(JobsTest, AJobWhoseWorkerDiedIsDoneByAnother) {
  const auto id = add("add_up");
  ASSERT_OK(
      ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> base::Result<> {
        const base::Instant until = clock().now() + 60 * base::kMicrosPerSecond;
        EXPECT_TRUE(TRY(transaction.work().lease_job("dead", clock().now(), until)).has_value());
        return {};
      }));
  const auto jobs = runner();
  EXPECT_FALSE(jobs->run_one().value());
  pass_seconds(61);
  EXPECT_TRUE(jobs->run_one().value());
  EXPECT_EQ(find(id).state, "done");
}

TEST_P(JobsTest, ALeaseIsRenewedWhileTheWorkGoesOn) {
  const auto id = add("wait");
  const auto jobs = runner({.worker = "first", .lease_micros = 60'000});
  auto working = std::async(std::launch::async, [&] { return jobs->run_one(); });
  stage().begun->wait();
  clock().set(clock().now() + 50'000);
  // The lease runs out at 60 ms of the clock, which stands at 50; it is renewed every 20 ms of
  // real time, to 110 ms. Wait until that is seen from outside.
  for (int tries = 0; tries < 500; ++tries) {
    const auto transaction = store().begin(ports::TransactionKind::kWrite).value();
    const auto taken =
        transaction->work().lease_job("second", clock().now() + 30'000, clock().now() + 90'000);
    if (taken && !taken->has_value()) break;
    std::this_thread::sleep_for(5ms);
    EXPECT_LT(tries, 499);
  }
  stage().release->count_down();
  EXPECT_TRUE(working.get().value());
  EXPECT_EQ(find(id).state, "done");
}

TEST_P(JobsTest, ThreadsTakeJobsUntilTheyAreStopped) {
  const auto jobs = runner({.threads = 2, .poll = 20ms});
  jobs->start();
  for (int count = 0; count < 5; ++count) add("add_up");
  jobs->wake();
  for (int tries = 0; stage().done < 5 && tries < 1000; ++tries) std::this_thread::sleep_for(5ms);
  EXPECT_EQ(stage().done, 5);
  EXPECT_TRUE(jobs->stop(10s));
}

TEST_P(JobsTest, AStopWaitsForWhatIsUnderWay) {
  add("wait");
  const auto jobs = runner({.poll = 20ms});
  jobs->start();
  jobs->wake();
  stage().begun->wait();
  EXPECT_FALSE(jobs->stop(20ms));
  stage().release->count_down();
  EXPECT_TRUE(jobs->stop(10s));
  EXPECT_EQ(stage().done, 1);
}

}  // namespace
}  // namespace flows
