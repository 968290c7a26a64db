// Fills an empty data folder with a demo operator: source files, two billed months, a bank file
// after each, users, and links to bills in every state that there is.
#include <filesystem>
#include <set>

#include "app/cli/commands.h"
#include "app/cli/commands_payments.h"
#include "app/demo/generate.h"
#include "app/demo/practice_gateway.h"
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
constexpr std::size_t kLinksOfAFace = 2;
constexpr std::size_t kBillsLookedAt = 4'000;

struct DemoUser {
  std::string_view login;
  std::string_view role;
};
constexpr DemoUser kUsers[] = {
    {"agent", "agent"},      {"senior", "senior_agent"}, {"finance", "finance"},
    {"finance2", "finance"}, {"product", "product"},     {"auditor", "auditor"},
    {"cashier", "cashier"},  {"admin", "admin"},         {"integrator", "integrator"},
};

base::Result<bool> is_empty(Workspace& workspace) {
  const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
  return TRY(transaction->catalogue().list_operators()).empty();
}

base::Result<Json> add_users(const Context& context) {
  Json users = Json::array();
  for (const DemoUser& user : kUsers) {
    const Answer added = TRY(user_add(
        context,
        {std::string(user.login), std::string(user.login), "sv", {std::string(user.role)}, ""}));
    Json json;
    json.set("login", user.login)
        .set("role", user.role)
        .set("password", added.json.text("password"));
    users.push(std::move(json));
  }
  return users;
}

// A month is billed, and the bank tells of the days after it. Nothing where nobody owes anything.
base::Result<Json> bill_and_be_paid(const Context& context, base::Month month,
                                    const BankSimulateOptions& bank) {
  TRY(issue_bills(context, {.period = month.to_string(), .day = {}}));
  const auto simulated = bank_simulate(context, bank);
  if (!simulated && simulated.error().code == "nothing_to_simulate") return Json();
  if (!simulated) return std::unexpected(simulated.error());
  const Answer imported = TRY(bank_import(context, {.files = {bank.output}, .by = {}}));
  return imported.json["files"].as_array()->front();
}

// Of each state a few bills, the newest month first.
base::Result<Json> some_bills(const Context& context, base::Month newest, base::Date today) {
  Workspace& workspace = context.workspace;
  const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
  Json bills = Json::array();
  std::map<domain::BillFace, std::size_t> shown;
  for (const base::Month period : {newest, newest.previous()}) {
    for (const domain::Bill& bill :
         TRY(transaction->billing().list_bills({.period = period, .limit = kBillsLookedAt}))) {
      const domain::BillFace face = domain::view_bill(bill, today).face;
      if (++shown[face] > kLinksOfAFace) continue;
      Json row;
      row.set("state", domain::to_text(face))
          .set("bill", bill.id.to_string())
          .set("link", workspace.public_url() + "/b/" +
                           flows::link_token(workspace.link_key(), bill.id, flows::kIssueAttempt));
      bills.push(std::move(row));
    }
  }
  return bills;
}

// Of those that somebody still owes.
Json links_of(const Json& bills) {
  static const std::set<std::string> kOwed = {"open", "due_soon", "overdue", "partly_paid"};
  Json links = Json::array();
  for (const Json& bill : *bills.as_array()) {
    if (kOwed.contains(bill.text("state"))) links.push(bill.text("link"));
  }
  return links;
}

std::string demo_text(const Json& json) {
  std::string text = json.text("files") + ": " + std::to_string(json.integer("customers")) +
                     " customers, imported and billed for " + json.text("first_month") + " and " +
                     json.text("last_month") +
                     ", with a bank file after each\n\nUsers, their passwords shown this once:\n";
  TextTable users({"login", "password"});
  for (const Json& user : *json["users"].as_array()) {
    users.add({user.text("login"), user.text("password")});
  }
  text += users.to_text() + "\nBills to look at, when the server runs:\n";
  TextTable bills({"state", "link"});
  for (const Json& bill : *json["bills"].as_array()) {
    bills.add({bill.text("state"), bill.text("link")});
  }
  return text + bills.to_text() +
         "\nTap \"pay now\" on one of them: a practice provider, which moves no money, takes it.\n"
         "\nMore money comes in, seen at once by whoever looks at the bill that it pays:\n"
         "  telgiro --data DIR bank simulate --output FILE\n"
         "  telgiro --data DIR bank import FILE\n";
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
  TRY(demo::generate(
      {.folder = files, .seed = options.seed, .customers = options.customers, .last_month = last}));
  const Answer imported = TRY(import_files(context, {std::string(kOperator), "", {files}}));
  std::error_code error;
  std::filesystem::create_directories(files + "/bank", error);
  if (error) return base::fail("file_not_writable", error.message(), files + "/bank");
  // Of the first month most is paid; of the last one, whose bills are not due yet, about half.
  const auto seed = static_cast<std::int64_t>(options.seed);
  const BankSimulateOptions files_of_the_bank[] = {
      {.format = "bgmax", .seed = seed, .day = {}, .output = files + "/bank/bgmax.txt"},
      {.format = "camt.053",
       .seed = seed,
       .day = {},
       .bills = std::max<std::int64_t>(options.customers / 2, 1),
       .output = files + "/bank/camt.053.xml"}};
  Json bank_files = Json::array();
  base::Month month = last.previous();
  for (const BankSimulateOptions& bank : files_of_the_bank) {
    Json imported_file = TRY(bill_and_be_paid(context, month, bank));
    if (!imported_file.is_null()) bank_files.push(std::move(imported_file));
    month = month.next();
  }
  TRY(demo::PracticeGateway::make_demo(workspace.data_dir()));
  const Json bills = TRY(some_bills(context, last, today));
  Json json;
  json.set("files", files)
      .set("customers", options.customers)
      .set("first_month", last.previous().to_string())
      .set("last_month", last.to_string())
      .set("imported", imported.json["files"])
      .set("bank_files", std::move(bank_files))
      .set("users", TRY(add_users(context)))
      .set("links", links_of(bills))
      .set("bills", bills)
      .set("payments", TRY(payment_totals(context)).json);
  const std::string text = demo_text(json);
  return Answer{std::move(json), text};
}

}  // namespace app::cli
