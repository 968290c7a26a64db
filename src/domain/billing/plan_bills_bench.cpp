// How fast an account of eight services is planned: the arithmetic of a bill run, without any
// storage.
#include "domain/billing/plan_bills.h"

#include <benchmark/benchmark.h>

namespace domain {
namespace {

constexpr std::uint8_t kServices = 8;

Catalogue one_plan() {
  CatalogueItem plan;
  plan.code = "FIBER100";
  plan.names = {{"", "Bredband 100"}};
  plan.prices = {{base::Date::parse("2020-01-01").value(),
                  {base::Decimal::parse("319.20").value()},
                  false,
                  "standard"}};
  return Catalogue::make({plan}).value();
}

AccountFacts account_of_eight() {
  AccountFacts facts;
  for (std::uint8_t number = 1; number <= kServices; ++number) {
    base::IdBytes bytes{};
    bytes[15] = number;
    Service service;
    service.id = ServiceId(bytes);
    service.plan = "FIBER100";
    service.starts = base::Date::parse("2025-01-01").value();
    facts.services.push_back(service);
  }
  facts.closed = {{base::Date::parse("2026-10-01").value(), 1}};
  return facts;
}

void plan_account(benchmark::State& state) {
  const Catalogue catalogue = one_plan();
  const AccountFacts facts = account_of_eight();
  BillingTerms terms;
  terms.day = base::Date::parse("2026-11-01").value();
  terms.looks_back_to = base::add_months(terms.day, -24);
  terms.catalogue = &catalogue;
  terms.rounding_step_minor = 100;
  terms.vat_rate_on = [](std::string_view, base::Date) -> base::Result<base::Percent> {
    return base::Percent{base::Decimal::from_integer(25)};
  };
  for (auto _ : state) {
    auto plan = plan_bills(facts, terms);
    benchmark::DoNotOptimize(plan);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(plan_account)->Name("plan-account/memory");

}  // namespace
}  // namespace domain
