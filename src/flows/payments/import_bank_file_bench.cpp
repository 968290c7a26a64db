// A bank's file from its bytes to paid bills, durable: read, looked at, matched, assigned, posted,
// with events and bills as they are afterwards, on each engine. Beside it the limit of the machine
// in the same minute: the very rows that it writes, ready made, in as many transactions.
#include "flows/payments/import_bank_file.h"

#include <sys/resource.h>

#include <algorithm>
#include <span>

#include <benchmark/benchmark.h>

#include "formats/bank/writing/bank_writers.h"
#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/events.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "tests/support/process_use.h"
#include "tests/support/ready_rows.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

using base::Result;
using storage::sql::Engine;

constexpr tests::TableOrder kWritten[] = {{"payment", "payment_id"},    {"posting", "account_id"},
                                          {"entry", "account_id"},      {"event", "account_id"},
                                          {"allocation", "account_id"}, {"bill", "account_id"}};
constexpr int kAtOnce = 20'000;
constexpr std::string_view kIban = "SE4550000000058398257466";

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
  value.address = {{"Gatan 1"}, "111 22", "Stockholm", "SE"};
  value.payee.iban = kIban;
  value.reference_scheme = "se_ocr_luhn_length";
  value.invoice_series = "A";
  value.divisions = {{"broadband", "Bredband"}};
  return value;
}

domain::AccountId account_of(int number) {
  return numbered_id<domain::AccountId>("account", number);
}

domain::Bill open_bill(int number) {
  domain::Bill bill;
  bill.id = numbered_id<domain::BillId>("bill", number);
  bill.account = account_of(number);
  bill.group_key = "all";
  bill.total = base::Money(40'000 + number % 90'000, base::Currency());
  bill.fees = bill.paid = bill.credited = base::Money(0, base::Currency());
  bill.issued = base::Date::parse("2026-11-01").value();
  bill.due = base::Date::parse("2026-12-01").value();
  bill.reference_scheme = "plain";
  bill.reference = std::to_string(10'000'000 + number);
  return bill;
}

// With what stands around them. Customers lie as their accounts do.
Result<> add_bills(ports::Transaction& transaction, base::Instant now,
                   std::span<const int> numbers) {
  const ports::Recording recording{now, TRY(transaction.work().hold_epoch())};
  std::vector<domain::Customer> customers;
  std::vector<domain::Account> accounts;
  std::vector<domain::Bill> bills;
  std::vector<ports::NewEvent> events;
  for (const int number : numbers) {
    bills.push_back(open_bill(number));
    domain::Customer customer;
    customer.id = domain::CustomerId(bills.back().account.bytes());
    customer.number = number;
    customer.language = "sv";
    customer.party.name = "Kund " + std::to_string(number);
    domain::Account account;
    account.id = bills.back().account;
    account.customer = customer.id;
    account.country = "SE";
    events.push_back({.account = account.id,
                      .kind = "account_opened",
                      .effective = base::Date::parse("2026-01-01").value(),
                      .recorded = now,
                      .actor = "import",
                      .data = base::Json()
                                  .set("customer", account.customer.to_string())
                                  .set("country", account.country)
                                  .set("currency", account.currency.code())});
    customers.push_back(std::move(customer));
    accounts.push_back(std::move(account));
  }
  TRY(transaction.parties().add_customers(customers, recording));
  TRY(transaction.parties().add_accounts(accounts, recording));
  TRY(transaction.events().append(events));
  return transaction.billing().add_bills(bills);
}

Result<> add_references(ports::Transaction& transaction, std::span<const int> numbers) {
  std::vector<domain::Bill> bills;
  for (const int number : numbers) bills.push_back(open_bill(number));
  return transaction.billing().add_references(bills);
}

template <class Add>
Result<> add_in_parts(ports::Store& store, std::span<const int> numbers, const Add& add) {
  while (!numbers.empty()) {
    const auto part = numbers.first(std::min<std::size_t>(kAtOnce, numbers.size()));
    numbers = numbers.subspan(part.size());
    TRY(ports::run_in_transaction(
        store, [&](ports::Transaction& transaction) { return add(transaction, part); }));
  }
  return {};
}

// In the order of accounts, as a bill run makes them, so that a million take minutes at most.
void fill(ports::Store& store, base::Instant now, int bills) {
  std::vector<std::pair<domain::AccountId, int>> accounts;
  std::vector<int> numbers;
  for (int number = 0; number < bills; ++number) {
    accounts.emplace_back(account_of(number), number);
    numbers.push_back(number);
  }
  std::ranges::sort(accounts);
  std::vector<int> in_order;
  for (const auto& [account, number] : accounts) in_order.push_back(number);
  auto done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.catalogue().save_operator(bench_operator(), now));
    return {};
  });
  if (done) {
    done = add_in_parts(store, in_order, [&](ports::Transaction& transaction, auto part) {
      return add_bills(transaction, now, part);
    });
  }
  if (done) done = add_in_parts(store, numbers, add_references);
  if (!done) throw std::runtime_error(base::describe(done.error()));
}

