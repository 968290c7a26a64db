#include "app/cli/commands_reconcile.h"

#include "app/cli/acting.h"
#include "flows/access/access.h"
#include "flows/care/time_zone.h"
#include "flows/operations/import_terms.h"
#include "flows/operations/snapshot.h"
#include "flows/reconcile/prove_month.h"
#include "flows/reconcile/take_settlement.h"

namespace app::cli {
namespace {

using base::Json;
using base::Money;
using base::Result;

Result<std::unique_ptr<ports::Transaction>> reading(const Context& context) {
  return context.workspace.store().begin(ports::TransactionKind::kRead);
}

Json problems_json(const std::vector<base::Error>& problems) {
  Json list = Json::array();
  for (const base::Error& problem : problems) {
    list.push(
        Json().set("code", problem.code).set("place", problem.place).set("text", problem.text));
  }
  return list;
}

Json line_json(const domain::ProofLine& line) {
  Json json;
  json.set("name", line.name)
      .set("made_of", line.made_of)
      .set("currency", line.ledger.currency().code())
      .set("ledger", line.ledger.to_decimal_string())
      .set("rows", line.rows.to_decimal_string())
      .set("difference", (line.ledger - line.rows).to_decimal_string());
  return json;
}

Json bank_json(const domain::AccountMonth& bank) {
  Json json;
  json.set("bank_account", bank.bank_account)
      .set("currency", bank.ledger.currency().code())
      .set("opening", bank.opening.to_decimal_string())
      .set("entries", bank.entries.to_decimal_string())
      .set("closing", bank.closing.to_decimal_string())
      .set("ledger", bank.ledger.to_decimal_string())
      .set("statements", bank.statements)
      .set("proved_to", bank.proved_to ? Json(bank.proved_to->to_string()) : Json());
  return json;
}

std::string text_of(const domain::MonthProof& proof) {
  TextTable banks({"bank account", "opening>", "entries>", "closing>", "ledger>", "", "statements>",
                   "proved to"});
  for (const auto& bank : proof.banks) {
    banks.add({bank.bank_account, bank.opening.to_decimal_string(),
               bank.entries.to_decimal_string(), bank.closing.to_decimal_string(),
               bank.ledger.to_decimal_string(), std::string(bank.ledger.currency().code()),
               std::to_string(bank.statements),
               bank.proved_to ? bank.proved_to->to_string() : "no statement"});
  }
  TextTable lines({"in the ledger", "ledger>", "rows>", "", "made of"});
  for (const auto& line : proof.lines) {
    lines.add({line.name, line.ledger.to_decimal_string(), line.rows.to_decimal_string(),
               std::string(line.ledger.currency().code()), line.made_of});
  }
  std::string text = banks.to_text() + lines.to_text();
  for (const base::Error& problem : proof.problems) text += describe(problem) + "\n";
  return text + (proof.holds() ? "Every krona is explained\n" : "The proof does not hold\n");
}

Json settlement_json(const ports::SettlementRow& row, base::Date today) {
  Json json;
  json.set("id", row.id.to_string())
      .set("provider", row.provider)
      .set("merchant", row.merchant)
      .set("payout", row.payout)
      .set("currency", row.amount.currency().code())
      .set("gross", row.gross.to_decimal_string())
      .set("fee", row.fee.to_decimal_string())
      .set("amount", row.amount.to_decimal_string())
      .set("day", row.day.to_string())
      .set("lines", row.lines)
      .set("state", row.paid_day ? "paid" : "waiting")
      .set("paid_day", row.paid_day ? Json(row.paid_day->to_string()) : Json())
      .set("payment", row.payment.is_nil() ? Json() : Json(row.payment.to_string()))
      .set("age_days", row.paid_day ? Json() : Json(std::int64_t{today - row.day}));
  return json;
}

Result<base::Date> today_of(const Context& context, ports::Transaction& transaction) {
  const domain::Operator seller = TRY(flows::load_seller(transaction));
  return flows::local_date(seller.time_zone, context.workspace.clock().now());
}

Result<std::string> read_file(const Context& context, const std::string& path) {
  const auto snapshot = TRY(flows::Snapshot::of_file(path, context.workspace.data_dir()));
  std::string bytes;
  TRY(snapshot.for_each_chunk([&](std::string_view chunk) -> Result<> {
    bytes += chunk;
    return {};
  }));
  return bytes;
}

// Who we are at each provider, as its settings say it.
std::map<std::string, std::vector<std::string>, std::less<>> merchants_of(
    const config::Settings& settings) {
  constexpr std::string_view kKeys[] = {"merchant_account", "merchant_serial_number", "payee"};
  std::map<std::string, std::vector<std::string>, std::less<>> merchants;
  for (const auto& [gateway, values] : settings.gateways) {
    for (const std::string_view key : kKeys) {
      const auto value = values.find(std::string(key));
      if (value != values.end()) merchants[gateway].push_back(value->second);
    }
  }
  return merchants;
}

}  // namespace

Outcome reconcile_month(const Context& context, const std::string& text) {
  const auto month = TRY(of_option("MONTH", base::Month::parse(text)));
  const auto transaction = TRY(reading(context));
  const domain::MonthProof proof = TRY(flows::prove_month(*transaction, month));
  Json banks = Json::array(), lines = Json::array();
  for (const auto& bank : proof.banks) banks.push(bank_json(bank));
  for (const auto& line : proof.lines) lines.push(line_json(line));
  Json json;
  json.set("month", month.to_string())
      .set("holds", proof.holds())
      .set("bank_accounts", std::move(banks))
      .set("lines", std::move(lines))
      .set("problems", problems_json(proof.problems));
  return Answer{json, text_of(proof), proof.holds() ? Exit::kDone : Exit::kNegative};
}

Outcome reconcile_suspense(const Context& context, const ReconcileSuspenseOptions& options) {
  const auto transaction = TRY(reading(context));
  const base::Date day = options.as_of.empty()
                             ? TRY(today_of(context, *transaction))
                             : TRY(of_option("--as-of", base::Date::parse(options.as_of)));
  const auto answer = TRY(flows::age_suspense_at(*transaction, day));
  Json sums = Json::array(), payments = Json::array(), lines = Json::array();
  TextTable table({"days", "reason", "bank account", "payments>", "open>", ""});
  for (const auto& sum : answer.report.sums) {
    sums.push(Json()
                  .set("days", sum.bucket)
                  .set("reason", sum.reason)
                  .set("bank_account", sum.bank_account)
                  .set("payments", sum.payments)
                  .set("currency", sum.open.currency().code())
                  .set("open", sum.open.to_decimal_string()));
    table.add({sum.bucket, sum.reason, sum.bank_account, std::to_string(sum.payments),
               sum.open.to_decimal_string(), std::string(sum.open.currency().code())});
  }
  for (const auto& row : answer.report.rows) {
    payments.push(Json()
                      .set("payment", row.payment.to_string())
                      .set("booked", row.booked.to_string())
                      .set("days", std::int64_t{day - row.booked})
                      .set("reason", row.reason)
                      .set("bank_account", row.bank_account)
                      .set("currency", row.open.currency().code())
                      .set("open", row.open.to_decimal_string()));
  }
  std::string text = table.to_text();
  for (const auto& line : answer.lines) {
    lines.push(line_json(line));
    text += "In suspense " + line.rows.to_decimal_string() + " " +
            std::string(line.rows.currency().code()) + ", in the ledger " +
            line.ledger.to_decimal_string() + "\n";
  }
  Json json;
  json.set("as_of", day.to_string())
      .set("holds", answer.holds())
      .set("sums", std::move(sums))
      .set("ledger", std::move(lines))
      .set("payments", std::move(payments));
  return Answer{json, text, answer.holds() ? Exit::kDone : Exit::kNegative};
}

Outcome reconcile_settlement(const Context& context, const ReconcileSettlementOptions& options) {
  Workspace& workspace = context.workspace;
  flows::SettlementTerms terms;
  terms.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
  terms.merchants = merchants_of(workspace.settings());
  terms.take_anyway = options.take_anyway;
  base::Date today;
  {
    const auto transaction = TRY(reading(context));
    today = TRY(today_of(context, *transaction));
  }
  const std::string bytes = TRY(read_file(context, options.file));
  auto taken = flows::take_settlements(workspace.store(), workspace.clock(), bytes, terms);
  if (!taken && taken.error().place.empty()) taken.error().place = options.file;
  Json settlements = Json::array();
  std::string text;
  Exit exit = Exit::kDone;
  for (const auto& each : TRY(std::move(taken))) {
    settlements.push(settlement_json(each.row, today)
                         .set("was_known", each.was_known)
                         .set("refused", each.is_refused)
                         .set("problems", problems_json(each.problems)));
    text += each.row.provider + " " + each.row.payout + ": " + each.row.amount.to_decimal_string() +
            " " + std::string(each.row.amount.currency().code()) +
            (each.is_refused     ? ", refused"
             : each.row.paid_day ? ", in the bank on " + each.row.paid_day->to_string()
                                 : ", not in the bank yet") +
            (each.was_known ? ", known before" : "") + "\n";
    for (const base::Error& problem : each.problems) text += "  " + describe(problem) + "\n";
    if (each.is_refused) exit = Exit::kNegative;
  }
  return Answer{Json::object().set("settlements", std::move(settlements)), text, exit};
}

Outcome reconcile_settlements(const Context& context, const ReconcileSettlementsOptions& options) {
  const auto transaction = TRY(reading(context));
  const base::Date today = TRY(today_of(context, *transaction));
  Json settlements = Json::array();
  TextTable table({"day", "provider", "payout", "gross>", "fee>", "amount>", "", "in the bank"});
  for (const auto& row : TRY(transaction->payments().reconciliation().settlements(
           options.waiting, static_cast<std::size_t>(options.limit)))) {
    settlements.push(settlement_json(row, today));
    table.add({row.day.to_string(), row.provider, row.payout, row.gross.to_decimal_string(),
               row.fee.to_decimal_string(), row.amount.to_decimal_string(),
               std::string(row.amount.currency().code()),
               row.paid_day ? row.paid_day->to_string()
                            : "waits " + std::to_string(today - row.day) + " days"});
  }
  return Answer{Json::object().set("settlements", std::move(settlements)), table.to_text()};
}

}  // namespace app::cli
