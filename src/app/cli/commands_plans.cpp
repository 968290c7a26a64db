// Bills that are paid in parts: list, show, agree, end, and the daily work; and the ways to pay
// that customers let us keep.
#include "app/cli/commands_plans.h"

#include "app/cli/acting.h"
#include "app/cli/find_bill.h"
#include "app/cli/output.h"
#include "app/gateways.h"
#include "flows/access/access.h"
#include "flows/care/find_account.h"
#include "flows/plans/agree_plan.h"
#include "flows/plans/charge_methods.h"
#include "flows/plans/end_plan.h"
#include "flows/plans/follow_plans.h"
#include "flows/plans/keep_method.h"
#include "ports/plans.h"

namespace app::cli {
namespace {

// What --by is to be allowed.
constexpr auto kMay = domain::Permission::kAccountsChange;

using base::Json;
using base::Result;
using domain::KeptMethod;
using domain::MethodCharge;
using domain::Plan;

Result<std::unique_ptr<ports::Transaction>> reading(const Context& context) {
  return context.workspace.store().begin(ports::TransactionKind::kRead);
}

Json optional_day(const std::optional<base::Date>& day) {
  return day ? Json(day->to_string()) : Json();
}

Json plan_json(const Plan& plan) {
  Json rows = Json::array();
  for (const domain::PlanRow& row : plan.rows) {
    rows.push(Json::object()
                  .set("due", row.due.to_string())
                  .set("amount", row.amount.to_decimal_string()));
  }
  return Json::object()
      .set("id", plan.id.is_nil() ? Json() : Json(plan.id.to_string()))
      .set("account", plan.account.to_string())
      .set("bill", plan.bill.to_string())
      .set("state", domain::to_text(plan.state))
      .set("currency", plan.rows.front().amount.currency().code())
      .set("rows", std::move(rows))
      .set("agreed_on", plan.agreed_on.to_string())
      .set("agreed_by", plan.agreed_by)
      .set("reminded_row", optional_day(plan.reminded_row))
      .set("ended_on", optional_day(plan.ended_on))
      .set("reason", plan.reason);
}

std::string plan_text(const Plan& plan) {
  std::string text = plan.bill.to_string() + ": " + std::string(domain::to_text(plan.state)) +
                     ", " + std::to_string(plan.rows.size()) + " parts\n";
  for (const domain::PlanRow& row : plan.rows) {
    text += "  " + row.due.to_string() + "  " + row.amount.to_decimal_string() + " " +
            std::string(row.amount.currency().code()) + "\n";
  }
  return text;
}

Answer answer_of(const Plan& plan) { return {plan_json(plan), plan_text(plan)}; }

Result<std::optional<base::Date>> day_of(const DailyOptions& options) {
  if (options.day.empty()) return std::optional<base::Date>();
  return std::optional(TRY(of_option("--day", base::Date::parse(options.day))));
}

// Only what was kept is charged: of a first payment that was declined nothing is.
bool is_charged(const KeptMethod& method) {
  return method.for_bills && method.state == domain::KeptMethodState::kKept;
}

Json method_json(const KeptMethod& method) {
  return Json::object()
      .set("id", method.id.to_string())
      .set("account", method.account.to_string())
      .set("gateway", method.gateway)
      .set("method", method.method)
      .set("title", method.title)
      .set("until", method.until ? Json(method.until->to_string()) : Json())
      .set("for_bills", is_charged(method))
      .set("state", domain::to_text(method.state))
      .set("reason", method.reason)
      .set("consent", method.consent_text)
      .set("agreed", method.consent_at.to_string());
}

std::string method_text(const KeptMethod& method) {
  return method.id.to_string() + " " + method.method +
         (method.title.empty() ? "" : " " + method.title) + ": " +
         std::string(domain::to_text(method.state)) +
         (is_charged(method) ? ", bills are charged to it" : "") + "\n";
}

Json charge_json(const MethodCharge& charge) {
  return Json::object()
      .set("account", charge.key.account.to_string())
      .set("bill", charge.key.bill.to_string())
      .set("row", charge.key.row.to_string())
      .set("method", charge.method.to_string())
      .set("currency", charge.amount.currency().code())
      .set("amount", charge.amount.to_decimal_string())
      .set("announced", charge.announced.to_string())
      .set("day", charge.day.to_string())
      .set("tries", std::int64_t{charge.tries})
      .set("state", domain::to_text(charge.state))
      .set("reason", charge.reason)
      .set("intent", charge.intent.is_nil() ? Json() : Json(charge.intent.to_string()));
}

}  // namespace

Outcome plan_list(const Context& context, const PlanListOptions& options) {
  const auto transaction = TRY(reading(context));
  ports::PlanFilter filter;
  if (!options.account.empty()) {
    filter.account =
        TRY(of_option("--account", flows::find_account(*transaction, options.account))).account.id;
  }
  filter.state = options.state == "all" ? "" : options.state;
  if (!options.after.empty()) {
    filter.after = TRY(of_option("--after", domain::PlanId::parse(options.after)));
  }
  filter.limit = static_cast<std::size_t>(options.limit);
  const auto plans = TRY(transaction->plans().list(filter));
  Json list = Json::array();
  TextTable table({"plan", "bill", "state", "parts>", "first", "last", "reason"});
  for (const Plan& plan : plans) {
    list.push(plan_json(plan));
    table.add({plan.id.to_string(), plan.bill.to_string(), std::string(domain::to_text(plan.state)),
               std::to_string(plan.rows.size()), plan.rows.front().due.to_string(),
               plan.rows.back().due.to_string(), plan.reason});
  }
  Json next;
  if (plans.size() == filter.limit) next = plans.back().id.to_string();
  return Answer{Json::object().set("plans", std::move(list)).set("next", std::move(next)),
                table.to_text()};
}

Outcome plan_show(const Context& context, const std::string& bill_text) {
  Workspace& workspace = context.workspace;
  const auto key = TRY(find_bill(workspace.store(), bill_text));
  const auto transaction = TRY(reading(context));
  const auto bill = TRY(transaction->billing().find_bill(key.account, key.bill));
  if (!bill) return base::fail("bill_not_found", "there is no such bill", bill_text);
  Json plans = Json::array(), rows = Json::array(), possible = Json::array();
  std::string text;
  for (const Plan& plan : TRY(transaction->plans().of_bill(key.account, key.bill))) {
    plans.push(plan_json(plan));
    text += plan_text(plan);
  }
  TextTable table({"due", "amount>", "left>"});
  for (const domain::OpenRow& row : domain::open_rows(*bill)) {
    rows.push(Json::object()
                  .set("due", row.due.to_string())
                  .set("amount", row.amount.to_decimal_string())
                  .set("left", row.left.to_decimal_string()));
    table.add({row.due.to_string(), row.amount.to_decimal_string(), row.left.to_decimal_string()});
  }
  if (domain::has_plan(*bill)) text += table.to_text();
  const auto offered =
      TRY(flows::offered_parts(*transaction, workspace.clock(), workspace.rules(), *bill));
  for (const int parts : offered) {
    possible.push(std::int64_t{parts});
    text += "could be paid in " + std::to_string(parts) + " parts\n";
  }
  return Answer{Json::object()
                    .set("bill", key.bill.to_string())
                    .set("effective_due", domain::effective_due(*bill).to_string())
                    .set("plans", std::move(plans))
                    .set("rows", std::move(rows))
                    .set("possible_parts", std::move(possible)),
                text.empty() ? "No plan\n" : text};
}

Outcome plan_agree(const Context& context, const PlanAgreeOptions& options) {
  Workspace& workspace = context.workspace;
  const auto key = TRY(find_bill(workspace.store(), options.bill));
  flows::AgreePlan request{.account = key.account,
                           .bill = key.bill,
                           .parts = static_cast<int>(options.parts),
                           .actor = TRY(actor_of(context, options.by, kMay)),
                           .request_key = options.key};
  if (!options.first.empty()) {
    request.first_due = TRY(of_option("--first", base::Date::parse(options.first)));
  }
  if (request.request_key.empty()) {
    request.request_key = "command/" + std::to_string(options.parts) + "/" + options.first;
  }
  if (options.dry_run) {
    const auto transaction = TRY(reading(context));
    return answer_of(
        TRY(flows::preview_plan(*transaction, workspace.clock(), workspace.rules(), request)));
  }
  return answer_of(
      TRY(flows::agree_plan(workspace.store(), workspace.clock(), workspace.rules(), request)));
}

Outcome plan_end(const Context& context, const PlanEndOptions& options) {
  Workspace& workspace = context.workspace;
  const auto key = TRY(find_bill(workspace.store(), options.bill));
  flows::EndPlan request{.account = key.account,
                         .bill = key.bill,
                         .reason = options.reason.empty() ? "customer" : options.reason,
                         .actor = TRY(actor_of(context, options.by, kMay))};
  return answer_of(TRY(flows::end_plan(workspace.store(), workspace.clock(), request)));
}

Outcome plan_follow(const Context& context, const DailyOptions& options) {
  Workspace& workspace = context.workspace;
  const auto report = TRY(flows::follow_plans(
      workspace.store(), workspace.clock(),
      {.day = TRY(day_of(options)), .actor = "command", .dry_run = options.dry_run}));
  Json changed = Json::array();
  std::string text = report.day.to_string() + (options.dry_run ? ", dry run" : "") + ": " +
                     std::to_string(report.plans) + " plans, " + std::to_string(report.reminded) +
                     " reminded, " + std::to_string(report.moved) + " rows moved, " +
                     std::to_string(report.broken) + " broken, " + std::to_string(report.kept) +
                     " kept, " + std::to_string(report.reopened) + " reopened\n";
  for (const flows::FollowedPlan& each : report.changed) {
    changed.push(
        Json::object().set("step", domain::to_text(each.step)).set("plan", plan_json(each.plan)));
    text +=
        "  " + std::string(domain::to_text(each.step)) + " " + each.plan.bill.to_string() + "\n";
  }
  return Answer{Json::object()
                    .set("day", report.day.to_string())
                    .set("dry_run", options.dry_run)
                    .set("plans", report.plans)
                    .set("reminded", report.reminded)
                    .set("moved", report.moved)
                    .set("broken", report.broken)
                    .set("kept", report.kept)
                    .set("reopened", report.reopened)
                    .set("changed", std::move(changed)),
                text};
}

Outcome method_list(const Context& context, const std::string& account) {
  const auto transaction = TRY(reading(context));
  const auto found = TRY(flows::find_account(*transaction, account));
  Json methods = Json::array(), charges = Json::array();
  std::string text;
  for (const KeptMethod& method : TRY(transaction->plans().of_account(found.account.id))) {
    methods.push(method_json(method));
    text += method_text(method);
  }
  const auto rows = TRY(transaction->plans().list_charges({.account = found.account.id}));
  TextTable table({"row", "bill", "day", "state", "reason", "tries>", "amount>"});
  for (const MethodCharge& charge : rows) {
    charges.push(charge_json(charge));
    table.add({charge.key.row.to_string(), charge.key.bill.to_string(), charge.day.to_string(),
               std::string(domain::to_text(charge.state)), charge.reason,
               std::to_string(charge.tries), charge.amount.to_decimal_string()});
  }
  if (!rows.empty()) text += table.to_text();
  return Answer{
      Json::object().set("methods", std::move(methods)).set("charges", std::move(charges)),
      text.empty() ? "None is kept\n" : text};
}

Outcome method_forget(const Context& context, const MethodForgetOptions& options) {
  flows::ChangeMethod change;
  {
    const auto transaction = TRY(reading(context));
    change.account = TRY(flows::find_account(*transaction, options.account)).account.id;
  }
  change.method = TRY(of_option("METHOD", domain::KeptMethodId::parse(options.method)));
  change.actor = TRY(actor_of(context, options.by, kMay));
  const auto method =
      TRY(flows::forget_method(context.workspace.store(), context.workspace.clock(), change));
  return Answer{method_json(method), method_text(method)};
}

Outcome method_charge(const Context& context, const DailyOptions& options) {
  Workspace& workspace = context.workspace;
  const auto providers = TRY(PaymentProviders::open(workspace));
  const auto report =
      TRY(flows::charge_methods(workspace.store(), workspace.clock(), providers->gateways(),
                                {.day = TRY(day_of(options)),
                                 .actor = "command",
                                 .dry_run = options.dry_run,
                                 .public_url = workspace.public_url()}));
  Json changed = Json::array(), problems = Json::array();
  std::string text = report.day.to_string() + (options.dry_run ? ", dry run" : "") + ": " +
                     std::to_string(report.methods) + " methods, " +
                     std::to_string(report.announced) + " charges announced, " +
                     std::to_string(report.settled) + " settled, " +
                     std::to_string(report.waiting) + " wait, " + std::to_string(report.retried) +
                     " to be tried again, " + std::to_string(report.failed) + " failed, " +
                     std::to_string(report.dropped) + " dropped\n";
  for (const MethodCharge& charge : report.changed) {
    changed.push(charge_json(charge));
    text += "  " + charge.key.bill.to_string() + " " + charge.amount.to_decimal_string() + " on " +
            charge.day.to_string() + ": " + std::string(domain::to_text(charge.state)) + " " +
            charge.reason + "\n";
  }
  for (const base::Error& problem : report.problems) {
    problems.push(error_json(problem)["error"]);
    text += "  " + describe(problem) + "\n";
  }
  return Answer{Json::object()
                    .set("day", report.day.to_string())
                    .set("dry_run", options.dry_run)
                    .set("methods", report.methods)
                    .set("announced", report.announced)
                    .set("settled", report.settled)
                    .set("waiting", report.waiting)
                    .set("retried", report.retried)
                    .set("failed", report.failed)
                    .set("dropped", report.dropped)
                    .set("changed", std::move(changed))
                    .set("problems", std::move(problems)),
                text, report.problems.empty() ? Exit::kDone : Exit::kNegative};
}

}  // namespace app::cli
