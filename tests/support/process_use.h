// What this process has used: its processors' time and its memory at the most. For benchmarks on
// machines that are shared, where a clock on the wall says little.
#pragma once

#include <chrono>
#include <cstdint>

#include "storage/sql/connection.h"

namespace tests {

// Of all threads.
[[nodiscard]] std::chrono::microseconds processor_time();

// And of the database's server; nothing for one that is in this process.
[[nodiscard]] std::chrono::microseconds server_processor_time(storage::sql::Engine engine);

// The most memory that was resident since forget_peak(), in MB.
[[nodiscard]] std::int64_t peak_megabytes();
void forget_peak();

struct Cost {
  std::chrono::duration<double> seconds{};  // By the clock on the wall.
  std::chrono::duration<double, std::micro> processor{}, server{};
  Cost& operator+=(const Cost& other) {
    seconds += other.seconds;
    processor += other.processor;
    server += other.server;
    return *this;
  }
};

// What some work took: from when it was made.
class Stopwatch {
 public:
  explicit Stopwatch(storage::sql::Engine engine);
  [[nodiscard]] std::chrono::duration<double> seconds() const;
  [[nodiscard]] std::chrono::duration<double, std::micro> processor() const;
  [[nodiscard]] std::chrono::duration<double, std::micro> server() const;
  [[nodiscard]] Cost cost() const { return {seconds(), processor(), server()}; }

 private:
  storage::sql::Engine engine_;
  std::chrono::steady_clock::time_point begin_;
  std::chrono::microseconds processor_;
  std::chrono::microseconds server_;
};

}  // namespace tests
