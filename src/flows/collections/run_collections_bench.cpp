// The collection run of a day: debits of open bills planned, and ordered in files that are kept,
// on each engine; the bills, accounts and mandates are there before. Beside it the limit: the rows
// that are there afterwards, ready made.
#include "flows/collections/run_collections.h"

#include <benchmark/benchmark.h>

#include "tests/support/bench_house.h"
#include "tests/support/ready_rows.h"
#include "tests/support/shipped_rules.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

using storage::sql::Engine;

// What the two days of a debit write, and hand over.
constexpr tests::TableOrder kWritten[] = {{"collection", "account_id, collection_id"},
                                          {"event", "seq, account_id"},
                                          {"order_file", "day, ordinal"},
                                          {"order_file_part", "order_file_id, part"}};

base::Date day(std::string_view text) { return *base::Date::parse(text); }

domain::Mandate mandate_of(int number) {
  domain::Mandate mandate;
  mandate.id = tests::numbered_id<domain::MandateId>("mandate", number);
  mandate.account = tests::numbered_id<domain::AccountId>("account", number);
  mandate.customer = tests::numbered_id<domain::CustomerId>("customer", number);
  mandate.scheme = domain::MandateScheme::kAutogiro;
  mandate.state = domain::MandateState::kActive;
  mandate.reference = std::to_string(number + 1);
  mandate.creditor = tests::bench_operator().payee.bankgiro;
  mandate.payer_name = "Kund";
  mandate.signed_on = day("2026-01-15");
  mandate.debits = 1;
  return mandate;
}

void fill(ports::Store& store, base::Instant now, int payers) {
  tests::fill_with_payers(store, now, payers,
                          [](ports::Transaction& transaction, int first, int count) {
                            std::vector<domain::Mandate> mandates;
                            for (int number = first; number < first + count; ++number) {
                              mandates.push_back(mandate_of(number));
                            }
                            return transaction.mandates().add(mandates);
                          });
}

// What a month asks for: each bill planned on one day and ordered on another. False where not all
// were ordered.
bool plan_and_order(tests::TestStore& test, int payers) {
  const auto planned = run_collections(test.store(), formats::law::shipped_book(), test.clock,
                                       {.day = day("2026-11-02")});
  const auto ordered = run_collections(test.store(), formats::law::shipped_book(), test.clock,
                                       {.day = day("2026-11-30")});
  return planned && ordered && ordered->run.ordered == payers;
}

void collection_run(benchmark::State& state, Engine engine) {
  const auto payers = static_cast<int>(state.range(0));
  for (auto _ : state) {
    tests::TestStore test(engine);
    fill(test.store(), test.clock.now(), payers);
    tests::forget_peak();
    const tests::Stopwatch watch(engine);
    const bool good = plan_and_order(test, payers);
    state.SetIterationTime(watch.seconds().count());
    tests::say_cost(state, watch.cost(), payers);
    state.counters["peak_mb"] = static_cast<double>(tests::peak_megabytes());
    if (!good) state.SkipWithError("not all were ordered");
  }
  state.SetLabel("debits/s");
  state.SetItemsProcessed(state.iterations() * payers);
}

void limit(benchmark::State& state, Engine engine) {
  const auto payers = static_cast<int>(state.range(0));
  for (auto _ : state) {
    std::vector<tests::TableRows> tables;
    {
      tests::TestStore test(Engine::kSqlite);
      fill(test.store(), test.clock.now(), payers);
      if (!plan_and_order(test, payers)) state.SkipWithError("not all were ordered");
      tables = tests::read_rows(test.database(), kWritten);
    }
    const tests::TestDatabase database(engine);
    const tests::Stopwatch watch(engine);
    const auto transactions = static_cast<std::size_t>(payers) / kBillsPerPage + 1;
    state.SetIterationTime(
        tests::write_rows(database, tables, transactions, tests::Cut::kRanges, 1).count());
    tests::say_cost(state, watch.cost(), payers);
  }
  state.SetItemsProcessed(state.iterations() * payers);
}

constexpr int kPayers = 100'000;
BENCHMARK_CAPTURE(collection_run, sqlite, Engine::kSqlite)
    ->Name("collection-run/sqlite")
    ->Arg(kPayers)
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, sqlite, Engine::kSqlite)
    ->Name("collection-run/limit/sqlite")
    ->Arg(kPayers)
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(collection_run, postgres, Engine::kPostgres)
    ->Name("collection-run/postgres")
    ->Arg(kPayers)
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, postgres, Engine::kPostgres)
    ->Name("collection-run/limit/postgres")
    ->Arg(kPayers)
    ->Iterations(1)
    ->UseManualTime();

constexpr int kPayersLarge = 1'000'000;
BENCHMARK_CAPTURE(collection_run, sqlite_large, Engine::kSqlite)
    ->Name("collection-run-large/sqlite")
    ->Arg(kPayersLarge)
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(collection_run, postgres_large, Engine::kPostgres)
    ->Name("collection-run-large/postgres")
    ->Arg(kPayersLarge)
    ->Iterations(1)
    ->UseManualTime();

}  // namespace
}  // namespace flows
