// Outbox, jobs, idempotency keys, counters and the epoch, alone and with others at work.
#include "storage/tables/work.h"

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Instant;
using base::kMicrosPerSecond;
using base::Result;
using ports::OutboxMessage;
using ports::TransactionKind;
using ports::Work;
using tests::code_of;

class WorkTest : public tests::StoreTest {
 protected:
  [[nodiscard]] Result<> write(const std::function<Result<>(Work&)>& work) {
    return ports::run_in_transaction(
        store(), [&](ports::Transaction& transaction) { return work(transaction.work()); });
  }
  [[nodiscard]] Instant in(std::int64_t seconds) {
    return clock().now() + seconds * kMicrosPerSecond;
  }
  [[nodiscard]] static domain::OutboxId message_id(std::uint8_t n) {
    return domain::OutboxId(base::IdBytes{n});
  }
  [[nodiscard]] static domain::JobId job_id(std::uint8_t n) {
    return domain::JobId(base::IdBytes{n});
  }
  [[nodiscard]] Result<> enqueue(std::uint8_t n, std::string topic = "bill_issued") {
    return write([&](Work& work) {
      const OutboxMessage message{.id = message_id(n),
                                  .topic = topic,
                                  .account = domain::AccountId(base::IdBytes{n}),
                                  .payload = base::Json().set("n", int{n})};
      return work.enqueue({&message, 1}, clock().now());
    });
  }
  // The payloads' numbers: "1 2".
  [[nodiscard]] std::string lease_messages(std::size_t limit, std::int64_t seconds,
                                           const std::vector<std::string_view>& topics = {
                                               "bill_issued"}) {
    std::string text;
    EXPECT_OK(write([&](Work& work) -> Result<> {
      for (const OutboxMessage& message :
           TRY(work.lease_messages(topics, {clock().now(), in(seconds), limit}))) {
        EXPECT_EQ(message.id, message_id(static_cast<std::uint8_t>(message.payload.integer("n"))));
        text += (text.empty() ? "" : " ") + std::to_string(message.payload.integer("n")) + "/" +
                std::to_string(message.attempts);
      }
      return {};
    }));
    return text;
  }
  // "bill_issued 3", by topic.
  [[nodiscard]] std::string pending() {
    std::string text;
    const auto counts = (*store().begin(TransactionKind::kRead))->work().messages_pending();
    EXPECT_OK(counts);
    for (const auto& [topic, count] : *counts) {
      text += (text.empty() ? "" : ", ") + topic + " " + std::to_string(count);
    }
    return text;
  }
  [[nodiscard]] Result<> add_job(std::uint8_t n, std::string kind, Instant run_at) {
    return write([&](Work& work) {
      ports::Job job;
      job.id = job_id(n);
      job.kind = std::move(kind);
      job.payload = base::Json().set("n", int{n});
      job.run_at = run_at;
      return work.add_job(job, clock().now());
    });
  }
  // "1 leased/1", "" where none is due.
  [[nodiscard]] std::string lease_job(std::string_view worker, std::int64_t seconds) {
    std::string text;
    EXPECT_OK(write([&](Work& work) -> Result<> {
      const auto job = TRY(work.lease_job(worker, clock().now(), in(seconds)));
      if (job) text = describe(*job);
      return {};
    }));
    return text;
  }
  [[nodiscard]] static std::string describe(const ports::Job& job) {
    return std::to_string(job.payload.integer("n")) + " " + job.state + "/" +
           std::to_string(job.attempts);
  }
  [[nodiscard]] std::string find_job(std::uint8_t n) {
    const auto job = (*store().begin(TransactionKind::kRead))->work().find_job(job_id(n));
    EXPECT_OK(job);
    return *job ? describe(**job) : "none";
  }
};
TELGIRO_ON_BOTH_ENGINES(WorkTest);

// --- Outbox.

TEST_P(WorkTest, MessagesAreLeasedInOrderAndAgainWhenTheLeaseRanOut) {
  ASSERT_OK(enqueue(2));
  clock().set(in(1));
  ASSERT_OK(enqueue(1));
  ASSERT_OK(enqueue(3));
  EXPECT_EQ(pending(), "bill_issued 3");
  EXPECT_EQ(lease_messages(2, 60), "2/1 1/1");
  EXPECT_EQ(lease_messages(2, 60), "3/1");
  EXPECT_EQ(lease_messages(2, 60), "");
  ASSERT_OK(write([&](Work& work) { return work.message_sent(message_id(1)); }));
  EXPECT_EQ(pending(), "bill_issued 2");
  clock().set(in(60));
  EXPECT_EQ(lease_messages(9, 60), "2/2 3/2");
}

