// Writers of this process wait here for their turn, instead of polling SQLite's file lock.
//
// The file lock still decides between processes. A turn may be ended by another thread than the
// one that began it, as a transaction may move between threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace storage::sqlite {

class WriterGate {
 public:
  // False where the turn did not come in time.
  [[nodiscard]] bool enter(std::chrono::milliseconds wait) {
    std::unique_lock guard(mutex_);
    if (!free_.wait_for(guard, wait, [this] { return !taken_; })) return false;
    taken_ = true;
    return true;
  }
  void leave() {
    {
      const std::lock_guard guard(mutex_);
      taken_ = false;
    }
    free_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable free_;
  bool taken_ = false;
};

}  // namespace storage::sqlite
