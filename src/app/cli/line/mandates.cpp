// Mandates and debits on the command line.
#include <string>
#include <vector>

#include "app/cli/commands_mandates.h"
#include "app/cli/line/commands.h"
#include "app/cli/line/syntax.h"

namespace app::line {
namespace {

const std::vector<std::string> kMandateSchemes = {"sepa_core", "sepa_b2b", "autogiro",
                                                  "avtalegiro"};

void add_mandate_add_command(const Node& mandate, Request& request) {
  auto add = add_command<cli::MandateAddOptions>(mandate, "add", "Write down a mandate");
  add_argument(add.node, "ACCOUNT", add.options->account, "An account's id or customer number");
  add_choice(add.node, "--scheme", add.options->scheme, "SCHEME", kMandateSchemes, "By which")
      .required();
  add_value(add.node, "--reference", add.options->reference, "TEXT",
            "As the bank is to know it; made without");
  add_value(add.node, "--creditor", add.options->creditor, "ID",
            "For which creditor; the only one of the scheme without");
  add_value(add.node, "--payer-account", add.options->payer_account, "ACCOUNT",
            "Which account is debited");
  add_value(add.node, "--name", add.options->name, "NAME", "Who agreed; the customer without");
  add_value(add.node, "--identity", add.options->identity, "NUMBER",
            "The payer's personal or organisation number (Autogiro)");
  add_value(add.node, "--signed-on", add.options->signed_on, "DAY", "When; today without");
  add_value(add.node, "--limit", add.options->limit, "AMOUNT", "The highest single debit");
  add_number(add.node, "--notice-days", add.options->notice_days, 1, 60,
             "The agreed notice in days");
  add_flag(add.node, "--one-off", add.options->one_off, "For one debit only");
  add_flag(add.node, "--confirmed", add.options->confirmed, "The bank has confirmed it already");
  add_choice(add.node, "--channel", add.options->channel, "CHANNEL", {"paper", "agent", "import"},
             "How it was agreed")
      .show_default();
  add_value(add.node, "--text-version", add.options->text_version, "TEXT",
            "Which words were agreed to");
  add_by(add.node, add.options->by);
  on_workspace(request, add, cli::mandate_add);
}

void add_mandate_migrate_command(const Node& mandate, Request& request) {
  auto migrate = add_command<cli::MandateMigrateOptions>(
      mandate, "migrate", "Move all mandates of one creditor to another; a dry run by itself");
  const Option from =
      add_value(migrate.node, "--from", migrate.options->from, "ID", "The creditor now");
  const Option to =
      add_value(migrate.node, "--to", migrate.options->to, "ID", "The creditor to be");
  const Option dry = add_flag(migrate.node, "--dry-run", migrate.options->dry_run,
                              "Show what would change; so without --apply");
  const Option apply = add_flag(migrate.node, "--apply", migrate.options->apply, "Do it");
  const Option back = add_value(migrate.node, "--roll-back", migrate.options->roll_back,
                                "MIGRATION", "Take one back, by its id");
  from.needs(to);
  to.needs(from);
  apply.needs(from);
  apply.excludes(dry);
  back.excludes(from);
  back.excludes(apply);
  add_by(migrate.node, migrate.options->by);
  on_workspace(request, migrate, cli::mandate_migrate, [](const auto& options) {
    if (options.from.empty() && options.roll_back.empty()) {
      refuse_line("--from and --to, or --roll-back", "one of them is required");
    }
  });
}

void add_mandate_change_commands(const Node& mandate, Request& request) {
  auto amend = add_command<cli::MandateAmendOptions>(mandate, "amend", "Change a mandate");
  add_argument(amend.node, "MANDATE", amend.options->mandate, "Its id or reference");
  add_value(amend.node, "--payer-account", amend.options->payer_account, "ACCOUNT",
            "Another account; a suspended mandate is taken up again");
  add_value(amend.node, "--reference", amend.options->reference, "TEXT", "Another reference");
  add_value(amend.node, "--creditor", amend.options->creditor, "ID", "Another creditor");
  const Option limit =
      add_value(amend.node, "--limit", amend.options->limit, "AMOUNT", "The highest single debit");
  add_flag(amend.node, "--no-limit", amend.options->no_limit, "No highest debit").excludes(limit);
  add_by(amend.node, amend.options->by);
  on_workspace(request, amend, cli::mandate_amend);

  auto cancel = add_command<cli::MandateCancelOptions>(mandate, "cancel", "End a mandate");
  add_argument(cancel.node, "MANDATE", cancel.options->mandate, "Its id or reference");
  add_value(cancel.node, "--reason", cancel.options->reason, "TEXT", "Why, in a word").required();
  add_by(cancel.node, cancel.options->by);
  on_workspace(request, cancel, cli::mandate_cancel);
}

}  // namespace

void add_mandate_commands(const Node& app, Request& request) {
  const Node mandate = add_group(app, "mandate", "Permissions to debit accounts");
  auto list = add_command<cli::MandateListOptions>(mandate, "list", "List mandates");
  add_value(list.node, "--account", list.options->account, "ACCOUNT",
            "Those of an account, by id or customer number");
  add_choice(list.node, "--state", list.options->state, "STATE",
             {"draft", "pending", "active", "suspended", "dormant", "cancelled", "rejected"},
             "Those in a state");
  add_choice(list.node, "--scheme", list.options->scheme, "SCHEME", kMandateSchemes,
             "Those of a scheme");
  add_value(list.node, "--creditor", list.options->creditor, "ID", "Those of a creditor");
  add_value(list.node, "--reference", list.options->reference, "TEXT", "Those called so");
  add_after(list.node, list.options->after);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::mandate_list);
  add_command_on(mandate, request, "show", "Show one with its proof and changes", "MANDATE",
                 "Its id or reference", cli::mandate_show);
  add_mandate_add_command(mandate, request);
  add_mandate_change_commands(mandate, request);
  auto import = add_command<cli::MandateImportOptions>(
      mandate, "import", "Take in a table of mandates that banks know already (CSV)");
  add_argument(import.node, "FILE", import.options->file, "The table");
  add_flag(import.node, "--dry-run", import.options->dry_run,
           "Show what would be registered, keep nothing");
  add_by(import.node, import.options->by);
  on_workspace(request, import, cli::mandate_import);
  add_mandate_migrate_command(mandate, request);
}

