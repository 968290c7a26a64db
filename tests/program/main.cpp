// The product as one program for tests that kill it: the real command line on a virtual clock,
// with seeded randomness and a database that fails on command. Told by the environment:
//   TELGIRO_TEST_NOW      the time that the clock stands at
//   TELGIRO_TEST_SEED     where its random numbers begin; 1 without it
//   TELGIRO_TEST_KILL_AT  the n-th write or commit, at which the process is killed
//   TELGIRO_TEST_STOP_AT  the same, but the process stops itself until it is told to go on
//   TELGIRO_TEST_FAIL     "code@n": the n-th write or commit fails with that error
//   TELGIRO_TEST_POINTS   a file for what was passed: "i" inside a transaction, "c" after a commit
#include <cstdio>
#include <cstdlib>
#include <string>

#include "app/cli/cli.h"
#include "storage/open.h"
#include "tests/support/faulty_database.h"

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

base::Instant start_time() {
  const auto given = base::Instant::parse(environment("TELGIRO_TEST_NOW"));
  return given ? *given : base::Instant::parse("2026-11-01T06:00:00Z").value();
}

std::uint64_t seed() {
  const std::string given = environment("TELGIRO_TEST_SEED");
  return given.empty() ? 1 : std::stoull(given);
}

// Where there is something to happen, and what.
void arm(tests::Faults& faults) {
  const std::string kill_at = environment("TELGIRO_TEST_KILL_AT");
  const std::string stop_at = environment("TELGIRO_TEST_STOP_AT");
  const std::string fail = environment("TELGIRO_TEST_FAIL");
  if (!stop_at.empty()) {
    faults.arm(std::stoll(stop_at), tests::stop_process());
  } else if (const auto at = fail.find('@'); at != std::string::npos) {
    faults.arm(std::stoll(fail.substr(at + 1)), tests::answer_error(fail.substr(0, at)));
  } else {
    faults.arm(kill_at.empty() ? 0 : std::stoll(kill_at), tests::kill_process());
  }
}

}  // namespace

int main(int argc, char** argv) {
  auto faults = std::make_shared<tests::Faults>();
  arm(*faults);
  app::Wiring wiring = app::system_wiring();
  wiring.clock = std::make_shared<base::VirtualClock>(start_time());
  wiring.random = std::make_shared<crypto::SeededRandom>(seed());
  wiring.open_database =
      [faults](const std::string& place) -> base::Result<std::unique_ptr<storage::sql::Database>> {
    return std::make_unique<tests::FaultyDatabase>(TRY(storage::open_database(place)), faults);
  };
  const int exit_code = app::run_cli(argc, argv, wiring);

  if (const std::string file = environment("TELGIRO_TEST_POINTS"); !file.empty()) {
    if (std::FILE* out = std::fopen(file.c_str(), "w"); out != nullptr) {
      const std::string points = faults->trace();
      std::fwrite(points.data(), 1, points.size(), out);
      std::fclose(out);
    }
  }
  return exit_code;
}
