// The first page: what runs, what waits for somebody.
#include "ports/billing.h"
#include "ports/imports.h"
#include "web/console/handlers.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

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

}  // namespace

base::Result<Response> show_home(const Call& call) {
  Page page{.name = "console/home", .title = say(call, "console.nav.home")};
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  TRY(add_run(call, *transaction, page.values));
  TRY(add_rejects(call, *transaction, page.values));
  TRY(add_file(call, *transaction, page.values));
  return render_page(call, std::move(page));
}

}  // namespace web::console
