// VersionChecks: whether the page that a browser has is still what the database says, for many
// browsers with one question.
//
// Nothing is remembered from one check to the next: every answer was read from the database after
// its request had come, so a payment that another process has booked is never missed. What is
// saved is the way there: requests that come while a question is on its way share the next one,
// and no thread waits for any of them.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "flows/care/show_bill.h"
#include "ports/store.h"

namespace web::bill {

class VersionChecks {
 public:
  VersionChecks(ports::Store& store, const base::Clock& clock) : store_(store), clock_(clock) {}
  ~VersionChecks();
  VersionChecks(const VersionChecks&) = delete;
  VersionChecks& operator=(const VersionChecks&) = delete;

  // One bill's version for one browser. `answer` is there once `ready` has been called.
  struct Check {
    std::string token;
    std::function<void()> ready;
    base::Result<flows::BillVersion> answer;
  };
  // Calls check->ready once, on any thread.
  void ask(std::shared_ptr<Check> check);

  void start();
  // Whoever still waits is answered first.
  void stop();

 private:
  void run();

  ports::Store& store_;
  const base::Clock& clock_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::vector<std::shared_ptr<Check>> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace web::bill
