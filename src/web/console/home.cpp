// The first page: what runs, what waits for somebody.
#include "ports/access.h"
#include "ports/billing.h"
#include "ports/desk.h"
#include "ports/imports.h"
#include "ports/payments.h"
#include "web/console/handlers.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

constexpr std::size_t kProposalsMax = 20;

base::Result<> add_run(const Call& call, ports::Transaction& transaction, Value& values) {
  if (!call.may(domain::Permission::kRunsRead)) return {};
  const auto runs = TRY(transaction.billing().list_runs(1));
  Value section = Value::record();
  if (!runs.empty()) {
    const ports::BillingRun& run = runs.front();
    section.set(
        "latest",
        Value::record()
            .set("id", run.id.to_string())
            .set("title", say(call, "console.run.title", {{"period", run.period}}))
            .set("state", say_word(call, "console.run.state.", run.state))
            .set("invoices", say(call, "console.run.invoices", {{"count", run.documents}}))
            .set("set_aside", say(call, "console.run.set_aside", {{"count", run.set_aside}})));
  }
  values.set("runs", std::move(section));
  return {};
}

base::Result<> add_rejects(const Call& call, ports::Transaction& transaction, Value& values) {
  if (!call.may(domain::Permission::kRejectsRead)) return {};
  ports::RejectFilter open;
  open.state = "open";
  const std::int64_t count = TRY(transaction.imports().count_rejects(open));
  values.set("rejects", Value::record()
                            .set("open", say(call, "console.home.rejects_open", {{"count", count}}))
                            .set("has_open", count > 0));
  return {};
}

base::Result<> add_file(const Call& call, ports::Transaction& transaction, Value& values) {
  if (!call.may(domain::Permission::kImportsRead)) return {};
  const auto files = TRY(transaction.imports().list_files(1));
  Value section = Value::record();
  if (!files.empty()) {
    const ports::ImportFile& file = files.front();
    section.set(
        "latest",
        Value::record()
            .set("name", file.name)
            .set("when", TRY(Moments::load(call, transaction)).text(file.recorded))
            .set("taken", say(call, "console.import.taken", {{"count", file.accepted}}))
            .set("rejected", say(call, "console.import.rejected", {{"count", file.rejected}})));
  }
  values.set("files", std::move(section));
  return {};
}

// What a dry run would bill; empty for those of before sums were kept.
std::string sum_of(const base::Json& outcome, const locale::Formatter& write) {
  const auto currency = base::Currency::parse(outcome.text("currency"));
  if (!currency) return {};
  const auto sum = base::Money::parse(outcome.text("total"), *currency);
  return sum ? write.money(*sum) : std::string();
}

// Dry runs that wait for somebody's approval.
base::Result<> add_approvals(const Call& call, ports::Transaction& transaction, Value& values) {
  if (!call.may(domain::Permission::kRunsApprove)) return {};
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const base::Date today = TRY(Moments::load(call, transaction)).day(call.web.clock.now());
  Value rows = Value::list();
  for (const auto& proposal : TRY(transaction.access().desk().list_proposals(kProposalsMax))) {
    if (proposal.state != "waiting") continue;
    const base::Json& outcome = proposal.outcome;
    const std::int64_t papers = outcome.integer("documents") + outcome.integer("credit_notes");
    const auto day = base::Date::parse(outcome.text("issue_day"));
    // What only was looked at ahead of its time, or gave nothing, waits for nobody.
    if (papers == 0 || (day && *day > today)) continue;
    rows.push(Value::record()
                  .set("id", proposal.job.to_string())
                  .set("title", say(call, "console.run.title", {{"period", proposal.period}}))
                  .set("day", outcome.text("issue_day"))
                  .set("papers", std::to_string(papers))
                  .set("sum", sum_of(outcome, write))
                  .set("asked_by", TRY(actor_name(transaction, proposal.asked_by))));
  }
  if (rows.is_shown()) values.set("approvals", Value::record().set("rows", std::move(rows)));
  return {};
}

base::Result<> add_suspense(const Call& call, ports::Transaction& transaction, Value& values) {
  if (!call.may(domain::Permission::kPaymentsRead)) return {};
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value rows = Value::list();
  for (const auto& row : TRY(transaction.payments().totals())) {
    if (row.open_payments == 0) continue;
    rows.push(Value::record()
                  .set("account", row.bank_account)
                  .set("open", write.money(row.open))
                  .set("count", write.integer(row.open_payments)));
  }
  values.set("suspense", Value::record().set("rows", std::move(rows)));
  return {};
}

}  // namespace

base::Result<Response> show_home(const Call& call) {
  Page page{.name = "console/home", .title = say(call, "console.nav.home")};
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  TRY(add_run(call, *transaction, page.values));
  TRY(add_approvals(call, *transaction, page.values));
  TRY(add_suspense(call, *transaction, page.values));
  TRY(add_rejects(call, *transaction, page.values));
  TRY(add_file(call, *transaction, page.values));
  return render_page(call, std::move(page));
}

}  // namespace web::console
