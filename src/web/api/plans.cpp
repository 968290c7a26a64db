// Plans of a bill: those that there were, in how many parts it could be paid, to agree and to end.
#include "ports/plans.h"
#include "flows/plans/agree_plan.h"
#include "flows/plans/end_plan.h"
#include "ports/billing.h"
#include "web/api/answer.h"
#include "web/api/bill_id.h"
#include "web/api/handlers.h"

namespace web::api {
namespace {

using base::Json;

Json plan_json(const domain::Plan& plan, const domain::Bill* bill) {
  const bool is_active = plan.state == domain::PlanState::kActive && bill != nullptr;
  Json rows = Json::array();
  const auto add = [&](base::Date due, base::Money amount) -> Json {
    Json row;
    row.set("due", due.to_string()).set("amount", amount.to_decimal_string());
    return row;
  };
  if (is_active) {
    for (const domain::OpenRow& open : domain::open_rows(*bill)) {
      rows.push(add(open.due, open.amount).set("left", open.left.to_decimal_string()));
    }
  } else {
    for (const domain::PlanRow& row : plan.rows) rows.push(add(row.due, row.amount));
  }
  Json json;
  json.set("id", plan.id.to_string())
      .set("bill", write_bill_id(plan.account, plan.bill))
      .set("state", domain::to_text(plan.state))
      .set("currency", plan.rows.front().amount.currency().code())
      .set("rows", std::move(rows))
      .set("agreed_on", plan.agreed_on.to_string())
      .set("agreed_by", plan.agreed_by);
  if (plan.ended_on) json.set("ended_on", plan.ended_on->to_string());
  if (!plan.reason.empty()) json.set("reason", plan.reason);
  return json;
}

}  // namespace

base::Result<Response> list_plans(const Call& call) {
  const BillAddress address = TRY(read_bill_id(call.value("id")));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto bill = TRY(transaction->billing().find_bill(address.account, address.bill));
  if (!bill) return base::fail("bill_not_found", "there is no such bill", call.value("id"));
  Json items = Json::array(), possible = Json::array();
  const auto plans = TRY(transaction->plans().of_bill(address.account, address.bill));
  for (const domain::Plan& plan : plans) items.push(plan_json(plan, &*bill));
  const auto offered =
      TRY(flows::offered_parts(*transaction, call.web.clock, call.web.rules(), *bill));
  for (const int parts : offered) {
    const domain::Plan plan = TRY(
        flows::preview_plan(*transaction, call.web.clock, call.web.rules(),
                            {.account = address.account, .bill = address.bill, .parts = parts}));
    possible.push(Json::object()
                      .set("parts", std::int64_t{parts})
                      .set("first_amount", plan.rows.front().amount.to_decimal_string())
                      .set("first_due", plan.rows.front().due.to_string())
                      .set("last_due", plan.rows.back().due.to_string()));
  }
  return json_response(
      200, Json::object().set("items", std::move(items)).set("possible", std::move(possible)));
}

base::Result<Response> agree_plan(const Call& call) {
  const BillAddress address = TRY(read_bill_id(call.value("id")));
  flows::AgreePlan request{.account = address.account,
                           .bill = address.bill,
                           .parts = static_cast<int>(call.body.integer("parts")),
                           .actor = call.who.actor()};
  request.request_key =
      "api/" + call.who.actor() + "/" + std::string(call.request.headers.get("idempotency-key"));
  if (const std::string first = call.body.text("first_due"); !first.empty()) {
    request.first_due = TRY(base::Date::parse(first));
  }
  return to_response(
      TRY(once(call, [&](ports::Transaction& transaction) -> base::Result<OnceAnswer> {
        const auto plan =
            TRY(flows::agree_plan(transaction, call.web.clock, call.web.rules(), request));
        const auto bill = TRY(transaction.billing().find_bill(address.account, address.bill));
        return OnceAnswer{201, plan_json(plan, bill ? &*bill : nullptr), ""};
      })));
}

base::Result<Response> end_plan(const Call& call) {
  const BillAddress address = TRY(read_bill_id(call.value("id")));
  flows::EndPlan request{.account = address.account,
                         .bill = address.bill,
                         .reason = call.body.text("reason"),
                         .actor = call.who.actor()};
  if (request.reason.empty()) request.reason = "customer";
  return to_response(
      TRY(once(call, [&](ports::Transaction& transaction) -> base::Result<OnceAnswer> {
        const auto plan = TRY(flows::end_plan(transaction, call.web.clock, request));
        return OnceAnswer{200, plan_json(plan, nullptr), ""};
      })));
}

}  // namespace web::api
