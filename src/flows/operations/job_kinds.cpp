// Every kind of job. To add one: a function that does the work, and one line here.
#include "flows/operations/approve_run.h"
#include "flows/operations/request_run.h"
#include "flows/operations/run_jobs.h"

namespace flows {
namespace {

constexpr JobKind kJobKinds[] = {
    {kBillingRunJob, do_billing_run},
    {kRunProposalJob, do_run_proposal},
    {kApprovedRunJob, do_approved_run},
};

}  // namespace

std::span<const JobKind> job_kinds() { return kJobKinds; }

}  // namespace flows
