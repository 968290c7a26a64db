// Billing runs: what there is of them, and asking for one. A run works in the background as a job.
#include "flows/operations/approve_run.h"
#include "flows/operations/request_run.h"
#include "ports/billing.h"
#include "ports/work.h"
#include "web/api/answer.h"
#include "web/api/handlers.h"

namespace web::api {
namespace {

using base::Json;

constexpr std::size_t kSetAsideShownMax = 1000;

Json run_json(const ports::BillingRun& run) {
  return Json::object()
      .set("id", run.id.to_string())
      .set("period", run.period.to_string())
      .set("state", run.state)
      .set("issue_day", run.issue_day.to_string())
      .set("series", run.series)
      .set("first_number", run.first_number)
      .set("accounts", run.accounts)
      .set("documents", run.documents)
      .set("set_aside", run.set_aside)
      .set("started_by", run.started_by)
      .set("recorded", run.recorded.to_string());
}

Json set_aside_json(const ports::SetAside& row) {
  Json json = Json::object()
                  .set("account", row.account.to_string())
                  .set("code", row.error.code)
                  .set("reason", row.error.text);
  if (!row.error.place.empty()) json.set("place", row.error.place);
  return json;
}

Json job_json(const ports::Job& job) {
  Json json = Json::object()
                  .set("id", job.id.to_string())
                  .set("kind", job.kind)
                  .set("state", job.state)
                  .set("attempts", job.attempts)
                  .set("due", job.run_at.to_string())
                  .set("request", job.payload);
  if (!job.result.is_null()) json.set("result", job.result);
  return json;
}

}  // namespace

base::Result<Response> list_billing_runs(const Call& call) {
  const std::size_t limit = TRY(page_limit(call));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  Json items = Json::array();
  for (const auto& run : TRY(transaction->billing().list_runs(limit))) items.push(run_json(run));
  return page_response(std::move(items), "");
}

base::Result<Response> show_billing_run(const Call& call) {
  const auto id = TRY(call.id<domain::RunId>("id"));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto run = TRY(transaction->billing().find_run(id));
  if (!run) return base::fail("run_not_found", "there is no such run", id.to_string());
  std::int64_t counted = 0, issued = 0;
  const auto batches = TRY(transaction->billing().batches_of(id));
  for (const ports::BillingBatch& batch : batches) {
    if (batch.state != "waiting") ++counted;
    if (batch.state == "issued") ++issued;
  }
  Json set_aside = Json::array();
  for (const auto& row : TRY(transaction->billing().set_aside_of(id, kSetAsideShownMax))) {
    set_aside.push(set_aside_json(row));
  }
  return json_response(200, Json::object()
                                .set("run", run_json(*run))
                                .set("batches", batches.size())
                                .set("batches_counted", counted)
                                .set("batches_issued", issued)
                                .set("set_aside", std::move(set_aside)));
}

base::Result<Response> start_billing_run(const Call& call) {
  flows::RunWish wish;
  wish.period = TRY(base::Month::parse(call.body.text("period")));
  const bool* dry_run = call.body["dry_run"].as_bool();
  wish.dry_run = dry_run != nullptr && *dry_run;
  const bool needs_approval = call.web.settings.runs_need_approval;
  if (needs_approval && !wish.dry_run) {
    return base::fail("approval_needed",
                      "ask for a dry run: bills are issued when somebody else approves it");
  }
  const auto answer =
      TRY(once(call, [&](ports::Transaction& transaction) -> base::Result<OnceAnswer> {
        const std::string actor = call.who.actor();
        const ports::Job job =
            needs_approval ? TRY(flows::request_proposal(transaction, call.access(), wish.period,
                                                         actor, call.request_id))
                           : TRY(flows::request_billing_run(transaction, call.access(), wish, actor,
                                                            call.request_id));
        return OnceAnswer{202, job_json(job), "/api/v1/jobs/" + job.id.to_string()};
      }));
  call.web.job_added();
  return to_response(answer);
}

base::Result<Response> show_job(const Call& call) {
  const auto id = TRY(call.id<domain::JobId>("id"));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto job = TRY(transaction->work().find_job(id));
  if (!job) return base::fail("job_not_found", "there is no such job", id.to_string());
  return json_response(200, job_json(*job));
}

}  // namespace web::api
