// How many records of usage are rated in a second, in memory and on one core: a mix of data,
// calls and messages, at home and abroad, of three plans.
#include <benchmark/benchmark.h>

#include "domain/rating/rating_samples.h"

namespace domain {
namespace {

constexpr std::size_t kRecords = 10'000;

struct Record {
  UsageEvent event;
  UsageTerms terms;
};

// The same every time, and about as many of each kind as an operator sees.
std::vector<Record> mixed_records() {
  const char* kinds[] = {"data", "data", "data", "voice", "voice", "mms"};
  const char* zones[] = {"SE", "SE", "SE", "SE", "EU"};
  const char* numbers[] = {"", "+46701234567", "+358401234567", "118118", "070-123 45 67"};
  const char* plans[] = {"FIVE", "TWENTY", "METERED"};
  std::vector<Record> records(kRecords);
  std::size_t seed = 1;
  for (Record& record : records) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    const std::size_t roll = seed >> 33U;
    UsageEvent& event = record.event;
    event.kind = kinds[roll % 6];
    event.zone = event.kind == "data" ? "SE" : zones[roll / 6 % 5];
    event.destination = event.kind == "data" ? "internet" : numbers[roll / 30 % 5];
    event.day = samples::day("2026-10-05");
    event.duration_s = event.kind == "voice" ? static_cast<std::int64_t>(roll % 1800) : 0;
    event.volume_bytes = event.kind == "data" ? static_cast<std::int64_t>(roll % 150'000'000) : 0;
    record.terms.division = "mobile";
    record.terms.plan = plans[roll / 150 % (event.zone == "EU" ? 2 : 3)];
  }
  return records;
}

void rate_records(benchmark::State& state) {
  const Catalogue catalogue = samples::catalogue();
  const RatingBook book(catalogue);
  const std::vector<Record> records = mixed_records();
  for (auto _ : state) {
    for (const Record& record : records) {
      auto rated = book.rate(record.event, record.terms);
      if (!rated) state.SkipWithError("a record of the benchmark has no price");
      benchmark::DoNotOptimize(rated);
    }
  }
  state.SetLabel("records/s");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRecords));
}
BENCHMARK(rate_records)->Name("rating/memory");

}  // namespace
}  // namespace domain
