#include "app/plan_worker.h"

#include <chrono>

#include "flows/plans/charge_methods.h"
#include "flows/plans/follow_plans.h"
#include "support/observe/log.h"

namespace app {
namespace {

constexpr std::chrono::seconds kFirst{30};
constexpr std::chrono::hours kPause{1};

void report(const base::Error& error) {
  // Nothing is to be done before an operator is loaded.
  if (error.code == "no_operator") return;
  observe::log(observe::Level::kWarning, "plans_not_followed",
               {{"code", error.code}, {"text", error.text}, {"place", error.place}});
}

}  // namespace

void PlanWorker::start() {
  thread_ = std::thread([this] { run(); });
}

void PlanWorker::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void PlanWorker::run() {
  for (std::chrono::seconds pause = kFirst;; pause = kPause) {
    {
      std::unique_lock lock(mutex_);
      if (woken_.wait_for(lock, pause, [this] { return stopping_; })) return;
    }
    work();
  }
}

void PlanWorker::work() {
  const auto charged =
      flows::charge_methods(store_, clock_, providers_.gateways(), {.public_url = public_url_});
  if (!charged) {
    report(charged.error());
  } else {
    for (const base::Error& problem : charged->problems) report(problem);
  }
  const auto followed = flows::follow_plans(store_, clock_, {});
  if (!followed) report(followed.error());
}

}  // namespace app
