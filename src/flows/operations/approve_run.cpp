#include "flows/operations/approve_run.h"

#include "flows/access/person.h"
#include "flows/billing/begin_run.h"
#include "flows/billing/load_setup.h"
#include "flows/billing/propose_run.h"
#include "flows/care/time_zone.h"
#include "flows/operations/import_terms.h"
#include "flows/operations/request_run.h"
#include "ports/billing.h"
#include "ports/imports.h"

namespace flows {
namespace {

using base::Json;
using base::Result;

Result<ports::Job> add_job(ports::Transaction& transaction, const AccessPorts& access,
                           std::string_view kind, Json payload, std::string_view label) {
  const base::Instant now = access.clock.now();
  ports::Job job;
  job.id = crypto::make_random_id<domain::JobId>(access.random, now,
                                                 std::string(kind) + ":" + std::string(label));
  job.kind = kind;
  job.payload = std::move(payload);
  job.payload.set("job", job.id.to_string());
  job.state = "waiting";
  job.run_at = now;
  TRY(transaction.work().add_job(job, now));
  return job;
}

Result<ports::RunProposal> load_proposal(ports::Transaction& transaction, domain::JobId id) {
  auto proposal = TRY(transaction.access().desk().find_proposal(id));
  if (!proposal) {
    return base::fail("proposal_not_found", "there is no such dry run", id.to_string());
  }
  return *std::move(proposal);
}

Result<std::int64_t> close_epoch(ports::Store& store) {
  std::int64_t cutoff = 0;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    cutoff = TRY(transaction.work().advance_epoch());
    return {};
  }));
  return cutoff;
}

// What is there of the day's runs when an approved one is to begin.
struct DayOfRun {
  std::int64_t runs = 0;
  std::optional<ports::BillingRun> of_cutoff;
};

Result<DayOfRun> look_at_day(ports::Transaction& transaction, base::Date day,
                             std::int64_t cutoff_epoch) {
  DayOfRun found;
  for (const auto& run : TRY(transaction.billing().list_runs(kRunsLookedAtMax))) {
    const bool is_ours = run.issue_day == day && run.cutoff_epoch == cutoff_epoch;
    if (is_ours) found.of_cutoff = run;
    found.runs += run.issue_day == day;
    if (run.state != "done" && !is_ours) {
      return base::fail("run_unfinished",
                        "the run of " + run.issue_day.to_string() +
                            " was begun and not finished: finish it first",
                        run.id.to_string());
    }
  }
  return found;
}

Result<std::optional<ports::BillingRun>> run_begun(ports::Store& store, base::Date day,
                                                   std::int64_t cutoff_epoch) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  return TRY(look_at_day(*transaction, day, cutoff_epoch)).of_cutoff;
}

// The bills that were approved, or nothing.
Result<> check_digest(const JobTools& tools, const ports::RunProposal& proposal, base::Date day) {
  const std::string digest = TRY(digest_of_run(tools.billing, day, proposal.cutoff_epoch));
  if (digest == proposal.digest) return {};
  TRY(ports::run_in_transaction(tools.billing.store,
                                [&](ports::Transaction& transaction) -> Result<> {
                                  ports::RunProposal outdated = proposal;
                                  outdated.state = "outdated";
                                  return transaction.access().desk().update_proposal(outdated);
                                }));
  return base::fail("approved_bills_changed",
                    "the bills are no longer those that were approved (prices or rules changed, "
                    "or another run came first): make a new dry run",
                    proposal.job.to_string());
}

// Begins the run with the cutoff that was approved, unless another process did.
Result<> begin_approved(const JobTools& tools, const ports::RunProposal& proposal, base::Date day,
                        const std::string& actor) {
  ports::Store& store = tools.billing.store;
  return ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock("billing_run"));
    const DayOfRun found = TRY(look_at_day(transaction, day, proposal.cutoff_epoch));
    if (found.of_cutoff) return {};
    BillingSetup setup = TRY(load_setup(transaction, tools.billing.rules, day));
    TRY(look_up_to(transaction, proposal.cutoff_epoch, setup));
    TRY(begin_run(transaction, setup,
                  {.ordinal = found.runs + 1, .actor = actor, .now = tools.billing.clock.now()}));
    return {};
  });
}

// The day of the run that was proposed.
base::Date day_of(const ports::RunProposal& proposal) {
  const auto day = base::Date::parse(proposal.outcome.text("issue_day"));
  return day ? *day : closing_day(proposal.period);
}

}  // namespace

Result<> check_period_over(ports::Transaction& transaction, const base::Clock& clock,
                           base::Date day) {
  const domain::Operator seller = TRY(load_seller(transaction));
  const base::Date today = TRY(local_date(seller.time_zone, clock.now()));
  if (day <= today) return {};
  return base::fail("period_not_over", "the period can be closed from " + day.to_string() + " on",
                    base::Month::of(day - 1).to_string());
}

Result<ports::Job> request_proposal(ports::Transaction& transaction, const AccessPorts& access,
                                    base::Month period, std::string_view actor,
                                    std::string_view label) {
  return request_proposal(transaction, access, closing_day(period), actor, label);
}

