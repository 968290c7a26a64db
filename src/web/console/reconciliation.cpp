// Whether a month is explained: banks, clearing, suspense, receivables and credit against the rows
// behind them; what waits by its age. Each list is searched with the page, and saved as a file.
#include <algorithm>
#include <initializer_list>

#include "flows/operations/import_terms.h"
#include "flows/reconcile/prove_month.h"
#include "ports/payments.h"
#include "ports/reconciliation.h"
#include "web/console/bank_rows.h"
#include "web/console/bill_rows.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/page.h"

namespace web::console {
namespace {

using base::Money;
using base::Result;

constexpr std::string_view kFields[] = {"month", "text", "days"};
constexpr std::size_t kSettlementsShown = 200;

struct Hands {
  const Call& call;
  const locale::Formatter& write;

  [[nodiscard]] std::string bare(Money amount) const {
    return write.money(amount, locale::MoneyStyle::kBare) + " " +
           std::string(amount.currency().code());
  }
  [[nodiscard]] std::string day(base::Date date) const {
    return write.date(date, locale::DateStyle::kNumeric);
  }
  // Whether one of these holds what is searched for, in small letters or capitals.
  [[nodiscard]] bool fits(std::initializer_list<std::string> texts) const {
    const std::string sought = call.query.text("text");
    return std::ranges::any_of(texts, [&](const std::string& text) {
      return !std::ranges::search(text, sought, {}, lower, lower).empty() || sought.empty();
    });
  }

