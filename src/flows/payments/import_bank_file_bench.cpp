// A bank's file from its bytes to paid bills, durable: read, looked at, matched, assigned, posted,
// with events and bills as they are afterwards, on each engine. Beside it the limit of the machine
// in the same minute: the very rows that it wrote, ready made, through prepared inserts and COPY,
// in as many transactions; updates of bills count as inserts there.
#include "flows/payments/import_bank_file.h"

#include <chrono>

#include <benchmark/benchmark.h>

#include "formats/bank/writing/bank_writers.h"
#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "storage/schema.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

using base::Result;
using storage::sql::Engine;

constexpr std::string_view kWritten[] = {"payment", "posting", "entry", "allocation", "event",
                                         "bill"};
constexpr int kAtOnce = 1'000;
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

domain::Bill open_bill(int number) {
  domain::Bill bill;
  bill.id = numbered_id<domain::BillId>("bill", number);
  bill.account = numbered_id<domain::AccountId>("account", number);
  bill.group_key = "all";
  bill.total = base::Money(40'000 + number % 90'000, base::Currency());
  bill.fees = bill.paid = bill.credited = base::Money(0, base::Currency());
  bill.issued = base::Date::parse("2026-11-01").value();
  bill.due = base::Date::parse("2026-12-01").value();
  bill.reference_scheme = "plain";
  bill.reference = std::to_string(10'000'000 + number);
  return bill;
}

Result<> add_bills(ports::Transaction& transaction, base::Instant now, int first, int count) {
  const ports::Recording recording{now, TRY(transaction.work().hold_epoch())};
  std::vector<domain::Customer> customers;
  std::vector<domain::Account> accounts;
  std::vector<domain::Bill> bills;
  for (int number = first; number < first + count; ++number) {
    bills.push_back(open_bill(number));
    domain::Customer customer;
    customer.id = numbered_id<domain::CustomerId>("customer", number);
    customer.number = number;
    customer.language = "sv";
    customer.party.name = "Kund " + std::to_string(number);
    domain::Account account;
    account.id = bills.back().account;
    account.customer = customer.id;
    account.country = "SE";
    customers.push_back(std::move(customer));
    accounts.push_back(std::move(account));
  }
  TRY(transaction.parties().add_customers(customers, recording));
  TRY(transaction.parties().add_accounts(accounts, recording));
  TRY(transaction.billing().add_bills(bills));
  return transaction.billing().add_references(bills);
}

void fill(ports::Store& store, base::Instant now, int bills) {
  auto done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.catalogue().save_operator(bench_operator(), now));
    return {};
  });
  for (int first = 0; first < bills && done; first += kAtOnce) {
    done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) {
      return add_bills(transaction, now, first, std::min(kAtOnce, bills - first));
    });
  }
  if (!done) throw std::runtime_error(base::describe(done.error()));
}

// A statement that pays every bill, in an order that is not theirs.
std::string statement(int bills) {
  constexpr std::int64_t kStride = 7'919;
  formats::bank::WrittenFile file{.id = "BENCH", .created = "2026-11-20T18:00:00", .statements = {}};
  auto& part = file.statements.emplace_back();
  part.statement.id = "1";
  part.statement.account = kIban;
  part.statement.currency = "SEK";
  for (int at = 0; at < bills; ++at) {
    const auto bill = open_bill(static_cast<int>(at * kStride % bills));
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

std::chrono::duration<double> import_once(benchmark::State& state, tests::TestStore& test,
                                          int bills) {
  const Snapshot file = Snapshot::of_text("camt053.xml", statement(bills));
  const auto begin = std::chrono::steady_clock::now();
  const auto report = import_bank_file(test.store(), test.clock, file, {});
  const auto end = std::chrono::steady_clock::now();
  if (!report) state.SkipWithError(base::describe(report.error()).c_str());
  if (report && (report->file.payments != bills || !report->suspense.empty())) {
    state.SkipWithError("not all were assigned");
  }
  return end - begin;
}

void bank_import(benchmark::State& state, Engine engine) {
  const auto bills = static_cast<int>(state.range(0));
  for (auto _ : state) {
    tests::TestStore test(engine);
    fill(test.store(), test.clock.now(), bills);
    state.SetIterationTime(import_once(state, test, bills).count());
  }
  state.SetItemsProcessed(state.iterations() * bills);
}

// --- The machine's limit.

struct Rows {
  storage::Table table;
  std::vector<storage::TableRow> rows;
};

std::vector<Rows> rows_of_import(benchmark::State& state, int bills) {
  tests::TestStore test(Engine::kSqlite);
  fill(test.store(), test.clock.now(), bills);
  (void)import_once(state, test, bills);
  const auto connection = test.database().open()->connect().value();
  std::vector<Rows> all;
  for (const storage::Table& table : storage::read_schema(*connection).value()) {
    if (std::ranges::find(kWritten, table.name) == std::end(kWritten)) continue;
    Rows& written = all.emplace_back(table);
    (void)storage::for_each_page(*connection, table,
                                 [&](std::span<const storage::TableRow> page) -> Result<> {
                                   written.rows.insert(written.rows.end(), page.begin(),
                                                       page.end());
                                   return {};
                                 })
        .value();
  }
  return all;
}

Result<> write_piece(storage::sql::Connection& connection, const std::vector<Rows>& all,
                     std::size_t at, std::size_t pieces) {
  TRY(connection.begin(storage::sql::TransactionMode::kWrite));
  for (const Rows& written : all) {
    std::vector<std::string_view> columns;
    for (const auto& column : written.table.columns) columns.push_back(column.name);
    auto rows = TRY(connection.bulk_insert(written.table.name, columns));
    const std::size_t size = written.rows.size();
    for (std::size_t row = size * at / pieces; row < size * (at + 1) / pieces; ++row) {
      TRY(rows->add(written.rows[row]));
    }
    TRY(rows->finish());
  }
  return connection.commit();
}

void limit(benchmark::State& state, Engine engine) {
  const auto bills = static_cast<int>(state.range(0));
  for (auto _ : state) {
    const std::vector<Rows> all = rows_of_import(state, bills);
    const tests::TestDatabase database(engine);
    const auto opened = database.open();
    const auto connection = opened->connect().value();
    const std::size_t pieces = static_cast<std::size_t>(bills) / kBankBatchEntriesMax + 1;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t at = 0; at < pieces; ++at) {
      if (!write_piece(*connection, all, at, pieces)) std::terminate();
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    state.SetIterationTime(seconds.count());
  }
  state.SetItemsProcessed(state.iterations() * bills);
}

constexpr int kSmall = 20'000, kDay = 200'000;
BENCHMARK_CAPTURE(bank_import, sqlite, Engine::kSqlite)
    ->Name("bank-import/sqlite")->Arg(kSmall)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(limit, sqlite, Engine::kSqlite)
    ->Name("bank-import-limit/sqlite-inserts")->Arg(kSmall)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(bank_import, postgres, Engine::kPostgres)
    ->Name("bank-import/postgres")->Arg(kSmall)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(limit, postgres, Engine::kPostgres)
    ->Name("bank-import-limit/postgres-copy")->Arg(kSmall)->Iterations(1)->UseManualTime();
// A whole day's file: by name only, it takes its time.
BENCHMARK_CAPTURE(bank_import, day, Engine::kPostgres)
    ->Name("bank-import-day/postgres")->Arg(kDay)->Iterations(1)->UseManualTime();

}  // namespace
}  // namespace flows
