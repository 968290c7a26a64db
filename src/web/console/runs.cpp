// Billing runs: the list, asking for one, one run and one request.
#include <algorithm>

#include "flows/operations/request_run.h"
#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/work.h"
#include "web/api/answer.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

constexpr std::size_t kRunsShownMax = 50;
constexpr std::size_t kRequestsShownMax = 20;
constexpr std::size_t kSetAsideShownMax = 1000;
constexpr std::size_t kSetAsideExportMax = 1'000'000;
constexpr std::string_view kRefreshSeconds = "3";

std::string state_text(const Call& call, std::string_view state) {
  return say_word(call, "console.run.state.", state == "leased" ? "running" : state);
}

// "A1000123–A1000167", or nothing where no number was taken.
std::string number_range(const ports::BillingRun& run) {
  if (run.first_number == 0 || run.documents == 0) return {};
  return run.series + std::to_string(run.first_number) + "–" + run.series +
         std::to_string(run.first_number + run.documents - 1);
}

// What the rows of a page are written with.
struct Rows {
  const Call& call;
  ports::Transaction& transaction;
  Moments moments;
};

base::Result<Rows> rows_of(const Call& call, ports::Transaction& transaction) {
  return Rows{call, transaction, TRY(Moments::load(call, transaction))};
}

base::Result<Value> run_row(const Rows& rows, const ports::BillingRun& run) {
  const Call& call = rows.call;
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  return Value::record()
      .set("id", run.id.to_string())
      .set("title", say(call, "console.run.title", {{"period", run.period}}))
      .set("period", write.month(run.period, locale::MonthStyle::kYear))
      .set("state", state_text(call, run.state))
      .set("is_done", run.state == "done")
      .set("issue_day", write.date(run.issue_day, locale::DateStyle::kNumeric))
      .set("numbers", number_range(run))
      .set("accounts", write.integer(run.accounts))
      .set("documents", write.integer(run.documents))
      .set("set_aside", write.integer(run.set_aside))
      .set("has_set_aside", run.set_aside > 0)
      .set("started_by", TRY(actor_name(rows.transaction, run.started_by)))
      .set("began", rows.moments.text(run.recorded));
}

base::Result<Value> request_row(const Rows& rows, const ports::Job& job) {
  const Call& call = rows.call;
  const auto period = base::Month::parse(job.payload.text("period"));
  const bool* dry_run = job.payload["dry_run"].as_bool();
  const bool is_dry = dry_run != nullptr && *dry_run;
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  return Value::record()
      .set("id", job.id.to_string())
      .set("period", period ? write.month(*period, locale::MonthStyle::kYear) : "")
      .set("kind", say(call, is_dry ? "console.run.kind.dry" : "console.run.kind.real"))
      .set("state", state_text(call, job.state))
      .set("when", rows.moments.text(job.run_at))
      .set("actor", TRY(actor_name(rows.transaction, job.payload.text("actor"))));
}

// The month that has ended: what is billed next, most likely.
base::Month last_month(const Call& call, const Moments& moments) {
  return base::Month::of(moments.day(call.web.clock.now())).previous();
}

base::Result<Page> runs_page(const Call& call) {
  Page page{.name = "console/runs", .title = say(call, "console.nav.runs")};
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Rows rows = TRY(rows_of(call, *transaction));
  Value runs = Value::list();
  for (const auto& run : TRY(transaction->billing().list_runs(kRunsShownMax))) {
    runs.push(TRY(run_row(rows, run)));
  }
  Value requests = Value::list();
  const auto jobs = TRY(transaction->work().list_jobs(flows::kBillingRunJob, kRequestsShownMax));
  for (const auto& job : jobs) requests.push(TRY(request_row(rows, job)));
  page.values.set("runs", std::move(runs)).set("requests", std::move(requests));
  if (call.may(domain::Permission::kRunsStart)) {
    page.values.set(
        "start",
        Value::record()
            .set("period", call.form.text("period", last_month(call, rows.moments).to_string()))
            .set("key", crypto::random_token(call.web.random, "form key:" + call.request_id)));
  }
  return page;
}

Value set_aside_rows(const std::vector<ports::SetAside>& rows) {
  Value list = Value::list();
  for (const ports::SetAside& row : rows) {
    list.push(Value::record()
                  .set("account", row.account.to_string())
                  .set("code", row.error.code)
                  .set("reason", row.error.text)
                  .set("place", row.error.place));
  }
  return list;
}

// The sums of the parts that are counted or issued; in minor units until the end.
struct Progress {
  std::int64_t parts = 0;
  std::int64_t counted = 0;
  std::int64_t issued = 0;
  std::int64_t net = 0;
  std::int64_t vat = 0;
  std::int64_t total = 0;
};

Progress progress_of(const std::vector<ports::BillingBatch>& batches) {
  Progress progress;
  progress.parts = static_cast<std::int64_t>(batches.size());
  for (const ports::BillingBatch& batch : batches) {
    if (batch.state != "waiting") ++progress.counted;
    if (batch.state == "issued") ++progress.issued;
    progress.net += batch.net_minor;
    progress.vat += batch.vat_minor;
    progress.total += batch.total_minor;
  }
  return progress;
}

