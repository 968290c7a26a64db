#include "flows/billing/load_setup.h"

#include "ports/billing.h"
#include "ports/catalogue.h"

namespace flows {

base::Result<domain::Operator> load_seller(ports::Transaction& transaction) {
  auto operators = TRY(transaction.catalogue().list_operators());
  if (operators.empty()) {
    return base::fail("no_operator", "load an operator first: telgiro import --operator CODE");
  }
  if (operators.size() > 1) {
    return base::fail("several_operators", "this database holds several operators",
                      operators[1].code);
  }
  return std::move(operators.front());
}

base::Result<BillingSetup> load_setup(ports::Transaction& transaction,
                                      const domain::RuleBook& rules, base::Date day) {
  BillingSetup setup;
  setup.seller = TRY(load_seller(transaction));
  setup.catalogue = TRY(transaction.catalogue().load_catalogue());
  setup.rules = &rules;
  setup.day = day;
  return setup;
}

base::Result<> look_up_to(ports::Transaction& transaction, std::int64_t cutoff_epoch,
                          BillingSetup& setup) {
  setup.cutoff_epoch = cutoff_epoch;
  setup.earlier_runs.clear();
  const auto runs = TRY(transaction.billing().list_runs(kRunsLookedAtMax));
  for (const ports::BillingRun& run : runs) {
    if (run.cutoff_epoch < cutoff_epoch && run.issue_day >= setup.looks_back_to()) {
      setup.earlier_runs.push_back({run.issue_day, run.cutoff_epoch});
    }
  }
  return {};
}

}  // namespace flows
