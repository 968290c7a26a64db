#include "app/cli/commands_papers.h"

#include "app/chart.h"
#include "app/cli/commands_usage_levels.h"
#include "app/cli/find_bill.h"
#include "flows/care/credit_bill.h"
#include "flows/care/show_statement.h"
#include "flows/care/show_tab.h"
#include "ports/ledger.h"
#include "web/console/csv.h"

namespace app::cli {
namespace {

using base::Json;
using base::Money;

std::string amount(Money money) { return money.to_decimal_string(); }

base::Result<domain::CreditCut> read_cut(const BillCreditOptions& options,
                                         base::Currency currency) {
  const int named = (options.lines.empty() ? 0 : 1) + (options.amount.empty() ? 0 : 1) +
                    (options.service.empty() ? 0 : 1);
  if (named > 1) {
    return base::fail("wrong_usage", "credit lines, an amount or a service: name one of them");
  }
  if (!options.lines.empty()) return domain::CreditLines{options.lines};
  if (!options.service.empty()) return domain::CreditService{options.service};
  if (options.amount.empty()) return domain::CreditWhole{};
  domain::CreditAmount cut;
  cut.amount = TRY(of_option("--amount", Money::parse(options.amount, currency)));
  return cut;
}

Json line_json(const domain::InvoiceLine& line) {
  Json json;
  json.set("item", line.item)
      .set("name", line.name)
      .set("service", line.service_number)
      .set("net", amount(line.net))
      .set("vat_rate", line.vat_rate.value.to_string());
  return json;
}

Json credit_json(const flows::CreditOutcome& outcome, bool dry_run) {
  const domain::Invoice& note = outcome.note;
  Json lines = Json::array();
  for (const domain::InvoiceLine& line : note.lines) lines.push(line_json(line));
  Json json;
  json.set("document", dry_run ? Json() : Json(note.id.to_string()))
      .set("number", dry_run ? Json() : Json(note.full_number()))
      .set("dry_run", dry_run)
      .set("credits", note.credits->number)
      .set("bill", outcome.bill.id.to_string())
      .set("issued", note.issued.to_string())
      .set("currency", note.total.currency().code())
      .set("net", amount(note.net))
      .set("vat", amount(note.vat_total))
      .set("rounding", amount(note.rounding))
      .set("total", amount(note.total))
      .set("to_account", amount(outcome.to_account))
      .set("state", domain::to_text(outcome.bill.state))
      .set("credited", amount(outcome.bill.credited))
      .set("rest", amount(outcome.bill.rest()))
      .set("lines", std::move(lines));
  return json;
}

}  // namespace

base::Result<base::Instant> until(const std::string& text) {
  if (const auto day = base::Date::parse(text)) return base::Instant::at_start_of(*day + 1) + -1;
  return base::Instant::parse(text);
}

Outcome bill_credit(const Context& context, const BillCreditOptions& options) {
  Workspace& workspace = context.workspace;
  const auto key = TRY(find_bill(workspace.store(), options.bill));
  flows::CreditRequest request;
  request.account = key.account;
  request.bill = key.bill;
  request.reason = options.reason;
  request.actor = "command";
  {
    const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
    const auto bill = TRY(transaction->billing().find_bill(key.account, key.bill));
    if (!bill) return base::fail("bill_not_found", "there is no such bill", options.bill);
    request.cut = TRY(read_cut(options, bill->total.currency()));
  }
  const auto outcome =
      options.dry_run ? TRY(flows::preview_credit(workspace.store(), workspace.clock(), request))
                      : TRY(flows::credit_bill(workspace.store(), workspace.clock(), request));
  const domain::Invoice& note = outcome.note;
  TextTable table({"line", "service", "net>"});
  for (const domain::InvoiceLine& line : note.lines) {
    table.add({line.name, line.service_number, amount(line.net)});
  }
  const std::string unit = " " + std::string(note.total.currency().code());
  std::string text =
      options.dry_run ? "Would credit " : "Credit note " + note.full_number() + " of ";
  text += note.credits->number + "\n" + table.to_text() + "VAT " + amount(note.vat_total) +
          ", rounding " + amount(note.rounding) + ", total " + amount(note.total) + unit +
          "\nbill " + std::string(domain::to_text(outcome.bill.state)) + ", rest " +
          amount(outcome.bill.rest()) + "\n";
  if (!outcome.to_account.is_zero()) {
    text += amount(outcome.to_account) + unit + " stands to the account's credit\n";
  }
  return Answer{credit_json(outcome, options.dry_run), text};
}

Outcome ledger_revenue(const Context& context, const RevenueOptions& options) {
  const auto month = TRY(of_option("--period", base::Month::parse(options.period)));
  ports::AsOf as_of;
  as_of.from = month.period().from();
  as_of.effective = month.period().last_day();
  if (!options.recorded.empty()) {
    as_of.recorded = TRY(of_option("--recorded", until(options.recorded)));
  }
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const ChartOfAccounts chart = TRY(ChartOfAccounts::load(*transaction));
  const auto rows = TRY(transaction->ledger().trial_balance(as_of));
  Json products = Json::array(), vat = Json::array();
  TextTable table({"product", "division", "account", "net>", ""});
  TextTable vat_table({"VAT", "rate %>", "account", "amount>", ""});
  for (const domain::TrialBalanceRow& row : rows) {
    const auto account = chart.account_of(row.ledger_account);
    const Money sum = -row.balance();
    const std::string currency(row.currency.code());
    const std::string item(domain::revenue_item(row.ledger_account));
    if (!item.empty()) {
      Json json;
      json.set("item", item)
          .set("name", chart.item_name(item))
          .set("division", chart.division_of(item))
          .set("account", account.number)
          .set("currency", currency)
          .set("net", amount(sum));
      products.push(std::move(json));
      table.add(
          {chart.item_name(item), chart.division_of(item), account.number, amount(sum), currency});
    } else if (row.ledger_account.starts_with("vat:")) {
      const std::string rest = row.ledger_account.substr(4);
      const auto colon = std::min(rest.find(':'), rest.size());
      const std::string rate = rest.substr(std::min(colon + 1, rest.size()));
      Json json;
      json.set("country", rest.substr(0, colon))
          .set("rate", rate)
          .set("account", account.number)
          .set("currency", currency)
          .set("vat", amount(sum));
      vat.push(std::move(json));
      vat_table.add({rest.substr(0, colon), rate, account.number, amount(sum), currency});
    }
  }
  Json json;
  json.set("period", month.to_string())
      .set("products", std::move(products))
      .set("vat", std::move(vat));
  return Answer{json, table.to_text() + "\n" + vat_table.to_text()};
}

Outcome account_statement(const Context& context, const StatementOptions& options) {
  std::optional<base::Date> from, to;
  if (!options.from.empty()) from = TRY(of_option("--from", base::Date::parse(options.from)));
  if (!options.to.empty()) to = TRY(of_option("--to", base::Date::parse(options.to)));
  const auto shown =
      TRY(flows::show_statement(context.workspace.store(), options.account, from, to));
  const domain::Statement& statement = shown.statement;
  Json rows = Json::array();
  TextTable table({"day", "kind", "number", "amount>", "to credit>", "balance>"});
  std::string csv =
      web::console::csv_line({"day", "kind", "number", "amount", "to_credit", "balance"});
  table.add({"", "opening", "", "", "", amount(statement.opening)});
  csv += web::console::csv_line({"", "opening", "", "", "", amount(statement.opening)});
  for (const domain::StatementRow& row : statement.rows) {
    const auto known = shown.numbers.find(row.source);
    const std::string number = known == shown.numbers.end() ? row.source : known->second;
    Json json;
    json.set("day", row.day.to_string())
        .set("kind", row.kind)
        .set("number", number)
        .set("amount", amount(row.amount))
        .set("to_credit", amount(row.credit))
        .set("balance", amount(row.balance));
    rows.push(std::move(json));
    const std::string credit = row.credit.is_zero() ? std::string() : amount(row.credit);
    const std::vector<std::string> cells = {row.day.to_string(), row.kind, number,
                                            amount(row.amount),  credit,   amount(row.balance)};
    table.add(cells);
    csv += web::console::csv_line(cells);
  }
  table.add({"", "closing", "", "", "", amount(statement.closing)});
  csv += web::console::csv_line({"", "closing", "", "", "", amount(statement.closing)});
  const std::string currency(statement.closing.currency().code());
  Json json;
  json.set("account", shown.of.account.id.to_string())
      .set("customer_number", shown.of.customer.number)
      .set("name", shown.of.customer.party.name)
      .set("currency", currency)
      .set("from", from ? Json(from->to_string()) : Json())
      .set("to", to ? Json(to->to_string()) : Json())
      .set("opening", amount(statement.opening))
      .set("rows", std::move(rows))
      .set("closing", amount(statement.closing));
  const std::string head = "Customer " + std::to_string(shown.of.customer.number) + ", " +
                           shown.of.customer.party.name + ", " + currency + "\n";
  return Answer{json, options.csv ? csv : head + table.to_text()};
}

Outcome tab(const Context& context, const std::string& account) {
  Workspace& workspace = context.workspace;
  const auto shown =
      TRY(flows::show_tab(workspace.store(), workspace.clock(), workspace.rules(), account));
  Json bills = Json::array();
  Money total(0, shown.of.account.currency);
  std::string text = "Customer " + std::to_string(shown.of.customer.number) + ", " +
                     shown.of.customer.party.name + ": not on a bill yet, as of " +
                     shown.as_of.to_string() + "\n";
  for (const domain::PlannedBill& bill : shown.plan.bills) {
    Json fixed = Json::array(), extras = Json::array();
    TextTable table({bill.group_key, "", "period", "net>"});
    for (const auto nature : {domain::LineNature::kFixed, domain::LineNature::kExtra}) {
      for (const domain::InvoiceLine& line : bill.lines) {
        if (line.nature != nature) continue;
        const std::string days =
            line.period.from().to_string() + " to " + line.period.last_day().to_string();
        Json json = line_json(line);
        json.set("kind", domain::to_text(line.kind))
            .set("from", line.period.from().to_string())
            .set("to", line.period.to().to_string());
        (nature == domain::LineNature::kFixed ? fixed : extras).push(std::move(json));
        table.add({line.name, std::string(domain::to_text(nature)), days, amount(line.net)});
      }
    }
    const auto& sums = bill.sums;
    total += bill.is_credit ? -sums.total : sums.total;
    Json json;
    json.set("group", bill.group_key)
        .set("kind", bill.is_credit ? "credit_note" : "invoice")
        .set("fixed", std::move(fixed))
        .set("extras", std::move(extras))
        .set("net", amount(sums.net))
        .set("vat", amount(sums.vat_total))
        .set("rounding", amount(sums.rounding))
        .set("total", amount(sums.total));
    bills.push(std::move(json));
    text += (bill.is_credit ? "A credit note:\n" : "") + table.to_text() + "VAT " +
            amount(sums.vat_total) + ", total " + amount(sums.total) + "\n";
  }
  const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
  const auto levels =
      TRY(flows::show_usage_levels(*transaction, workspace.clock(), shown.of.account.id, {}));
  text += levels_text(levels);
  Json json;
  json.set("account", shown.of.account.id.to_string())
      .set("customer_number", shown.of.customer.number)
      .set("period", shown.period.to_string())
      .set("as_of", shown.as_of.to_string())
      .set("currency", total.currency().code())
      .set("bills", std::move(bills))
      .set("levels", flows::to_json(levels)["levels"])
      .set("total", amount(total))
      .set("credit", amount(shown.credit));
  text += "Together " + amount(total) + ", credit " + amount(shown.credit) + " " +
          std::string(total.currency().code()) + "\n";
  return Answer{json, text};
}

}  // namespace app::cli
