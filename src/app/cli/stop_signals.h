// The signals that ask a command which goes on and on to stop.
//
// Blocked in the thread that makes it and in all later ones, so that one place can wait for them.
#pragma once

#include <signal.h>

#include <chrono>

namespace app::cli {

class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  // The signal that came.
  [[nodiscard]] int wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
    return signal;
  }
  // Whether one came within that time.
  [[nodiscard]] bool wait_for(std::chrono::milliseconds time) const {
    const timespec at_most{time.count() / 1'000, time.count() % 1'000 * 1'000'000};
    return sigtimedwait(&signals_, nullptr, &at_most) > 0;
  }

 private:
  sigset_t signals_{};
};

}  // namespace app::cli
