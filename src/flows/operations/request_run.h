// Ask for a billing run in the background, and what the run is as a job.
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"
#include "flows/access/access.h"
#include "flows/billing/run_billing.h"
#include "flows/operations/run_jobs.h"
#include "ports/work.h"

namespace flows {

inline constexpr std::string_view kBillingRunJob = "billing_run";

struct RunWish {
  base::Month period;
  bool dry_run = false;
};

// Adds the job and its row of the audit trail to the transaction. `label` tells this wish from
// all others (an idempotency key will do).
[[nodiscard]] base::Result<ports::Job> request_billing_run(ports::Transaction& transaction,
                                                           const AccessPorts& access,
                                                           const RunWish& wish,
                                                           std::string_view actor,
                                                           std::string_view label);

// The work of such a job. Errors: bad_job, and those of run_billing.
[[nodiscard]] base::Result<base::Json> do_billing_run(const JobTools& tools,
                                                      const base::Json& payload);

// What a run came to, as a job's result; and how far it is, as a metric.
[[nodiscard]] base::Json to_json(const RunOutcome& outcome);
void show_progress(const RunProgress& progress);

}  // namespace flows
