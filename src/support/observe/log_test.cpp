// What a log line looks like, and what can never be on one.
#include "support/observe/log.h"

#include <gtest/gtest.h>

#include <sstream>
#include <thread>
#include <vector>

namespace observe {
namespace {

base::VirtualClock clock_at_noon() {
  return base::VirtualClock(base::Instant::parse("2026-11-22T12:00:00Z").value());
}

struct Secret {
  std::string bytes;
  operator std::string_view() const { return bytes; }
};
static_assert(!std::is_constructible_v<Field, std::string_view, Secret>);
static_assert(!std::is_constructible_v<Field, std::string_view, std::vector<char>>);
static_assert(!std::is_constructible_v<Field, std::string_view, double>);

TEST(Log, WritesOneJsonObjectALine) {
  const auto clock = clock_at_noon();
  std::ostringstream out;
  start_logging(Level::kInfo, clock, out);
  log(Level::kInfo, "import_finished", {{"file", "kunder \"1\"\n.csv"}, {"records", 42}});
  log(Level::kDebug, "not_wanted");
  log(Level::kError, "stopped", {{"graceful", false}, {"why", std::string("{}")}});
  stop_logging();
  EXPECT_EQ(out.str(), R"({"time":"2026-11-22T12:00:00Z","level":"info","event":"import_finished",)"
                       R"("file":"kunder \"1\"\n.csv","records":42})"
                       "\n"
                       R"({"time":"2026-11-22T12:00:00Z","level":"error","event":"stopped",)"
                       R"("graceful":false,"why":"{}"})"
                       "\n");
}

TEST(Log, IsSilentBeforeStartAndAfterStop) {
  const auto clock = clock_at_noon();
  std::ostringstream out;
  log(Level::kError, "too_early");
  start_logging(Level::kDebug, clock, out);
  stop_logging();
  log(Level::kError, "too_late");
  EXPECT_EQ(out.str(), "");
}

TEST(Log, LinesOfThreadsStayWhole) {
  const auto clock = clock_at_noon();
  std::ostringstream out;
  start_logging(Level::kDebug, clock, out);
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([] {
      for (int at = 0; at < 250; ++at) log(Level::kInfo, "step", {{"text", "abcdefgh"}});
    });
  }
  threads.clear();
  stop_logging();
  std::istringstream lines(out.str());
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    ASSERT_EQ(line,
              R"({"time":"2026-11-22T12:00:00Z","level":"info","event":"step","text":"abcdefgh"})");
  }
  EXPECT_EQ(count, 1000);
}

}  // namespace
}  // namespace observe