void add_collection_commands(const Node& app, Request& request) {
  const Node collection = add_group(app, "collection", "Debits under mandates");
  auto run = add_command<cli::CollectionRunOptions>(
      collection, "run", "Plan debits of open bills, and order those whose time has come");
  add_value(run.node, "--day", run.options->day, "DAY", "Of which day; today without");
  add_flag(run.node, "--dry-run", run.options->dry_run, "Show what would be done, keep nothing");
  add_flag(run.node, "--again", run.options->again, "Also what came since the day's run");
  add_by(run.node, run.options->by);
  on_workspace(request, run, cli::collection_run);

  auto list = add_command<cli::CollectionListOptions>(collection, "list", "List debits");
  add_value(list.node, "--account", list.options->account, "ACCOUNT",
            "Those of an account, by id or customer number");
  add_choice(list.node, "--state", list.options->state, "STATE",
             {"planned", "ordered", "accepted", "settled", "failed", "returned", "dropped"},
             "Those in a state");
  add_choice(list.node, "--scheme", list.options->scheme, "SCHEME", kMandateSchemes,
             "Those of a scheme");
  add_value(list.node, "--file", list.options->file, "ID", "Those in a file");
  add_after(list.node, list.options->after);
  add_limit(list.node, list.options->limit);
  on_workspace(request, list, cli::collection_list);
  add_command_on(collection, request, "show", "Show one debit", "COLLECTION", "Its id",
                 cli::collection_show);
  auto file = add_command<cli::CollectionFileOptions>(
      collection, "file", "Write a file of orders as it goes to the bank");
  add_argument(file.node, "FILE", file.options->file, "Its id");
  add_output(file.node, file.options->output);
  on_workspace(request, file, cli::collection_file);
}

}  // namespace app::line
