// Bills and billing runs on the command line. A bill is named by what people have in hand: its
// id, its payment reference or its invoice number.
#include <algorithm>

#include "app/cli/acting.h"
#include "app/cli/commands.h"
#include "app/cli/find_bill.h"
#include "flows/billing/load_setup.h"
#include "flows/billing/run_billing.h"
#include "flows/calls/send_link.h"
#include "flows/care/links.h"
#include "flows/care/show_bill.h"
#include "flows/collections/pending.h"
#include "ports/billing.h"
#include "ports/imports.h"

namespace app::cli {
namespace {

using base::Json;
using base::Money;

std::string amount(std::int64_t minor, base::Currency currency) {
  return Money(minor, currency).to_decimal_string();
}

Json set_aside_json(const std::vector<ports::SetAside>& accounts) {
  Json list = Json::array();
  for (const auto& row : accounts) {
    Json json;
    json.set("account", row.account.to_string())
        .set("code", row.error.code)
        .set("text", row.error.text)
        .set("place", row.error.place);
    list.push(std::move(json));
  }
  return list;
}

std::string set_aside_text(const std::vector<ports::SetAside>& accounts) {
  if (accounts.empty()) return {};
  TextTable table({"set aside", "reason"});
  for (const auto& row : accounts) table.add({row.account.to_string(), describe(row.error)});
  return "\n" + table.to_text();
}

Json outcome_json(const flows::RunOutcome& outcome, std::int64_t open_rejects) {
  const auto& totals = outcome.totals;
  Json json;
  json.set("run", outcome.run.is_nil() ? Json() : Json(outcome.run.to_string()))
      .set("period", outcome.period.to_string())
      .set("dry_run", outcome.dry_run)
      .set("resumed", outcome.resumed)
      .set("issue_day", outcome.issue_day.to_string())
      .set("currency", outcome.currency.code())
      .set("series", outcome.series)
      .set("first_number", outcome.first_number)
      .set("last_number", outcome.last_number)
      .set("accounts", totals.accounts)
      .set("documents", totals.documents)
      .set("credit_notes", totals.credit_notes)
      .set("set_aside", totals.set_aside)
      .set("open_rejects", open_rejects)
      .set("net", amount(totals.net_minor, outcome.currency))
      .set("vat", amount(totals.vat_minor, outcome.currency))
      .set("total", amount(totals.total_minor, outcome.currency))
      .set("accounts_set_aside", set_aside_json(outcome.set_aside))
      .set("cutoff_epoch", outcome.cutoff ? Json(outcome.cutoff->epoch) : Json())
      .set("facts_until", outcome.cutoff ? Json(outcome.cutoff->recorded.to_string()) : Json())
      .set("found_issued", outcome.found_issued)
      .set("proposal", Json());
  return json;
}

// What was refused is on no bill: whoever bills is told.
std::string open_rejects_text(std::int64_t open) {
  if (open == 0) return {};
  return std::to_string(open) + (open == 1 ? " rejected record is" : " rejected records are") +
         " open; telgiro reject list\n";
}

std::string documents_text(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " document" : " documents");
}

// Of a run that another call had begun, or issued from, before or at the same time.
std::string others_text(const flows::RunOutcome& outcome) {
  std::string text;
  if (outcome.resumed) {
    text = "Finished the run that was begun at " + outcome.cutoff->recorded.to_string() +
           "; what came in since is the next run's.\n";
  }
  if (outcome.found_issued > 0 && !outcome.run.is_nil()) {
    text += documents_text(outcome.found_issued) + " of it had been issued by another call.\n";
  }
  return text;
}

std::string nothing_left_text(const flows::RunOutcome& outcome) {
  if (!outcome.cutoff) return "Nothing was left to bill.\n";
  return "Nothing was left to bill: " + documents_text(outcome.found_issued) +
         " had been issued before, the last time with what was known at " +
         outcome.cutoff->recorded.to_string() + ".\n";
}

std::string outcome_text(const flows::RunOutcome& outcome, const std::string& what) {
  const auto& totals = outcome.totals;
  std::string text = others_text(outcome);
  const std::int64_t documents = totals.documents + totals.credit_notes;
  const bool is_done_by_others = documents > 0 && outcome.found_issued == documents;
  if (outcome.dry_run) text += "Dry run of ";
  if (!outcome.dry_run) text += is_done_by_others ? "Found billed " : "Billed ";
  text += what + ": " + std::to_string(totals.documents) + " invoices for " +
          std::to_string(totals.accounts) + " accounts";
  if (outcome.first_number > 0) {
    text += ", numbers " + std::to_string(outcome.first_number) + " to " +
            std::to_string(outcome.last_number);
  }
  if (totals.credit_notes > 0) text += "; " + std::to_string(totals.credit_notes) + " credit notes";
  const std::string unit = " " + std::string(outcome.currency.code());
  text += "\nnet " + amount(totals.net_minor, outcome.currency) + unit + ", VAT " +
          amount(totals.vat_minor, outcome.currency) + unit + ", to pay " +
          amount(totals.total_minor, outcome.currency) + unit + ", dated " +
          outcome.issue_day.to_string() + "\n" + std::to_string(totals.set_aside) +
          " accounts set aside\n";
  if (!outcome.dry_run && outcome.run.is_nil()) text += nothing_left_text(outcome);
  return text + set_aside_text(outcome.set_aside);
}

Json bill_json(const domain::Bill& bill) {
  Json json;
  json.set("id", bill.id.to_string())
      .set("account", bill.account.to_string())
      .set("group", bill.group_key)
      .set("period", bill.period.to_string())
      .set("state", domain::to_text(bill.state))
      .set("currency", bill.total.currency().code())
      .set("total", bill.total.to_decimal_string())
      .set("fees", bill.fees.to_decimal_string())
      .set("paid", bill.paid.to_decimal_string())
      .set("credited", bill.credited.to_decimal_string())
      .set("rest", bill.rest().to_decimal_string())
      .set("issued", bill.issued.to_string())
      .set("due", bill.due.to_string())
      .set("reference", bill.reference)
      .set("version", bill.version);
  return json;
}

Json run_json(const ports::BillingRun& run) {
  Json json;
  json.set("id", run.id.to_string())
      .set("period", run.period.to_string())
      .set("state", run.state)
      .set("issue_day", run.issue_day.to_string())
      .set("series", run.series)
      .set("first_number", run.first_number)
      .set("accounts", run.accounts)
      .set("documents", run.documents)
      .set("credit_notes", run.credit_notes)
      .set("set_aside", run.set_aside)
      .set("started_by", run.started_by)
      .set("recorded", run.recorded.to_string());
  return json;
}

base::Result<> set_cursor(const std::string& after, ports::BillFilter& filter) {
  if (after.empty()) return {};
  const auto slash = after.find('/');
  filter.after_account = TRY(domain::AccountId::parse(after.substr(0, slash)));
  if (slash != std::string::npos) {
    filter.after_bill = TRY(domain::BillId::parse(after.substr(slash + 1)));
  }
  return {};
}

base::Result<base::Date> day_of_run(const BillRunOptions& options) {
  if (options.period.empty() == options.day.empty()) {
    return base::fail("wrong_usage", "name the month to close, or a day: one of --period and --day",
                      "bill run");
  }
  if (!options.day.empty()) return of_option("--day", base::Date::parse(options.day));
  return flows::closing_day(TRY(of_option("--period", base::Month::parse(options.period))));
}

base::Result<std::int64_t> count_open_rejects(ports::Store& store) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  ports::RejectFilter filter;
  filter.state = "open";
  return transaction->imports().count_rejects(filter);
}

