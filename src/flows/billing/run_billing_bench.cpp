// A whole billing run, durable: facts in, bills, sealed documents, references, links, postings,
// events and marks out, on each engine. Beside it the limit of the machine in the same minute: the
// very rows of such a run, ready made, through prepared inserts and through COPY, in transactions
// of as many accounts. The processor's time is counted apart, for machines that are shared.
#include "flows/billing/run_billing.h"

#include <chrono>

#include <benchmark/benchmark.h>

#include "ports/catalogue.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "tests/support/process_use.h"
#include "tests/support/ready_rows.h"
#include "tests/support/shipped_rules.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

constexpr int kServices = 8;
constexpr int kWorkers = 2;
constexpr std::int64_t kAccountsAtOnce = 1'000;  // As a run has it.
// As a run writes: in the order of accounts.
constexpr tests::TableOrder kWritten[] = {
    {"bill", "account_id"},  {"document", "account_id"},       {"payment_reference", "account_id"},
    {"link", "account_id"},  {"posting", "account_id"},        {"entry", "account_id"},
    {"event", "account_id"}, {"billing_closing", "account_id"}};

const domain::RuleBook& rules() {
  static const domain::RuleBook kRules =
      domain::RuleBook::make(formats::law::shipped_rules("se").rules).value();
  return kRules;
}

template <class IdType>
IdType numbered_id(std::string_view kind, int number) {
  const std::string text = std::to_string(number);
  const std::string_view parts[] = {kind, text};
  return IdType(crypto::derived_id(parts));
}

domain::Operator bench_operator() {
  domain::Operator value;
  value.code = "bench";
  value.legal_name = value.brand = "Prov Telekom AB";
  value.country = "SE";
  value.time_zone = "Europe/Stockholm";
  value.language = "sv";
  value.organisation_number = "5560360793";
  value.vat_number = "SE556036079301";
  value.address = {{"Gatan 1"}, "111 22", "Stockholm", "SE"};
  value.phone = "+46850500000";
  value.email = "kund@example.se";
  value.opening_hours = "8-18";
  value.payee.bankgiro = "5050-1055";
  value.reference_scheme = "se_ocr_luhn_length";
  value.invoice_series = "A";
  value.divisions = {{"broadband", "Bredband"}};
  return value;
}

domain::Catalogue bench_catalogue() {
  domain::CatalogueItem plan;
  plan.code = "FIBER100";
  plan.division = "broadband";
  plan.names = {{"", "Bredband 100"}};
  plan.prices = {{base::Date::parse("2020-01-01").value(),
                  {base::Decimal::parse("319.20").value()},
                  false,
                  "standard"}};
  return domain::Catalogue::make({plan}).value();
}

base::Result<> add_accounts(ports::Transaction& transaction, base::Instant now, int first,
                            int count, int services_each) {
  const ports::Recording recording{now, TRY(transaction.work().hold_epoch())};
  std::vector<domain::Customer> customers;
  std::vector<domain::Account> accounts;
  std::vector<domain::Service> services;
  for (int number = first; number < first + count; ++number) {
    domain::Customer customer;
    customer.id = numbered_id<domain::CustomerId>("customer", number);
    customer.number = number;
    customer.language = "sv";
    customer.party.name = "Kund " + std::to_string(number);
    domain::Account account;
    account.id = numbered_id<domain::AccountId>("account", number);
    account.customer = customer.id;
    account.country = "SE";
    for (int index = 0; index < services_each; ++index) {
      domain::Service service;
      service.id = numbered_id<domain::ServiceId>("service", number * services_each + index);
      service.account = account.id;
      service.division = "broadband";
      service.source_number = "B" + std::to_string(number * services_each + index);
      service.plan = "FIBER100";
      service.starts = base::Date::parse("2025-01-01").value();
      service.label = "Gatan 1";
      services.push_back(service);
    }
    customers.push_back(customer);
    accounts.push_back(account);
  }
  TRY(transaction.parties().add_customers(customers, recording));
  TRY(transaction.parties().add_accounts(accounts, recording));
  return transaction.parties().add_services(services, recording);
}

void fill(ports::Store& store, base::Instant now, int accounts, int services_each = kServices) {
  auto done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) {
    (void)transaction.catalogue().save_operator(bench_operator(), now).value();
    (void)transaction.catalogue().save_catalogue(bench_catalogue(), now).value();
    return base::Result<>();
  });
  constexpr int kAtOnce = 1000;
  for (int first = 0; first < accounts && done; first += kAtOnce) {
    done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) {
      return add_accounts(transaction, now, first, std::min(kAtOnce, accounts - first),
                          services_each);
    });
  }
  if (!done) throw std::runtime_error(base::describe(done.error()));
}

