// Usage from a file to durable, rated rows: read, found, rated, sealed, kept, on each engine.
// 1,000 services with 200 records each, in no order; then the same file again under another name,
// in which every record is one that was taken before. Beside it the limit of the machine: the rows
// of such an import, ready made.
#include <benchmark/benchmark.h>

#include "app/source_files.h"
#include "flows/operations/import_source_file.h"
#include "flows/operations/load_operator.h"
#include "tests/support/process_use.h"
#include "tests/support/ready_rows.h"
#include "tests/support/stores.h"

namespace app {
namespace {

constexpr int kServices = 1'000;
constexpr int kRecordsEach = 200;
constexpr tests::TableOrder kWritten[] = {{"usage", "account_id, month, usage_id"},
                                          {"usage_record", "usage_id"},
                                          {"usage_month", "account_id, month"}};
constexpr int kStride = 7'919;  // A prime: neighbours in the file are of other services.

std::string padded(int number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - text.size(), '0') + text;
}

std::string subscriptions() {
  std::string text;
  for (int number = 0; number < kServices; ++number) {
    const std::string id = padded(number, 5);
    text += R"({"subscriber_id": "S)" + id + R"(", "customer": {"id": "M)" + id +
            R"(", "given_name": "Eva", "family_name": "Ek", "national_id": null, "email": null, )" +
            R"("contact_msisdn": null, "address": {"line1": "Ringen 1", "postal_code": )" +
            R"("111 22", "city": "Stockholm", "country": "SE"}}, "msisdn": "+467090)" + id +
            R"(", "plan_code": "MOBKONTANT", "activated_on": "2026-01-02", )" +
            R"("terminated_on": null, "plan_changes": [], "add_ons": [], "label": null})" + "\n";
  }
  return text;
}

std::string calls() {
  std::string text =
      "record_id,msisdn,started_at,kind,destination,zone,duration_s,volume_bytes,"
      "premium_price_incl_vat\n";
  for (int number = 0; number < kServices * kRecordsEach; ++number) {
    const int service = static_cast<int>(std::int64_t{number} * kStride % kServices);
    text +=
        "2026-10-" + padded(number, 7) + ",+467090" + padded(service, 5) + ",2026-10-" +
        padded(1 + number % 28, 2) + "T10:11:12+02:00," +
        (number % 2 == 0 ? "data,internet,SE,0,148645329,\n" : "voice,+46701234567,SE,767,0,\n");
  }
  return text;
}

base::Result<flows::ImportReport> import(tests::TestStore& test, Mappings& mappings,
                                         std::string_view source, std::string name,
                                         const std::string& text) {
  const auto* mapping = TRY(mappings.find(source));
  return flows::import_source_file(test.store(), test.clock,
                                   flows::Snapshot::of_text(std::move(name), text),
                                   {.mapping = *mapping, .operator_code = "aurora"}, {});
}

// A store that is ready for the calls, and they.
struct Scene {
  explicit Scene(storage::sql::Engine engine) : test(engine) {
    const auto bundle = load_operator_files("aurora").value();
    (void)flows::load_operator(test.store(), test.clock, bundle.file.value, bundle.catalogue)
        .value();
    (void)import(test, mappings, "mobile.subscriptions", "sims", subscriptions()).value();
  }
  flows::ImportReport import_calls(const std::string& file) {
    return import(test, mappings, "mobile.calls", "calls", file).value();
  }

  tests::TestStore test;
  Mappings mappings;
};

void say_cost(benchmark::State& state, const tests::Stopwatch& watch) {
  state.counters["cpu_us_each"] = watch.processor().count() / (kServices * kRecordsEach);
  state.counters["server_us_each"] = watch.server().count() / (kServices * kRecordsEach);
}

void import_usage(benchmark::State& state, storage::sql::Engine engine, bool again) {
  const std::string file = calls();
  for (auto _ : state) {
    Scene scene(engine);
    if (again) (void)scene.import_calls(file);
    tests::forget_peak();
    const tests::Stopwatch watch(engine);
    const auto report = scene.import_calls(again ? file + "\n" : file);
    state.SetIterationTime(watch.seconds().count());
    say_cost(state, watch);
    const auto& counts = report.file;
    if ((again ? counts.repeated : counts.accepted) != kServices * kRecordsEach) {
      state.SkipWithError("records were refused");
    }
    state.counters["peak_mb"] = static_cast<double>(tests::peak_megabytes());
  }
  state.SetLabel("records/s");
  state.SetItemsProcessed(state.iterations() * kServices * kRecordsEach);
}

void limit(benchmark::State& state, storage::sql::Engine engine) {
  for (auto _ : state) {
    std::vector<tests::TableRows> tables;
    {
      Scene scene(storage::sql::Engine::kSqlite);
      (void)scene.import_calls(calls());
      tables = tests::read_rows(scene.test.database(), kWritten);
    }
    constexpr std::size_t kTransactions = kServices * kRecordsEach / flows::kUsageBatchRecordsMax;
    const tests::TestDatabase database(engine);
    const tests::Stopwatch watch(engine);
    // Files come in one after the other, so that there is one writer.
    state.SetIterationTime(
        tests::write_rows(database, tables, kTransactions, tests::Cut::kEveryNth, 1).count());
    say_cost(state, watch);
  }
  state.SetItemsProcessed(state.iterations() * kServices * kRecordsEach);
}

using storage::sql::Engine;
BENCHMARK_CAPTURE(import_usage, sqlite, Engine::kSqlite, false)
    ->Name("rating-durable/sqlite")
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, sqlite, Engine::kSqlite)
    ->Name("rating-durable/limit/sqlite")
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(import_usage, postgres, Engine::kPostgres, false)
    ->Name("rating-durable/postgres")
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, postgres, Engine::kPostgres)
    ->Name("rating-durable/limit/postgres")
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(import_usage, sqlite_again, Engine::kSqlite, true)
    ->Name("rating-durable-repeated/sqlite")
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(import_usage, postgres_again, Engine::kPostgres, true)
    ->Name("rating-durable-repeated/postgres")
    ->Iterations(1)
    ->UseManualTime();

}  // namespace
}  // namespace app