// How many bills are open, and how many of them a statement pays.
struct Size {
  int bills = 0;
  int payments = 0;
};
Size size_of(const benchmark::State& state) {
  return {static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
}

// In an order that is not that of the bills.
std::string statement(const Size& size) {
  constexpr std::int64_t kStride = 7'919;
  formats::bank::WrittenFile file;
  file.id = "BENCH";
  file.created = "2026-11-20T18:00:00";
  auto& part = file.statements.emplace_back();
  part.statement.id = "1";
  part.statement.account = kIban;
  part.statement.currency = "SEK";
  for (int at = 0; at < size.payments; ++at) {
    const auto bill = open_bill(static_cast<int>(at * kStride % size.bills));
    domain::BankEntry entry;
    entry.amount = bill.total;
    entry.booking_date = entry.value_date = base::Date::parse("2026-11-20").value();
    entry.reference = bill.reference;
    entry.bank_reference = "R" + std::to_string(at);
    entry.payer.name = "Kund";
    entry.payer.account = "SE3550000000054910000003";
    part.entries.push_back(std::move(entry));
  }
  return formats::bank::write_camt053(file);
}

// Of the thread that calls, which is the one that writes.
double thread_micros() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

std::chrono::duration<double> import_once(benchmark::State& state, tests::TestStore& test,
                                          const Size& size) {
  const Snapshot file = Snapshot::of_text("camt053.xml", statement(size));
  tests::forget_peak();
  const double writer = thread_micros();
  const tests::Stopwatch watch(test.database().engine());
  const auto report = import_bank_file(test.store(), test.clock, file, {});
  const auto seconds = watch.seconds();
  state.counters["cpu_us_each"] = watch.processor().count() / size.payments;
  state.counters["writer_us_each"] = (thread_micros() - writer) / size.payments;
  state.counters["server_us_each"] = watch.server().count() / size.payments;
  state.counters["peak_mb"] = static_cast<double>(tests::peak_megabytes());
  if (!report) state.SkipWithError(base::describe(report.error()).c_str());
  if (report && (report->file.payments != size.payments || !report->suspense.empty())) {
    state.SkipWithError("not all were assigned");
  }
  return seconds;
}

void bank_import(benchmark::State& state, Engine engine) {
  const Size size = size_of(state);
  for (auto _ : state) {
    tests::TestStore test(engine);
    fill(test.store(), test.clock.now(), size.bills);
    state.SetIterationTime(import_once(state, test, size).count());
  }
  state.SetLabel("payments/s");
  state.SetItemsProcessed(state.iterations() * size.payments);
}

// The very rows that such an import writes, ready made, into tables with nothing else in them;
// bills that it changes count as new.
void limit(benchmark::State& state, Engine engine) {
  const int payments = size_of(state).payments;
  for (auto _ : state) {
    std::vector<tests::TableRows> tables;
    {
      tests::TestStore test(Engine::kSqlite);
      fill(test.store(), test.clock.now(), payments);
      (void)import_once(state, test, {payments, payments});
      tables = tests::read_rows(test.database(), kWritten);
    }
    const auto transactions = static_cast<std::size_t>(payments) / kBankBatchEntriesMax;
    const tests::TestDatabase database(engine);
    state.SetIterationTime(
        tests::write_rows(database, tables, transactions, tests::Cut::kRanges, 1).count());
  }
  state.SetItemsProcessed(state.iterations() * payments);
}

constexpr int kSome = 50'000, kDay = 200'000, kOpen = 1'000'000;
BENCHMARK_CAPTURE(bank_import, sqlite, Engine::kSqlite)
    ->Name("bank-import/sqlite")
    ->Args({kSome, kSome})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, sqlite, Engine::kSqlite)
    ->Name("bank-import/limit/sqlite")
    ->Args({kSome, kSome})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bank_import, postgres, Engine::kPostgres)
    ->Name("bank-import/postgres")
    ->Args({kSome, kSome})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, postgres, Engine::kPostgres)
    ->Name("bank-import/limit/postgres")
    ->Args({kSome, kSome})
    ->Iterations(1)
    ->UseManualTime();
// A large bank's day against a million open bills.
BENCHMARK_CAPTURE(bank_import, large_sqlite, Engine::kSqlite)
    ->Name("bank-import-large/sqlite")
    ->Args({kOpen, kDay})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, large_sqlite, Engine::kSqlite)
    ->Name("bank-import-large/limit/sqlite")
    ->Args({kOpen, kDay})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bank_import, large_postgres, Engine::kPostgres)
    ->Name("bank-import-large/postgres")
    ->Args({kOpen, kDay})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, large_postgres, Engine::kPostgres)
    ->Name("bank-import-large/limit/postgres")
    ->Args({kOpen, kDay})
    ->Iterations(1)
    ->UseManualTime();

}  // namespace
}  // namespace flows
