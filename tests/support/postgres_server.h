// A private PostgreSQL server of a test binary: made, started and removed by it.
//
// It listens on a Unix socket in its own folder only, survives its own death but not the machine's
// (fsync off; benchmarks ask for a durable one), and orders text as Swedish does, so that a query
// which relies on the server's order shows. Failures to start throw: there is no test without it.
// It dies with the thread that made it, should the test be killed: make it in the main thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>

#include "tests/support/temporary_folder.h"

namespace tests {

class PostgresServer {
 public:
  PostgresServer();
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // The next server that starts keeps what it has committed, as one of an operator does: syncs
  // its log, writes full pages, vacuums; with 512 MB of buffers.
  static void be_durable();

  // The one that the tests of this binary share; started when first asked for.
  [[nodiscard]] static PostgresServer& shared();

  [[nodiscard]] std::string url(const std::string& database) const;
  // A new database, empty or a copy of another one; returns its name.
  [[nodiscard]] std::string create_database(const std::string& like = "template1");
  // Ends the connections to it, too.
  void drop_database(const std::string& name);

  // What all of its processes have used of the processors so far.
  [[nodiscard]] std::chrono::microseconds processor_time() const;

  void start();
  // As if the machine went away: connections break, nothing is said to them.
  void kill();

 private:
  void run_admin(const std::string& sql);

  TemporaryFolder folder_;
  int owner_;
  pid_t pid_ = 0;
  int databases_ = 0;
};

}  // namespace tests