 private:
  static char lower(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
};

Value bank_rows(const Hands& hands, const domain::MonthProof& proof) {
  Value list = Value::list();
  for (const auto& bank : proof.banks) {
    if (!hands.fits({bank.bank_account})) continue;
    list.push(Value::record()
                  .set("account", bank.bank_account)
                  .set("opening", hands.bare(bank.opening))
                  .set("entries", hands.bare(bank.entries))
                  .set("closing", hands.bare(bank.closing))
                  .set("ledger", hands.bare(bank.ledger))
                  .set("proved_to", bank.proved_to
                                        ? hands.day(*bank.proved_to)
                                        : say(hands.call, "console.reconcile.no_statement"))
                  .set("tag", bank.problems.empty() ? " good" : " warn"));
  }
  return list;
}

Value line_rows(const Hands& hands, const domain::MonthProof& proof) {
  Value list = Value::list();
  for (const auto& line : proof.lines) {
    const std::string name = place_name(hands.call, line.name);
    if (!hands.fits({name, line.name})) continue;
    list.push(Value::record()
                  .set("name", name)
                  .set("ledger", hands.bare(line.ledger))
                  .set("rows", hands.bare(line.rows))
                  .set("difference", hands.bare(line.ledger - line.rows))
                  .set("tag", line.holds() ? " good" : " warn"));
  }
  return list;
}

// In the reader's language what it is; the sums and days of it in English below.
std::string problem_words(const Call& call, const base::Error& problem) {
  const std::string key = "console.reconcile.problem." + problem.code;
  return call.web.texts.has(key) ? say(call, key) : problem.code;
}

Value problem_rows(const Hands& hands, const domain::MonthProof& proof) {
  Value list = Value::list();
  for (const base::Error& problem : proof.problems) {
    const std::string what = problem_words(hands.call, problem);
    if (!hands.fits({what, problem.code, problem.place, problem.text})) continue;
    list.push(Value::record()
                  .set("code", problem.code)
                  .set("place", problem.place)
                  .set("what", what)
                  .set("text", problem.text));
  }
  return list;
}

std::string reason_words(const Call& call, const std::string& reason) {
  return reason.empty() ? reason : say_word(call, "console.payment.reason.", reason);
}

Value age_rows(const Hands& hands, const domain::SuspenseReport& report) {
  Value list = Value::list();
  const std::string bucket = hands.call.query.text("days");
  for (const auto& sum : report.sums) {
    if (!bucket.empty() && sum.bucket != bucket) continue;
    if (!hands.fits({reason_words(hands.call, sum.reason), sum.reason, sum.bank_account})) continue;
    list.push(Value::record()
                  .set("days", sum.bucket)
                  .set("reason", reason_words(hands.call, sum.reason))
                  .set("code", sum.reason)
                  .set("account", sum.bank_account)
                  .set("payments", hands.write.integer(sum.payments))
                  .set("open", hands.bare(sum.open)));
  }
  return list;
}

// All that waits, and whether the ledger says the same.
Value total_rows(const Hands& hands, const flows::SuspenseAnswer& waiting) {
  Value list = Value::list();
  for (const domain::ProofLine& line : waiting.lines) {
    list.push(Value::record()
                  .set("sum", hands.bare(line.rows))
                  .set("ledger", hands.bare(line.ledger))
                  .set("tag", line.holds() ? " good" : " warn"));
  }
  return list;
}

Value bucket_choices(std::string_view chosen) {
  Value list = Value::list();
  for (const std::string_view bucket : domain::age_buckets()) {
    list.push(
        Value::record().set("value", Value::borrow(bucket)).set("is_chosen", bucket == chosen));
  }
  return list;
}

Result<Value> settlement_rows(const Hands& hands, ports::Transaction& transaction,
                              base::Date today) {
  Value list = Value::list();
  for (const auto& row :
       TRY(transaction.payments().reconciliation().settlements(true, kSettlementsShown))) {
    if (!hands.fits({row.provider, row.payout, row.merchant})) continue;
    list.push(Value::record()
                  .set("day", hands.day(row.day))
                  .set("age", say(hands.call, "console.payment.age", {{"days", today - row.day}}))
                  .set("provider", row.provider)
                  .set("payout", row.payout)
                  .set("amount", hands.bare(row.amount)));
  }
  return list;
}

// What the page and its files are made of: a month, and what waited at its end.
struct Asked {
  base::Month month;
  base::Date today, day;
};

Result<Asked> read_asked(const Call& call, ports::Transaction& transaction) {
  const base::Date today = TRY(today_of(call, transaction));
  Asked asked{base::Month::of(today).previous(), today, today};
  if (const auto text = call.query.text("month"); !text.empty()) {
    asked.month = TRY(base::Month::parse(text));
  }
  asked.day = std::min(today, asked.month.period().last_day());
  return asked;
}

Result<std::string> proof_csv(const Hands& hands, ports::Transaction& transaction,
                              const Asked& asked) {
  const auto proof = TRY(flows::prove_month(transaction, asked.month));
  std::string body = csv_line({"kind", "name", "currency", "opening", "entries", "closing",
                               "ledger", "rows", "difference", "text"});
  for (const auto& bank : proof.banks) {
    if (!hands.fits({bank.bank_account})) continue;
    body += csv_line({"bank", bank.bank_account, std::string(bank.closing.currency().code()),
                      bank.opening.to_decimal_string(), bank.entries.to_decimal_string(),
                      bank.closing.to_decimal_string(), bank.ledger.to_decimal_string(), "",
                      (bank.closing - bank.ledger).to_decimal_string(), ""});
  }
  for (const auto& line : proof.lines) {
    if (!hands.fits({place_name(hands.call, line.name), line.name})) continue;
    body += csv_line({"line", line.name, std::string(line.ledger.currency().code()), "", "", "",
                      line.ledger.to_decimal_string(), line.rows.to_decimal_string(),
                      (line.ledger - line.rows).to_decimal_string(), ""});
  }
  for (const base::Error& problem : proof.problems) {
    const std::string what = problem_words(hands.call, problem);
    if (!hands.fits({what, problem.code, problem.place, problem.text})) continue;
    body += csv_line({"problem", problem.code, "", "", "", "", "", "", "",
                      what + " " + problem.place + ": " + problem.text});
  }
  return body;
}

Result<std::string> suspense_csv(const Hands& hands, ports::Transaction& transaction,
                                 const Asked& asked) {
  const auto waiting = TRY(flows::age_suspense_at(transaction, asked.day));
  const std::string bucket = hands.call.query.text("days");
  std::string body =
      csv_line({"payment", "booked", "days", "reason", "bank_account", "currency", "open"});
  for (const domain::SuspenseRow& row : waiting.report.rows) {
    const std::int32_t days = asked.day - row.booked;
    if (!bucket.empty() && domain::age_bucket(days) != bucket) continue;
    if (!hands.fits({reason_words(hands.call, row.reason), row.reason, row.bank_account})) continue;
    body += csv_line({row.payment.to_string(), row.booked.to_string(), std::to_string(days),
                      row.reason, row.bank_account, std::string(row.open.currency().code()),
                      row.open.to_decimal_string()});
  }
  return body;
}

Result<std::string> settlements_csv(const Hands& hands, ports::Transaction& transaction) {
  std::string body =
      csv_line({"day", "provider", "merchant", "payout", "currency", "gross", "fee", "amount"});
  for (const auto& row :
       TRY(transaction.payments().reconciliation().settlements(true, kSettlementsShown))) {
    if (!hands.fits({row.provider, row.payout, row.merchant})) continue;
    body += csv_line({row.day.to_string(), row.provider, row.merchant, row.payout,
                      std::string(row.amount.currency().code()), row.gross.to_decimal_string(),
                      row.fee.to_decimal_string(), row.amount.to_decimal_string()});
  }
  return body;
}

}  // namespace

Result<Response> show_reconciliation(const Call& call) {
  Page page{.name = "console/reconciliation", .title = say(call, "console.nav.reconciliation")};
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Asked asked = TRY(read_asked(call, *transaction));
  const Hands hands{call, call.web.texts.formatter(call.language)};
  const auto proof = TRY(flows::prove_month(*transaction, asked.month));
  const auto waiting = TRY(flows::age_suspense_at(*transaction, asked.day));
  Fields filter = filter_of(call, kFields);
  filter.set("month", asked.month.to_string());
  page.values.set("month", asked.month.to_string())
      .set("text", filter.text("text"))
      .set("buckets", bucket_choices(filter.text("days")))
      .set("holds", proof.holds())
      .set("banks", bank_rows(hands, proof))
      .set("lines", line_rows(hands, proof))
      .set("problems", problem_rows(hands, proof))
      .set("ages", age_rows(hands, waiting.report))
      .set("age_totals", total_rows(hands, waiting))
      .set("settlements", TRY(settlement_rows(hands, *transaction, asked.today)))
      .set("proof_file", link_to("/console/reconciliation/proof.csv", filter))
      .set("suspense_file", link_to("/console/reconciliation/suspense.csv", filter))
      .set("settlements_file", link_to("/console/reconciliation/settlements.csv", filter));
  return render_page(call, std::move(page));
}

Result<Response> export_reconciliation(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Asked asked = TRY(read_asked(call, *transaction));
  const Hands hands{call, call.web.texts.formatter(call.language)};
  const std::string& name = call.value("list");
  if (name == "proof.csv") {
    return csv_response(name, TRY(proof_csv(hands, *transaction, asked)));
  }
  if (name == "suspense.csv") {
    return csv_response(name, TRY(suspense_csv(hands, *transaction, asked)));
  }
  if (name == "settlements.csv") {
    return csv_response(name, TRY(settlements_csv(hands, *transaction)));
  }
  return base::fail("route_not_found", "there is no such list");
}

}  // namespace web::console
