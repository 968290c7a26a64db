#include "flows/operations/request_run.h"

#include "support/observe/metrics.h"

namespace flows {
namespace {

using base::Json;

constexpr std::int64_t kMillion = 1'000'000;

std::string amount(std::int64_t minor, base::Currency currency) {
  return base::Money(minor, currency).to_decimal_string();
}

Json set_aside_json(const std::vector<ports::SetAside>& accounts) {
  Json list = Json::array();
  for (const ports::SetAside& row : accounts) {
    list.push(Json::object()
                  .set("account", row.account.to_string())
                  .set("code", row.error.code)
                  .set("text", row.error.text)
                  .set("place", row.error.place));
  }
  return list;
}

}  // namespace

Json to_json(const RunOutcome& outcome) {
  const RunTotals& totals = outcome.totals;
  Json json;
  if (!outcome.run.is_nil()) json.set("run", outcome.run.to_string());
  return json.set("period", outcome.period.to_string())
      .set("dry_run", outcome.dry_run)
      .set("issue_day", outcome.issue_day.to_string())
      .set("currency", outcome.currency.code())
      .set("series", outcome.series)
      .set("first_number", outcome.first_number)
      .set("last_number", outcome.last_number)
      .set("accounts", totals.accounts)
      .set("documents", totals.documents)
      .set("set_aside", totals.set_aside)
      .set("net", amount(totals.net_minor, outcome.currency))
      .set("vat", amount(totals.vat_minor, outcome.currency))
      .set("total", amount(totals.total_minor, outcome.currency))
      .set("accounts_set_aside", set_aside_json(outcome.set_aside));
}

void show_progress(const RunProgress& progress) {
  if (progress.batches == 0) return;
  observe::metrics().set(observe::Metric::kRunProgressRatio, {},
                         progress.batches_done * kMillion / progress.batches);
}

base::Result<ports::Job> request_billing_run(ports::Transaction& transaction,
                                             const AccessPorts& access, const RunWish& wish,
                                             std::string_view actor, std::string_view label) {
  const base::Instant now = access.clock.now();
  ports::Job job;
  job.id = crypto::make_random_id<domain::JobId>(access.random, now,
                                                 "billing run:" + std::string(label));
  job.kind = kBillingRunJob;
  job.payload.set("period", wish.period.to_string())
      .set("dry_run", wish.dry_run)
      .set("actor", actor);
  job.state = "waiting";
  job.run_at = now;
  TRY(transaction.work().add_job(job, now));
  TRY(write_audit(transaction, access,
                  {.actor = actor,
                   .action = wish.dry_run ? "run.dry_run_requested" : "run.requested",
                   .subject = job.id.to_string(),
                   .detail = Json::object().set("period", wish.period.to_string())}));
  return job;
}

base::Result<Json> do_billing_run(const JobTools& tools, const Json& payload) {
  const auto period = base::Month::parse(payload.text("period"));
  if (!period) {
    return base::fail("bad_job", "the job's payload names no month", payload.text("period"));
  }
  const bool* dry_run = payload["dry_run"].as_bool();
  RunRequest request;
  request.day = closing_day(*period);
  request.dry_run = dry_run != nullptr && *dry_run;
  request.workers = tools.run_workers;
  request.actor = payload.text("actor");
  return to_json(TRY(run_billing(tools.billing, request, show_progress)));
}

}  // namespace flows
