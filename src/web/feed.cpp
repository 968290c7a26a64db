#include "web/feed.h"

#include <utility>

namespace web {

bool Feed::write(std::string_view text) {
  std::function<void()> wake;
  bool taken = false;
  {
    const std::scoped_lock lock(mutex_);
    if (over_) return false;
    taken = waiting_.size() + text.size() <= options_.bytes_max;
    if (taken) waiting_ += text;
    // Half of what was meant is worse than nothing: the reader asks again from the start.
    over_ = !taken;
    wake = wake_;
  }
  if (wake) wake();
  return taken;
}

void Feed::end() {
  std::function<void()> wake;
  {
    const std::scoped_lock lock(mutex_);
    over_ = true;
    wake = wake_;
  }
  if (wake) wake();
}

bool Feed::is_over() const {
  const std::scoped_lock lock(mutex_);
  return over_;
}

void Feed::attach(std::function<void()> wake) {
  const std::scoped_lock lock(mutex_);
  wake_ = std::move(wake);
}

void Feed::detach() {
  const std::scoped_lock lock(mutex_);
  over_ = true;
  wake_ = nullptr;
}

Feed::News Feed::take() {
  const std::scoped_lock lock(mutex_);
  return {std::exchange(waiting_, {}), over_};
}

}  // namespace web
