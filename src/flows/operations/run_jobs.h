// Run jobs: threads that take work from the job queue and do it by its kind.
//
// A job is leased for a while and the lease is renewed as long as the work goes on; when a process
// dies, its lease runs out and another takes the job. So a kind's work must bear being begun
// again. What fails for a passing reason (the database is away) is tried again later, longer and
// longer apart; what fails otherwise has failed, with its reason as the job's result.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"
#include "flows/billing/run_billing.h"
#include "ports/store.h"
#include "ports/work.h"

namespace flows {

// What the kinds of jobs need, all together.
struct JobTools {
  BillingTools billing;
  int run_workers = 1;  // Threads of a billing run.
};

// Does a job and answers its result.
using JobWork = base::Result<base::Json> (*)(const JobTools& tools, const base::Json& payload);

struct JobKind {
  std::string_view name;
  JobWork work;
};

// Every kind there is (job_kinds.cpp).
[[nodiscard]] std::span<const JobKind> job_kinds();

inline constexpr std::int64_t kJobAttemptsMax = 10;

struct JobOptions {
  int threads = 1;
  std::string worker = "worker";  // Names this process among others.
  std::int64_t lease_micros = 60 * base::kMicrosPerSecond;
  std::chrono::milliseconds poll = std::chrono::seconds(2);
};

class JobRunner {
 public:
  JobRunner(const JobTools& tools, std::span<const JobKind> kinds, const JobOptions& options);
  // Waits for jobs that are under way.
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  void start();
  // There is a job: no need to wait for the next look. From any thread.
  void wake();
  // Takes no further job and waits for those under way, until the deadline. False: some still
  // run. The process may end nevertheless; they are begun again by the next one.
  [[nodiscard]] bool stop(std::chrono::milliseconds deadline);

  // Takes and does one job, if any is due, in this thread. For tests and commands.
  [[nodiscard]] base::Result<bool> run_one();

 private:
  class Threads;
  std::unique_ptr<Threads> threads_;
};

}  // namespace flows