void say_cost(benchmark::State& state, const tests::Stopwatch& watch, int accounts) {
  state.counters["cpu_us_each"] = watch.processor().count() / accounts;
  state.counters["server_us_each"] = watch.server().count() / accounts;
}

std::chrono::duration<double> run_once(benchmark::State& state, tests::TestStore& test,
                                       int accounts) {
  const crypto::Key link_key = tests::test_master_key();
  RunRequest request;
  request.day = base::Date::parse("2026-11-01").value();
  request.workers = kWorkers;
  request.batch_accounts = kAccountsAtOnce;
  tests::forget_peak();
  const tests::Stopwatch watch(test.database().engine());
  const auto outcome = run_billing({test.store(), test.clock, rules(), link_key}, request, nullptr);
  const auto seconds = watch.seconds();
  say_cost(state, watch, accounts);
  if (!outcome) state.SkipWithError(base::describe(outcome.error()).c_str());
  if (outcome && outcome->totals.billed != accounts) state.SkipWithError("not all were billed");
  state.counters["peak_mb"] = static_cast<double>(tests::peak_megabytes());
  return seconds;
}

void bill_run(benchmark::State& state, storage::sql::Engine engine) {
  const auto accounts = static_cast<int>(state.range(0));
  const auto services = static_cast<int>(state.range(1));
  for (auto _ : state) {
    tests::TestStore test(engine);
    fill(test.store(), test.clock.now(), accounts, services);
    state.SetIterationTime(run_once(state, test, accounts).count());
  }
  state.SetLabel("bills/s");
  state.SetItemsProcessed(state.iterations() * accounts);
}

// The very rows that a run of so many accounts writes, ready made.
void limit(benchmark::State& state, storage::sql::Engine engine) {
  const auto accounts = static_cast<int>(state.range(0));
  for (auto _ : state) {
    std::vector<tests::TableRows> tables;
    {
      tests::TestStore test(storage::sql::Engine::kSqlite);
      fill(test.store(), test.clock.now(), accounts);
      (void)run_once(state, test, accounts);
      tables = tests::read_rows(test.database(), kWritten);
    }
    const auto transactions = static_cast<std::size_t>(accounts / kAccountsAtOnce);
    const tests::TestDatabase database(engine);
    const tests::Stopwatch watch(engine);
    state.SetIterationTime(
        tests::write_rows(database, tables, transactions, tests::Cut::kRanges, kWorkers).count());
    say_cost(state, watch, accounts);
  }
  state.SetItemsProcessed(state.iterations() * accounts);
}

using storage::sql::Engine;
constexpr int kAccounts = 50'000;
constexpr int kLimitAccounts = 20'000;  // Their rows are all in memory.
constexpr int kFewAccounts = 5'000;
constexpr int kManyAccounts = 200'000;
constexpr int kMillionAccounts = 1'000'000;
constexpr int kManyServices = 100'000;

BENCHMARK_CAPTURE(bill_run, sqlite, Engine::kSqlite)
    ->Name("bill-run/sqlite")
    ->Args({kAccounts, kServices})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, sqlite, Engine::kSqlite)
    ->Name("bill-run/limit/sqlite")
    ->Arg(kLimitAccounts)
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bill_run, postgres, Engine::kPostgres)
    ->Name("bill-run/postgres")
    ->Args({kAccounts, kServices})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, postgres, Engine::kPostgres)
    ->Name("bill-run/limit/postgres")
    ->Arg(kLimitAccounts)
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bill_run, sqlite_few, Engine::kSqlite)
    ->Name("bill-run-few/sqlite")
    ->Args({kFewAccounts, kServices})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bill_run, postgres_few, Engine::kPostgres)
    ->Name("bill-run-few/postgres")
    ->Args({kFewAccounts, kServices})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bill_run, one_account, Engine::kSqlite)
    ->Name("bill-run-one-account/sqlite")
    ->Args({1, kManyServices})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bill_run, one_account_postgres, Engine::kPostgres)
    ->Name("bill-run-one-account/postgres")
    ->Args({1, kManyServices})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bill_run, sqlite_many, Engine::kSqlite)
    ->Name("bill-run-200k-large/sqlite")
    ->Args({kManyAccounts, kServices})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bill_run, postgres_many, Engine::kPostgres)
    ->Name("bill-run-200k-large/postgres")
    ->Args({kManyAccounts, kServices})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bill_run, sqlite_million, Engine::kSqlite)
    ->Name("bill-run-1m-large/sqlite")
    ->Args({kMillionAccounts, kServices})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bill_run, postgres_million, Engine::kPostgres)
    ->Name("bill-run-1m-large/postgres")
    ->Args({kMillionAccounts, kServices})
    ->Iterations(1)
    ->UseManualTime();

}  // namespace
}  // namespace flows
