// Payments through providers, plans, kept methods and orders on the command line.

#include "app/cli/commands_intents.h"
#include "app/cli/commands_orders.h"
#include "app/cli/commands_plans.h"
#include "app/cli/line/commands.h"
#include "app/cli/line/syntax.h"

namespace app::line {
namespace {

// The daily work of a day: today's without one.
template <class Command>
void add_daily(const Command& command) {
  add_value(command.node, "--day", command.options->day, "DAY", "Of which day; today without");
  add_flag(command.node, "--dry-run", command.options->dry_run,
           "Show what would be done, keep nothing");
}

void add_order_create(const Node& order, Request& request) {
  auto create = add_command<cli::OrderCreateOptions>(order, "create", "Order single things");
  add_value(create.node, "--account", create.options->account, "ACCOUNT",
            "Who pays: its id, or the customer's number")
      .required();
  add_values(create.node, "--item", create.options->items, "CODE:N:PRICE",
             "What, how many, and for how much without VAT; the catalogue's price without")
      .required();
  add_choice(create.node, "--how", create.options->how, "HOW",
             {"now", "bill", "instalments", "preferred"}, "How it is paid")
      .show_default();
  add_value(create.node, "--method", create.options->method, "METHOD",
            "Of now: link, kept, mandate, or a method like card");
  add_value(create.node, "--gateway", create.options->gateway, "NAME", "The method's provider");
  add_value(create.node, "--kept", create.options->kept, "ID", "Which kept method");
  add_number(create.node, "--parts", create.options->parts, 2, 60, "Of instalments: how many");
  add_value(create.node, "--service", create.options->service, "SERVICE", "What it is for");
  add_value(create.node, "--reference", create.options->reference, "TEXT", "Your name for it");
  add_value(create.node, "--note", create.options->note, "TEXT", "For whoever hands over");
  add_value(create.node, "--key", create.options->key, "KEY",
            "The same key is the same order; each call is a new one without");
  add_flag(create.node, "--dry-run", create.options->dry_run,
           "Show what it would come to, keep nothing");
  on_workspace(request, create, cli::order_create);
}

}  // namespace

void add_intent_commands(const Node& app, Request& request) {
  const Node intent = add_group(app, "intent", "Payments through providers");
  auto list = add_command<cli::IntentListOptions>(intent, "list", "List them, newest first");
  add_value(list.node, "--gateway", list.options->gateway, "NAME", "Those of one provider");
  add_choice(list.node, "--state", list.options->state, "STATE",
             {"created", "pending", "authorised", "settled", "failed", "cancelled", "expired",
              "reversed", "all"},
             "Those in a state");
  add_value(list.node, "--account", list.options->account, "ACCOUNT", "Those of one account");
  add_after(list.node, list.options->after);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::intent_list);
  add_command_on(intent, request, "show", "Show one with what came by it", "INTENT", "Its id",
                 cli::intent_show);
  auto ask = add_command<cli::IntentAskOptions>(
      intent, "ask", "Ask providers how payments are, those whose time has come");
  add_value(ask.node, "--intent", ask.options->intent, "INTENT", "Only this one, at once");
  add_limit(ask.node, ask.options->limit);
  on_workspace(request, ask, cli::intent_ask);
  add_command_on(intent, request, "stop", "End one before money moves", "INTENT", "Its id",
                 cli::intent_stop);
  auto refund =
      add_command<cli::IntentRefundOptions>(intent, "refund", "Send money that came by one back");
  add_argument(refund.node, "INTENT", refund.options->intent, "Its id");
  add_value(refund.node, "--amount", refund.options->amount, "AMOUNT",
            "So much of it; all that can go back without");
  on_workspace(request, refund, cli::intent_refund);
  auto rename = add_command<cli::IntentRenameOptions>(
      intent, "rename", "Say which payment at its provider holds its money");
  add_argument(rename.node, "INTENT", rename.options->intent, "Its id");
  add_value(rename.node, "--reference", rename.options->reference, "REFERENCE",
            "A name that it had before at its provider")
      .required();
  add_value(rename.node, "--reason", rename.options->reason, "TEXT", "Why").required();
  add_by(rename.node, rename.options->by);
  on_workspace(request, rename, cli::intent_rename);
}

