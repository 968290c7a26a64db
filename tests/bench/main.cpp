// telgiro_bench: all benchmarks. Without an option it prints Google Benchmark's table, with
// --lines a line of JSON for each (tests/support/bench_line.h); Google Benchmark's own options
// work beside it. Ends with 1 where a benchmark failed.
#include <cstring>
#include <ostream>

#include <benchmark/benchmark.h>

#include "tests/support/bench_line.h"
#include "tests/support/postgres_server.h"
#include "tests/support/process_use.h"

namespace tests {
namespace {

constexpr double kMega = 1e6;

// What a second brought: items, else megabytes, else rounds. A label is a better name of the unit.
void set_value(const benchmark::BenchmarkReporter::Run& run, BenchLine& line) {
  const auto items = run.counters.find("items_per_second");
  const auto bytes = run.counters.find("bytes_per_second");
  line.unit = "1/s";
  if (items != run.counters.end()) {
    line.value = items->second;
  } else if (bytes != run.counters.end()) {
    line.value = bytes->second / kMega;
    line.unit = "MB/s";
  } else if (run.real_accumulated_time > 0) {
    line.value = static_cast<double>(run.iterations) / run.real_accumulated_time;
  }
  if (!run.report_label.empty()) line.unit = run.report_label;
}

class LineReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& /*context*/) override {
    forget_peak();
    return true;
  }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) report(run);
    forget_peak();
  }

  void Finalize() override {
    for (const BenchLine& line : with_limits(lines_)) GetOutputStream() << to_json(line) << "\n";
  }

  [[nodiscard]] bool failed() const { return failed_; }

 private:
  void report(const Run& run) {
    if (run.error_occurred) {
      GetErrorStream() << run.benchmark_name() << ": " << run.error_message << "\n";
      failed_ = true;
      return;
    }
    if (run.run_type != Run::RT_Iteration) return;
    BenchLine line = named_line(run.run_name.function_name);
    set_value(run, line);
    // A benchmark that prepares much forgets the peak in between, and says its own.
    const auto own_peak = run.counters.find("peak_mb");
    line.peak_mb = own_peak == run.counters.end()
                       ? peak_megabytes()
                       : static_cast<std::int64_t>(own_peak->second.value);
    lines_.push_back(std::move(line));
  }

  std::vector<BenchLine> lines_;
  bool failed_ = false;
};

int run_benchmarks(int count, char** values) {
  bool lines = false;
  int kept = 0;
  for (int at = 0; at < count; ++at) {
    const bool is_ours = std::strcmp(values[at], "--lines") == 0;
    lines = lines || is_ours;
    if (!is_ours) values[kept++] = values[at];
  }
  PostgresServer::be_durable();
  benchmark::Initialize(&kept, values);
  if (benchmark::ReportUnrecognizedArguments(kept, values)) return 2;
  if (!lines) {
    benchmark::RunSpecifiedBenchmarks();
    return 0;
  }
  LineReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return reporter.failed() ? 1 : 0;
}

}  // namespace
}  // namespace tests

int main(int count, char** values) { return tests::run_benchmarks(count, values); }