TEST_P(WorkTest, MessagesThatNobodySendsStayAndHoldUpNobody) {
  // Many older ones of another topic, and one that can be sent.
  for (std::uint8_t n = 1; n <= 20; ++n) ASSERT_OK(enqueue(n, "letter"));
  clock().set(in(1));
  ASSERT_OK(enqueue(21));
  EXPECT_EQ(lease_messages(1, 60), "21/1");
  EXPECT_EQ(lease_messages(9, 60), "");
  EXPECT_EQ(lease_messages(9, 60, {}), "");
  ASSERT_OK(write([&](Work& work) { return work.message_sent(message_id(21)); }));
  EXPECT_EQ(pending(), "letter 20");
  // Whoever comes to send them finds them as they were: never tried.
  EXPECT_EQ(lease_messages(2, 60, {"parcel", "letter"}), "1/1 2/1");
}

TEST_P(WorkTest, AFailedMessageIsTriedLaterOrGivenUp) {
  ASSERT_OK(enqueue(1));
  ASSERT_EQ(lease_messages(1, 60), "1/1");
  ASSERT_OK(write([&](Work& work) {
    return work.message_failed(message_id(1), "the peer was silent", in(30));
  }));
  EXPECT_EQ(lease_messages(1, 60), "");
  clock().set(in(30));
  EXPECT_EQ(lease_messages(1, 60), "1/2");
  ASSERT_OK(write([&](Work& work) {
    return work.message_failed(message_id(1), "the peer is gone", std::nullopt);
  }));
  clock().set(in(9'999));
  EXPECT_EQ(lease_messages(1, 60), "");
  EXPECT_EQ(pending(), "");
}

TEST_P(WorkTest, WhatIsNotLeasedCannotBeEnded) {
  ASSERT_OK(enqueue(1));
  const auto sent = [&](Work& work) { return work.message_sent(message_id(1)); };
  EXPECT_EQ(code_of(write(sent)), "not_leased");
  ASSERT_EQ(lease_messages(1, 60), "1/1");
  EXPECT_OK(write(sent));
  EXPECT_EQ(code_of(write(sent)), "not_leased");
  ASSERT_OK(add_job(1, "import", clock().now()));
  EXPECT_EQ(code_of(write([&](Work& work) { return work.job_done(job_id(1), {}); })), "not_leased");
  EXPECT_EQ(code_of(write([&](Work& work) { return work.job_failed(job_id(7), {}, in(1)); })),
            "not_leased");
}

TEST_P(WorkTest, WorkersAtOnceGetEachMessageOnce) {
  for (std::uint8_t n = 1; n <= 40; ++n) ASSERT_OK(enqueue(n));
  std::atomic<int> leased = 0;
  std::mutex mutex;
  std::set<domain::OutboxId> seen;
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 4; ++worker) {
    workers.emplace_back([&] {
      while (leased < 40) {
        std::vector<OutboxMessage> messages;
        ASSERT_OK(write([&](Work& work) -> Result<> {
          constexpr std::string_view kTopic = "bill_issued";
          messages = TRY(work.lease_messages({&kTopic, 1}, {clock().now(), in(60), 3}));
          return {};
        }));
        const std::lock_guard guard(mutex);
        for (const OutboxMessage& message : messages) {
          EXPECT_TRUE(seen.insert(message.id).second);
          ++leased;
        }
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(seen.size(), 40U);
}

// --- Jobs.

TEST_P(WorkTest, AJobIsLeasedDoneAndFound) {
  ASSERT_OK(add_job(1, "import", in(0)));
  ASSERT_OK(add_job(2, "run", in(5)));
  EXPECT_EQ(find_job(1), "1 waiting/0");
  EXPECT_EQ(find_job(9), "none");
  EXPECT_EQ(lease_job("one", 60), "1 leased/1");
  EXPECT_EQ(lease_job("two", 60), "");
  ASSERT_OK(
      write([&](Work& work) { return work.job_done(job_id(1), base::Json().set("rows", 7)); }));
  EXPECT_EQ(find_job(1), "1 done/1");
  EXPECT_EQ((*(*store().begin(TransactionKind::kRead))->work().find_job(job_id(1)))
                ->result.integer("rows"),
            7);
  clock().set(in(5));
  EXPECT_EQ(lease_job("two", 60), "2 leased/1");
}

TEST_P(WorkTest, AJobWhoseWorkerDiedIsDueAgain) {
  ASSERT_OK(add_job(1, "import", in(0)));
  ASSERT_EQ(lease_job("one", 60), "1 leased/1");
  clock().set(in(59));
  EXPECT_EQ(lease_job("two", 60), "");
  clock().set(in(1));
  EXPECT_EQ(lease_job("two", 60), "1 leased/2");
}

TEST_P(WorkTest, AWorkerKeepsItsLeaseAsLongAsItIsItsOwn) {
  ASSERT_OK(add_job(1, "import", in(0)));
  ASSERT_EQ(lease_job("one", 60), "1 leased/1");
  const auto extend = [&](std::string_view worker) {
    bool extended = false;
    EXPECT_OK(write([&](Work& work) -> Result<> {
      extended = TRY(work.extend_lease(job_id(1), worker, in(100)));
      return {};
    }));
    return extended;
  };
  EXPECT_TRUE(extend("one"));
  EXPECT_FALSE(extend("two"));
  clock().set(in(99));
  EXPECT_EQ(lease_job("two", 60), "");
  clock().set(in(1));
  EXPECT_EQ(lease_job("two", 60), "1 leased/2");
  EXPECT_FALSE(extend("one"));
}

TEST_P(WorkTest, AFailedJobIsTriedLaterOrStaysFailed) {
  ASSERT_OK(add_job(1, "import", in(0)));
  ASSERT_EQ(lease_job("one", 60), "1 leased/1");
  ASSERT_OK(write([&](Work& work) { return work.job_failed(job_id(1), {}, in(10)); }));
  EXPECT_EQ(lease_job("one", 60), "");
  clock().set(in(10));
  EXPECT_EQ(lease_job("one", 60), "1 leased/2");
  ASSERT_OK(write([&](Work& work) { return work.job_failed(job_id(1), {}, std::nullopt); }));
  EXPECT_EQ(find_job(1), "1 failed/2");
}

TEST_P(WorkTest, JobsOfAKindAreListedNewestFirst) {
  for (std::uint8_t n = 1; n <= 4; ++n) {
    ASSERT_OK(add_job(n, n == 3 ? "run" : "import", in(0)));
    clock().set(in(1));
  }
  std::string text;
  const auto jobs = (*store().begin(TransactionKind::kRead))->work().list_jobs("import", 2);
  ASSERT_OK(jobs);
  for (const ports::Job& job : *jobs) text += std::to_string(job.payload.integer("n")) + " ";
  EXPECT_EQ(text, "4 2 ");
}

TEST_P(WorkTest, WorkersAtOnceGetDifferentJobs) {
  for (std::uint8_t n = 1; n <= 20; ++n) ASSERT_OK(add_job(n, "import", in(0)));
  std::mutex mutex;
  std::multiset<std::string> leased;
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 4; ++worker) {
    workers.emplace_back([&] {
      for (std::string job = lease_job("w", 60); !job.empty(); job = lease_job("w", 60)) {
        const std::lock_guard guard(mutex);
        leased.insert(job);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(leased.size(), 20U);
  EXPECT_EQ(std::set<std::string>(leased.begin(), leased.end()).size(), 20U);
}

// --- Idempotency keys.

TEST_P(WorkTest, TheSameRequestGetsTheStoredAnswer) {
  const auto find = [&](std::string_view scope, std::string_view key, std::string_view request) {
    return (*store().begin(TransactionKind::kRead))->work().find_answer(scope, key, request);
  };
  EXPECT_EQ(find("user_1", "k", "body").value(), std::nullopt);
  ASSERT_OK(write([&](Work& work) {
    return work.store_answer("user_1", "k", "body", {201, "{\"id\":1}"}, clock().now());
  }));
  const auto answer = find("user_1", "k", "body");
  ASSERT_OK(answer);
  EXPECT_EQ((*answer)->status, 201);
  EXPECT_EQ((*answer)->response, "{\"id\":1}");
  EXPECT_EQ(code_of(find("user_1", "k", "another body")), "idempotency_key_reused");
  EXPECT_EQ(find("user_2", "k", "another body").value(), std::nullopt);
}

TEST_P(WorkTest, OfEqualRequestsAtOnceOneDoesTheWork) {
  std::atomic<int> worked = 0;
  std::vector<std::thread> requests;
  for (int request = 0; request < 4; ++request) {
    requests.emplace_back([&] {
      bool did = false;
      ASSERT_OK(write([&](Work& work) -> Result<> {
        did = false;
        if (TRY(work.find_answer("scope", "key", "body"))) return {};
        TRY(work.take_numbers("counter", 1, 1));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        did = true;
        return work.store_answer("scope", "key", "body", {200, "done"}, clock().now());
      }));
      if (did) ++worked;
    });
  }
  for (std::thread& request : requests) request.join();
  EXPECT_EQ(worked, 1);
}

// --- Counters and the epoch.

TEST_P(WorkTest, NumbersAreTakenInBlocks) {
  std::vector<std::int64_t> firsts;
  ASSERT_OK(write([&](Work& work) -> Result<> {
    firsts.push_back(TRY(work.take_numbers("customers", 100'000, 10)));
    firsts.push_back(TRY(work.take_numbers("customers", 100'000, 1)));
    firsts.push_back(TRY(work.take_numbers("another", 1, 5)));
    firsts.push_back(TRY(work.take_numbers("customers", 100'000, 3)));
    return {};
  }));
  EXPECT_EQ(firsts, (std::vector<std::int64_t>{100'000, 100'010, 1, 100'011}));
}

TEST_P(WorkTest, TheEpochAdvancesByOneAndStartsAtOne) {
  const auto hold = [&] {
    std::int64_t epoch = -1;
    EXPECT_OK(write([&](Work& work) -> Result<> {
      epoch = TRY(work.hold_epoch());
      EXPECT_EQ(TRY(work.hold_epoch()), epoch);
      return {};
    }));
    return epoch;
  };
  std::int64_t closed = -1;
  const auto advance = [&](Work& work) -> Result<> {
    closed = TRY(work.advance_epoch());
    return {};
  };
  EXPECT_EQ(hold(), 1);
  ASSERT_OK(write(advance));
  EXPECT_EQ(closed, 1);
  EXPECT_EQ(hold(), 2);
  ASSERT_OK(write(advance));
  EXPECT_EQ(closed, 2);
  EXPECT_EQ(hold(), 3);
}

// Whoever closes an epoch must have waited for all that write in it: a fact of a closed epoch is
// there when advance_epoch has committed, or never will be.
TEST_P(WorkTest, AdvancingWaitsForThoseWhoHoldTheEpoch) {
  std::atomic<bool> stop = false;
  std::atomic<int> facts = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 3; ++writer) {
    writers.emplace_back([&, writer] {
      for (int n = 0; !stop; ++n) {
        ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& any) -> Result<> {
          const std::int64_t epoch = TRY(any.work().hold_epoch());
          std::this_thread::sleep_for(std::chrono::milliseconds(3));
          TRY(static_cast<SqlTransaction&>(any).connection().execute(
              "INSERT INTO import_record VALUES ($1, $2, $3, $3, $4)",
              {std::to_string(writer), std::to_string(n), sql::Bytes{"x"}, epoch}));
          return {};
        }));
        ++facts;
      }
    });
  }
  const auto facts_until = [&](std::int64_t epoch) {
    std::int64_t count = -1;
    EXPECT_OK((*store().begin_sql(TransactionKind::kRead))
                  ->connection()
                  .query("SELECT COUNT(*) FROM import_record WHERE line <= $1", {epoch},
                         [&](const sql::Row& row) -> Result<> {
                           count = row.integer(0);
                           return {};
                         }));
    return count;
  };
  for (int round = 0; round < 8; ++round) {
    while (facts < 6 * round) std::this_thread::yield();
    std::int64_t closed = 0;
    ASSERT_OK(write([&](Work& work) -> Result<> {
      closed = TRY(work.advance_epoch());
      return {};
    }));
    const std::int64_t seen = facts_until(closed);
    std::this_thread::sleep_for(std::chrono::milliseconds(15));
    EXPECT_EQ(facts_until(closed), seen) << "a fact came into the closed epoch " << closed;
  }
  stop = true;
  for (std::thread& writer : writers) writer.join();
  EXPECT_GT(facts, 40);
}

}  // namespace
}  // namespace storage