void add_plan_commands(const Node& app, Request& request) {
  const Node plan = add_group(app, "plan", "Bills that are paid in parts");
  constexpr const char* kWhich = "Its id, payment reference or invoice number";
  auto list = add_command<cli::PlanListOptions>(plan, "list", "List plans");
  add_value(list.node, "--account", list.options->account, "ACCOUNT",
            "Those of an account, by id or customer number");
  add_choice(list.node, "--state", list.options->state, "STATE",
             {"active", "kept", "broken", "ended", "all"}, "Those in a state");
  add_after(list.node, list.options->after);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::plan_list);
  add_command_on(plan, request, "show", "Show a bill's plans, and how it could be paid in parts",
                 "BILL", kWhich, cli::plan_show);
  auto agree = add_command<cli::PlanAgreeOptions>(plan, "agree", "Agree to pay a bill in parts");
  add_argument(agree.node, "BILL", agree.options->bill, kWhich);
  add_value(agree.node, "--parts", agree.options->parts, "N", "In how many").required();
  add_value(agree.node, "--first", agree.options->first, "DAY",
            "When the first part is due; the bill's or the customer's next day without");
  add_value(agree.node, "--key", agree.options->key, "TEXT", "The same is the same plan");
  add_flag(agree.node, "--dry-run", agree.options->dry_run, "Show the plan, keep nothing");
  add_by(agree.node, agree.options->by);
  on_workspace(request, agree, cli::plan_agree);
  auto end = add_command<cli::PlanEndOptions>(plan, "end", "End the plan of a bill");
  add_argument(end.node, "BILL", end.options->bill, kWhich);
  add_value(end.node, "--reason", end.options->reason, "WORD", "Why; customer without");
  add_by(end.node, end.options->by);
  on_workspace(request, end, cli::plan_end);
  auto follow =
      add_command<cli::DailyOptions>(plan, "follow", "The daily work: parts that were missed");
  add_daily(follow);
  on_workspace(request, follow, cli::plan_follow);
}

void add_method_commands(const Node& app, Request& request) {
  const Node method = add_group(app, "method", "Ways to pay that customers let us keep");
  add_command_on(method, request, "list", "List an account's, and what was charged to them",
                 "ACCOUNT", kWhichAccount, cli::method_list);
  auto forget = add_command<cli::MethodForgetOptions>(method, "forget", "Forget one");
  add_argument(forget.node, "ACCOUNT", forget.options->account, kWhichAccount);
  add_argument(forget.node, "METHOD", forget.options->method, "Its id");
  add_by(forget.node, forget.options->by);
  on_workspace(request, forget, cli::method_forget);
  auto charge = add_command<cli::DailyOptions>(
      method, "charge", "The daily work: tell of charges, and charge what is due");
  add_daily(charge);
  on_workspace(request, charge, cli::method_charge);
}

void add_order_commands(const Node& app, Request& request) {
  const Node order = add_group(app, "order", "Orders of single things");
  add_order_create(order, request);
  auto list = add_command<cli::OrderListOptions>(order, "list", "List them, newest first");
  add_choice(list.node, "--state", list.options->state, "STATE",
             {"received", "awaiting_payment", "ready", "handed_over", "cancelled", "failed", "all"},
             "Those in a state");
  add_value(list.node, "--account", list.options->account, "ACCOUNT", "Those of one account");
  add_value(list.node, "--reference", list.options->reference, "TEXT", "As its caller named it");
  add_after(list.node, list.options->after);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::order_list);
  add_command_on(order, request, "show", "Show one, and where it is paid", "ORDER", "Its id",
                 cli::order_show);
  auto cancel = add_command<cli::OrderCancelOptions>(
      order, "cancel", "Cancel one before it is handed over: its money goes back");
  add_argument(cancel.node, "ORDER", cancel.options->order, "Its id");
  add_value(cancel.node, "--reason", cancel.options->reason, "TEXT", "Why").required();
  on_workspace(request, cancel, cli::order_cancel);
  add_command_on(order, request, "hand-over", "Say that one was handed over", "ORDER", "Its id",
                 cli::order_hand_over);
}

void add_report_commands(const Node& app, Request& request) {
  const Node report = add_group(app, "report", "Reports");
  auto costs = add_command<cli::RailCostOptions>(
      report, "rail-costs", "What payments cost by each rail, beside the cheapest");
  add_number(costs.node, "--year", costs.options->year, 2000, 2200, "A whole year");
  add_value(costs.node, "--from", costs.options->from, "DAY", "Instead: the first day");
  add_value(costs.node, "--to", costs.options->to, "DAY", "And the last one");
  on_workspace(request, costs, cli::report_rail_costs);
}

}  // namespace app::line
