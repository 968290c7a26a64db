// Customers, accounts and services on the command line.
#include <string>

#include "app/cli/commands.h"
#include "app/cli/commands_service.h"
#include "app/cli/line/commands.h"
#include "app/cli/line/syntax.h"

namespace app::line {
namespace {

void add_profile_command(const Node& profile, Request& request, const std::string& name,
                         const std::string& meaning,
                         Outcome (*run)(const Context&, const cli::AccountProfileOptions&)) {
  auto command = add_command<cli::AccountProfileOptions>(profile, name, meaning);
  cli::AccountProfileOptions& options = *command.options;
  add_argument(command.node, "ACCOUNT", options.account, kWhichAccount);
  add_value(command.node, "--grouping", options.grouping, "RULES",
            "Which charges on which bill: all, division, 'one_off:each, all'");
  add_value(command.node, "--frequency", options.frequency, "FREQUENCY",
            "daily, weekly#1, monthly#15, every_3_months#1, yearly#03-01");
  add_number(command.node, "--due-days", options.due_days, 0, 365, "Days to pay a bill");
  add_number(command.node, "--due-day", options.due_day, 0, 31,
             "The day of the month on which bills fall due; 0: any");
  add_value(command.node, "--minimum", options.minimum, "AMOUNT",
            "Less is carried to the next bill");
  add_choice(command.node, "--detail", options.detail, "DETAIL", {"standard", "full"},
             "How much a bill tells");
  add_value(command.node, "--delivery", options.delivery, "CHANNEL", "By which way bills come");
  add_values(command.node, "--default", options.forget, "NAME",
             "Leave to the operator again: grouping, frequency, due_days, due_day, "
             "minimum_minor, detail, delivery");
  add_by(command.node, options.by);
  on_workspace(request, command, run);
}

// A command that changes a service; what it needs besides is added to it.
Command<cli::ServiceChangeOptions> add_service_change(
    const Node& service, Request& request, const std::string& name, const std::string& meaning,
    Outcome (*run)(const Context&, const cli::ServiceChangeOptions&)) {
  auto command = add_command<cli::ServiceChangeOptions>(service, name, meaning);
  add_argument(command.node, "ACCOUNT", command.options->account, kWhichAccount);
  add_argument(command.node, "SERVICE", command.options->service,
               "Its id, or its division's number");
  add_flag(command.node, "--dry-run", command.options->dry_run,
           "Show what it would make of the service, keep nothing");
  add_by(command.node, command.options->by);
  on_workspace(request, command, run);
  return command;
}

void add_from(const Node& app, std::string& from) {
  add_value(app, "--from", from, "DAY", "The day on which it begins to hold").required();
}

}  // namespace

void add_customer_commands(const Node& app, Request& request) {
  const Node customer = add_group(app, "customer", "Customers and their numbers");
  auto join = add_command<cli::CustomerLinkOptions>(customer, "link",
                                                    "Make two customers one; nothing issued moves");
  add_argument(join.node, "KEEP", join.options->keep, "The customer number that stays");
  add_argument(join.node, "JOIN", join.options->join, "The one that joins it");
  on_workspace(request, join, cli::customer_link);
  auto part = add_command<cli::CustomerUnlinkOptions>(
      customer, "unlink", "Make a division's customer number a customer of its own again");
  add_argument(part.node, "DIVISION", part.options->division, "Its code");
  add_argument(part.node, "NUMBER", part.options->number, "The division's customer number");
  on_workspace(request, part, cli::customer_unlink);
  auto segment =
      add_command<cli::CustomerSegmentOptions>(customer, "segment", "Say whether they are private");
  add_argument(segment.node, "NUMBER", segment.options->customer, "The customer number");
  add_argument(segment.node, "SEGMENT", segment.options->segment, "consumer or business")
      .one_of({"consumer", "business"});
  add_by(segment.node, segment.options->by);
  on_workspace(request, segment, cli::customer_segment);
}

void add_account_commands(const Node& app, Request& request) {
  const Node account = find_or_add_group(app, "account", "Who pays, and how they are billed");
  add_command_on(account, request, "show", "Show an account, its choices and services", "ACCOUNT",
                 kWhichAccount, cli::account_show);
  auto list = add_command<cli::AccountListOptions>(account, "list", "List accounts");
  add_value(list.node, "--search", list.options->search, "TEXT", "In the name or the number");
  add_choice(list.node, "--segment", list.options->segment, "SEGMENT", {"consumer", "business"},
             "Those of a segment");
  add_flag(list.node, "--chosen", list.options->chosen, "Those that have chosen something");
  add_choice(list.node, "--format", list.options->format, "FORMAT", {"csv", "json"},
             "Write them all, in which form");
  add_output(list.node, list.options->output);
  add_after(list.node, list.options->after);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::account_list);

