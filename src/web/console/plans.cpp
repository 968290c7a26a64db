// Plans of bills and kept methods in the console: shown on the bill, made and ended there.
#include <algorithm>
#include <charconv>

#include "flows/plans/agree_plan.h"
#include "flows/plans/end_plan.h"
#include "flows/plans/keep_method.h"
#include "ports/plans.h"
#include "web/api/answer.h"
#include "web/api/bill_id.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/page.h"
#include "web/console/plan_values.h"

namespace web::console {
namespace {

using domain::Plan;

Value row_values(const Call& call, const domain::Bill& bill) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value rows = Value::list();
  for (const domain::OpenRow& row : domain::open_rows(bill)) {
    rows.push(Value::record()
                  .set("due", write.date(row.due, locale::DateStyle::kNumeric))
                  .set("amount", write.money(row.amount))
                  .set("left", write.money(row.left)));
  }
  return rows;
}

base::Result<Value> options(const Call& call, ports::Transaction& transaction,
                            const domain::Bill& bill) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value list = Value::list();
  const auto possible =
      TRY(flows::offered_parts(transaction, call.web.clock, call.web.rules(), bill));
  for (const int parts : possible) {
    const Plan plan =
        TRY(flows::preview_plan(transaction, call.web.clock, call.web.rules(),
                                {.account = bill.account, .bill = bill.id, .parts = parts}));
    list.push(
        Value::record()
            .set("value", std::to_string(parts))
            .set("text",
                 say(call, "console.plan.option",
                     {{"parts", parts},
                      {"sum", plan.rows.front().amount},
                      {"last", write.date(plan.rows.back().due, locale::DateStyle::kNumeric)}})));
  }
  return list;
}

base::Result<Value> method_rows(const Call& call, ports::Transaction& transaction,
                                domain::AccountId account) {
  Value rows = Value::list();
  const auto methods = TRY(transaction.plans().of_account(account));
  for (const domain::KeptMethod& method : methods) {
    if (method.state != domain::KeptMethodState::kKept) continue;
    rows.push(Value::record()
                  .set("method", method.id.to_string())
                  .set("name", method.method + " " + method.title)
                  .set("until", method.until ? method.until->to_string() : std::string())
                  .set("use", say(call, method.for_bills ? "bill.methods.for_bills"
                                                         : "bill.methods.not_for_bills")));
  }
  return rows;
}

int parts_of(const Call& call) {
  const std::string text = call.form.text("parts");
  int parts = 0;
  std::from_chars(text.data(), text.data() + text.size(), parts);
  return parts;
}

}  // namespace

base::Result<> add_plan(const Call& call, ports::Transaction& transaction, const domain::Bill& bill,
                        Value& values) {
  const bool may_change = call.may(domain::Permission::kAccountsChange);
  const auto plans = TRY(transaction.plans().of_bill(bill.account, bill.id));
  const auto active = std::ranges::find(plans, domain::PlanState::kActive, &Plan::state);
  Value plan = Value::record();
  plan.set("key", form_key(call)).set("may_change", may_change);
  if (active != plans.end()) {
    plan.set("is_active", true).set("rows", row_values(call, bill));
  } else if (may_change) {
    Value choices = TRY(options(call, transaction, bill));
    plan.set("can_agree", choices.is_shown()).set("options", std::move(choices));
  }
  if (active == plans.end() && !plans.empty()) {
    plan.set("last", say(call, "console.plan.last." + std::string(to_text(plans.back().state))));
  }
  const bool is_shown = active != plans.end() || !plans.empty() ||
                        (plan.find("can_agree") != nullptr && plan.find("can_agree")->is_shown());
  if (is_shown) values.set("plan", std::move(plan));
  if (!call.may(domain::Permission::kCustomersRead)) return {};
  Value methods = TRY(method_rows(call, transaction, bill.account));
  if (methods.is_shown()) {
    values.set("kept", Value::record()
                           .set("key", form_key(call))
                           .set("may_change", may_change)
                           .set("methods", std::move(methods)));
  }
  return {};
}

base::Result<Response> change_plan(const Call& call) {
  const api::BillAddress address = TRY(api::read_bill_id(call.value("id")));
  const std::string path = "/console/bills/" + call.value("id");
  const auto done =
      TRY(api::once(call, [&](ports::Transaction& transaction) -> base::Result<api::OnceAnswer> {
        if (call.form.text("step") == "end") {
          TRY(flows::end_plan(transaction, call.web.clock,
                              {.account = address.account,
                               .bill = address.bill,
                               .reason = "agent",
                               .actor = call.who.actor()}));
        } else {
          TRY(flows::agree_plan(transaction, call.web.clock, call.web.rules(),
                                {.account = address.account,
                                 .bill = address.bill,
                                 .parts = parts_of(call),
                                 .actor = call.who.actor(),
                                 .request_key = call.form.text("idempotency_key")}));
        }
        return api::OnceAnswer{303, {}, path};
      }));
  return see_other(done.location);
}

base::Result<Response> forget_method(const Call& call) {
  const api::BillAddress address = TRY(api::read_bill_id(call.value("id")));
  const std::string path = "/console/bills/" + call.value("id");
  const auto method = TRY(domain::KeptMethodId::parse(call.form.text("method")));
  const auto done =
      TRY(api::once(call, [&](ports::Transaction& transaction) -> base::Result<api::OnceAnswer> {
        TRY(flows::forget_method(
            transaction, call.web.clock,
            {.account = address.account, .method = method, .actor = call.who.actor()}));
        return api::OnceAnswer{303, {}, path};
      }));
  return see_other(done.location);
}

}  // namespace web::console
