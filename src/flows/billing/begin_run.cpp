#include "flows/billing/begin_run.h"

#include "ports/parties.h"
#include "support/crypto/crypto.h"

namespace flows {

base::Result<std::vector<ports::BillingBatch>> make_batches(ports::Transaction& transaction,
                                                            std::int64_t cutoff_epoch,
                                                            std::int64_t batch_accounts) {
  std::vector<ports::BillingBatch> batches;
  for (const auto& range :
       TRY(transaction.parties().account_bounds(cutoff_epoch, batch_accounts))) {
    ports::BillingBatch batch;
    batch.batch = static_cast<std::int64_t>(batches.size());
    batch.range = range;
    batch.state = "waiting";
    batches.push_back(std::move(batch));
  }
  return batches;
}

base::Result<ports::BillingRun> begin_run(ports::Transaction& transaction,
                                          const BillingSetup& setup,
                                          const RunBeginning& beginning) {
  const auto batches = TRY(make_batches(transaction, setup.cutoff_epoch, beginning.batch_accounts));
  const std::string day = setup.day.to_string(), number = std::to_string(beginning.ordinal);
  const std::string_view parts[] = {"billing_run", setup.seller.code, day, number};
  ports::BillingRun run{.id = domain::RunId(crypto::derived_id(parts)),
                        .period = setup.period(),
                        .state = "counting",
                        .cutoff_epoch = setup.cutoff_epoch,
                        .issue_day = setup.day,
                        .series = setup.seller.invoice_series,
                        .started_by = beginning.actor,
                        .recorded = beginning.now};
  TRY(transaction.billing().add_run(run, batches));
  return run;
}

}  // namespace flows
