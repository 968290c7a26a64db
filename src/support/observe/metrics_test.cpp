// What is counted, and how Prometheus reads it.
#include "support/observe/metrics.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace observe {
namespace {

bool has_line(const Metrics& metrics, const std::string& line) {
  return ("\n" + metrics.exposition()).find("\n" + line + "\n") != std::string::npos;
}

TEST(Metrics, CountersAndGauges) {
  Metrics metrics;
  metrics.count(Metric::kHttpRequests, {"/bills/{id}", "200"});
  metrics.count(Metric::kHttpRequests, {"/bills/{id}", "200"}, 2);
  metrics.count(Metric::kHttpRequests, {"/bills/{id}", "404"});
  metrics.set(Metric::kOutboxPending, {"letter"}, 12);
  metrics.set(Metric::kOutboxPending, {"letter"}, 7);
  metrics.set(Metric::kRunProgressRatio, {}, 250'000);
  EXPECT_TRUE(has_line(metrics, "# TYPE telgiro_http_requests_total counter"));
  EXPECT_TRUE(has_line(metrics, "# HELP telgiro_bills_issued_total Bills issued."));
  EXPECT_TRUE(
      has_line(metrics, R"(telgiro_http_requests_total{route="/bills/{id}",status="200"} 3)"));
  EXPECT_TRUE(
      has_line(metrics, R"(telgiro_http_requests_total{route="/bills/{id}",status="404"} 1)"));
  EXPECT_TRUE(has_line(metrics, R"(telgiro_outbox_pending{topic="letter"} 7)"));
  EXPECT_TRUE(has_line(metrics, "telgiro_run_progress_ratio 0.25"));
  EXPECT_TRUE(has_line(metrics, "telgiro_bills_issued_total 0"));
}

TEST(Metrics, HistogramsCountUpToEachBound) {
  Metrics metrics;
  for (const std::int64_t micros : {400, 500, 501, 1'500'000, 60'000'000}) {
    metrics.record_micros(Metric::kHttpRequestSeconds, {"/"}, micros);
  }
  const std::string name = "telgiro_http_request_seconds";
  EXPECT_TRUE(has_line(metrics, name + R"(_bucket{route="/",le="0.0005"} 2)"));
  EXPECT_TRUE(has_line(metrics, name + R"(_bucket{route="/",le="0.001"} 3)"));
  EXPECT_TRUE(has_line(metrics, name + R"(_bucket{route="/",le="1"} 3)"));
  EXPECT_TRUE(has_line(metrics, name + R"(_bucket{route="/",le="2.5"} 4)"));
  EXPECT_TRUE(has_line(metrics, name + R"(_bucket{route="/",le="10"} 4)"));
  EXPECT_TRUE(has_line(metrics, name + R"(_bucket{route="/",le="+Inf"} 5)"));
  EXPECT_TRUE(has_line(metrics, name + R"(_sum{route="/"} 61.501401)"));
  EXPECT_TRUE(has_line(metrics, name + R"(_count{route="/"} 5)"));
}

TEST(Metrics, LabelValuesAreEscaped) {
  Metrics metrics;
  metrics.set(Metric::kBuildInfo, {"a\"b\\c\nd"}, 1);
  EXPECT_TRUE(has_line(metrics, R"(telgiro_build_info{version="a\"b\\c\nd"} 1)"));
}

TEST(Metrics, NoInputCanFillTheMemory) {
  Metrics metrics;
  for (std::size_t at = 0; at < kSeriesMax + 50; ++at) {
    metrics.count(Metric::kRunAccounts, {std::to_string(at)});
  }
  EXPECT_TRUE(has_line(metrics, R"(telgiro_run_accounts_total{outcome="999"} 1)"));
  EXPECT_TRUE(has_line(metrics, R"(telgiro_run_accounts_total{outcome="other"} 50)"));
}

TEST(Metrics, ThreadsLoseNothing) {
  Metrics metrics;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int at = 0; at < 1000; ++at) {
        metrics.count(Metric::kJobs, {std::to_string(at % 7), "done"});
        metrics.record_micros(Metric::kHttpRequestSeconds, {"/"}, 1);
      }
    });
  }
  threads.clear();
  EXPECT_TRUE(has_line(metrics, R"(telgiro_jobs_total{kind="0",outcome="done"} 572)"));
  EXPECT_TRUE(has_line(metrics, R"(telgiro_http_request_seconds_count{route="/"} 4000)"));
}

TEST(MetricsDeath, WrongUseIsOurMistake) {
  Metrics metrics;
  EXPECT_DEATH(metrics.count(Metric::kJobs, {"one label"}), "broken invariant");
  EXPECT_DEATH(metrics.set(Metric::kBillsIssued, {}, 1), "broken invariant");
}

}  // namespace
}  // namespace observe
