// The collection run of a day: debits of open bills planned, and ordered in files that are kept,
// on each engine; the bills, accounts and mandates are there before.
#include "flows/collections/run_collections.h"

#include <benchmark/benchmark.h>

#include "ports/catalogue.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "tests/support/process_use.h"
#include "tests/support/shipped_rules.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

using base::Result;
using storage::sql::Engine;

constexpr int kAtOnce = 1'000;
constexpr std::string_view kBankgiro = "50501055";

template <class IdType>
IdType numbered_id(std::string_view kind, int number) {
  const std::string text = std::to_string(number);
  const std::string_view parts[] = {kind, text};
  return IdType(crypto::derived_id(parts));
}

base::Date day(std::string_view text) { return *base::Date::parse(text); }

domain::Operator bench_operator() {
  domain::Operator value;
  value.code = "bench";
  value.legal_name = value.brand = "Prov Telekom AB";
  value.country = "SE";
  value.time_zone = "Europe/Stockholm";
  value.language = "sv";
  value.organisation_number = "5560360793";
  value.address = {{"Gatan 1"}, "111 22", "Stockholm", "SE"};
  value.payee.bankgiro = kBankgiro;
  value.debit_agreements = {{.scheme = "autogiro", .creditor = std::string(kBankgiro), .iban = "",
                             .bic = "", .customer_number = "471117"}};
  value.reference_scheme = "se_ocr_luhn_length";
  value.invoice_series = "A";
  value.divisions = {{"broadband", "Bredband"}};
  return value;
}

Result<> add_payers(ports::Transaction& transaction, base::Instant now, int first, int count) {
  const ports::Recording recording{now, TRY(transaction.work().hold_epoch())};
  std::vector<domain::Customer> customers;
  std::vector<domain::Account> accounts;
  std::vector<domain::Bill> bills;
  std::vector<domain::Mandate> mandates;
  for (int number = first; number < first + count; ++number) {
    domain::Customer& customer = customers.emplace_back();
    customer.id = numbered_id<domain::CustomerId>("customer", number);
    customer.number = number;
    customer.language = "sv";
    domain::Account& account = accounts.emplace_back();
    account.id = numbered_id<domain::AccountId>("account", number);
    account.customer = customer.id;
    account.country = "SE";
    domain::Bill& bill = bills.emplace_back();
    bill.id = numbered_id<domain::BillId>("bill", number);
    bill.account = account.id;
    bill.group_key = "all";
    bill.total = base::Money(40'000 + number % 90'000, base::Currency());
    bill.fees = bill.paid = bill.credited = base::Money(0, base::Currency());
    bill.issued = day("2026-11-01");
    bill.due = day("2026-12-01");
    bill.reference_scheme = "plain";
    bill.reference = std::to_string(10'000'000 + number);
    domain::Mandate& mandate = mandates.emplace_back();
    mandate.id = numbered_id<domain::MandateId>("mandate", number);
    mandate.account = account.id;
    mandate.customer = customer.id;
    mandate.scheme = domain::MandateScheme::kAutogiro;
    mandate.state = domain::MandateState::kActive;
    mandate.reference = std::to_string(number + 1);
    mandate.creditor = kBankgiro;
    mandate.payer_name = "Kund";
    mandate.signed_on = day("2026-01-15");
    mandate.debits = 1;
  }
  TRY(transaction.parties().add_customers(customers, recording));
  TRY(transaction.parties().add_accounts(accounts, recording));
  TRY(transaction.billing().add_bills(bills));
  return transaction.mandates().add(mandates);
}

void fill(ports::Store& store, base::Instant now, int payers) {
  auto done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.catalogue().save_operator(bench_operator(), now));
    return {};
  });
  for (int first = 0; first < payers && done; first += kAtOnce) {
    done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) {
      return add_payers(transaction, now, first, std::min(kAtOnce, payers - first));
    });
  }
  if (!done) throw std::runtime_error(base::describe(done.error()));
}

// What a month asks for: each bill planned on one day and ordered on another.
void collection_run(benchmark::State& state, Engine engine) {
  const auto payers = static_cast<int>(state.range(0));
  for (auto _ : state) {
    tests::TestStore test(engine);
    fill(test.store(), test.clock.now(), payers);
    tests::forget_peak();
    const tests::Stopwatch watch(engine);
    const auto planned = run_collections(test.store(), formats::law::shipped_book(), test.clock,
                                         {.day = day("2026-11-02")});
    const auto ordered = run_collections(test.store(), formats::law::shipped_book(), test.clock,
                                         {.day = day("2026-11-30")});
    state.SetIterationTime(watch.seconds().count());
    state.counters["peak_mb"] = static_cast<double>(tests::peak_megabytes());
    if (!planned || !ordered || ordered->run.ordered != payers) {
      state.SkipWithError("not all were ordered");
    }
  }
  state.SetLabel("debits/s");
  state.SetItemsProcessed(state.iterations() * payers);
}

constexpr int kPayers = 100'000;
BENCHMARK_CAPTURE(collection_run, sqlite, Engine::kSqlite)
    ->Name("collection-run/sqlite")->Arg(kPayers)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(collection_run, postgres, Engine::kPostgres)
    ->Name("collection-run/postgres")->Arg(kPayers)->Iterations(1)->UseManualTime();

constexpr int kPayersLarge = 1'000'000;
BENCHMARK_CAPTURE(collection_run, sqlite_large, Engine::kSqlite)
    ->Name("collection-run-large/sqlite")->Arg(kPayersLarge)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(collection_run, postgres_large, Engine::kPostgres)
    ->Name("collection-run-large/postgres")->Arg(kPayersLarge)->Iterations(1)->UseManualTime();

}  // namespace
}  // namespace flows
