// Refunds: how far they are, and taking back what is approved. They are proposed and approved by
// people, in the console or on the command line.
#include "ports/refunds.h"

#include "flows/refunds/refund_money.h"
#include "ports/payments.h"
#include "web/api/answer.h"
#include "web/api/handlers.h"

namespace web::api {
namespace {

using base::Json;

Json refund_json(const domain::Refund& refund) {
  Json json;
  json.set("id", refund.id.to_string()).set("state", domain::to_text(refund.state));
  if (!refund.account.is_nil()) json.set("account", refund.account.to_string());
  if (!refund.payment.is_nil()) json.set("payment", refund.payment.to_string());
  json.set("currency", refund.amount.currency().code())
      .set("amount", refund.amount.to_decimal_string())
      .set("to_name", refund.payee_name)
      .set("to_account", refund.payee_account)
      .set("reason", refund.reason)
      .set("asked_by", refund.asked_by)
      .set("decided_by", refund.decided_by);
  if (!refund.batch.is_nil()) json.set("batch", refund.batch.to_string());
  json.set("recorded", refund.recorded.to_string());
  return json;
}

}  // namespace

base::Result<Response> list_refunds(const Call& call) {
  const std::size_t limit = TRY(page_limit(call));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  Json items = Json::array();
  for (const auto& refund : TRY(transaction->payments().refunds().list({.limit = limit}))) {
    items.push(refund_json(refund));
  }
  return page_response(std::move(items), "");
}

base::Result<Response> withdraw_refund(const Call& call) {
  const auto id = TRY(call.id<domain::RefundId>("id"));
  return to_response(TRY(once_with_own_transactions(call, [&]() -> base::Result<OnceAnswer> {
    flows::RefundWithdrawal wish;
    wish.refund = id;
    wish.reason = call.body.text("reason");
    wish.actor = call.who.actor();
    const auto refund = TRY(flows::withdraw_refund(call.web.store, call.web.clock, wish));
    return OnceAnswer{200, refund_json(refund), {}};
  })));
}

}  // namespace web::api
