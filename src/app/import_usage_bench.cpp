// Usage from a file to durable, rated rows: read, found, rated, sealed, kept, on each engine.
// 1,000 services with 200 records each, in no order; then the same file again under another name,
// in which every record is one that was taken before.
#include <chrono>

#include <benchmark/benchmark.h>

#include "app/source_files.h"
#include "flows/operations/import_source_file.h"
#include "flows/operations/load_operator.h"
#include "tests/support/stores.h"

namespace app {
namespace {

constexpr int kServices = 1'000;
constexpr int kRecordsEach = 200;
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
    text += "2026-10-" + padded(number, 7) + ",+467090" + padded(service, 5) + ",2026-10-" +
            padded(1 + number % 28, 2) + "T10:11:12+02:00," +
            (number % 2 == 0 ? "data,internet,SE,0,148645329,\n"
                             : "voice,+46701234567,SE,767,0,\n");
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

void import_usage(benchmark::State& state, storage::sql::Engine engine, bool again) {
  const auto bundle = load_operator_files("aurora").value();
  const std::string file = calls();
  for (auto _ : state) {
    tests::TestStore test(engine);
    Mappings mappings;
    (void)flows::load_operator(test.store(), test.clock, bundle.file.value, bundle.catalogue)
        .value();
    (void)import(test, mappings, "mobile.subscriptions", "sims", subscriptions()).value();
    if (again) (void)import(test, mappings, "mobile.calls", "calls", file).value();
    const auto begin = std::chrono::steady_clock::now();
    const auto report =
        import(test, mappings, "mobile.calls", "calls", again ? file + "\n" : file);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    const auto& counts = report.value().file;
    if ((again ? counts.repeated : counts.accepted) != kServices * kRecordsEach) {
      state.SkipWithError("records were refused");
    }
    state.SetIterationTime(seconds.count());
  }
  state.SetItemsProcessed(state.iterations() * kServices * kRecordsEach);
}
BENCHMARK_CAPTURE(import_usage, sqlite, storage::sql::Engine::kSqlite, false)
    ->Name("import-usage/sqlite")->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(import_usage, postgres, storage::sql::Engine::kPostgres, false)
    ->Name("import-usage/postgres")->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(import_usage, sqlite_again, storage::sql::Engine::kSqlite, true)
    ->Name("import-usage/sqlite/repeated")->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(import_usage, postgres_again, storage::sql::Engine::kPostgres, true)
    ->Name("import-usage/postgres/repeated")->Iterations(1)->UseManualTime();

}  // namespace
}  // namespace app