// Whether the day's run was begun and not finished.
base::Result<bool> is_begun(ports::Store& store, base::Date day) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const auto runs = TRY(transaction->billing().list_runs(flows::kRunsLookedAtMax));
  return std::ranges::any_of(runs, [&](const ports::BillingRun& run) {
    return run.issue_day == day && run.state != "done";
  });
}

}  // namespace

Outcome bill_run(const Context& context, const BillRunOptions& options) {
  const base::Date day = TRY(day_of_run(options));
  ports::Store& store = context.workspace.store();
  const bool is_free = options.dry_run || context.workspace.settings().billing_approvals == 0;
  // What a run has begun is finished: it was approved, or needed nobody then.
  if (is_free || TRY(is_begun(store, day))) return issue_bills(context, options);
  return propose_bills(context, {day, options.by, TRY(count_open_rejects(store))});
}

Outcome issue_bills(const Context& context, const BillRunOptions& options) {
  Workspace& workspace = context.workspace;
  flows::RunRequest request;
  request.day = TRY(day_of_run(options));
  request.dry_run = options.dry_run;
  request.workers = options.workers > 0 ? options.workers : workspace.settings().workers_count;
  request.batch_accounts = options.batch;
  request.actor = TRY(actor_of(context, options.by, domain::Permission::kRunsStart));
  const std::int64_t open = TRY(count_open_rejects(workspace.store()));
  const auto outcome = TRY(flows::run_billing(
      workspace.billing_tools(), request, [&](const flows::RunProgress& progress) {
        context.progress(std::string(progress.phase) + " " + std::to_string(progress.batches_done) +
                         "/" + std::to_string(progress.batches) + " batches, " +
                         std::to_string(progress.documents) + " invoices");
      }));
  const std::string what =
      options.day.empty() ? options.period : "what ended by " + request.day.to_string();
  return Answer{outcome_json(outcome, open), open_rejects_text(open) + outcome_text(outcome, what)};
}

