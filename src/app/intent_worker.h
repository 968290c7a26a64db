// Asks providers about payments that are under way, every few seconds, in a thread of its own: an
// answer that did not come is asked for again until there is one (flows::ask_intents).
//
// Several servers may do so at once: an intent is held while it is asked about, and asking twice
// moves nothing twice. What fails is logged and tried again.
#pragma once

#include <condition_variable>
#include <future>
#include <list>
#include <mutex>
#include <thread>

#include "app/gateways.h"
#include "ports/store.h"

namespace app {

class IntentWorker {
 public:
  // All outlive it.
  IntentWorker(ports::Store& store, const base::Clock& clock, const PaymentProviders& providers)
      : store_(store), clock_(clock), providers_(providers) {}
  ~IntentWorker() { stop(); }
  IntentWorker(const IntentWorker&) = delete;
  IntentWorker& operator=(const IntentWorker&) = delete;

  void start();
  // Takes one payment to its provider in a thread of its own, for a terminal that answers when the
  // customer is done. Where too many wait so already, it is asked with the others.
  void drive(domain::IntentId id);
  // Waits for what is being asked.
  void stop();

 private:
  void run();
  void ask();
  void hear_practice();

  ports::Store& store_;
  const base::Clock& clock_;
  const PaymentProviders& providers_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;  // Under mutex_.
  std::thread thread_;
  std::list<std::future<void>> driving_;  // Under mutex_.
};

}  // namespace app
