// The daily work on plans and kept methods, in a thread of its own in `telgiro serve`: charges what
// is due (flows/plans/charge_methods), then follows the plans (flows/plans/follow_plans).
//
// Hour by hour, not once a day: what a provider has answered meanwhile is taken, and a server that
// was down at midnight misses nothing. Both are safe to be done again, and by several servers.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "app/gateways.h"
#include "ports/store.h"

namespace app {

class PlanWorker {
 public:
  // All outlive it.
  PlanWorker(ports::Store& store, const base::Clock& clock, const PaymentProviders& providers,
             std::string public_url)
      : store_(store), clock_(clock), providers_(providers), public_url_(std::move(public_url)) {}
  ~PlanWorker() { stop(); }
  PlanWorker(const PlanWorker&) = delete;
  PlanWorker& operator=(const PlanWorker&) = delete;

  void start();
  // Waits for what is being done.
  void stop();

 private:
  void run();
  void work();

  ports::Store& store_;
  const base::Clock& clock_;
  const PaymentProviders& providers_;
  std::string public_url_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;  // Under mutex_.
  std::thread thread_;
};

}  // namespace app