Outcome bill_list(const Context& context, const BillListOptions& options) {
  ports::BillFilter filter;
  if (!options.period.empty()) {
    filter.period = TRY(of_option("--period", base::Month::parse(options.period)));
  }
  if (!options.account.empty()) {
    filter.account = TRY(of_option("--account", domain::AccountId::parse(options.account)));
  }
  filter.state = options.state;
  filter.limit = static_cast<std::size_t>(options.limit);
  TRY(of_option("--after", set_cursor(options.after, filter)));
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const auto bills = TRY(transaction->billing().list_bills(filter));
  Json list = Json::array();
  TextTable table({"bill", "period", "state", "total>", "rest>", "due", "reference"});
  for (const domain::Bill& bill : bills) {
    list.push(bill_json(bill));
    table.add({bill.id.to_string(), bill.period.to_string(),
               std::string(domain::to_text(bill.state)), bill.total.to_decimal_string(),
               bill.rest().to_decimal_string(), bill.due.to_string(), bill.reference});
  }
  Json json;
  json.set("bills", std::move(list));
  const bool more = bills.size() == filter.limit && !bills.empty();
  json.set("next", more ? Json(bills.back().account.to_string() + "/" + bills.back().id.to_string())
                        : Json());
  return Answer{json, table.to_text()};
}

Outcome bill_show(const Context& context, const std::string& bill) {
  Workspace& workspace = context.workspace;
  const auto key = TRY(find_bill(workspace.store(), bill));
  const auto shown =
      TRY(flows::show_bill(workspace.store(), workspace.clock(), key.account, key.bill));
  Json json = bill_json(shown.bill);
  base::Money pending;
  {
    const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
    pending = TRY(flows::pending_debits(*transaction, shown.bill));
  }
  json.set("pending", pending.to_decimal_string())
      .set("face", domain::to_text(shown.view.face))
      .set("asked", shown.view.asked.to_decimal_string())
      .set("asked_by", shown.view.asked_by.to_string());
  TextTable table({"line", "period", "quantity>", "net>"});
  Json invoices = Json::array();
  for (const domain::Invoice& invoice : shown.invoices) {
    Json row;
    row.set("document", invoice.id.to_string())
        .set("number", invoice.full_number())
        .set("net", invoice.net.to_decimal_string())
        .set("vat", invoice.vat_total.to_decimal_string())
        .set("rounding", invoice.rounding.to_decimal_string())
        .set("total", invoice.total.to_decimal_string());
    invoices.push(std::move(row));
    for (const domain::InvoiceLine& line : invoice.lines) {
      table.add({line.name,
                 line.period.from().to_string() + " to " + line.period.last_day().to_string(),
                 line.quantity.to_string(), line.net.to_decimal_string()});
    }
  }
  json.set("invoices", std::move(invoices));
  Json notes = Json::array();
  for (const domain::Invoice& note : shown.credit_notes) {
    Json row;
    row.set("document", note.id.to_string())
        .set("number", note.full_number())
        .set("issued", note.issued.to_string())
        .set("net", note.net.to_decimal_string())
        .set("vat", note.vat_total.to_decimal_string())
        .set("rounding", note.rounding.to_decimal_string())
        .set("total", note.total.to_decimal_string());
    notes.push(std::move(row));
  }
  json.set("credit_notes", std::move(notes))
      .set("to_account", shown.to_account.to_decimal_string());
  const domain::Invoice& first = shown.invoices.front();
  const std::string text =
      "Invoice " + first.full_number() + " for " + first.buyer.name + ", " +
      std::string(domain::to_text(shown.view.face)) + "\n" + table.to_text() + "VAT " +
      first.vat_total.to_decimal_string() + ", rounding " + first.rounding.to_decimal_string() +
      ", total " + first.total.to_decimal_string() + " " +
      std::string(first.total.currency().code()) + "\nrest " +
      shown.bill.rest().to_decimal_string() + ", due " + shown.bill.due.to_string() +
      ", reference " + shown.bill.reference + "\n";
  return Answer{json, text};
}

