// Programs run as processes, as a shell runs them: with an exit code, two outputs, and what the
// system counted of them. For tests of the command line and of what happens to it from outside.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace tests {

using Environment = std::vector<std::pair<std::string, std::string>>;

struct Launch {
  std::vector<std::string> command;  // The program's path, then its arguments.
  Environment environment = {};      // Added to our own.
  std::int64_t file_bytes_max = 0;   // No file may grow beyond this; 0: as the machine has it.
};

// How a program ended and what it said.
struct Ended {
  int exit_code = -1;  // -1: a signal ended it.
  int signal = 0;
  std::string output;
  std::string errors;
  std::int64_t peak_memory_kib = 0;
};

// A running program; whoever forgets it kills it.
class Process {
 public:
  explicit Process(const Launch& launch);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] Ended wait();
  // Waits until the program has stopped itself (SIGSTOP); false: it has ended instead.
  [[nodiscard]] bool wait_until_stopped();
  // The first line that it prints; "" where it ends, or is silent for too long.
  [[nodiscard]] std::string first_line();
  void send(int signal) const;

 private:
  bool reap(int options);  // True: it has ended, and ended_ says how.

  TemporaryFolder folder_;  // For its outputs.
  pid_t id_ = 0;            // 0: it has ended.
  bool stopped_ = false;
  Ended ended_;
};

[[nodiscard]] Ended run_program(const Launch& launch);

[[nodiscard]] std::string read_file(const std::string& path);
void write_file(const std::string& path, std::string_view bytes);

}  // namespace tests
