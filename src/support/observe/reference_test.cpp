// docs/reference/metrics.md is written from the table of metrics, so that the two agree.
#include <gtest/gtest.h>

#include "support/observe/metrics.h"
#include "tests/support/expected_file.h"

namespace observe {
namespace {

std::string kind_of(const MetricRow& row) {
  switch (row.kind) {
    case MetricKind::kCounter: return "counter";
    case MetricKind::kGauge: return "gauge";
    case MetricKind::kHistogram: return "histogram";
  }
  return "";
}

TEST(MetricsReference, IsThePageOfTheTable) {
  std::string page =
      "# Metrics\n"
      "\n"
      "`GET /metrics` answers in the text form of Prometheus. A metric without labels is there\n"
      "from the start, one with labels from the first time that something was counted. A metric\n"
      "keeps " +
      std::to_string(kSeriesMax) +
      " combinations of label values apart and counts further ones as `other`.\n"
      "\n"
      "Written by `./dev update` from `src/support/observe/metrics.h`.\n"
      "\n"
      "| metric | kind | labels | meaning |\n"
      "|---|---|---|---|\n";
  for (const MetricRow& row : kMetrics) {
    std::string labels;
    for (const std::string_view label : row.labels) {
      if (!label.empty()) labels += (labels.empty() ? "" : ", ") + std::string(label);
    }
    page += "| `" + std::string(row.name) + "` | " + kind_of(row) + " | " + labels + " | " +
            std::string(row.help) + " |\n";
  }
  tests::expect_file("docs/reference/metrics.md", page);
}

}  // namespace
}  // namespace observe
