// The product installed for a test: a data folder, a database of its own and the command line on
// them, run as a process (tests/program/main.cpp: a virtual clock and faults on command).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/support/program.h"
#include "tests/support/stores.h"

namespace tests {

class Installation {
 public:
  explicit Installation(storage::sql::Engine engine);
  // On a PostgreSQL database that the test made itself.
  explicit Installation(const std::string& database_url);

  // One command with its options. Answers are JSON.
  [[nodiscard]] Ended run(const std::vector<std::string>& command,
                          const Environment& environment = {});
  // The same, begun but not waited for.
  [[nodiscard]] Process start(const std::vector<std::string>& command,
                              const Environment& environment = {});
  [[nodiscard]] Launch launch(const std::vector<std::string>& command,
                              const Environment& environment = {}) const;

  // The whole state in one order; fails the test where it cannot be had.
  [[nodiscard]] std::string dump();

  // The data folder, and a file in it.
  [[nodiscard]] const std::string& data() const { return folder_.path(); }
  [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }

 private:
  TemporaryFolder folder_;
  std::optional<TestDatabase> database_;
  std::string url_;  // Empty: SQLite in the data folder.
};

// The first line in which two dumps differ, for the message.
[[nodiscard]] std::string first_difference(const std::string& a, const std::string& b);

}  // namespace tests
