// Refunds: proposed by one person and approved by another, withdrawn before they are in a file,
// sent to the bank; searched, filtered and saved as a file.
#include <algorithm>

#include "flows/care/find_account.h"
#include "flows/operations/import_terms.h"
#include "flows/refunds/refund_file.h"
#include "flows/refunds/refund_money.h"
#include "ports/payments.h"
#include "ports/refunds.h"
#include "web/api/answer.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/moments.h"
#include "web/console/page.h"
#include "web/typed_amount.h"

namespace web::console {
namespace {

using base::Money;
using base::Result;

constexpr std::size_t kRefundsReadMax = 10'000;
constexpr std::string_view kRefundsPath = "/console/refunds";
constexpr std::string_view kFields[] = {"text", "state"};
constexpr std::string_view kStates[] = {"proposed", "refused",   "approved", "withdrawn",
                                        "sent",     "confirmed", "rejected", "returned"};

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

std::string tag_of(domain::RefundState state) {
  switch (state) {
    case domain::RefundState::kProposed:
    case domain::RefundState::kRejected:
    case domain::RefundState::kReturned: return " warn";
    case domain::RefundState::kConfirmed: return " good";
    case domain::RefundState::kRefused:
    case domain::RefundState::kWithdrawn:
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
  const bool may_withdraw = refund.state == domain::RefundState::kApproved &&
                            call.may(domain::Permission::kPaymentsChange);
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
      .set("approve", may_decide && !is_own)
      .set("withdraw", may_withdraw ? form_key(call) : std::string());
}

// How many wait to be sent, and from which of our accounts; empty where none does.
Result<Value> send_form(const Hands& hands, ports::Transaction& transaction) {
  const auto approved = TRY(transaction.payments().refunds().list(
      {.state = domain::RefundState::kApproved, .limit = kRefundsReadMax}));
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
  for (const std::string& account : flows::paying_accounts(TRY(flows::load_seller(transaction)))) {
    accounts.push(Value::record().set("account", account));
  }
  return Value::record()
      .set("key", form_key(hands.call))
      .set("what",
           say(hands.call, "console.refund.waiting", {{"count", count}, {"sum", hands.bare(sum)}}))
      .set("accounts", std::move(accounts));
}

// The newest that fit; of an amount its figures, as they are shown.
Result<std::vector<domain::Refund>> load_refunds(ports::Transaction& transaction,
                                                 const Fields& filter) {
  ports::RefundFilter asked{.limit = kRefundsReadMax};
  if (const auto state = filter.text("state"); !state.empty()) {
    asked.state = TRY(domain::parse_refund_state(state));
  }
  auto refunds = TRY(transaction.payments().refunds().list(asked));
  const std::string text = filter.text("text");
  std::erase_if(refunds, [&](const domain::Refund& refund) {
    return !text.empty() && !refund.payee_name.contains(text) &&
           !refund.payee_account.contains(text) && !refund.reason.contains(text) &&
           !refund.amount.to_decimal_string().starts_with(text) && refund.id.to_string() != text;
  });
  return refunds;
}

Result<Response> refunds_page(const Call& call, std::string problem) {
  Page page{.name = "console/refunds",
            .title = say(call, "console.nav.refunds"),
            .status = problem.empty() ? 200 : 422};
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Moments moments = TRY(Moments::load(call, *transaction));
  const Hands hands{call, call.web.texts.formatter(call.language)};
  const Fields filter = filter_of(call, kFields);
  const auto refunds = TRY(load_refunds(*transaction, filter));
  Value list = Value::list();
  const std::size_t begin = (page_of(call) - 1) * kRowsAPage;
  for (std::size_t at = begin; at < refunds.size() && at < begin + kRowsAPage; ++at) {
    list.push(TRY(refund_row(hands, moments, *transaction, refunds[at])));
  }
  page.values.set("rows", std::move(list))
      .set("problem", std::move(problem))
      .set("filter", Value::record()
                         .set("text", filter.text("text"))
                         .set("states", choices(call, "console.refund.state.", kStates,
                                                filter.text("state"))));
  add_pages(call,
            {.path = kRefundsPath,
             .export_path = "/console/refunds.csv",
             .filter = filter,
             .count = static_cast<std::int64_t>(refunds.size())},
            page.values);
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
      "missing_reason",    "unknown_account",   "several_accounts",      "unknown_customer",
      "payment_not_found", "no_payee_account",  "bad_payee_account",     "amount_not_positive",
      "other_currency",    "credit_not_enough", "refund_above_maximum",  "run_unfinished",
      "refund_decided",    "refund_in_file",    "refund_not_approved",   "person_not_named",
      "asker_not_known",   "approver_is_asker", "bad_parameter",         "refund_not_found",
      "nothing_to_send",   "no_bank_account",   "several_bank_accounts", "refund_file_refused",
      "refund_of_returned"};
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
    request.amount = TRY(typed_amount(amount, currency));
  }
  request.payee_account = call.form.text("to");
  request.payee_name = call.form.text("name");
  request.reason = call.form.text("reason");
  request.actor = call.who.actor();
  return request;
}

}  // namespace

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

Result<Response> withdraw_refund(const Call& call) {
  const auto done = api::once_with_own_transactions(call, [&]() -> Result<api::OnceAnswer> {
    flows::RefundWithdrawal wish;
    wish.refund = TRY(call.id<domain::RefundId>("id"));
    wish.reason = call.form.text("reason");
    wish.actor = call.who.actor();
    TRY(flows::withdraw_refund(call.web.store, call.web.clock, wish));
    return api::OnceAnswer{303, {}, std::string(kRefundsPath)};
  });
  return after_refund(call, done);
}

Result<Response> export_refunds(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  std::string body = csv_line({"refund", "state", "currency", "amount", "to_name", "to_account",
                               "reason", "asked_by", "decided_by", "file", "why", "recorded"});
  for (const auto& refund : TRY(load_refunds(*transaction, filter_of(call, kFields)))) {
    body += csv_line({refund.id.to_string(), std::string(domain::to_text(refund.state)),
                      std::string(refund.amount.currency().code()),
                      refund.amount.to_decimal_string(), refund.payee_name, refund.payee_account,
                      refund.reason, TRY(actor_name(*transaction, refund.asked_by)),
                      refund.decided_by.empty() ? std::string()
                                                : TRY(actor_name(*transaction, refund.decided_by)),
                      refund.batch.is_nil() ? std::string() : refund.batch.to_string(), refund.why,
                      refund.recorded.to_string()});
  }
  return csv_response("refunds.csv", body);
}

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
