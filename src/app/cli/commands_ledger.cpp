// Ledger, documents, events and the check of everything on the command line.
#include <charconv>

#include "app/chart.h"
#include "app/cli/commands_papers.h"
#include "app/cli/find_bill.h"
#include "app/cli/output.h"
#include "app/cli/stop_signals.h"
#include "app/telephone.h"
#include "app/web_parts.h"
#include "flows/care/links.h"
#include "flows/compose/paper_texts.h"
#include "flows/operations/import_terms.h"
#include "flows/operations/verify_store.h"
#include "flows/tills/bill_code.h"
#include "formats/document/invoice_json.h"
#include "formats/document/pdf/paper_printer.h"
#include "ports/billing.h"
#include "ports/events.h"
#include "ports/ledger.h"
#include "ports/parties.h"
#include "support/json/parse.h"
#include "web/bill/bill_page.h"

namespace app::cli {
namespace {

using base::Json;
using base::Money;

// By number and name in the operator's chart: several of our own accounts may stand under one.
using Balances = std::map<std::pair<domain::ChartAccount, base::Currency>, Money>;

Balances balances_by_chart(const std::vector<domain::TrialBalanceRow>& rows,
                           const ChartOfAccounts& chart) {
  Balances balances;
  for (const domain::TrialBalanceRow& row : rows) {
    const std::pair key(chart.account_of(row.ledger_account), row.currency);
    const auto [sum, added] = balances.emplace(key, row.balance());
    if (!added) sum->second += row.balance();
  }
  return balances;
}

// A balance stands on one side: debit when positive, credit when negative.
Json balance_row(const domain::ChartAccount& account, Money balance) {
  const Money nothing(0, balance.currency());
  Json json;
  json.set("account", account.number)
      .set("name", account.name)
      .set("currency", balance.currency().code())
      .set("debit", (balance.is_negative() ? nothing : balance).to_decimal_string())
      .set("credit", (balance.is_negative() ? -balance : nothing).to_decimal_string());
  return json;
}

// "A1000", as people call a document, or a number in every series.
base::Result<ports::DocumentCursor> read_cursor(const std::string& text) {
  if (text.empty()) return ports::DocumentCursor();
  const std::size_t letters = std::min(text.find_first_of("0123456789"), text.size());
  ports::DocumentCursor cursor{text.substr(0, letters), 0};
  const char* end_of_text = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data() + letters, end_of_text, cursor.number);
  if (error == std::errc() && end == end_of_text) return cursor;
  return base::fail("bad_cursor", "take it from `next` of the page before");
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

base::Result<> expect_account(ports::Transaction& transaction, domain::AccountId account) {
  if (TRY(transaction.parties().find_account(account))) return {};
  return base::fail("unknown_account", "there is no such account", account.to_string());
}

Json event_json(const ports::Event& event) {
  Json json;
  json.set("seq", event.seq)
      .set("kind", event.fact.kind)
      .set("effective", event.fact.effective.to_string())
      .set("recorded", event.fact.recorded.to_string())
      .set("actor", event.fact.actor)
      .set("data", event.fact.data);
  if (!event.fact.text.empty()) json.set("text", event.fact.text);
  return json;
}

using LastSeen = std::map<domain::AccountId, std::int64_t>;

// Accounts with more events than in `seen`, and the last one seen; puts the new ones there.
base::Result<LastSeen> grown_accounts(ports::Transaction& transaction,
                                      std::optional<domain::AccountId> only, LastSeen& seen) {
  LastSeen grown;
  TRY(transaction.events().for_each_head(
      [&](domain::AccountId account, std::int64_t seq) -> base::Result<> {
        std::int64_t& last = seen[account];
        if (seq > last && (!only || *only == account)) grown.emplace(account, last);
        last = seq;
        return {};
      }));
  return grown;
}

base::Result<> tell_events(ports::Transaction& transaction, const EventsOptions& options,
                           domain::AccountId account, std::int64_t after) {
  const auto limit = static_cast<std::size_t>(options.limit);
  for (const auto& event : TRY(transaction.events().list(account, after, limit))) {
    Json json = event_json(event);
    json.set("account", account.to_string());
    options.on_event(json, event.fact.recorded.to_string() + "  " + account.to_string() + "  " +
                               event.fact.kind + "  " + event.fact.data.dump());
  }
  return {};
}

Outcome follow_events(const Context& context, const EventsOptions& options) {
  constexpr std::chrono::milliseconds kPause{500};
  const StopSignals signals;
  std::optional<domain::AccountId> only;
  if (!options.account.empty()) {
    only = TRY(of_option("ACCOUNT", domain::AccountId::parse(options.account)));
  }
  LastSeen seen;
  bool is_first = true;
  do {
    const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
    if (only && is_first) TRY(expect_account(*transaction, *only));
    for (const auto& [account, after] : TRY(grown_accounts(*transaction, only, seen))) {
      if (!is_first) TRY(tell_events(*transaction, options, account, after));
    }
    is_first = false;
  } while (!signals.wait_for(kPause));
  return Answer{};
}

// What a till or the telephone finds the bill of this paper by; none where there is neither, and
// none of a bill on which nothing is owed any more.
base::Result<std::string> spoken_code(Workspace& workspace, const ports::DocumentHead& paper) {
  bool is_taken = takes_calls(workspace);
  if (!is_taken) {
    const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
    is_taken = !TRY(flows::load_seller(*transaction)).drawers.empty();
  }
  if (!is_taken || paper.kind != "invoice") return std::string();
  std::string code;
  const auto made = ports::run_in_transaction(
      workspace.store(), [&](ports::Transaction& transaction) -> base::Result<> {
        code = TRY(flows::code_of_bill(transaction, workspace.clock(), paper.account, paper.bill))
                   .digits;
        return {};
      });
  if (!made && made.error().code != "bill_not_payable") return std::unexpected(made.error());
  return made ? domain::show_bill_code(code) : std::string();
}

// On paper, the code opens the page of the bill by the link that was made at its issue.
base::Result<formats::document::pdf::PrintedPaper> print_paper(Workspace& workspace,
                                                               const DocumentContent& content) {
  const auto paper = TRY(formats::document::read_invoice_json(content.bytes));
  const locale::Catalogue texts = TRY(load_texts());
  const auto fonts = TRY(load_paper_fonts());
  const std::string url =
      workspace.public_url() + "/b/" +
      flows::link_token(workspace.link_key(), content.head.bill, flows::kIssueAttempt);
  const std::string code = TRY(spoken_code(workspace, content.head));
  return formats::document::pdf::PaperPrinter(fonts).print(flows::compose::paper_texts(
      paper, texts, flows::compose::paper_language(paper), {url, code}));
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
  const ChartOfAccounts chart = TRY(ChartOfAccounts::load(*transaction));
  const auto rows = TRY(transaction->ledger().trial_balance(as_of));
  Json accounts = Json::array();
  TextTable table({"account", "name", "debit>", "credit>", ""});
  std::map<std::string, Money> sums;
  for (const auto& [key, balance] : balances_by_chart(rows, chart)) {
    const auto& [account, currency] = key;
    const Json json = balance_row(account, balance);
    table.add({account.number, account.name, json.text("debit"), json.text("credit"),
               std::string(currency.code())});
    accounts.push(json);
    const auto [sum, added] = sums.emplace(currency.code(), balance);
    if (!added) sum->second += balance;
  }
  std::string text = table.to_text();
  for (const auto& [currency, sum] : sums) {
    text += "Sum " + sum.to_decimal_string() + " " + currency + "\n";
  }
  return Answer{Json::object().set("accounts", std::move(accounts)), text};
}

Outcome document_list(const Context& context, const DocumentListOptions& options) {
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const auto after = TRY(of_option("--after", read_cursor(options.after)));
  const auto heads = TRY(transaction->billing().list_documents(
      options.kind, after, static_cast<std::size_t>(options.limit)));
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
  json.set("next", more ? Json(heads.back().series + std::to_string(heads.back().number)) : Json());
  return Answer{json, table.to_text()};
}

Outcome document_export(const Context& context, const DocumentExportOptions& options) {
  const auto content = TRY(load_content(context.workspace.store(), options.document));
  std::string bytes = content.bytes + "\n";
  std::string missing;
  if (options.format == "pdf") {
    auto printed = TRY(print_paper(context.workspace, content));
    bytes = std::move(printed.bytes);
    missing = std::move(printed.missing);
  } else if (options.format == "html") {
    const locale::Catalogue texts = TRY(load_texts());
    const web::TemplateSet templates = TRY(load_templates(texts));
    const auto style = web::bill::make_style_sheet(asset("bill.css"));
    const auto paper = TRY(formats::document::read_invoice_json(content.bytes));
    bytes = TRY(web::bill::render_paper(templates, texts, style.css, paper)) + "\n";
  }
  TRY(write_output(options.output, bytes));
  if (options.output.empty() || options.output == "-") return Answer{};
  Json json;
  json.set("document", content.head.id.to_string())
      .set("file", options.output)
      .set("bytes", bytes.size());
  std::string text = "Written to " + options.output + "\n";
  if (!missing.empty()) {
    json.set("missing", missing);
    text += "No font has " + missing + ": an empty square stands for each\n";
  }
  return Answer{json, text};
}

Outcome events_list(const Context& context, const EventsOptions& options) {
  if (options.follow) return follow_events(context, options);
  const auto account = TRY(of_option("ACCOUNT", domain::AccountId::parse(options.account)));
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  TRY(expect_account(*transaction, account));
  const auto events = TRY(
      transaction->events().list(account, options.after, static_cast<std::size_t>(options.limit)));
  Json list = Json::array();
  TextTable table({"seq>", "recorded", "kind", "actor", "data"});
  for (const auto& event : events) {
    list.push(event_json(event));
    table.add({std::to_string(event.seq), event.fact.recorded.to_string(), event.fact.kind,
               event.fact.actor, event.fact.data.dump()});
  }
  return Answer{Json::object().set("events", std::move(list)), table.to_text()};
}

Outcome verify(const Context& context) {
  const auto report = TRY(flows::verify_store(context.workspace.store()));
  Json problems = Json::array();
  std::string text = std::to_string(report.accounts) + " event chains, " +
                     std::to_string(report.bills) + " bills, " + std::to_string(report.documents) +
                     " documents and " + std::to_string(report.payments) + " payments checked, " +
                     std::to_string(report.problems.size()) + " problems\n";
  for (const base::Error& problem : report.problems) {
    problems.push(error_json(problem)["error"]);
    text += describe(problem) + "\n";
  }
  Json json;
  json.set("accounts", report.accounts)
      .set("bills", report.bills)
      .set("documents", report.documents)
      .set("payments", report.payments)
      .set("problems", std::move(problems));
  return Answer{json, text, report.problems.empty() ? Exit::kDone : Exit::kNegative};
}

}  // namespace app::cli
