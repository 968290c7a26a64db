// Refunds on the command line: proposing, approving, and the file for the bank.
#include "app/cli/acting.h"
#include "app/cli/commands_reconcile.h"
#include "app/cli/output.h"
#include "flows/access/access.h"
#include "flows/care/find_account.h"
#include "flows/refunds/refund_file.h"
#include "flows/refunds/refund_money.h"
#include "ports/payments.h"
#include "ports/refunds.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;
using domain::Refund;

Result<std::unique_ptr<ports::Transaction>> reading(const Context& context) {
  return context.workspace.store().begin(ports::TransactionKind::kRead);
}

template <class Value>
Json text_or_null(const Value& value) {
  return value.is_nil() ? Json() : Json(value.to_string());
}

Json refund_json(const Refund& refund) {
  Json json;
  json.set("id", refund.id.to_string())
      .set("state", domain::to_text(refund.state))
      .set("account", text_or_null(refund.account))
      .set("payment", text_or_null(refund.payment))
      .set("currency", refund.amount.currency().code())
      .set("amount", refund.amount.to_decimal_string())
      .set("to_name", refund.payee_name)
      .set("to_account", refund.payee_account)
      .set("reason", refund.reason)
      .set("asked_by", refund.asked_by)
      .set("decided_by", refund.decided_by)
      .set("end_to_end_id", refund.end_to_end_id())
      .set("batch", text_or_null(refund.batch))
      .set("why", refund.why)
      .set("recorded", refund.recorded.to_string());
  return json;
}

Answer one(const Refund& refund) {
  return {refund_json(refund), refund.id.to_string() + ": " + refund.amount.to_decimal_string() +
                                   " " + std::string(refund.amount.currency().code()) + " to " +
                                   refund.payee_name + ", " + refund.payee_account + ": " +
                                   std::string(domain::to_text(refund.state)) + "\n"};
}

Outcome decide(const Context& context, const RefundDecideOptions& options, bool approve) {
  flows::RefundDecision decision;
  decision.refund = TRY(of_option("REFUND", domain::RefundId::parse(options.refund)));
  decision.approve = approve;
  decision.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
  return one(
      TRY(flows::decide_refund(context.workspace.store(), context.workspace.clock(), decision)));
}

// The file of a batch; the same bytes however often it is written.
Result<> write_batch(const Context& context, domain::RefundBatchId batch, const std::string& path) {
  const auto transaction = TRY(reading(context));
  const std::string bytes = TRY(flows::refund_file(*transaction, batch));
  auto file = TRY(OutputFile::open(path));
  TRY(file->write(bytes));
  return file->close();
}

}  // namespace

Outcome refund_propose(const Context& context, const RefundProposeOptions& options) {
  flows::RefundRequest request;
  request.reason = options.reason;
  request.payee_account = options.to;
  request.payee_name = options.name;
  request.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
  base::Currency currency;
  {
    const auto transaction = TRY(reading(context));
    if (options.payment.empty()) {
      const auto found = TRY(flows::find_account(*transaction, options.account));
      request.account = found.account.id;
      currency = found.account.currency;
    } else {
      request.payment = TRY(of_option("--payment", domain::PaymentId::parse(options.payment)));
      const auto payment = TRY(transaction->payments().find_payment(request.payment));
      if (payment) currency = payment->amount.currency();
    }
  }
  if (!options.amount.empty()) {
    request.amount = TRY(of_option("--amount", base::Money::parse(options.amount, currency)));
  }
  return one(
      TRY(flows::propose_refund(context.workspace.store(), context.workspace.clock(), request)));
}

Outcome refund_list(const Context& context, const RefundListOptions& options) {
  const auto transaction = TRY(reading(context));
  ports::RefundFilter filter{.limit = static_cast<std::size_t>(options.limit)};
  if (!options.state.empty()) {
    filter.state = TRY(of_option("--state", domain::parse_refund_state(options.state)));
  }
  if (!options.account.empty()) {
    filter.account = TRY(flows::find_account(*transaction, options.account)).account.id;
  }
  Json rows = Json::array();
  TextTable table({"refund", "state", "amount>", "", "to", "account", "why"});
  for (const Refund& refund : TRY(transaction->payments().refunds().list(filter))) {
    rows.push(refund_json(refund));
    table.add({refund.id.to_string(), std::string(domain::to_text(refund.state)),
               refund.amount.to_decimal_string(), std::string(refund.amount.currency().code()),
               refund.payee_name, refund.payee_account, refund.why});
  }
  return Answer{Json::object().set("refunds", std::move(rows)), table.to_text()};
}

Outcome refund_approve(const Context& context, const RefundDecideOptions& options) {
  return decide(context, options, true);
}

Outcome refund_refuse(const Context& context, const RefundDecideOptions& options) {
  return decide(context, options, false);
}

Outcome refund_withdraw(const Context& context, const RefundWithdrawOptions& options) {
  flows::RefundWithdrawal wish;
  wish.refund = TRY(of_option("REFUND", domain::RefundId::parse(options.refund)));
  wish.reason = options.reason;
  wish.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
  return one(
      TRY(flows::withdraw_refund(context.workspace.store(), context.workspace.clock(), wish)));
}

Outcome refund_send(const Context& context, const RefundSendOptions& options) {
  Workspace& workspace = context.workspace;
  domain::RefundBatchId id;
  if (options.batch.empty()) {
    flows::SendRequest request{.bank_account = options.from};
    request.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
    if (!options.day.empty()) {
      request.day = TRY(of_option("--day", base::Date::parse(options.day)));
    }
    id = TRY(flows::send_refunds(workspace.store(), workspace.clock(), request)).id;
  } else {
    id = TRY(of_option("--batch", domain::RefundBatchId::parse(options.batch)));
  }
  TRY(write_batch(context, id, options.output));
  if (options.output.empty() || options.output == "-") return Answer{};
  const auto transaction = TRY(reading(context));
  const auto batch = TRY(transaction->payments().refunds().find_batch(id));
  if (!batch) {
    return base::fail("refund_batch_not_found", "no such file of refunds was sent", id.to_string());
  }
  Json json;
  json.set("batch", id.to_string())
      .set("file", options.output)
      .set("format", flows::kRefundFormat)
      .set("bank_account", batch->bank_account)
      .set("day", batch->day.to_string())
      .set("currency", batch->amount.currency().code())
      .set("amount", batch->amount.to_decimal_string())
      .set("refunds", batch->refunds);
  return Answer{json, "Written to " + options.output + ": " + std::to_string(batch->refunds) +
                          " refunds, " + batch->amount.to_decimal_string() + " " +
                          std::string(batch->amount.currency().code()) + ", " + id.to_string() +
                          "\n"};
}

}  // namespace app::cli