Outcome bill_link(const Context& context, const std::string& bill) {
  Workspace& workspace = context.workspace;
  const auto key = TRY(find_bill(workspace.store(), bill));
  const std::string token = TRY(
      flows::create_link(workspace.store(), workspace.clock(), workspace.link_key(),
                         {key.account, key.bill, std::string(flows::kIssueAttempt), "command"}));
  const std::string url = workspace.public_url() + "/b/" + token;
  Json json;
  json.set("bill", key.bill.to_string()).set("url", url);
  return Answer{json, url + "\n"};
}

Outcome bill_send_link(const Context& context, const BillSendLinkOptions& options) {
  Workspace& workspace = context.workspace;
  if (workspace.settings().texts.empty()) {
    return base::fail("no_text_sender",
                      "no sender of text messages is set up: [text.NAME] of the configuration");
  }
  const std::string actor = TRY(actor_of(context, options.by, domain::Permission::kAccountsChange));
  const auto key = TRY(find_bill(workspace.store(), options.bill));
  const auto queued = TRY(flows::send_link_by_text(
      workspace.store(), workspace.clock(), workspace.link_key(), {key.account, key.bill, actor}));
  Json json;
  json.set("bill", key.bill.to_string())
      .set("message", queued.message.to_string())
      .set("number_ending", queued.ending);
  return Answer{json, "A text message to the number ending in " + queued.ending +
                          " waits to be sent; a running server sends it\n"};
}

Outcome run_list(const Context& context, const RunListOptions& options) {
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  Json list = Json::array();
  TextTable table({"run", "period", "state", "accounts>", "invoices>", "set aside>", "recorded"});
  for (const auto& run :
       TRY(transaction->billing().list_runs(static_cast<std::size_t>(options.limit)))) {
    list.push(run_json(run));
    table.add({run.id.to_string(), run.period.to_string(), run.state, std::to_string(run.accounts),
               std::to_string(run.documents), std::to_string(run.set_aside),
               run.recorded.to_string()});
  }
  return Answer{Json::object().set("runs", std::move(list)), table.to_text()};
}

Outcome run_show(const Context& context, const std::string& run) {
  const auto id = TRY(of_option("RUN", domain::RunId::parse(run)));
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  auto& billing = transaction->billing();
  const auto found = TRY(billing.find_run(id));
  if (!found) return base::fail("run_not_found", "there is no run of that id", run);
  std::int64_t issued = 0, batches = 0;
  for (const auto& batch : TRY(billing.batches_of(id))) {
    ++batches;
    if (batch.state == "issued") ++issued;
  }
  const auto set_aside = TRY(billing.set_aside_of(id, flows::kSetAsideShownMax));
  Json json = run_json(*found);
  json.set("batches", batches)
      .set("batches_issued", issued)
      .set("accounts_set_aside", set_aside_json(set_aside));
  const std::string text = "Run of " + found->period.to_string() + ", " + found->state + ": " +
                           std::to_string(found->documents) + " invoices, " +
                           std::to_string(issued) + " of " + std::to_string(batches) +
                           " batches issued\n" + set_aside_text(set_aside);
  return Answer{json, text};
}

}  // namespace app::cli