  const Node profile = add_group(account, "profile", "What an account has chosen about its bills");
  add_command_on(profile, request, "show", "Show what holds, what will, and since when", "ACCOUNT",
                 kWhichAccount, cli::account_profile_show);
  add_profile_command(profile, request, "set", "Choose; it holds from the next bill day",
                      cli::account_profile_set);
  add_profile_command(profile, request, "preview", "Show what a choice would change",
                      cli::account_profile_preview);

  auto open = add_command<cli::AccountOpenOptions>(account, "open", "One more for a customer");
  add_value(open.node, "--customer", open.options->customer, "NUMBER", "The customer number")
      .required();
  add_by(open.node, open.options->by);
  on_workspace(request, open, cli::account_open);
  auto move = add_command<cli::MoveServiceOptions>(
      account, "move-service", "Let another account pay for a service from the next bill day");
  add_argument(move.node, "ACCOUNT", move.options->account, kWhichAccount);
  add_argument(move.node, "SERVICE", move.options->service, "Its id, or its division's number");
  add_value(move.node, "--to", move.options->to, "ACCOUNT", "Who pays from then on").required();
  add_by(move.node, move.options->by);
  on_workspace(request, move, cli::account_move_service);

  const Node service = find_or_add_group(app, "service", "What accounts subscribe to");
  auto user = add_command<cli::ServiceUserOptions>(service, "user", "Say who uses a service");
  add_argument(user.node, "ACCOUNT", user.options->account, kWhichAccount);
  add_argument(user.node, "SERVICE", user.options->service, "Its id, or its division's number");
  add_value(user.node, "--customer", user.options->customer, "NUMBER",
            "The customer number; without, who pays");
  add_by(user.node, user.options->by);
  on_workspace(request, user, cli::service_user);
}

void add_service_commands(const Node& app, Request& request) {
  const Node service = find_or_add_group(app, "service", "What accounts subscribe to");
  auto show = add_command<cli::ServiceShowOptions>(service, "show", "Show what held on which day");
  add_argument(show.node, "ACCOUNT", show.options->account, kWhichAccount);
  add_argument(show.node, "SERVICE", show.options->service, "Its id, or its division's number");
  on_workspace(request, show, cli::service_show);
  auto plan =
      add_service_change(service, request, "plan", "Another plan from a day on", cli::service_plan);
  add_argument(plan.node, "PLAN", plan.options->code, "The plan's code");
  add_from(plan.node, plan.options->from);
  add_value(plan.node, "--campaign", plan.options->campaign, "CODE",
            "With this campaign; as it was without");
  auto pause = add_service_change(service, request, "pause",
                                  "Nothing is used and charged from a day on", cli::service_pause);
  add_from(pause.node, pause.options->from);
  auto resume =
      add_service_change(service, request, "resume", "Go on after a pause", cli::service_resume);
  add_from(resume.node, resume.options->from);
  auto end = add_service_change(service, request, "end", "Say or take back when it ends",
                                cli::service_end);
  const Option last = add_value(end.node, "--last-day", end.options->last_day, "DAY",
                                "The last day of the service");
  add_flag(end.node, "--take-back", end.options->take_back, "It goes on without end")
      .excludes(last);
  auto add_on = add_service_change(service, request, "add-on",
                                   "Add or remove an add-on from a day on", cli::service_add_on);
  add_argument(add_on.node, "ACTION", add_on.options->action, "add or remove")
      .one_of({"add", "remove"});
  add_argument(add_on.node, "CODE", add_on.options->code, "The add-on's code");
  add_from(add_on.node, add_on.options->from);
}

}  // namespace app::line
