// Whether a month is explained: banks, clearing, suspense, receivables and credit against the rows
// behind them; what waits by its age; and refunds, proposed by one person and approved by another.
#include <algorithm>

#include "flows/care/find_account.h"
#include "flows/operations/import_terms.h"
#include "flows/reconcile/prove_month.h"
#include "flows/refunds/refund_file.h"
#include "flows/refunds/refund_money.h"
#include "ports/payments.h"
#include "ports/reconciliation.h"
#include "ports/refunds.h"
#include "web/api/answer.h"
#include "web/console/bill_rows.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

using base::Money;
using base::Result;

constexpr std::size_t kRefundsShown = 200;
constexpr std::size_t kRefundsSummedMax = 10'000;
constexpr std::size_t kSettlementsShown = 200;
constexpr std::string_view kRefundsPath = "/console/refunds";

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
};

Value bank_rows(const Hands& hands, const domain::MonthProof& proof) {
  Value list = Value::list();
  for (const auto& bank : proof.banks) {
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

std::string line_name(const Call& call, const std::string& name) {
  constexpr std::string_view kClearing = "clearing:";
  if (name == domain::kRefundClearing) return say(call, "console.reconcile.line.refunds");
  if (!name.starts_with(kClearing)) return say_word(call, "console.reconcile.line.", name);
  return say(call, "console.reconcile.line.clearing",
             {{"provider", name.substr(kClearing.size())}});
}

Value line_rows(const Hands& hands, const domain::MonthProof& proof) {
  Value list = Value::list();
  for (const auto& line : proof.lines) {
    list.push(Value::record()
                  .set("name", line_name(hands.call, line.name))
                  .set("ledger", hands.bare(line.ledger))
                  .set("rows", hands.bare(line.rows))
                  .set("difference", hands.bare(line.ledger - line.rows))
                  .set("tag", line.holds() ? " good" : " warn"));
  }
  return list;
}

// In the reader's language what it is; the sums and days of it in English below.
Value problem_rows(const Call& call, const domain::MonthProof& proof) {
  Value list = Value::list();
  for (const base::Error& problem : proof.problems) {
    const std::string key = "console.reconcile.problem." + problem.code;
    const bool is_known = call.web.texts.has(key);
    list.push(Value::record()
                  .set("code", problem.code)
                  .set("place", problem.place)
                  .set("what", is_known ? say(call, key) : problem.code)
                  .set("text", problem.text));
  }
  return list;
}

Value age_rows(const Hands& hands, const domain::SuspenseReport& report) {
  Value list = Value::list();
  for (const auto& sum : report.sums) {
    list.push(Value::record()
                  .set("days", sum.bucket)
                  .set("reason", sum.reason.empty()
                                     ? std::string()
                                     : say_word(hands.call, "console.payment.reason.",
                                                sum.reason))
                  .set("code", sum.reason)
                  .set("account", sum.bank_account)
                  .set("payments", hands.write.integer(sum.payments))
                  .set("open", hands.bare(sum.open)));
  }
  return list;
}

Result<Value> settlement_rows(const Hands& hands, ports::Transaction& transaction,
                              base::Date today) {
  Value list = Value::list();
  for (const auto& row :
       TRY(transaction.payments().reconciliation().settlements(true, kSettlementsShown))) {
    list.push(Value::record()
                  .set("day", hands.day(row.day))
                  .set("age", say(hands.call, "console.payment.age", {{"days", today - row.day}}))
                  .set("provider", row.provider)
                  .set("payout", row.payout)
                  .set("amount", hands.bare(row.amount)));
  }
  return list;
}

// --- Refunds.

std::string tag_of(domain::RefundState state) {
  switch (state) {
    case domain::RefundState::kProposed:
    case domain::RefundState::kRejected:
    case domain::RefundState::kReturned: return " warn";
    case domain::RefundState::kConfirmed: return " good";
    case domain::RefundState::kRefused:
    case domain::RefundState::kApproved:
    case domain::RefundState::kSent: return "";
  }
  return "";
}

Result<Value> refund_row(const Hands& hands, const Moments& moments,
                         ports::Transaction& transaction, const domain::Refund& refund) {
  const Call& call = hands.call;
  const bool may_decide = refund.state == domain::RefundState::kProposed &&
                          call.may(domain::Permission::kPaymentsChange);
  const bool is_own = refund.asked_by == call.who.actor();
  return Value::record()
      .set("id", refund.id.to_string())
      .set("when", moments.text(refund.recorded))
      .set("amount", hands.bare(refund.amount))
      .set("name", refund.payee_name)
      .set("account", refund.payee_account)
      .set("reason", refund.reason)
      .set("payment", refund.payment.is_nil() ? std::string() : refund.payment.to_string())
      .set("state", say_word(call, "console.refund.state.", domain::to_text(refund.state)))
      .set("tag", tag_of(refund.state))
      .set("why", refund.why)
      .set("asked_by", TRY(actor_name(transaction, refund.asked_by)))
      .set("decided_by", refund.decided_by.empty()
                             ? std::string()
                             : TRY(actor_name(transaction, refund.decided_by)))
      .set("file", refund.batch.is_nil() || !call.may(domain::Permission::kPaymentsChange)
                       ? std::string()
                       : refund.batch.to_string())
      .set("decide", may_decide ? form_key(call) : std::string())
      .set("approve", may_decide && !is_own);
}

// How many wait to be sent, and from which of our accounts; empty where none does.
Result<Value> send_form(const Hands& hands, ports::Transaction& transaction) {
  const auto approved = TRY(transaction.payments().refunds().list(
      {.state = domain::RefundState::kApproved, .limit = kRefundsSummedMax}));
  if (approved.empty()) return Value();
  // One currency a file: that of the oldest.
  Money sum(0, approved.back().amount.currency());
  std::int64_t count = 0;
  for (const auto& refund : approved) {
    if (refund.amount.currency() != sum.currency()) continue;
    sum += refund.amount;
    ++count;
  }
  Value accounts = Value::list();
  for (const std::string& account :
       flows::paying_accounts(TRY(flows::load_seller(transaction)))) {
    accounts.push(Value::record().set("account", account));
  }
  return Value::record()
      .set("key", form_key(hands.call))
      .set("what", say(hands.call, "console.refund.waiting",
                       {{"count", count}, {"sum", hands.bare(sum)}}))
      .set("accounts", std::move(accounts));
}

Result<Response> refunds_page(const Call& call, std::string problem) {
  Page page{.name = "console/refunds",
            .title = say(call, "console.nav.refunds"),
            .status = problem.empty() ? 200 : 422};
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Moments moments = TRY(Moments::load(call, *transaction));
  const Hands hands{call, call.web.texts.formatter(call.language)};
  Value list = Value::list();
  for (const auto& refund :
       TRY(transaction->payments().refunds().list({.limit = kRefundsShown}))) {
    list.push(TRY(refund_row(hands, moments, *transaction, refund)));
  }
  page.values.set("rows", std::move(list)).set("problem", std::move(problem));
  if (call.may(domain::Permission::kPaymentsChange)) {
    page.values.set("send", TRY(send_form(hands, *transaction)));
    const auto typed = [&](std::string_view name) {
      return call.form.text(name).empty() ? call.query.text(name) : call.form.text(name);
    };
    page.values.set("propose", Value::record()
                                   .set("key", form_key(call))
                                   .set("from", typed("from"))
                                   .set("amount", typed("amount"))
                                   .set("to", typed("to"))
                                   .set("name", typed("name"))
                                   .set("reason", typed("reason")));
  }
  return render_page(call, std::move(page));
}

Result<Response> after_refund(const Call& call, const Result<api::OnceAnswer>& done) {
  constexpr std::string_view kForTheForm[] = {
      "missing_reason",    "unknown_account",  "several_accounts",   "unknown_customer",
      "payment_not_found", "no_payee_account", "bad_payee_account",  "amount_not_positive",
      "other_currency",    "credit_not_enough", "refund_above_maximum",  "run_unfinished",
      "refund_decided",    "approver_is_asker", "bad_parameter",     "refund_not_found",
      "nothing_to_send",   "no_bank_account",   "several_bank_accounts", "refund_file_refused"};
  if (done) return see_other(done->location);
  if (std::ranges::find(kForTheForm, done.error().code) == std::end(kForTheForm)) {
    return std::unexpected(done.error());
  }
  return refunds_page(call, done.error().text);
}

Result<Response> decide(const Call& call, bool approve) {
  const auto done = api::once_with_own_transactions(call, [&]() -> Result<api::OnceAnswer> {
    flows::RefundDecision decision;
    decision.refund = TRY(call.id<domain::RefundId>("id"));
    decision.approve = approve;
    decision.actor = call.who.actor();
    TRY(flows::decide_refund(call.web.store, call.web.clock, decision));
    return api::OnceAnswer{303, {}, std::string(kRefundsPath)};
  });
  return after_refund(call, done);
}

// The form names a payment in suspense, or an account by its customer's number.
Result<flows::RefundRequest> read_request(const Call& call) {
  flows::RefundRequest request;
  const std::string from = call.form.text("from");
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  base::Currency currency;
  if (const auto payment = domain::PaymentId::parse(from)) {
    request.payment = *payment;
    const auto found = TRY(transaction->payments().find_payment(*payment));
    if (found) currency = found->amount.currency();
  } else {
    const auto found = TRY(flows::find_account(*transaction, from));
    request.account = found.account.id;
    currency = found.account.currency;
  }
  if (const auto amount = call.form.text("amount"); !amount.empty()) {
    request.amount = TRY(read_amount(amount, currency));
  }
  request.payee_account = call.form.text("to");
  request.payee_name = call.form.text("name");
  request.reason = call.form.text("reason");
  request.actor = call.who.actor();
  return request;
}

}  // namespace

Result<Response> show_reconciliation(const Call& call) {
  Page page{.name = "console/reconciliation", .title = say(call, "console.nav.reconciliation")};
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const base::Date today = TRY(today_of(call, *transaction));
  base::Month month = base::Month::of(today).previous();
  if (const auto text = call.query.text("month"); !text.empty()) {
    month = TRY(base::Month::parse(text));
  }
  const Hands hands{call, call.web.texts.formatter(call.language)};
  const auto proof = TRY(flows::prove_month(*transaction, month));
  const auto waiting =
      TRY(flows::age_suspense_at(*transaction, std::min(today, month.period().last_day())));
  page.values.set("month", month.to_string())
      .set("holds", proof.holds())
      .set("banks", bank_rows(hands, proof))
      .set("lines", line_rows(hands, proof))
      .set("problems", problem_rows(call, proof))
      .set("ages", age_rows(hands, waiting.report))
      .set("settlements", TRY(settlement_rows(hands, *transaction, today)));
  return render_page(call, std::move(page));
}

Result<Response> list_refunds(const Call& call) { return refunds_page(call, ""); }

Result<Response> propose_refund(const Call& call) {
  const auto done = api::once_with_own_transactions(call, [&]() -> Result<api::OnceAnswer> {
    const auto request = TRY(read_request(call));
    TRY(flows::propose_refund(call.web.store, call.web.clock, request));
    return api::OnceAnswer{303, {}, std::string(kRefundsPath)};
  });
  return after_refund(call, done);
}

Result<Response> approve_refund(const Call& call) { return decide(call, true); }
Result<Response> refuse_refund(const Call& call) { return decide(call, false); }

Result<Response> send_refunds(const Call& call) {
  const auto done = api::once_with_own_transactions(call, [&]() -> Result<api::OnceAnswer> {
    const flows::SendRequest request{.bank_account = call.form.text("account"),
                                     .actor = call.who.actor()};
    TRY(flows::send_refunds(call.web.store, call.web.clock, request));
    return api::OnceAnswer{303, {}, std::string(kRefundsPath)};
  });
  return after_refund(call, done);
}

Result<Response> download_refunds(const Call& call) {
  const auto id = TRY(call.id<domain::RefundBatchId>("id"));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  Response response;
  response.body = TRY(flows::refund_file(*transaction, id));
  response.headers.set("Content-Type", "application/xml; charset=utf-8");
  response.headers.set("Content-Disposition",
                       "attachment; filename=\"" + id.to_string() + ".xml\"");
  return response;
}

}  // namespace web::console
