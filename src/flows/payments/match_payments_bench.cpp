// Payments that give no reference that holds, against the bills that are open: looked up, weighed,
// and booked where that is sure, durable, on each engine. Every second gives a reference with a
// digit wrong; the others a name and an amount, which many share. Beside it the limit of the
// machine in the same minute: as many rows looked up by their keys, and the very rows written.
#include "flows/payments/match_payments.h"

#include <benchmark/benchmark.h>

#include "domain/matching/payer_name.h"
#include "domain/party/search_words.h"
#include "domain/reference/payment_reference.h"
#include "ports/access.h"
#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/desk.h"
#include "ports/ledger.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "tests/support/plain_lookups.h"
#include "tests/support/process_use.h"
#include "tests/support/ready_rows.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

using base::Result;
using storage::sql::Engine;
using storage::sql::Kind;

// One row of each is the least that it takes to weigh a payment against one bill.
constexpr tests::KeyedTable kLookedUp[] = {{"payment", "payment_id"},
                                           {"payment_reference", "reference", Kind::kText},
                                           {"search_index", "search_token"},
                                           {"bill", "total_minor", Kind::kInteger},
                                           {"customer_account", "customer_id"},
                                           {"account", "account_id"},
                                           {"customer", "customer_id"},
                                           {"customer_key", "customer_id"},
                                           {"bill", "account_id"}};
// Besides what is changed of payments and bills.
constexpr tests::TableOrder kWritten[] = {
    {"posting", "account_id"},    {"entry", "account_id"},          {"event", "account_id"},
    {"allocation", "account_id"}, {"payer_account", "payer_token"}, {"payer_match", "payment_id"}};

constexpr int kAtOnce = 1'000;
constexpr std::string_view kScheme = "se_ocr_luhn_length";

template <class IdType>
IdType id(std::string_view kind, int number) {
  const std::string text = std::to_string(number);
  const std::string_view parts[] = {kind, text};
  return IdType(crypto::derived_id(parts));
}

