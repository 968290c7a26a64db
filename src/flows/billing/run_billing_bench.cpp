// A whole billing run, durable: facts in, bills, sealed documents, references, links, postings,
// events and marks out, on each engine. Beside it the limit of the machine in the same minute: the
// very rows of such a run, ready made, through prepared inserts and through COPY, in transactions
// of as many accounts. The processor's time is counted apart, for machines that are shared.
#include "flows/billing/run_billing.h"

#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <thread>

#include <benchmark/benchmark.h>

#include "ports/catalogue.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "tests/support/shipped_rules.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

constexpr int kServices = 8;
constexpr int kWorkers = 2;
constexpr std::int64_t kAccountsAtOnce = 500;
constexpr std::string_view kWritten[] = {"bill",    "document", "payment_reference", "link",
                                         "posting", "entry",    "event", "billing_closing"};

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

// Seconds of processor time of this process, all threads; a PostgreSQL server is another one.
[[nodiscard]] std::chrono::microseconds processor_time() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

// The most memory that was resident since forget_peak, in MB.
void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

[[nodiscard]] std::int64_t peak_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::int64_t kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes / 1024;
  }
  return 0;
}

std::chrono::duration<double> run_once(benchmark::State& state, tests::TestStore& test,
                                       int accounts) {
  const crypto::Key link_key = tests::test_master_key();
  RunRequest request;
  request.day = base::Date::parse("2026-11-01").value();
  request.workers = kWorkers;
  request.batch_accounts = kAccountsAtOnce;
  forget_peak();
  const auto processor = processor_time();
  const auto begin = std::chrono::steady_clock::now();
  const auto outcome = run_billing({test.store(), test.clock, rules(), link_key}, request, nullptr);
  const auto end = std::chrono::steady_clock::now();
  const std::chrono::duration<double, std::micro> used = processor_time() - processor;
  if (!outcome) state.SkipWithError(base::describe(outcome.error()).c_str());
  if (outcome && outcome->totals.billed != accounts) state.SkipWithError("not all were billed");
  state.counters["cpu_us_each"] = used.count() / accounts;
  state.counters["peak_MB"] = static_cast<double>(peak_megabytes());
  return end - begin;
}

void bill_run(benchmark::State& state, storage::sql::Engine engine) {
  const auto accounts = static_cast<int>(state.range(0));
  const auto services = static_cast<int>(state.range(1));
  for (auto _ : state) {
    tests::TestStore test(engine);
    fill(test.store(), test.clock.now(), accounts, services);
    state.SetIterationTime(run_once(state, test, accounts).count());
  }
  state.SetItemsProcessed(state.iterations() * accounts);
}

// --- The machine's limit: the same rows, ready made.

struct TableRows {
  std::string table;
  std::vector<std::string> columns;
  std::vector<std::vector<storage::sql::Value>> rows;  // In the order of accounts, as a run writes.
};

base::Result<TableRows> read_rows(storage::sql::Connection& connection, std::string table) {
  TableRows all{std::move(table), {}, {}};
  std::vector<std::string> types;
  std::string names;
  TRY(connection.query("SELECT name, type FROM pragma_table_info($1)", {all.table},
                       [&](const storage::sql::Row& row) -> base::Result<> {
                         all.columns.emplace_back(row.text(0));
                         types.emplace_back(row.text(1));
                         names += (names.empty() ? "" : ", ") + all.columns.back();
                         return {};
                       }));
  TRY(connection.query("SELECT " + names + " FROM " + all.table + " ORDER BY account_id", {},
                       [&](const storage::sql::Row& row) -> base::Result<> {
                         auto& values = all.rows.emplace_back();
                         for (int at = 0; at < row.columns(); ++at) {
                           const std::string& type = types[static_cast<std::size_t>(at)];
                           if (row.is_null(at)) {
                             values.emplace_back();
                           } else if (type == "BIGINT") {
                             values.emplace_back(row.integer(at));
                           } else if (type == "TEXT") {
                             values.emplace_back(std::string(row.text(at)));
                           } else {
                             values.emplace_back(storage::sql::Bytes{std::string(row.bytes(at))});
                           }
                         }
                         return {};
                       }));
  return all;
}

// What a run of so many accounts writes.
std::vector<TableRows> rows_of_run(benchmark::State& state, int accounts) {
  tests::TestStore test(storage::sql::Engine::kSqlite);
  fill(test.store(), test.clock.now(), accounts);
  (void)run_once(state, test, accounts);
  const auto database = test.database().open();
  const auto connection = database->connect().value();
  std::vector<TableRows> tables;
  for (const std::string_view table : kWritten) {
    tables.push_back(read_rows(*connection, std::string(table)).value());
  }
  return tables;
}

// The rows of one piece of the accounts: the `at`-th of `pieces`.
base::Result<> write_piece(storage::sql::Connection& connection,
                           const std::vector<TableRows>& tables, std::size_t at,
                           std::size_t pieces) {
  TRY(connection.begin(storage::sql::TransactionMode::kWrite));
  for (const TableRows& table : tables) {
    const std::vector<std::string_view> columns(table.columns.begin(), table.columns.end());
    auto rows = TRY(connection.bulk_insert(table.table, columns));
    const std::size_t size = table.rows.size();
    for (std::size_t row = size * at / pieces; row < size * (at + 1) / pieces; ++row) {
      TRY(rows->add(table.rows[row]));
    }
    TRY(rows->finish());
  }
  return connection.commit();
}

void limit(benchmark::State& state, storage::sql::Engine engine) {
  const auto accounts = static_cast<int>(state.range(0));
  for (auto _ : state) {
    const std::vector<TableRows> tables = rows_of_run(state, accounts);
    const tests::TestDatabase database(engine);
    const auto opened = database.open();
    const auto pieces = static_cast<std::size_t>(accounts / kAccountsAtOnce);
    const auto writers = static_cast<std::size_t>(std::min(kWorkers, opened->writers_max()));
    const auto write = [&](std::size_t first) {
      const auto connection = opened->connect().value();
      for (std::size_t at = first; at < pieces; at += writers) {
        if (!write_piece(*connection, tables, at, pieces)) std::terminate();
      }
    };
    const auto processor = processor_time();
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::jthread> threads;
    for (std::size_t writer = 1; writer < writers; ++writer) threads.emplace_back(write, writer);
    write(0);
    threads.clear();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    const std::chrono::duration<double, std::micro> used = processor_time() - processor;
    state.SetIterationTime(seconds.count());
    state.counters["cpu_us_each"] = used.count() / accounts;
    state.counters["peak_MB"] = 0;
  }
  state.SetItemsProcessed(state.iterations() * accounts);
}

using storage::sql::Engine;
BENCHMARK_CAPTURE(bill_run, sqlite, Engine::kSqlite)
    ->Name("bill-run/sqlite")->Args({5000, kServices})->Args({50000, kServices})
    ->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(limit, sqlite, Engine::kSqlite)
    ->Name("limit/sqlite-inserts")->Arg(5000)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(bill_run, postgres, Engine::kPostgres)
    ->Name("bill-run/postgres")->Args({5000, kServices})->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(limit, postgres, Engine::kPostgres)
    ->Name("limit/postgres-copy")->Arg(5000)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(bill_run, one_account, Engine::kSqlite)
    ->Name("bill-run/one-account")->Args({1, 100000})->Iterations(1)->UseManualTime();

}  // namespace
}  // namespace flows