// What a request that is done came to; its members are those of the job's result.
void add_result(const Call& call, const base::Json& result, Value& values) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const auto currency = base::Currency::parse(result.text("currency"));
  const auto money = [&](std::string_view name) {
    const std::string text = result.text(name);
    if (!currency) return text;
    const auto amount = base::Money::parse(text, *currency);
    return amount ? write.money(*amount) : text;
  };
  std::vector<ports::SetAside> set_aside;
  if (const auto* accounts = result["accounts_set_aside"].as_array()) {
    for (const base::Json& row : *accounts) {
      const auto account = domain::AccountId::parse(row.text("account"));
      if (!account) continue;
      set_aside.push_back({*account, {row.text("code"), row.text("text"), row.text("place")}});
    }
  }
  values
      .set("result", Value::record()
                         .set("run", result.text("run"))
                         .set("accounts", write.integer(result.integer("accounts")))
                         .set("documents", write.integer(result.integer("documents")))
                         .set("net", money("net"))
                         .set("vat", money("vat"))
                         .set("total", money("total")))
      .set("set_aside", set_aside_rows(set_aside));
}

// A page of something under way loads itself again, unless its reader said not to.
void add_refresh(const Call& call, bool is_done, Page& page) {
  if (is_done) return;
  const bool wanted = call.query.text("refresh") != "off";
  if (wanted) page.refresh = kRefreshSeconds;
  page.values.set("under_way", Value::record().set("refreshes", wanted));
}

base::Result<ports::BillingRun> find_run(const Call& call, ports::Transaction& transaction) {
  const auto id = TRY(call.id<domain::RunId>("id"));
  const auto run = TRY(transaction.billing().find_run(id));
  if (!run) return base::fail("run_not_found", "there is no such run", id.to_string());
  return *run;
}

}  // namespace

base::Result<Response> list_runs(const Call& call) {
  return render_page(call, TRY(runs_page(call)));
}

base::Result<Response> start_run(const Call& call) {
  const auto period = base::Month::parse(call.form.text("period"));
  if (!period) {
    Page page = TRY(runs_page(call));
    page.status = 422;
    page.values.set("problem", say(call, "console.run.bad_period"));
    return render_page(call, std::move(page));
  }
  const flows::RunWish wish{*period, call.form.text("dry_run") == "yes"};
  const auto answer =
      TRY(api::once(call, [&](ports::Transaction& transaction) -> base::Result<api::OnceAnswer> {
        const ports::Job job = TRY(flows::request_billing_run(transaction, call.access(), wish,
                                                              call.who.actor(), call.request_id));
        return api::OnceAnswer{303, {}, "/console/runs/requests/" + job.id.to_string()};
      }));
  call.web.job_added();
  return see_other(answer.location);
}

base::Result<Response> show_run(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const ports::BillingRun run = TRY(find_run(call, *transaction));
  Page page{.name = "console/run",
            .title = say(call, "console.run.title", {{"period", run.period}})};
  const Progress progress = progress_of(TRY(transaction->billing().batches_of(run.id)));
  const std::int64_t done = run.state == "counting" ? progress.counted : progress.issued;
  const auto set_aside = TRY(transaction->billing().set_aside_of(run.id, kSetAsideShownMax));
  page.values.set("run", TRY(run_row(TRY(rows_of(call, *transaction)), run)))
      .set("parts", say(call, "console.run.parts", {{"done", done}, {"all", progress.parts}}))
      .set("parts_done", done)
      .set("parts_all", std::max<std::int64_t>(progress.parts, 1))
      .set("set_aside", set_aside_rows(set_aside));
  const auto operators = TRY(transaction->catalogue().list_operators());
  if (!operators.empty()) {
    const locale::Formatter& write = call.web.texts.formatter(call.language);
    const base::Currency currency = operators.front().currency;
    page.values.set("sums", Value::record()
                                .set("net", write.money({progress.net, currency}))
                                .set("vat", write.money({progress.vat, currency}))
                                .set("total", write.money({progress.total, currency})));
  }
  add_refresh(call, run.state == "done", page);
  return render_page(call, std::move(page));
}

base::Result<Response> export_set_aside(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const ports::BillingRun run = TRY(find_run(call, *transaction));
  std::string body = csv_line({"account", "code", "reason", "place"});
  for (const auto& row : TRY(transaction->billing().set_aside_of(run.id, kSetAsideExportMax))) {
    body += csv_line({row.account.to_string(), row.error.code, row.error.text, row.error.place});
  }
  return csv_response("set-aside-" + run.period.to_string() + ".csv", body);
}

base::Result<Response> show_run_request(const Call& call) {
  const auto id = TRY(call.id<domain::JobId>("id"));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto job = TRY(transaction->work().find_job(id));
  if (!job || job->kind != flows::kBillingRunJob) {
    return base::fail("job_not_found", "there is no such request", id.to_string());
  }
  const bool is_over = job->state == "done" || job->state == "failed";
  Page page{.name = "console/run-request", .title = say(call, "console.run.request")};
  page.values.set("request", TRY(request_row(TRY(rows_of(call, *transaction)), *job)));
  const base::Json& result = job->result;
  if (const base::Json& error = result["error"]; !error.is_null()) {
    page.values.set("error", error.text("text"));
  }
  if (job->state == "done") add_result(call, result, page.values);
  add_refresh(call, is_over, page);
  return render_page(call, std::move(page));
}

}  // namespace web::console