base::Date day(std::string_view text) { return base::Date::parse(text).value(); }
base::Money amount(int number) {
  return base::Money(number % 5 < 2 ? 39'900 : 20'000 + number * 37 % 80'000, base::Currency());
}
std::string reference(int number) {
  return domain::PaymentReference::make(kScheme, std::to_string(10'000'000 + number))
      .value()
      .text();
}
// Forty first names of each letter, two thousand last ones.
std::string name(int number) {
  const std::string first(1, static_cast<char>('A' + number % 23));
  return first + "nna" + std::to_string(number % 40) + " Ek" + std::to_string(number % 1'999);
}

domain::Bill open_bill(int number) {
  domain::Bill bill;
  bill.id = id<domain::BillId>("bill", number);
  bill.account = id<domain::AccountId>("account", number);
  bill.group_key = "all";
  bill.total = amount(number);
  bill.fees = bill.paid = bill.credited = base::Money(0, base::Currency());
  bill.issued = day("2026-11-01");
  bill.period = base::Month::of(bill.issued);
  bill.due = day("2026-12-01");
  bill.reference_scheme = kScheme;
  bill.reference = reference(number);
  return bill;
}

Result<> add_debtors(ports::Transaction& transaction, base::Instant now, int first, int count) {
  const ports::Recording recording{now, TRY(transaction.work().hold_epoch())};
  std::vector<domain::Customer> customers(static_cast<std::size_t>(count));
  std::vector<domain::Account> accounts(customers.size());
  std::vector<domain::Bill> bills;
  for (int at = 0; at < count; ++at) {
    const int number = first + at;
    const auto place = static_cast<std::size_t>(at);
    customers[place].id = id<domain::CustomerId>("customer", number);
    customers[place].number = 100'000 + number;
    customers[place].language = "sv";
    customers[place].party.name = name(number);
    accounts[place].id = id<domain::AccountId>("account", number);
    accounts[place].customer = customers[place].id;
    accounts[place].country = "SE";
    bills.push_back(open_bill(number));
  }
  std::vector<ports::Desk::Words> words;
  for (const domain::Customer& customer : customers) {
    words.push_back({customer.id, domain::index_words({.names = {customer.party.name}})});
    for (std::string& word : domain::matching::payer_index_words(customer.party.name)) {
      words.back().words.push_back(std::move(word));
    }
  }
  TRY(transaction.access().desk().index_customers(words));
  TRY(transaction.parties().add_customers(customers, recording));
  TRY(transaction.parties().add_accounts(accounts, recording));
  TRY(transaction.billing().add_bills(bills));
  return transaction.billing().add_references(bills);
}

ports::IncomingPayment waiting(int number, base::Instant now) {
  ports::IncomingPayment payment;
  payment.id = id<domain::PaymentId>("payment", number);
  payment.file = id<domain::BankFileId>("file", 1);
  payment.entry = number;
  payment.bank_account = "1";
  payment.rail = "transfer";
  payment.amount = amount(number);
  payment.allocated = base::Money(0, base::Currency());
  payment.booked = payment.value = day("2026-11-20");
  payment.payer_name = name(number);
  payment.payer_account = "SE" + std::to_string(number);
  if (number % 2 == 0) {
    payment.reference = reference(number);
    payment.reference[3] = payment.reference[3] == '9' ? '0' : '9';
  }
  payment.state = "suspense";
  payment.reason = number % 2 == 0 ? "unknown_reference" : "no_reference";
  payment.recorded = now;
  return payment;
}

void fill(tests::TestStore& test, int bills, int payments) {
  const base::Instant now = test.clock.now();
  const auto all = [&](int count, const auto& work) {
    for (int first = 0; first < count; first += kAtOnce) {
      const auto done =
          ports::run_in_transaction(test.store(), [&](ports::Transaction& transaction) {
            return work(transaction, first, std::min(kAtOnce, count - first));
          });
      if (!done) throw std::runtime_error(base::describe(done.error()));
    }
  };
  all(1, [&](ports::Transaction& transaction, int, int) -> Result<> {
    domain::Operator seller;
    seller.code = "bench";
    seller.legal_name = seller.brand = "Prov Telekom AB";
    seller.country = "SE";
    seller.time_zone = "Europe/Stockholm";
    seller.language = "sv";
    seller.organisation_number = "5560360793";
    seller.address = {{"Gatan 1"}, "111 22", "Stockholm", "SE"};
    seller.reference_scheme = kScheme;
    seller.invoice_series = "A";
    seller.divisions = {{"broadband", "Bredband"}};
    TRY(transaction.catalogue().save_operator(seller, now));
    return {};
  });
  all(bills, [&](ports::Transaction& transaction, int first, int count) {
    return add_debtors(transaction, now, first, count);
  });
  all(payments, [&](ports::Transaction& transaction, int first, int count) {
    std::vector<ports::IncomingPayment> rows;
    for (int at = first; at < first + count; ++at) rows.push_back(waiting(at, now));
    return transaction.payments().add_payments(rows);
  });
  // By what index_customers() would say, made more quickly.
  all(1, [&](ports::Transaction& transaction, int, int) -> Result<> {
    ports::Desk& desk = transaction.access().desk();
    return desk.set_indexed({base::Instant(), TRY(desk.mark_of_facts(base::Instant()))});
  });
}

// How many payments wait, and how many bills are open.
struct Size {
  int payments = 0;
  int bills = 0;
};
Size size_of(const benchmark::State& state) {
  return {static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
}

std::chrono::duration<double> match_once(benchmark::State& state, tests::TestStore& test,
                                         const Size& size) {
  tests::forget_peak();
  const tests::Stopwatch watch(test.database().engine());
  const auto report = match_payments(test.store(), test.clock, {});
  const auto seconds = watch.seconds();
  if (!report || report->looked_at != size.payments) {
    state.SkipWithError("not all were looked at");
    return seconds;
  }
  state.counters["matched"] = static_cast<double>(report->matched);
  state.counters["cpu_us_each"] = watch.processor().count() / size.payments;
  state.counters["server_us_each"] = watch.server().count() / size.payments;
  state.counters["peak_mb"] = static_cast<double>(tests::peak_megabytes());
  return seconds;
}

void bank_match(benchmark::State& state, Engine engine) {
  const Size size = size_of(state);
  for (auto _ : state) {
    tests::TestStore test(engine);
    fill(test, size.bills, size.payments);
    state.SetIterationTime(match_once(state, test, size).count());
  }
  state.SetLabel("payments/s");
  state.SetItemsProcessed(state.iterations() * size.payments);
}

void limit(benchmark::State& state, Engine engine) {
  const Size size = size_of(state);
  const auto payments = static_cast<std::size_t>(size.payments);
  for (auto _ : state) {
    std::vector<tests::TableRows> tables;
    {
      tests::TestStore test(Engine::kSqlite);
      fill(test, 2 * size.payments, size.payments);
      (void)match_once(state, test, size);
      tables = tests::read_rows(test.database(), kWritten);
    }
    tests::TestStore test(engine);
    fill(test, size.bills, size.payments);
    const auto looking = tests::look_up(test.database(), kLookedUp, payments);
    const tests::TestDatabase database(engine);
    const auto writing = tests::write_rows(database, tables, payments / kPaymentsMatchedAtOnce,
                                           tests::Cut::kRanges, 1);
    state.SetIterationTime((looking + writing).count());
    state.counters["looking_us_each"] = looking.count() * 1e6 / size.payments;
    state.counters.erase("matched");
  }
  state.SetItemsProcessed(state.iterations() * size.payments);
}

constexpr int kPayments = 5'000, kOpen = 50'000, kManyOpen = 500'000;
BENCHMARK_CAPTURE(bank_match, sqlite, Engine::kSqlite)
    ->Name("bank-match/sqlite")
    ->Args({kPayments, kOpen})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, sqlite, Engine::kSqlite)
    ->Name("bank-match/limit/sqlite")
    ->Args({kPayments, kOpen})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bank_match, postgres, Engine::kPostgres)
    ->Name("bank-match/postgres")
    ->Args({kPayments, kOpen})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, postgres, Engine::kPostgres)
    ->Name("bank-match/limit/postgres")
    ->Args({kPayments, kOpen})
    ->Iterations(1)
    ->UseManualTime();
// Ten times as many open bills.
BENCHMARK_CAPTURE(bank_match, large_sqlite, Engine::kSqlite)
    ->Name("bank-match-large/sqlite")
    ->Args({kPayments, kManyOpen})
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(bank_match, large_postgres, Engine::kPostgres)
    ->Name("bank-match-large/postgres")
    ->Args({kPayments, kManyOpen})
    ->Iterations(1)
    ->UseManualTime();

}  // namespace
}  // namespace flows
