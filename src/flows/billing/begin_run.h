// The rows of a run that begins: itself and its batches, one for each range of accounts.
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "flows/billing/plan_batch.h"
#include "ports/billing.h"
#include "ports/store.h"

namespace flows {

struct RunBeginning {
  std::int64_t ordinal = 1;  // The first, second ... run of its day.
  std::int64_t batch_accounts = 500;
  std::string actor;
  base::Instant now;
};

// Waiting batches over all accounts up to the cutoff.
[[nodiscard]] base::Result<std::vector<ports::BillingBatch>> make_batches(
    ports::Transaction& transaction, std::int64_t cutoff_epoch, std::int64_t batch_accounts);

// Within a transaction that holds the lock "billing_run"; `setup` has the day and the cutoff.
[[nodiscard]] base::Result<ports::BillingRun> begin_run(ports::Transaction& transaction,
                                                        const BillingSetup& setup,
                                                        const RunBeginning& beginning);

}  // namespace flows
