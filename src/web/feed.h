// Feed: an answer that stays open, such as a stream of server-sent events, and what is said in it.
//
// Whoever has news writes from any thread; the server sends it when the reader's connection is
// ready, and a heartbeat when there was nothing for a while. Nothing of it holds a thread. A
// reader who goes, or who takes nothing while more than `bytes_max` waits, ends the feed: write()
// then answers false, and the writer lets go of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace web {

class Feed {
 public:
  struct Options {
    std::string heartbeat = ":\n\n";  // A comment of server-sent events.
    std::chrono::milliseconds heartbeat_every = std::chrono::seconds(20);
    std::size_t bytes_max = 16U << 10;
  };
  Feed() = default;
  explicit Feed(Options options) : options_(std::move(options)) {}

  // False: it is over, and nothing was kept.
  bool write(std::string_view text);
  // What was written is still sent.
  void end();
  [[nodiscard]] bool is_over() const;
  [[nodiscard]] const Options& options() const { return options_; }

  // --- For the server. `wake` is called, on any thread, when there is something to take.
  void attach(std::function<void()> wake);
  void detach();  // The reader is gone.
  struct News {
    std::string text;
    bool is_last = false;
  };
  [[nodiscard]] News take();

 private:
  Options options_ = {};
  mutable std::mutex mutex_;
  std::string waiting_;
  std::function<void()> wake_;
  bool over_ = false;
};

}  // namespace web
