// A whole billing run, durable: facts in, bills, sealed documents, references, links, postings,
// events and marks out, on each engine. Accounts of eight services.
#include "flows/billing/run_billing.h"

#include <chrono>

#include <benchmark/benchmark.h>

#include "tests/support/shipped_rules.h"
#include "ports/catalogue.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

constexpr int kServices = 8;

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
                            int count) {
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
    for (int index = 0; index < kServices; ++index) {
      domain::Service service;
      service.id = numbered_id<domain::ServiceId>("service", number * kServices + index);
      service.account = account.id;
      service.division = "broadband";
      service.source_number = "B" + std::to_string(number * kServices + index);
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

void fill(ports::Store& store, base::Instant now, int accounts) {
  auto done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) {
    (void)transaction.catalogue().save_operator(bench_operator(), now).value();
    (void)transaction.catalogue().save_catalogue(bench_catalogue(), now).value();
    return base::Result<>();
  });
  constexpr int kAtOnce = 1000;
  for (int first = 0; first < accounts && done; first += kAtOnce) {
    done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) {
      return add_accounts(transaction, now, first, std::min(kAtOnce, accounts - first));
    });
  }
  if (!done) throw std::runtime_error(base::describe(done.error()));
}

void bill_run(benchmark::State& state, storage::sql::Engine engine) {
  const auto accounts = static_cast<int>(state.range(0));
  const crypto::Key link_key = tests::test_master_key();
  for (auto _ : state) {
    tests::TestStore test(engine);
    fill(test.store(), test.clock.now(), accounts);
    RunRequest request;
    request.day = base::Date::parse("2026-11-01").value();
    request.workers = 2;
    const auto begin = std::chrono::steady_clock::now();
    const auto outcome =
        run_billing({test.store(), test.clock, rules(), link_key}, request, nullptr);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    if (!outcome) state.SkipWithError(base::describe(outcome.error()).c_str());
    state.SetIterationTime(seconds.count());
  }
  state.SetItemsProcessed(state.iterations() * accounts);
}
BENCHMARK_CAPTURE(bill_run, sqlite, storage::sql::Engine::kSqlite)
    ->Name("bill-run/sqlite")->Arg(5000)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(bill_run, postgres, storage::sql::Engine::kPostgres)
    ->Name("bill-run/postgres")->Arg(5000)->Iterations(1)->UseManualTime();

}  // namespace
}  // namespace flows
