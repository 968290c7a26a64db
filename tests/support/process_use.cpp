// Asks Linux about this process.
#include "tests/support/process_use.h"

#include <malloc.h>
#include <sys/resource.h>

#include <fstream>
#include <string>

#include "tests/support/postgres_server.h"

namespace tests {

std::chrono::microseconds processor_time() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

std::chrono::microseconds server_processor_time(storage::sql::Engine engine) {
  if (engine == storage::sql::Engine::kSqlite) return {};
  return PostgresServer::shared().processor_time();
}

Stopwatch::Stopwatch(storage::sql::Engine engine)
    : engine_(engine),
      begin_(std::chrono::steady_clock::now()),
      processor_(processor_time()),
      server_(server_processor_time(engine)) {}

std::chrono::duration<double> Stopwatch::seconds() const {
  return std::chrono::steady_clock::now() - begin_;
}

std::chrono::duration<double, std::micro> Stopwatch::processor() const {
  return processor_time() - processor_;
}

std::chrono::duration<double, std::micro> Stopwatch::server() const {
  return server_processor_time(engine_) - server_;
}

std::int64_t peak_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::int64_t kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes / 1024;
  }
  return 0;
}

// What was freed is first given back to the system, else it would count as used.
void forget_peak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

}  // namespace tests
