// Four eyes on a billing run, on the command line: the dry run that is kept, and the approval by
// somebody else that issues exactly what it showed (flows/operations/approve_run.h).
//
// Both are jobs like those of the console, and are done here: a server that works on the same data
// may take them as well, and what one of them has done the other finds done.
#include <chrono>
#include <thread>

#include "app/cli/acting.h"
#include "app/cli/commands.h"
#include "flows/operations/approve_run.h"
#include "ports/desk.h"
#include "ports/work.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;

constexpr std::chrono::milliseconds kLookAgain{200};

// The actor of a deed that needs two people.
Result<std::string> person_of_command(const Context& context, const std::string& by,
                                      domain::Permission permission) {
  if (by.empty()) {
    return base::fail("person_not_named",
                      "bills are issued when two people want it (billing.approvals): name who "
                      "asks, and who approves, --by LOGIN",
                      "--by");
  }
  return actor_of(context, by, permission);
}

// Does the job, or waits for who does it; its result.
Result<Json> do_job(const Context& context, domain::JobId id) {
  Workspace& workspace = context.workspace;
  const flows::JobTools tools{workspace.billing_tools(), workspace.settings().workers_count};
  flows::JobRunner runner(tools, flows::job_kinds(), {.worker = "command " + id.to_string()});
  for (;;) {
    std::optional<ports::Job> job;
    {
      const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
      job = TRY(transaction->work().find_job(id));
    }
    if (!job) return base::fail("job_not_found", "there is no such job", id.to_string());
    if (job->state == "done") return job->result;
    if (job->state == "failed") {
      const Json& error = job->result["error"];
      return std::unexpected(
          base::Error{error.text("code"), error.text("text"), error.text("place")});
    }
    if (!TRY(runner.run_one())) std::this_thread::sleep_for(kLookAgain);
  }
}

Result<ports::RunProposal> find_proposal(const Context& context, domain::JobId id) {
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  auto found = TRY(transaction->access().desk().find_proposal(id));
  if (!found) return base::fail("proposal_not_found", "there is no such dry run", id.to_string());
  return *std::move(found);
}

flows::AccessPorts access_of(Workspace& workspace) {
  return {workspace.store(), workspace.clock(), workspace.random()};
}

std::string sums_text(const Json& outcome) {
  const std::string unit = " " + outcome.text("currency");
  return std::to_string(outcome.integer("documents")) + " invoices, net " + outcome.text("net") +
         unit + ", VAT " + outcome.text("vat") + unit + ", to pay " + outcome.text("total") + unit +
         ", dated " + outcome.text("issue_day") + "\n" +
         std::to_string(outcome.integer("set_aside")) + " accounts set aside\n";
}

// As "bill run" answers, of a dry run that was kept.
Json proposal_json(const ports::RunProposal& proposal, std::int64_t open_rejects) {
  const Json& outcome = proposal.outcome;
  Json json;
  json.set("run", Json())
      .set("period", proposal.period.to_string())
      .set("dry_run", true)
      .set("resumed", false)
      .set("issue_day", outcome.text("issue_day"))
      .set("currency", outcome.text("currency"))
      .set("series", "")
      .set("first_number", 0)
      .set("last_number", 0)
      .set("accounts", outcome.integer("accounts"))
      .set("documents", outcome.integer("documents"))
      .set("credit_notes", outcome.integer("credit_notes"))
      .set("set_aside", outcome.integer("set_aside"))
      .set("open_rejects", open_rejects)
      .set("net", outcome.text("net"))
      .set("vat", outcome.text("vat"))
      .set("total", outcome.text("total"))
      .set("accounts_set_aside", outcome["accounts_set_aside"])
      .set("cutoff_epoch", proposal.cutoff_epoch)
      .set("facts_until", Json())
      .set("found_issued", 0)
      .set("proposal", proposal.job.to_string());
  return json;
}

}  // namespace

Outcome propose_bills(const Context& context, const ProposedDay& asked) {
  Workspace& workspace = context.workspace;
  const std::string actor =
      TRY(person_of_command(context, asked.by, domain::Permission::kRunsStart));
  ports::Job job;
  TRY(ports::run_in_transaction(
      workspace.store(), [&](ports::Transaction& transaction) -> Result<> {
        const std::string label =
            crypto::make_random_id<domain::JobId>(workspace.random(), workspace.clock().now(),
                                                  "proposal by command")
                .to_string();
        TRY(flows::check_period_over(transaction, workspace.clock(), asked.day));
        job = TRY(
            flows::request_proposal(transaction, access_of(workspace), asked.day, actor, label));
        return {};
      }));
  const Json preview = TRY(do_job(context, job.id));
  if (preview.integer("documents") + preview.integer("credit_notes") == 0) {
    const std::int64_t set_aside = preview.integer("set_aside");
    return base::fail("nothing_to_issue",
                      "nothing is left to bill: there is nothing to approve; " +
                          std::to_string(set_aside) + " accounts set aside",
                      asked.day.to_string());
  }
  const ports::RunProposal proposal = TRY(find_proposal(context, job.id));
  const std::string sums = sums_text(proposal.outcome);
  Json json = proposal_json(proposal, asked.open_rejects);
  return Answer{std::move(json),
                "Nothing is issued yet: " + sums + "Somebody else approves it:\n  telgiro bill " +
                    "approve " + job.id.to_string() + " --by LOGIN\n",
                Exit::kNegative};
}

Outcome bill_approve(const Context& context, const BillApproveOptions& options) {
  Workspace& workspace = context.workspace;
  const auto id = TRY(of_option("PROPOSAL", domain::JobId::parse(options.proposal)));
  const std::string actor =
      TRY(person_of_command(context, options.by, domain::Permission::kRunsApprove));
  ports::RunProposal proposal = TRY(find_proposal(context, id));
  // The same again goes on with what it had begun.
  if (proposal.state != "approved") {
    TRY(ports::run_in_transaction(
        workspace.store(), [&](ports::Transaction& transaction) -> Result<> {
          const ports::Job job =
              TRY(flows::approve_run(transaction, access_of(workspace),
                                     {.proposal = id,
                                      .actor = actor,
                                      .by_another = workspace.settings().billing_approvals > 0}));
          proposal.run_job = job.id;
          return {};
        }));
  }
  const Json outcome = TRY(do_job(context, proposal.run_job));
  Json json;
  json.set("proposal", id.to_string())
      .set("run", outcome.text("run"))
      .set("period", outcome.text("period"))
      .set("issue_day", outcome.text("issue_day"))
      .set("currency", outcome.text("currency"))
      .set("documents", outcome.integer("documents"))
      .set("set_aside", outcome.integer("set_aside"))
      .set("net", outcome.text("net"))
      .set("vat", outcome.text("vat"))
      .set("total", outcome.text("total"));
  return Answer{std::move(json), "Billed " + outcome.text("period") + ": " + sums_text(outcome)};
}

}  // namespace app::cli
