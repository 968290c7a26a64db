// Billing runs: the list, asking for a dry run, what it showed, its approval, and how the run goes.
#include <algorithm>

#include "flows/access/person.h"
#include "flows/operations/approve_run.h"
#include "flows/operations/request_run.h"
#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/desk.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "web/api/answer.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
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
      .set("tag", job.state == "done"     ? " good"
                  : job.state == "failed" ? " warn"
                                          : "")
      .set("when", rows.moments.text(job.run_at))
      .set("actor", TRY(actor_name(rows.transaction, job.payload.text("actor"))));
}

constexpr std::string_view kRequestKinds[] = {flows::kRunProposalJob, flows::kApprovedRunJob,
                                              flows::kBillingRunJob};

bool is_request(const ports::Job& job) {
  return std::ranges::find(kRequestKinds, job.kind) != std::end(kRequestKinds);
}

// Of all kinds, newest first.
base::Result<std::vector<ports::Job>> latest_requests(ports::Transaction& transaction) {
  std::vector<ports::Job> jobs;
  for (const std::string_view kind : kRequestKinds) {
    for (auto& job : TRY(transaction.work().list_jobs(kind, kRequestsShownMax))) {
      jobs.push_back(std::move(job));
    }
  }
  std::ranges::stable_sort(jobs, std::ranges::greater(), &ports::Job::run_at);
  if (jobs.size() > kRequestsShownMax) jobs.resize(kRequestsShownMax);
  return jobs;
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
  for (const auto& job : TRY(latest_requests(*transaction))) {
    requests.push(TRY(request_row(rows, job)));
  }
  page.values.set("runs", std::move(runs)).set("requests", std::move(requests));
  if (call.may(domain::Permission::kRunsStart)) {
    page.values.set(
        "start",
        Value::record()
            .set("period", call.form.text("period", last_month(call, rows.moments).to_string()))
            .set("may_issue", !call.web.settings.runs_need_approval)
            .set("key", form_key(call)));
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

void add_progress(const Call& call, const ports::BillingRun& run, const Progress& progress,
                  Value& values) {
  const std::int64_t done = run.state == "counting" ? progress.counted : progress.issued;
  values.set("parts", say(call, "console.run.parts", {{"done", done}, {"all", progress.parts}}))
      .set("parts_done", done)
      .set("parts_all", std::max<std::int64_t>(progress.parts, 1));
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

// How far the run is that a request began: the newest of its month.
base::Result<> add_run_progress(const Rows& rows, const ports::Job& job, Value& values) {
  if (job.state == "done" || job.state == "failed") return {};
  const auto period = base::Month::parse(job.payload.text("period"));
  for (const auto& run : TRY(rows.transaction.billing().list_runs(kRunsShownMax))) {
    if (!period || run.period != *period || run.state == "done") continue;
    add_progress(rows.call, run, progress_of(TRY(rows.transaction.billing().batches_of(run.id))),
                 values);
    return {};
  }
  return {};
}

// The reasons why the bills differ from those of the month before.
void add_differences(const Call& call, const base::Json& outcome, base::Currency currency,
                     Value& values) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const auto signed_sum = [&](const base::Json& row, std::string_view name) {
    const auto amount = base::Money::parse(row.text(name), currency);
    return amount ? write.money(*amount, locale::MoneyStyle::kSigned) : row.text(name);
  };
  const auto sum = [&](const base::Json& row, std::string_view name) {
    const auto amount = base::Money::parse(row.text(name), currency);
    return amount ? write.money(*amount) : row.text(name);
  };
  Value rows = Value::list();
  for (const base::Json& row : *outcome["differences"].as_array()) {
    rows.push(Value::record()
                  .set("reason", say_word(call, "console.difference.", row.text("reason")))
                  .set("accounts", write.integer(row.integer("accounts")))
                  .set("sum", signed_sum(row, "net")));
  }
  values.set("differences", Value::record()
                                .set("rows", std::move(rows))
                                .set("before", sum(outcome, "net_before"))
                                .set("after", sum(outcome, "net")));
}

// The accounts that differ most; names are for those who may see customers.
base::Result<> add_outliers(const Rows& rows, const base::Json& outcome, base::Currency currency,
                            Value& values) {
  const Call& call = rows.call;
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const bool may_see = call.may(domain::Permission::kCustomersRead);
  Value list = Value::list();
  for (const base::Json& row : *outcome["outliers"].as_array()) {
    const auto id = TRY(domain::AccountId::parse(row.text("account")));
    const auto before = TRY(base::Money::parse(row.text("before"), currency));
    const auto after = TRY(base::Money::parse(row.text("after"), currency));
    Value item = Value::record();
    item.set("account", id.to_string())
        .set("before", write.money(before))
        .set("after", write.money(after))
        .set("change", write.money(after - before, locale::MoneyStyle::kSigned));
    const auto account = TRY(rows.transaction.parties().find_account(id));
    if (may_see && account) {
      const auto customers =
          TRY(rows.transaction.parties().find_customers({&account->customer, 1}));
      item.set("customer", account->customer.to_string())
          .set("name", customers.empty() ? std::string() : customers.front().party.name);
    }
    list.push(std::move(item));
  }
  values.set("outliers", std::move(list));
  return {};
}

// Who asked, who approved, and whether the reader may.
base::Result<Value> approval(const Rows& rows, const ports::RunProposal& proposal) {
  const Call& call = rows.call;
  const bool needs_another = call.web.settings.runs_need_approval;
  const bool waits = proposal.state == "waiting";
  const bool is_asker =
      TRY(flows::is_same_person(rows.transaction, proposal.asked_by, call.who.actor()));
  const std::int64_t papers =
      proposal.outcome.integer("documents") + proposal.outcome.integer("credit_notes");
  const base::Date closes = proposal.period.next().period().from();
  const bool is_over = closes <= rows.moments.day(call.web.clock.now());
  Value card = Value::record();
  card.set("id", proposal.job.to_string())
      .set("key", form_key(call))
      .set("state", say_word(call, "console.approval.state.", proposal.state))
      .set("tag", waits                          ? " warn"
                  : proposal.state == "approved" ? " good"
                                                 : "")
      .set("asked_by", TRY(actor_name(rows.transaction, proposal.asked_by)))
      .set("digest", crypto::to_hex({reinterpret_cast<const std::uint8_t*>(proposal.digest.data()),
                                     proposal.digest.size()})
                         .substr(0, 16));
  if (waits && TRY(flows::has_newer_facts(rows.transaction, proposal))) {
    card.set("newer", say(call, "console.approval.newer"));
  }
  if (!proposal.decided_by.empty()) {
    card.set("decided_by", TRY(actor_name(rows.transaction, proposal.decided_by)))
        .set("decided", rows.moments.text(*proposal.decided));
  }
  if (!proposal.run_job.is_nil()) card.set("run_job", proposal.run_job.to_string());
  if (!waits) return card;
  if (papers == 0) {
    card.set("hint", say(call, "console.approval.problem.nothing_to_issue"));
  } else if (!is_over) {
    card.set("hint", say(call, "console.approval.from", {{"day", closes}}));
  } else if (needs_another && is_asker) {
    card.set("hint", say(call, "console.approval.problem.approver_is_asker"));
  } else if (!call.may(domain::Permission::kRunsApprove)) {
    card.set("hint", say(call, "console.approval.by_finance"));
  } else {
    card.set("may_approve", true);
  }
  return card;
}

base::Result<Response> request_page(const Call& call, domain::JobId id, std::string problem) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto job = TRY(transaction->work().find_job(id));
  if (!job || !is_request(*job)) {
    return base::fail("job_not_found", "there is no such request", id.to_string());
  }
  const bool is_over = job->state == "done" || job->state == "failed";
  Page page{.name = "console/run-request",
            .title = say(call, "console.run.request"),
            .status = problem.empty() ? 200 : 422};
  const Rows rows = TRY(rows_of(call, *transaction));
  page.values.set("request", TRY(request_row(rows, *job))).set("problem", std::move(problem));
  const base::Json& result = job->result;
  if (const base::Json& error = result["error"]; !error.is_null()) {
    page.values.set("error", error.text("text"));
  }
  if (job->state == "done") add_result(call, result, page.values);
  if (job->kind == flows::kApprovedRunJob) TRY(add_run_progress(rows, *job, page.values));
  if (const auto proposal = TRY(transaction->access().desk().find_proposal(id))) {
    const base::Json& outcome = proposal->outcome;
    const auto currency = TRY(base::Currency::parse(outcome.text("currency")));
    add_differences(call, outcome, currency, page.values);
    TRY(add_outliers(rows, outcome, currency, page.values));
    page.values.set("approval", TRY(approval(rows, *proposal)));
  }
  add_refresh(call, is_over, page);
  return render_page(call, std::move(page));
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
  const bool is_dry = call.web.settings.runs_need_approval || call.form.text("dry_run") == "yes";
  const auto answer =
      api::once(call, [&](ports::Transaction& transaction) -> base::Result<api::OnceAnswer> {
        const std::string actor = call.who.actor();
        const ports::Job job =
            is_dry ? TRY(flows::request_proposal(transaction, call.access(), *period, actor,
                                                 call.request_id))
                   : TRY(flows::request_billing_run(transaction, call.access(), {*period, false},
                                                    actor, call.request_id));
        return api::OnceAnswer{303, {}, "/console/runs/requests/" + job.id.to_string()};
      });
  if (!answer) return std::unexpected(answer.error());
  call.web.job_added();
  return see_other(answer->location);
}

base::Result<Response> show_run(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const ports::BillingRun run = TRY(find_run(call, *transaction));
  Page page{.name = "console/run",
            .title = say(call, "console.run.title", {{"period", run.period}})};
  const Progress progress = progress_of(TRY(transaction->billing().batches_of(run.id)));
  const auto set_aside = TRY(transaction->billing().set_aside_of(run.id, kSetAsideShownMax));
  page.values.set("run", TRY(run_row(TRY(rows_of(call, *transaction)), run)))
      .set("set_aside", set_aside_rows(set_aside));
  add_progress(call, run, progress, page.values);
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
  return request_page(call, id, "");
}

base::Result<Response> approve_run(const Call& call) {
  const auto id = TRY(call.id<domain::JobId>("id"));
  const std::string actor = call.who.actor();
  const auto done =
      api::once(call, [&](ports::Transaction& transaction) -> base::Result<api::OnceAnswer> {
        const ports::Job job = TRY(flows::approve_run(
            transaction, call.access(),
            {.proposal = id, .actor = actor, .by_another = call.web.settings.runs_need_approval}));
        return api::OnceAnswer{303, {}, "/console/runs/requests/" + job.id.to_string()};
      });
  if (done) {
    call.web.job_added();
    return see_other(done->location);
  }
  const std::string& code = done.error().code;
  const bool for_the_page = code == "proposal_decided" || code == "approver_is_asker" ||
                            code == "nothing_to_issue" || code == "period_not_over";
  if (!for_the_page) return std::unexpected(done.error());
  return request_page(call, id, say(call, "console.approval.problem." + code));
}

}  // namespace web::console
