// Ledger, documents, events and the check of everything on the command line.
#include "app/cli/commands.h"
#include "app/cli/find_bill.h"
#include "app/cli/output.h"
#include "flows/operations/verify_store.h"
#include "ports/billing.h"
#include "ports/events.h"
#include "ports/ledger.h"
#include "ports/parties.h"
#include "support/json/parse.h"

namespace app::cli {
namespace {

using base::Json;
using base::Money;

// A day counts whole: the last microsecond of it.
base::Result<base::Instant> until(const std::string& text) {
  if (const auto day = base::Date::parse(text)) return base::Instant::at_start_of(*day + 1) + -1;
  return base::Instant::parse(text);
}

// A balance stands on one side: debit when positive, credit when negative.
Json balance_row(const domain::TrialBalanceRow& row) {
  const Money nothing(0, row.currency);
  const Money balance = row.balance();
  Json json;
  json.set("account", row.ledger_account)
      .set("name", row.name)
      .set("currency", row.currency.code())
      .set("debit", (balance.is_negative() ? nothing : balance).to_decimal_string())
      .set("credit", (balance.is_negative() ? -balance : nothing).to_decimal_string());
  return json;
}

struct DocumentContent {
  ports::DocumentHead head;
  std::string bytes;
};

base::Result<DocumentContent> load_content(ports::Store& store, const std::string& document) {
  DocumentContent found{TRY(find_document(store, document)), {}};
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  for (auto& stored :
       TRY(transaction->billing().documents_of(found.head.account, found.head.bill))) {
    if (stored.id == found.head.id) found.bytes = std::move(stored.content);
  }
  return found;
}

}  // namespace

Outcome trial_balance(const Context& context, const TrialBalanceOptions& options) {
  ports::AsOf as_of;
  if (!options.as_of.empty()) {
    as_of.effective = TRY(of_option("--as-of", base::Date::parse(options.as_of)));
  }
  if (!options.recorded.empty()) {
    as_of.recorded = TRY(of_option("--recorded", until(options.recorded)));
  }
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const auto rows = TRY(transaction->ledger().trial_balance(as_of));
  Json accounts = Json::array();
  TextTable table({"account", "name", "debit>", "credit>", ""});
  std::map<std::string, Money> sums;
  for (const auto& row : rows) {
    const Json json = balance_row(row);
    table.add({row.ledger_account, row.name, json.text("debit"), json.text("credit"),
               std::string(row.currency.code())});
    accounts.push(json);
    const auto [sum, added] = sums.emplace(row.currency.code(), row.balance());
    if (!added) sum->second += row.balance();
  }
  std::string text = table.to_text();
  for (const auto& [currency, sum] : sums) {
    text += "Sum " + sum.to_decimal_string() + " " + currency + "\n";
  }
  return Answer{Json::object().set("accounts", std::move(accounts)), text};
}

Outcome document_list(const Context& context, const DocumentListOptions& options) {
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const auto heads = TRY(transaction->billing().list_documents(
      options.kind, options.after, static_cast<std::size_t>(options.limit)));
  Json documents = Json::array();
  TextTable table({"document", "kind", "number", "issued", "due", "total>", ""});
  for (const auto& head : heads) {
    const std::string number = head.series + std::to_string(head.number);
    Json json;
    json.set("id", head.id.to_string())
        .set("number", number)
        .set("kind", head.kind)
        .set("bill", head.bill.to_string())
        .set("account", head.account.to_string())
        .set("issued", head.issued.to_string())
        .set("due", head.due.to_string())
        .set("currency", head.total.currency().code())
        .set("net", head.net.to_decimal_string())
        .set("vat", head.vat.to_decimal_string())
        .set("total", head.total.to_decimal_string());
    documents.push(std::move(json));
    table.add({head.id.to_string(), head.kind, number, head.issued.to_string(),
               head.due.to_string(), head.total.to_decimal_string(),
               std::string(head.total.currency().code())});
  }
  Json json;
  json.set("documents", std::move(documents));
  const bool more = !heads.empty() && heads.size() == static_cast<std::size_t>(options.limit);
  json.set("next", more ? Json(heads.back().number) : Json());
  return Answer{json, table.to_text()};
}

Outcome document_export(const Context& context, const DocumentExportOptions& options) {
  const auto content = TRY(load_content(context.workspace.store(), options.document));
  TRY(write_output(options.output, content.bytes + "\n"));
  if (options.output.empty() || options.output == "-") return Answer{};
  Json json;
  json.set("document", content.head.id.to_string())
      .set("file", options.output)
      .set("bytes", content.bytes.size() + 1);
  return Answer{json, "Written to " + options.output + "\n"};
}

Outcome events_list(const Context& context, const EventsOptions& options) {
  const auto account = TRY(of_option("ACCOUNT", domain::AccountId::parse(options.account)));
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  if (!TRY(transaction->parties().find_account(account))) {
    return base::fail("unknown_account", "there is no such account", options.account);
  }
  const auto events = TRY(
      transaction->events().list(account, options.after, static_cast<std::size_t>(options.limit)));
  Json list = Json::array();
  TextTable table({"seq>", "recorded", "kind", "actor", "data"});
  for (const auto& event : events) {
    Json json;
    json.set("seq", event.seq)
        .set("kind", event.fact.kind)
        .set("effective", event.fact.effective.to_string())
        .set("recorded", event.fact.recorded.to_string())
        .set("actor", event.fact.actor)
        .set("data", event.fact.data);
    if (!event.fact.text.empty()) json.set("text", event.fact.text);
    list.push(std::move(json));
    table.add({std::to_string(event.seq), event.fact.recorded.to_string(), event.fact.kind,
               event.fact.actor, event.fact.data.dump()});
  }
  return Answer{Json::object().set("events", std::move(list)), table.to_text()};
}

Outcome verify(const Context& context) {
  const auto report = TRY(flows::verify_store(context.workspace.store()));
  Json problems = Json::array();
  std::string text = std::to_string(report.accounts) + " event chains, " +
                     std::to_string(report.bills) + " bills and " +
                     std::to_string(report.documents) + " documents checked, " +
                     std::to_string(report.problems.size()) + " problems\n";
  for (const base::Error& problem : report.problems) {
    problems.push(error_json(problem)["error"]);
    text += describe(problem) + "\n";
  }
  Json json;
  json.set("accounts", report.accounts)
      .set("bills", report.bills)
      .set("documents", report.documents)
      .set("problems", std::move(problems));
  return Answer{json, text, report.problems.empty() ? Exit::kDone : Exit::kNegative};
}

}  // namespace app::cli
