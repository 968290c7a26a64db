// Load for a server of HTTP: one thread, many connections that are kept open, each asking again as
// soon as it is answered. Says how long it took and what the asking itself cost, so that a
// benchmark can tell the server's share of the processor.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result/result.h"

namespace tests {

struct HttpLoad {
  std::uint16_t port = 0;
  std::size_t connections = 64;
  std::size_t requests = 1'000;         // In all.
  std::vector<std::string> texts = {};  // What is sent, one after the other, over and over.
  int status = 200;                     // What every answer must be.
};

struct HttpLoadResult {
  std::chrono::nanoseconds took{};
  std::chrono::nanoseconds own_cpu{};                    // Of the thread that asked.
  std::vector<std::chrono::nanoseconds> latencies = {};  // Sorted.
  std::size_t bytes = 0;

  [[nodiscard]] std::chrono::nanoseconds percentile(int percent) const;
};

// Errors: no_answer (the connection broke, or could not be made), wrong_answer (another status).
[[nodiscard]] base::Result<HttpLoadResult> run_load(const HttpLoad& load);

}  // namespace tests
