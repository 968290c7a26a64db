#include "app/intent_worker.h"

#include <chrono>

#include "flows/intents/drive_intent.h"
#include "flows/intents/take_webhook.h"
#include "support/observe/log.h"

namespace app {
namespace {

constexpr std::chrono::seconds kPause{3};
constexpr std::size_t kAtOnce = 200;
constexpr std::size_t kDrivenAtOnce = 32;

void report(const base::Error& error) {
  observe::log(observe::Level::kWarning, "intent_not_asked",
               {{"code", error.code}, {"text", error.text}, {"place", error.place}});
}

}  // namespace

void IntentWorker::start() {
  thread_ = std::thread([this] { run(); });
}

void IntentWorker::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
  std::list<std::future<void>> driving;
  {
    const std::scoped_lock lock(mutex_);
    driving.swap(driving_);
  }
  for (std::future<void>& each : driving) each.wait();
}

void IntentWorker::drive(domain::IntentId id) {
  const std::scoped_lock lock(mutex_);
  driving_.remove_if([](const std::future<void>& each) {
    return each.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  });
  if (stopping_ || driving_.size() >= kDrivenAtOnce) return;
  driving_.push_back(std::async(std::launch::async, [this, id] {
    const auto driven = flows::drive_intent(store_, clock_, providers_.gateways(), id);
    if (!driven) report(driven.error());
  }));
}

void IntentWorker::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (woken_.wait_for(lock, kPause, [this] { return stopping_; })) return;
    }
    hear_practice();
    ask();
  }
}

void IntentWorker::ask() {
  const auto asked = flows::ask_intents(store_, clock_, providers_.gateways(), kAtOnce);
  if (!asked) return report(asked.error());
  for (const base::Error& problem : asked->problems) report(problem);
}

void IntentWorker::hear_practice() {
  if (providers_.practice() == nullptr) return;
  for (const ports::Webhook& word : providers_.practice()->take_words()) {
    const auto taken =
        flows::take_webhook(store_, clock_, providers_.gateways(), demo::kPracticeName, word);
    if (!taken) report(taken.error());
  }
}

}  // namespace app
