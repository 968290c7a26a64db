// Imports, what they refused, catalogues and usage on the command line.
#include <string>

#include "app/cli/commands.h"
#include "app/cli/commands_usage_levels.h"
#include "app/cli/line/commands.h"
#include "app/cli/line/syntax.h"

namespace app::line {
namespace {

Command<cli::CatalogueOptions> add_catalogue_command(const Node& group, const std::string& name,
                                                     const std::string& meaning) {
  auto command = add_command<cli::CatalogueOptions>(group, name, meaning);
  add_value(command.node, "--operator", command.options->operator_code, "OPERATOR",
            "Whose: a shipped operator's code, or a folder with operator.toml");
  add_argument(command.node, "PATH", command.options->paths,
               "Files (catalogue*.toml, katalog*.json), or folders of them");
  return command;
}

}  // namespace

void add_reject_commands(const Node& app, Request& request) {
  const Node group = add_group(app, "reject", "Records that an import refused");
  auto list = add_command<cli::RejectListOptions>(group, "list", "List rejects");
  add_value(list.node, "--file", list.options->file, "ID", "Those of an imported file");
  add_value(list.node, "--code", list.options->code, "CODE", "Those with one reason");
  add_choice(list.node, "--state", list.options->state, "STATE",
             {"open", "corrected", "discarded", "notice", "all"}, "Those in a state")
      .show_default();
  add_value(list.node, "--search", list.options->search, "TEXT", "In file name, field and reason");
  add_after(list.node, list.options->after);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::reject_list);
  add_command_on(group, request, "show", "Show one with its raw record", "REJECT", "Its id",
                 cli::reject_show);

  auto correct =
      add_command<cli::RejectCorrectOptions>(group, "correct", "Take a corrected record again");
  add_argument(correct.node, "REJECT", correct.options->reject, "Its id");
  add_value(correct.node, "--record", correct.options->record, "TEXT",
            "The whole record, corrected")
      .required();
  on_workspace(request, correct, cli::reject_correct);
  auto retake = add_command<cli::RejectRetakeOptions>(
      group, "retake", "Take open rejects again as they stand: after a price or customer came in");
  add_value(retake.node, "--file", retake.options->file, "ID", "Those of an imported file");
  add_value(retake.node, "--code", retake.options->code, "CODE", "Those with one reason");
  on_workspace(request, retake, cli::reject_retake);
  auto discard =
      add_command<cli::RejectDiscardOptions>(group, "discard", "Close one without taking it");
  add_argument(discard.node, "REJECT", discard.options->reject, "Its id");
  add_value(discard.node, "--reason", discard.options->reason, "TEXT", "Why").required();
  on_workspace(request, discard, cli::reject_discard);
}

void add_usage_commands(const Node& app, Request& request) {
  const Node usage = add_group(app, "usage", "Calls, data, films: what was used and what it costs");
  auto list = add_command<cli::UsageListOptions>(usage, "list", "List a month's rated usage");
  add_value(list.node, "--period", list.options->period, "MONTH", "The month, like 2026-10")
      .required();
  add_value(list.node, "--service", list.options->service, "NUMBER",
            "That of a service with this number, by time");
  add_value(list.node, "--division", list.options->division, "DIVISION", "Whose number it is")
      .show_default();
  add_value(list.node, "--account", list.options->account, "ACCOUNT", "That of an account, by id");
  add_choice(list.node, "--format", list.options->format, "FORMAT", {"table", "csv", "json"},
             "In which form")
      .show_default();
  add_after(list.node, list.options->after);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::usage_list);

  auto rerate = add_command<cli::UsageRerateOptions>(
      usage, "rerate", "Rate a month anew after a price was mended; what differs is reversed");
  add_value(rerate.node, "--period", rerate.options->period, "MONTH", "The month, like 2026-10")
      .required();
  add_value(rerate.node, "--service", rerate.options->service, "NUMBER",
            "Only that of a service with this number");
  add_value(rerate.node, "--division", rerate.options->division, "DIVISION", "Whose number it is")
      .show_default();
  add_flag(rerate.node, "--dry-run", rerate.options->dry_run,
           "Show what would change, keep nothing");
  on_workspace(request, rerate, cli::usage_rerate);
}

void add_usage_level_commands(const Node& app, Request& request) {
  const Node usage =
      find_or_add_group(app, "usage", "Calls, data, films: what was used and what it costs");
  auto levels = add_command<cli::UsageLevelsOptions>(
      usage, "levels", "Show how full an account's allowances and spend caps are");
  add_argument(levels.node, "ACCOUNT", levels.options->account, kWhichAccount);
  add_value(levels.node, "--period", levels.options->period, "MONTH", "The month; now without");
  on_workspace(request, levels, cli::usage_levels);
  auto alert = add_command<cli::UsageAlertOptions>(
      usage, "alert", "Alert accounts whose allowances or caps are used to 80 or 100 %, once");
  add_value(alert.node, "--period", alert.options->period, "MONTH", "The month; now without");
  on_workspace(request, alert, cli::usage_alert);
}

void add_import_commands(const Node& app, Request& request) {
  auto import = add_command<cli::ImportOptions>(app, "import", "Take in the divisions' files");
  add_value(import.node, "--operator", import.options->operator_code, "OPERATOR",
            "A shipped operator's code: needed the first time; or a folder with operator.toml: "
            "each time");
  add_value(import.node, "--mapping", import.options->mapping, "MAPPING",
            "Read the files by it, whatever their names: broadband.orders");
  add_argument(import.node, "PATH", import.options->paths, "Files, or folders of them").optional();
  on_workspace(request, import, cli::import_files);

  auto law = add_command<cli::LawOptions>(app, "law", "Show a country's rules on a day");
  add_argument(law.node, "COUNTRY", law.options->country, "Its two letters, like SE");
  add_value(law.node, "--day", law.options->day, "DAY", "Today without");
  on_workspace(request, law, cli::law_show);
}

void add_catalogue_commands(const Node& app, Request& request) {
  const Node group = add_group(app, "catalogue", "What is sold, at which prices");
  const auto check = add_catalogue_command(group, "check", "Name every mistake in files");
  without_workspace(request, check, cli::catalogue_check);
  auto list = add_command<cli::CatalogueListOptions>(group, "list", "What can be bought today");
  add_choice(list.node, "--kind", list.options->kind, "KIND",
             {"plan", "one_off", "campaign", "add_on", "usage", "number_class"}, "Those of a kind");
  add_choice(list.node, "--language", list.options->language, "LANGUAGE",
             {"sv", "fi", "nb", "da", "en", "it", "es", "de"}, "Names in this language, like sv");
  on_workspace(request, list, cli::catalogue_list);
  on_workspace(request, add_catalogue_command(group, "diff", "Show what an import would change"),
               cli::catalogue_diff);
  on_workspace(request,
               add_catalogue_command(group, "import", "Take files in, beside what is there"),
               cli::catalogue_import);
}

}  // namespace app::line
