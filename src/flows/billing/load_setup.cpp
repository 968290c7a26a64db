#include "flows/billing/load_setup.h"

#include "flows/operations/import_terms.h"
#include "ports/billing.h"

namespace flows {

base::Result<BillingSetup> load_setup(ports::Transaction& transaction,
                                      const domain::RuleBook& rules, base::Date day) {
  BillingSetup setup;
  ImportTerms terms = TRY(load_terms(transaction, ""));
  setup.seller = std::move(terms.seller);
  setup.catalogue = std::move(terms.catalogue);
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
