// Four eyes on a billing run: a dry run is kept as a proposal, somebody approves it, and exactly
// what was approved is issued.
//
// A proposal closes the epoch, so that its facts stand still; the run is begun with the same
// cutoff. What came in later is billed by the next run. If the bills would differ all the same
// (a price, a rule of law, another run in between), nothing is issued and the proposal is outdated.
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"
#include "flows/access/access.h"
#include "flows/operations/run_jobs.h"
#include "ports/desk.h"
#include "ports/work.h"

namespace flows {

inline constexpr std::string_view kRunProposalJob = "run_proposal";
inline constexpr std::string_view kApprovedRunJob = "approved_run";

// Asks for a dry run that is kept; adds the job and its row of the audit trail. `label` tells this
// wish from all others. The run of a day closes the cycles that ended by it; that of a period is
// of the day after it. One that gives no bill is not kept. A period may be looked at before it is
// over; approved it can be afterwards.
[[nodiscard]] base::Result<ports::Job> request_proposal(ports::Transaction& transaction,
                                                        const AccessPorts& access, base::Date day,
                                                        std::string_view actor,
                                                        std::string_view label);
[[nodiscard]] base::Result<ports::Job> request_proposal(ports::Transaction& transaction,
                                                        const AccessPorts& access,
                                                        base::Month period, std::string_view actor,
                                                        std::string_view label);

// Whether the bills of a day may be issued by now; before, what still happens would not be in them.
// Errors: period_not_over.
[[nodiscard]] base::Result<> check_period_over(ports::Transaction& transaction,
                                               const base::Clock& clock, base::Date day);

struct Approval {
  domain::JobId proposal;
  std::string_view actor;
  // Whether somebody else than who asked for the dry run has to approve it.
  bool by_another = true;
};
// Adds the job that issues it. People are compared, not how they are written (access/person.h).
// Errors: proposal_not_found, proposal_decided, approver_is_asker, nothing_to_issue,
// period_not_over.
[[nodiscard]] base::Result<ports::Job> approve_run(ports::Transaction& transaction,
                                                   const AccessPorts& access,
                                                   const Approval& approval);

// Whether facts came in since the proposal was made: they are not in it.
[[nodiscard]] base::Result<bool> has_newer_facts(ports::Transaction& transaction,
                                                 const ports::RunProposal& proposal);

// The work of both jobs. Errors: bad_job, run_unfinished, approved_bills_changed, and those of
// run_billing.
[[nodiscard]] base::Result<base::Json> do_run_proposal(const JobTools& tools,
                                                       const base::Json& payload);
[[nodiscard]] base::Result<base::Json> do_approved_run(const JobTools& tools,
                                                       const base::Json& payload);

}  // namespace flows
