#include "flows/operations/run_jobs.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "support/observe/log.h"
#include "support/observe/metrics.h"

namespace flows {
namespace {

constexpr std::int64_t kFirstPauseMicros = 5 * base::kMicrosPerSecond;
constexpr std::int64_t kPauseMicrosMax = 300 * base::kMicrosPerSecond;
// A lease is renewed this often within its time.
constexpr int kRenewalsPerLease = 3;

bool is_passing(const base::Error& error) {
  return error.code == "database_unavailable" || error.code == "database_busy" ||
         error.code == "disk_full";
}

std::int64_t pause_after(std::int64_t attempts) {
  const std::int64_t doublings = std::clamp<std::int64_t>(attempts - 1, 0, 10);
  return std::min(kFirstPauseMicros << doublings, kPauseMicrosMax);
}

base::Json error_result(const base::Error& error) {
  base::Json json;
  json.set("code", error.code).set("text", error.text).set("place", error.place);
  return base::Json::object().set("error", std::move(json));
}

// Renews a job's lease, in a thread of its own, as long as this lives.
class LeaseKeeper {
 public:
  LeaseKeeper(const BillingTools& tools, domain::JobId job, const JobOptions& options)
      : tools_(tools), job_(job), options_(options), thread_([this] { keep(); }) {}

  ~LeaseKeeper() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  LeaseKeeper(const LeaseKeeper&) = delete;
  LeaseKeeper& operator=(const LeaseKeeper&) = delete;

 private:
  void keep() {
    const std::chrono::microseconds pause(options_.lease_micros / kRenewalsPerLease);
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, pause, [this] { return ended_; })) renew();
  }

  void renew() {
    const auto renewed = ports::run_in_transaction(
        tools_.store, [&](ports::Transaction& transaction) -> base::Result<> {
          const base::Instant until = tools_.clock.now() + options_.lease_micros;
          if (!TRY(transaction.work().extend_lease(job_, options_.worker, until))) {
            observe::log(observe::Level::kWarning, "job_lease_lost", {{"job", job_.to_string()}});
          }
          return {};
        });
    if (renewed) return;
    observe::log(observe::Level::kWarning, "job_lease_not_renewed",
                 {{"job", job_.to_string()}, {"code", renewed.error().code}});
  }

  const BillingTools& tools_;
  domain::JobId job_;
  const JobOptions& options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace

class JobRunner::Threads {
 public:
  Threads(const JobTools& tools, std::span<const JobKind> kinds, const JobOptions& options)
      : tools_(tools), kinds_(kinds), options_(options) {}

  ~Threads() {
    request_stop();
    for (std::thread& thread : threads_) thread.join();
  }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  void start() {
    const std::lock_guard lock(mutex_);
    running_ = std::max(options_.threads, 1);
    for (int number = 0; number < running_; ++number) {
      threads_.emplace_back([this] { work(); });
    }
  }

  void wake() {
    {
      const std::lock_guard lock(mutex_);
      ++wakes_;
    }
    changed_.notify_all();
  }

  bool stop(std::chrono::milliseconds deadline) {
    request_stop();
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, deadline, [this] { return running_ == 0; });
  }

  base::Result<bool> run_one() {
    std::optional<ports::Job> job;
    TRY(ports::run_in_transaction(
        tools_.billing.store, [&](ports::Transaction& transaction) -> base::Result<> {
          const base::Instant now = tools_.billing.clock.now();
          job =
              TRY(transaction.work().lease_job(options_.worker, now, now + options_.lease_micros));
          return {};
        }));
    if (!job) return false;
    const auto outcome = do_work(*job);
    TRY(close(*job, outcome));
    return true;
  }

 private:
  void request_stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
  }

  void work() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      const std::int64_t seen = wakes_;
      lock.unlock();
      const auto found = run_one();
      if (!found) {
        observe::log(observe::Level::kWarning, "job_queue_not_read",
                     {{"code", found.error().code}, {"text", found.error().text}});
      }
      lock.lock();
      if (found && *found) continue;
      changed_.wait_for(lock, options_.poll, [&] { return stopping_ || wakes_ != seen; });
    }
    --running_;
    changed_.notify_all();
  }

  base::Result<base::Json> do_work(const ports::Job& job) {
    const auto kind = std::ranges::find(kinds_, job.kind, &JobKind::name);
    if (kind == kinds_.end()) {
      return base::fail("unknown_job_kind", "this version knows no jobs of this kind", job.kind);
    }
    observe::log(observe::Level::kInfo, "job_started",
                 {{"job", job.id.to_string()}, {"kind", job.kind}, {"attempt", job.attempts}});
    const LeaseKeeper keeper(tools_.billing, job.id, options_);
    return kind->work(tools_, job.payload);
  }

  base::Result<> close(const ports::Job& job, const base::Result<base::Json>& outcome) {
    const bool again = !outcome && is_passing(outcome.error()) && job.attempts < kJobAttemptsMax;
    const std::string_view word = outcome ? "done" : again ? "again" : "failed";
    TRY(ports::run_in_transaction(tools_.billing.store, [&](ports::Transaction& transaction) {
      ports::Work& queue = transaction.work();
      if (outcome) return queue.job_done(job.id, *outcome);
      const base::Instant later = tools_.billing.clock.now() + pause_after(job.attempts);
      return queue.job_failed(job.id, error_result(outcome.error()),
                              again ? std::optional(later) : std::nullopt);
    }));
    observe::metrics().count(observe::Metric::kJobs, {job.kind, word});
    observe::log(outcome ? observe::Level::kInfo : observe::Level::kWarning, "job_ended",
                 {{"job", job.id.to_string()},
                  {"kind", job.kind},
                  {"outcome", word},
                  {"code", outcome ? "" : outcome.error().code}});
    return {};
  }

  JobTools tools_;
  std::span<const JobKind> kinds_;
  JobOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  int running_ = 0;
  std::int64_t wakes_ = 0;
  std::vector<std::thread> threads_;
};

JobRunner::JobRunner(const JobTools& tools, std::span<const JobKind> kinds,
                     const JobOptions& options)
    : threads_(std::make_unique<Threads>(tools, kinds, options)) {}

JobRunner::~JobRunner() = default;

void JobRunner::start() { threads_->start(); }
void JobRunner::wake() { threads_->wake(); }
bool JobRunner::stop(std::chrono::milliseconds deadline) { return threads_->stop(deadline); }
base::Result<bool> JobRunner::run_one() { return threads_->run_one(); }

}  // namespace flows
