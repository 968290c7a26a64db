// Fills an empty data folder with a demo operator: source files, two billed months, users, links.
#include "app/cli/commands.h"
#include "app/demo/generate.h"
#include "flows/billing/run_billing.h"
#include "flows/care/links.h"
#include "flows/care/time_zone.h"
#include "ports/billing.h"
#include "ports/catalogue.h"

namespace app::cli {
namespace {

using base::Json;

constexpr std::string_view kOperator = "aurora";
constexpr std::string_view kTimeZone = "Europe/Stockholm";
constexpr std::size_t kLinksShown = 3;

struct DemoUser {
  std::string_view login;
  std::string_view role;
};
constexpr DemoUser kUsers[] = {
    {"agent", "agent"},     {"senior", "senior_agent"}, {"finance", "finance"},
    {"finance2", "finance"}, {"product", "product"},     {"auditor", "auditor"},
    {"admin", "admin"},     {"integrator", "integrator"},
};

base::Result<bool> is_empty(Workspace& workspace) {
  const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
  return TRY(transaction->catalogue().list_operators()).empty();
}

base::Result<Json> add_users(const Context& context) {
  Json users = Json::array();
  for (const DemoUser& user : kUsers) {
    const Answer added = TRY(user_add(context, {std::string(user.login), std::string(user.login),
                                                "sv", {std::string(user.role)}, ""}));
    Json json;
    json.set("login", user.login).set("role", user.role).set("password",
                                                             added.json.text("password"));
    users.push(std::move(json));
  }
  return users;
}

// Of the newest bills.
base::Result<Json> some_links(const Context& context, base::Month period) {
  Workspace& workspace = context.workspace;
  const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
  Json links = Json::array();
  for (const domain::Bill& bill :
       TRY(transaction->billing().list_bills(
           {.period = period, .state = "open", .limit = kLinksShown}))) {
    links.push(workspace.public_url() + "/b/" +
               flows::link_token(workspace.link_key(), bill.id, flows::kIssueAttempt));
  }
  return links;
}

std::string demo_text(const Json& json) {
  std::string text = json.text("files") + ": " + std::to_string(json.integer("customers")) +
                     " customers, imported and billed for " + json.text("first_month") + " and " +
                     json.text("last_month") + "\n\nUsers, their passwords shown this once:\n";
  TextTable users({"login", "password"});
  for (const Json& user : *json["users"].as_array()) {
    users.add({user.text("login"), user.text("password")});
  }
  text += users.to_text() + "\nBills to look at, when the server runs:\n";
  for (const Json& link : *json["links"].as_array()) text += *link.as_string() + "\n";
  return text;
}

}  // namespace

Outcome demo(const Context& context, const DemoOptions& options) {
  Workspace& workspace = context.workspace;
  if (!TRY(is_empty(workspace))) {
    return base::fail("data_not_empty", "a demo needs a data folder of its own",
                      workspace.data_dir());
  }
  // The two months before the one that runs, so that the demo's bills are fresh on any day.
  const base::Date today = TRY(flows::local_date(kTimeZone, workspace.clock().now()));
  const base::Month last = base::Month::of(today).previous();
  const std::string files = options.files.empty() ? workspace.data_dir() + "/demo" : options.files;
  context.progress("making source files");
  TRY(demo::generate({.folder = files, .seed = options.seed, .customers = options.customers,
                      .last_month = last}));
  const Answer imported =
      TRY(import_files(context, {std::string(kOperator), "", {files}}));
  for (const base::Month month : {last.previous(), last}) {
    TRY(bill_run(context, {.period = month.to_string(), .day = {}}));
  }
  Json json;
  json.set("files", files)
      .set("customers", options.customers)
      .set("first_month", last.previous().to_string())
      .set("last_month", last.to_string())
      .set("imported", imported.json["files"])
      .set("users", TRY(add_users(context)))
      .set("links", TRY(some_links(context, last)));
  const std::string text = demo_text(json);
  return Answer{std::move(json), text};
}

}  // namespace app::cli