Result<ports::Job> request_proposal(ports::Transaction& transaction, const AccessPorts& access,
                                    base::Date day, std::string_view actor,
                                    std::string_view label) {
  const base::Month period = base::Month::of(day - 1);
  Json payload;
  payload.set("period", period.to_string())
      .set("day", day.to_string())
      .set("dry_run", true)
      .set("actor", actor);
  ports::Job job = TRY(add_job(transaction, access, kRunProposalJob, std::move(payload), label));
  TRY(write_audit(transaction, access,
                  {.actor = actor,
                   .action = "run.dry_run_requested",
                   .subject = job.id.to_string(),
                   .detail = Json::object().set("period", period.to_string())}));
  return job;
}

Result<ports::Job> approve_run(ports::Transaction& transaction, const AccessPorts& access,
                               const Approval& approval) {
  TRY(transaction.work().lock("run_proposal"));
  ports::RunProposal proposal = TRY(load_proposal(transaction, approval.proposal));
  const std::string id = proposal.job.to_string();
  if (proposal.state != "waiting") {
    return base::fail("proposal_decided", "this dry run was approved before, or is outdated", id);
  }
  if (approval.by_another && TRY(is_same_person(transaction, proposal.asked_by, approval.actor))) {
    return base::fail("approver_is_asker",
                      "whoever asked for the dry run cannot approve it: ask somebody else", id);
  }
  if (proposal.outcome.integer("documents") + proposal.outcome.integer("credit_notes") == 0) {
    return base::fail("nothing_to_issue", "the dry run gave no bill", id);
  }
  TRY(check_period_over(transaction, access.clock, day_of(proposal)));
  Json payload;
  payload.set("proposal", id)
      .set("period", proposal.period.to_string())
      .set("dry_run", false)
      .set("actor", approval.actor);
  const ports::Job job = TRY(add_job(transaction, access, kApprovedRunJob, std::move(payload), id));
  proposal.state = "approved";
  proposal.decided_by = approval.actor;
  proposal.decided = access.clock.now();
  proposal.run_job = job.id;
  TRY(transaction.access().desk().update_proposal(proposal));
  TRY(write_audit(transaction, access,
                  {.actor = approval.actor,
                   .action = "run.approved",
                   .subject = id,
                   .detail = Json::object()
                                 .set("period", proposal.period.to_string())
                                 .set("asked_by", proposal.asked_by)
                                 .set("job", job.id.to_string())}));
  return job;
}

Result<bool> has_newer_facts(ports::Transaction& transaction, const ports::RunProposal& proposal) {
  const base::Instant newest = TRY(transaction.access().desk().newest_fact());
  if (newest > proposal.recorded) return true;
  const auto files = TRY(transaction.imports().list_files(1));
  return !files.empty() && files.front().recorded > proposal.recorded;
}

Result<Json> do_run_proposal(const JobTools& tools, const Json& payload) {
  const auto id = domain::JobId::parse(payload.text("job"));
  const auto period = base::Month::parse(payload.text("period"));
  if (!period || !id) {
    return base::fail("bad_job", "the job's payload names no month", payload.text("period"));
  }
  const auto asked_day = base::Date::parse(payload.text("day"));
  const base::Date day = asked_day ? *asked_day : closing_day(*period);
  const std::int64_t cutoff = TRY(close_epoch(tools.billing.store));
  const RunPreview preview = TRY(preview_run(tools.billing, day, cutoff));
  // Of no bill nobody is asked anything.
  if (preview.totals.documents + preview.totals.credit_notes == 0) return to_json(preview);
  ports::RunProposal proposal;
  proposal.job = *id;
  proposal.period = preview.period;
  proposal.state = "waiting";
  proposal.cutoff_epoch = cutoff;
  proposal.digest = preview.digest;
  proposal.outcome = to_json(preview);
  proposal.asked_by = payload.text("actor");
  proposal.recorded = tools.billing.clock.now();
  TRY(ports::run_in_transaction(tools.billing.store,
                                [&](ports::Transaction& transaction) -> Result<> {
                                  ports::Desk& desk = transaction.access().desk();
                                  // Begun again after a crash: what was kept first holds.
                                  if (TRY(desk.find_proposal(*id))) return {};
                                  return desk.add_proposal(proposal);
                                }));
  return proposal.outcome;
}

Result<Json> do_approved_run(const JobTools& tools, const Json& payload) {
  const auto id = domain::JobId::parse(payload.text("proposal"));
  if (!id) return base::fail("bad_job", "the job names no dry run", payload.text("proposal"));
  ports::RunProposal proposal;
  {
    const auto transaction = TRY(tools.billing.store.begin(ports::TransactionKind::kRead));
    proposal = TRY(load_proposal(*transaction, *id));
  }
  const base::Date day = day_of(proposal);
  const std::string actor = payload.text("actor");
  auto begun = TRY(run_begun(tools.billing.store, day, proposal.cutoff_epoch));
  if (!begun) {
    TRY(check_digest(tools, proposal, day));
    TRY(begin_approved(tools, proposal, day, actor));
    begun = TRY(run_begun(tools.billing.store, day, proposal.cutoff_epoch));
  }
  Json result = proposal.outcome;
  result.set("dry_run", false);
  result.set("run", begun->id.to_string());
  if (begun->state == "done") return result;
  return to_json(TRY(run_billing(
      tools.billing, {.day = day, .workers = tools.run_workers, .actor = actor}, show_progress)));
}

}  // namespace flows
