// How commands and options are written. The only file that includes CLI11, which is slow to
// compile; what commands do stands in commands_*.cpp, how they are described in reference.cpp.
#include "app/cli/cli.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/commands_bank.h"
#include "app/cli/commands_codes.h"
#include "app/cli/commands_intents.h"
#include "app/cli/commands_lab.h"
#include "app/cli/commands_mandates.h"
#include "app/cli/commands_orders.h"
#include "app/cli/commands_papers.h"
#include "app/cli/commands_payers.h"
#include "app/cli/commands_payments.h"
#include "app/cli/commands_plans.h"
#include "app/cli/commands_reconcile.h"
#include "app/cli/commands_service.h"
#include "app/cli/commands_till.h"
#include "app/cli/commands_usage_levels.h"
#include "app/cli/output.h"
#include "app/cli/reference.h"
#include "app/version.h"
#include "web/api/openapi.h"
#include "web/route.h"
#include "web/routes_markdown.h"

namespace app {
namespace {

using cli::Answer;
using cli::Context;
using cli::Exit;
using cli::Outcome;

// Lists are read in pages of at most this many rows.
constexpr std::int64_t kLimitMax = 100'000;

// What the parsed command line asks for.
struct Request {
  WorkspaceOptions workspace;
  bool json = false;
  std::function<Outcome(const Context&)> on_workspace;
  std::function<Outcome()> without_workspace;
  std::string command;  // Its name, for the audit trail.
};

// One subcommand; its options live as long as the callbacks that hold them.
template <class Options>
struct Command {
  CLI::App* app;
  std::shared_ptr<Options> options;
};

template <class Options>
Command<Options> add_command(CLI::App& parent, const std::string& name,
                             const std::string& meaning) {
  return {parent.add_subcommand(name, meaning), std::make_shared<Options>()};
}

template <class Options>
void on_workspace(Request& request, const Command<Options>& command,
                  Outcome (*run)(const Context&, const Options&)) {
  command.app->callback([&request, options = command.options, run] {
    request.on_workspace = [options, run](const Context& context) {
      return run(context, *options);
    };
  });
}

CLI::App* add_group(CLI::App& app, const std::string& name, const std::string& meaning) {
  CLI::App* group = app.add_subcommand(name, meaning);
  group->require_subcommand(1);
  return group;
}

// An option with a value; `value` is what help calls it: MONTH.
template <class Value>
CLI::Option* add_value(CLI::App& app, const std::string& name, Value& variable,
                       const std::string& value, const std::string& meaning) {
  return app.add_option(name, variable, meaning)->type_name(value);
}

// One value each time, so that an argument behind it is not taken for another.
CLI::Option* add_values(CLI::App& app, const std::string& name, std::vector<std::string>& variable,
                        const std::string& value, const std::string& meaning) {
  return add_value(app, name, variable, value, meaning)->allow_extra_args(false);
}

template <class Number>
CLI::Option* add_number(CLI::App& app, const std::string& name, Number& variable,
                        std::int64_t least, std::int64_t most, const std::string& meaning) {
  return add_value(app, name, variable, "N",
                   meaning + ", " + std::to_string(least) + " to " + std::to_string(most))
      ->check(CLI::Range(least, most).description(""));
}

CLI::Option* add_choice(CLI::App& app, const std::string& name, std::string& variable,
                        const std::string& value, const std::vector<std::string>& choices,
                        const std::string& meaning) {
  return add_value(app, name, variable, value, meaning + ": " + CLI::detail::join(choices, ", "))
      ->check(CLI::IsMember(choices).description(""));
}

// What stands without a name in front: `name`, in capitals, is what help calls it.
template <class Value>
CLI::Option* add_argument(CLI::App& app, const std::string& name, Value& variable,
                          const std::string& meaning) {
  return app.add_option(name, variable, meaning)->type_name("")->required();
}

CLI::Option* add_limit(CLI::App& app, std::int64_t& limit) {
  return add_number(app, "--limit", limit, 1, kLimitMax, "How many at the most")
      ->capture_default_str();
}

CLI::Option* add_after(CLI::App& app, std::string& after) {
  return add_value(app, "--after", after, "NEXT", "From here on: `next` of the page before");
}

CLI::Option* add_output(CLI::App& app, std::string& output) {
  return add_value(app, "-o,--output", output, "FILE", "Where to; standard output without");
}

CLI::Option* add_by(CLI::App& app, std::string& by) {
  return add_value(app, "--by", by, "LOGIN", "Which user does it; the command line without");
}

// For commands that take one argument and nothing else.
void add_command_on(CLI::App& group, Request& request, const std::string& name,
                    const std::string& meaning, const std::string& argument,
                    const std::string& argument_meaning,
                    Outcome (*run)(const Context&, const std::string&)) {
  auto command = add_command<std::string>(group, name, meaning);
  add_argument(*command.app, argument, *command.options, argument_meaning);
  on_workspace(request, command, run);
}

void add_credit_command(CLI::App& bill, Request& request) {
  auto credit =
      add_command<cli::BillCreditOptions>(bill, "credit", "Give back a bill, or a part of it");
  add_argument(*credit.app, "BILL", credit.options->bill,
               "Its id, payment reference or invoice number");
  add_value(*credit.app, "--lines", credit.options->lines, "N,N",
            "Only these lines of the invoice, counted from 1")
      ->delimiter(',');
  add_value(*credit.app, "--amount", credit.options->amount, "AMOUNT",
            "Only so much with VAT, from all lines in proportion");
  add_value(*credit.app, "--service", credit.options->service, "NUMBER",
            "Only the lines of a service, by the division's number for it");
  add_value(*credit.app, "--reason", credit.options->reason, "TEXT", "Why")->required();
  credit.app->add_flag("--dry-run", credit.options->dry_run,
                       "Show what would be credited, keep nothing");
  on_workspace(request, credit, cli::bill_credit);
}

void add_bill_commands(CLI::App& app, Request& request) {
  CLI::App* bill = add_group(app, "bill", "Bills, and the run that makes them");
  auto run = add_command<cli::BillRunOptions>(*bill, "run",
                                              "Bill all accounts: close a month, or by a day");
  add_value(*run.app, "--period", run.options->period, "MONTH", "The month to close, like 2026-10");
  add_value(*run.app, "--day", run.options->day, "DAY",
            "Instead: close each account's cycle that ended by this day");
  run.app->add_flag("--dry-run", run.options->dry_run, "Show what would be billed, keep nothing");
  add_number(*run.app, "--workers", run.options->workers, 0, 64,
             "Threads; 0 takes as many as the configuration says");
  add_number(*run.app, "--batch", run.options->batch, 1, 100'000, "Accounts in one transaction")
      ->capture_default_str();
  add_by(*run.app, run.options->by);
  on_workspace(request, run, cli::bill_run);

  auto approve = add_command<cli::BillApproveOptions>(
      *bill, "approve", "Issue what a dry run showed: by another person than who asked for it");
  add_argument(*approve.app, "PROPOSAL", approve.options->proposal, "As 'bill run' named it");
  add_by(*approve.app, approve.options->by);
  on_workspace(request, approve, cli::bill_approve);

  auto list = add_command<cli::BillListOptions>(*bill, "list", "List bills");
  add_value(*list.app, "--period", list.options->period, "MONTH", "Those of a month, like 2026-10");
  add_choice(*list.app, "--state", list.options->state, "STATE",
             {"open", "settled", "credited", "written_off", "ceded"}, "Those in a state");
  add_value(*list.app, "--account", list.options->account, "ACCOUNT", "Those of an account, by id");
  add_after(*list.app, list.options->after);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::bill_list);

  const std::string which = "Its id, payment reference or invoice number";
  add_command_on(*bill, request, "show", "Show one bill", "BILL", which, cli::bill_show);
  add_command_on(*bill, request, "link", "Print the link that opens a bill", "BILL", which,
                 cli::bill_link);
  auto send = add_command<cli::BillSendLinkOptions>(
      *bill, "send-link", "Send the customer a link to the bill as a text message");
  add_argument(*send.app, "BILL", send.options->bill, which);
  add_by(*send.app, send.options->by);
  on_workspace(request, send, cli::bill_send_link);
  add_credit_command(*bill, request);
}

void add_run_commands(CLI::App& app, Request& request) {
  CLI::App* group = add_group(app, "run", "Billing runs, as they went");
  auto list = add_command<cli::RunListOptions>(*group, "list", "List runs, newest first");
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::run_list);
  add_command_on(*group, request, "show", "Show one run and the accounts that it set aside", "RUN",
                 "Its id", cli::run_show);
}

void add_ledger_commands(CLI::App& app, Request& request) {
  CLI::App* ledger = add_group(app, "ledger", "The double-entry ledger");
  auto balance = add_command<cli::TrialBalanceOptions>(
      *ledger, "trial-balance", "Print the closing balances of all accounts");
  add_value(*balance.app, "--as-of", balance.options->as_of, "DAY",
            "Only what is effective until the end of this day");
  add_value(*balance.app, "--recorded", balance.options->recorded, "TIME",
            "Only what was recorded by then: a day or a time");
  on_workspace(request, balance, cli::trial_balance);
  auto revenue = add_command<cli::RevenueOptions>(
      *ledger, "revenue", "Print revenue by product, and VAT by country and rate");
  add_value(*revenue.app, "--period", revenue.options->period, "MONTH",
            "What is booked on the days of this month, like 2026-11")
      ->required();
  add_value(*revenue.app, "--recorded", revenue.options->recorded, "TIME",
            "Only what was recorded by then: a day or a time");
  on_workspace(request, revenue, cli::ledger_revenue);

  CLI::App* document = add_group(app, "document", "Invoices and other papers");
  auto list = add_command<cli::DocumentListOptions>(*document, "list", "List documents by number");
  add_choice(*list.app, "--kind", list.options->kind, "KIND", {"invoice", "credit_note"},
             "Those of a kind");
  add_after(*list.app, list.options->after);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::document_list);
  auto write = add_command<cli::DocumentExportOptions>(*document, "export", "Write one document");
  add_argument(*write.app, "DOCUMENT", write.options->document, "Its id or number");
  add_choice(*write.app, "--format", write.options->format, "FORMAT", {"json", "html", "pdf"},
             "In which form")
      ->capture_default_str();
  add_output(*write.app, write.options->output);
  on_workspace(request, write, cli::document_export);
}

// Groups that several parts of the program add commands to.
CLI::App* find_or_add_group(CLI::App& app, const std::string& name, const std::string& meaning) {
  const auto known =
      app.get_subcommands([&](const CLI::App* each) { return each->get_name() == name; });
  return known.empty() ? add_group(app, name, meaning) : known.front();
}

void add_statement_commands(CLI::App& app, Request& request) {
  CLI::App* account = find_or_add_group(app, "account", "Who pays, and how they are billed");
  auto statement = add_command<cli::StatementOptions>(
      *account, "statement", "Print what an account owed, was billed, paid and was credited");
  add_argument(*statement.app, "NUMBER", statement.options->account,
               "The customer's number, or the account's id");
  add_value(*statement.app, "--from", statement.options->from, "DAY", "The first day shown");
  add_value(*statement.app, "--to", statement.options->to, "DAY", "The last day shown");
  statement.app->add_flag("--csv", statement.options->csv, "As comma-separated values");
  on_workspace(request, statement, cli::account_statement);
  add_command_on(app, request, "tab", "Print what an account's next bill would be as of now",
                 "NUMBER", "The customer's number, or the account's id", cli::tab);
}

void add_check_commands(CLI::App& app, Request& request) {
  auto events = add_command<cli::EventsOptions>(app, "events", "Print the events of an account");
  add_argument(*events.app, "ACCOUNT", events.options->account,
               "Its id; with --follow all accounts without")
      ->required(false);
  events.app->add_flag("--follow", events.options->follow,
                       "Print what comes from now on, a line each, until interrupted");
  add_value(*events.app, "--after", events.options->after, "N",
            "Only those after this sequence number");
  add_limit(*events.app, events.options->limit);
  events.options->on_event = [&request](const base::Json& json, const std::string& line) {
    std::printf("%s\n", request.json ? json.dump().c_str() : line.c_str());
    std::fflush(stdout);
  };
  on_workspace(request, events, cli::events_list);

  app.add_subcommand("verify", "Check event chains, ledger, bills and invoices against each other")
      ->callback([&request] { request.on_workspace = cli::verify; });
  add_group(app, "search", "The index by which people are found")
      ->add_subcommand("rebuild", "Make the index by which people are found anew")
      ->callback([&request] { request.on_workspace = cli::search_rebuild; });
}

void add_reference_command(CLI::App& group, Request& request, const std::string& name,
                           const std::string& meaning, const std::string& number,
                           Outcome (*run)(const cli::ReferenceOptions&)) {
  auto command = add_command<cli::ReferenceOptions>(group, name, meaning);
  add_value(*command.app, "--scheme", command.options->scheme, "NAME",
            "One of `telgiro reference schemes`")
      ->required();
  auto pairs = std::make_shared<std::vector<std::string>>();
  add_values(*command.app, "--option", *pairs, "NAME=VALUE", "An option of the scheme");
  add_argument(*command.app, "NUMBER", command.options->value, number);
  command.app->callback([&request, options = command.options, pairs, run] {
    for (const std::string& pair : *pairs) {
      const auto equals = pair.find('=');
      if (equals == std::string::npos) throw CLI::ValidationError("--option", "write NAME=VALUE");
      options->options[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    request.without_workspace = [options, run] { return run(*options); };
  });
}

void add_reference_commands(CLI::App& app, Request& request) {
  CLI::App* group = add_group(app, "reference", "Payment references and account numbers");
  add_reference_command(*group, request, "check", "Say whether a number is valid", "The number",
                        cli::reference_check);
  add_reference_command(*group, request, "make", "Complete a number with its check digits",
                        "The number without them", cli::reference_make);
  group->add_subcommand("schemes", "List the schemes")->callback([&request] {
    request.without_workspace = cli::reference_schemes;
  });
}

void add_bank_commands(CLI::App& app, Request& request) {
  CLI::App* bank = add_group(app, "bank", "Bank files");
  auto read = add_command<cli::BankReadOptions>(
      *bank, "read", "Print what a bank file says, in one form for all formats");
  add_argument(*read.app, "FILE", read.options->file, "The file; - reads standard input");
  read.app->callback([&request, options = read.options] {
    request.without_workspace = [&request, options] {
      return cli::bank_read(*options, request.json);
    };
  });
  auto write = add_command<cli::BankWriteOptions>(
      *bank, "write", "Write a file that tells a bank what to do, from an order as JSON");
  add_argument(*write.app, "FILE", write.options->file, "The order; - reads standard input");
  add_choice(*write.app, "--format", write.options->format, "FORMAT",
             {"pain.008", "pain.001", "pain.007", "norma19.14", "autogiro", "avtalegiro", "lb"},
             "As what")
      ->required();
  add_value(*write.app, "--version", write.options->version, "VERSION",
            "Which one of a message, like 001.02; the usual one without");
  add_output(*write.app, write.options->output);
  write.app->callback([&request, options = write.options] {
    request.without_workspace = [options] { return cli::bank_write(*options); };
  });
  bank->add_subcommand("formats", "List the formats of bank files")->callback([&request] {
    request.without_workspace = cli::bank_formats;
  });
}

void add_bank_code_command(CLI::App& app, Request& request) {
  CLI::App* bank = find_or_add_group(app, "bank", "Bank files");
  auto code = add_command<cli::BankCodeOptions>(
      *bank, "code", "Print the text of a payment code: QR, bar code or line of a slip");
  cli::BankCodeOptions& options = *code.options;
  add_value(*code.app, "--kind", options.kind, "NAME",
            "epc-qr, swiss-qr, fi-barcode-4, fi-barcode-5, se-ocr-line, no-kid-line, dk-fi-71 ...")
      ->required();
  add_value(*code.app, "--account", options.account, "NUMBER",
            "Where it is paid to: IBAN, giro number, creditor number")
      ->required();
  add_value(*code.app, "--bic", options.bic, "BIC", "Of the payee's bank; epc-qr can do without");
  add_value(*code.app, "--amount", options.amount, "AMOUNT",
            "1420.00; without it the payer fills it in");
  add_value(*code.app, "--currency", options.currency, "CODE", "That of the code's country");
  add_value(*code.app, "--scheme", options.scheme, "NAME",
            "One of `telgiro reference schemes`; without it the code's own that fits");
  add_value(*code.app, "--reference", options.reference, "REFERENCE", "What the payer states");
  add_value(*code.app, "--due", options.due, "DAY", "The last day");
  add_value(*code.app, "--message", options.message, "TEXT", "For the payee, in a swiss-qr");
  const auto add_named = [&code](const std::string& who, cli::BankCodeOptions::Named& named) {
    add_value(*code.app, "--" + who, named.name, "NAME", "The " + who + "'s name");
    add_value(*code.app, "--" + who + "-street", named.street, "TEXT", "Street and number");
    add_value(*code.app, "--" + who + "-postal-code", named.postal_code, "CODE", "Postal code");
    add_value(*code.app, "--" + who + "-city", named.city, "NAME", "Town");
    add_value(*code.app, "--" + who + "-country", named.country, "CC", "Country, as in ISO 3166");
  };
  add_named("payee", options.payee);
  add_named("payer", options.payer);
  code.app->callback([&request, chosen = code.options] {
    request.without_workspace = [chosen] { return cli::bank_code(*chosen); };
  });
}

void add_lab_commands(CLI::App& app, Request& request) {
  CLI::App* lab = add_group(app, "lab", "Try a part of the product on files");
  auto remittance = add_command<cli::LabRemittanceOptions>(
      *lab, "remittance", "Match two files of payments and write the pairs that would be booked");
  add_value(*remittance.app, "--origin", remittance.options->origin, "FILE",
            "CSV: unique_id, memo, transaction_date, amount")
      ->required();
  add_value(*remittance.app, "--destination", remittance.options->destination, "FILE",
            "The other side, with the same columns")
      ->required();
  add_value(*remittance.app, "--truth-train", remittance.options->truth, "FILE",
            "CSV of confirmed pairs to learn from: origin_id, destination_id; without it the "
            "model is fitted to the two files");
  add_value(*remittance.app, "--out", remittance.options->out, "FILE",
            "Where the pairs go: origin_id, destination_id, probability")
      ->required();
  remittance.app->callback([&request, options = remittance.options] {
    request.without_workspace = [options] { return cli::lab_remittance(*options); };
  });
}

void add_user_commands(CLI::App& app, Request& request) {
  CLI::App* user = add_group(app, "user", "Who may sign in");
  auto add = add_command<cli::UserAddOptions>(*user, "add", "Create a user");
  add_argument(*add.app, "LOGIN", add.options->login, "What they sign in with");
  add_value(*add.app, "--name", add.options->name, "NAME", "As colleagues know them");
  add_choice(*add.app, "--language", add.options->language, "CODE",
             {"sv", "fi", "nb", "da", "en", "it", "es", "de"}, "The language of the console")
      ->capture_default_str();
  add_values(*add.app, "--role", add.options->roles, "ROLE", "What they may do")->required();
  add_value(*add.app, "--password", add.options->password, "TEXT",
            "Without it one is made and shown once");
  on_workspace(request, add, cli::user_add);
  user->add_subcommand("list", "List users")->callback([&request] {
    request.on_workspace = cli::user_list;
  });

  auto roles = add_command<cli::UserRolesOptions>(*user, "roles", "Say which roles a user has");
  add_argument(*roles.app, "LOGIN", roles.options->login, "Who");
  add_values(*roles.app, "--role", roles.options->roles, "ROLE",
             "One of all that they have from now on; without any they may do nothing");
  on_workspace(request, roles, cli::user_roles);
  auto password = add_command<cli::UserPasswordOptions>(*user, "password", "Set a password");
  add_argument(*password.app, "LOGIN", password.options->login, "Whose");
  add_value(*password.app, "--password", password.options->password, "TEXT",
            "Without it one is made and shown once");
  on_workspace(request, password, cli::user_password);
  add_command_on(*user, request, "activate", "Let a user sign in again", "LOGIN", "Who",
                 cli::user_activate);
  add_command_on(*user, request, "deactivate", "End a user's access at once", "LOGIN", "Whose",
                 cli::user_deactivate);
}

void add_token_commands(CLI::App& app, Request& request) {
  CLI::App* token = add_group(app, "token", "API tokens");
  auto create = add_command<cli::TokenCreateOptions>(*token, "create", "Create a token");
  add_argument(*create.app, "LOGIN", create.options->login, "The user with whose roles it acts");
  add_value(*create.app, "--name", create.options->name, "TEXT", "What it is for")->required();
  add_values(*create.app, "--scope", create.options->scopes, "PERMISSION", "What it may do")
      ->required();
  add_value(*create.app, "--expires", create.options->expires, "DAY", "The first day without it");
  on_workspace(request, create, cli::token_create);
  add_command_on(*token, request, "list", "List a user's tokens", "LOGIN", "Whose",
                 cli::token_list);
  add_command_on(*token, request, "revoke", "Make a token useless", "TOKEN", "Its id",
                 cli::token_revoke);
}

void add_reject_commands(CLI::App& app, Request& request) {
  CLI::App* group = add_group(app, "reject", "Records that an import refused");
  auto list = add_command<cli::RejectListOptions>(*group, "list", "List rejects");
  add_value(*list.app, "--file", list.options->file, "ID", "Those of an imported file");
  add_value(*list.app, "--code", list.options->code, "CODE", "Those with one reason");
  add_choice(*list.app, "--state", list.options->state, "STATE",
             {"open", "corrected", "discarded", "notice", "all"}, "Those in a state")
      ->capture_default_str();
  add_value(*list.app, "--search", list.options->search, "TEXT", "In file name, field and reason");
  add_after(*list.app, list.options->after);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::reject_list);
  add_command_on(*group, request, "show", "Show one with its raw record", "REJECT", "Its id",
                 cli::reject_show);

  auto correct =
      add_command<cli::RejectCorrectOptions>(*group, "correct", "Take a corrected record again");
  add_argument(*correct.app, "REJECT", correct.options->reject, "Its id");
  add_value(*correct.app, "--record", correct.options->record, "TEXT",
            "The whole record, corrected")
      ->required();
  on_workspace(request, correct, cli::reject_correct);
  auto retake = add_command<cli::RejectRetakeOptions>(
      *group, "retake", "Take open rejects again as they stand: after a price or customer came in");
  add_value(*retake.app, "--file", retake.options->file, "ID", "Those of an imported file");
  add_value(*retake.app, "--code", retake.options->code, "CODE", "Those with one reason");
  on_workspace(request, retake, cli::reject_retake);
  auto discard =
      add_command<cli::RejectDiscardOptions>(*group, "discard", "Close one without taking it");
  add_argument(*discard.app, "REJECT", discard.options->reject, "Its id");
  add_value(*discard.app, "--reason", discard.options->reason, "TEXT", "Why")->required();
  on_workspace(request, discard, cli::reject_discard);
}

void add_usage_commands(CLI::App& app, Request& request) {
  CLI::App* usage = add_group(app, "usage", "Calls, data, films: what was used and what it costs");
  auto list = add_command<cli::UsageListOptions>(*usage, "list", "List a month's rated usage");
  add_value(*list.app, "--period", list.options->period, "MONTH", "The month, like 2026-10")
      ->required();
  add_value(*list.app, "--service", list.options->service, "NUMBER",
            "That of a service with this number, by time");
  add_value(*list.app, "--division", list.options->division, "DIVISION", "Whose number it is")
      ->capture_default_str();
  add_value(*list.app, "--account", list.options->account, "ACCOUNT", "That of an account, by id");
  add_choice(*list.app, "--format", list.options->format, "FORMAT", {"table", "csv", "json"},
             "In which form")
      ->capture_default_str();
  add_after(*list.app, list.options->after);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::usage_list);

  auto rerate = add_command<cli::UsageRerateOptions>(
      *usage, "rerate", "Rate a month anew after a price was mended; what differs is reversed");
  add_value(*rerate.app, "--period", rerate.options->period, "MONTH", "The month, like 2026-10")
      ->required();
  add_value(*rerate.app, "--service", rerate.options->service, "NUMBER",
            "Only that of a service with this number");
  add_value(*rerate.app, "--division", rerate.options->division, "DIVISION", "Whose number it is")
      ->capture_default_str();
  rerate.app->add_flag("--dry-run", rerate.options->dry_run,
                       "Show what would change, keep nothing");
  on_workspace(request, rerate, cli::usage_rerate);
}

void add_customer_commands(CLI::App& app, Request& request) {
  CLI::App* customer = add_group(app, "customer", "Customers and their numbers");
  auto join = add_command<cli::CustomerLinkOptions>(*customer, "link",
                                                    "Make two customers one; nothing issued moves");
  add_argument(*join.app, "KEEP", join.options->keep, "The customer number that stays");
  add_argument(*join.app, "JOIN", join.options->join, "The one that joins it");
  on_workspace(request, join, cli::customer_link);
  auto part = add_command<cli::CustomerUnlinkOptions>(
      *customer, "unlink", "Make a division's customer number a customer of its own again");
  add_argument(*part.app, "DIVISION", part.options->division, "Its code");
  add_argument(*part.app, "NUMBER", part.options->number, "The division's customer number");
  on_workspace(request, part, cli::customer_unlink);
  auto segment = add_command<cli::CustomerSegmentOptions>(*customer, "segment",
                                                          "Say whether they are private");
  add_argument(*segment.app, "NUMBER", segment.options->customer, "The customer number");
  add_argument(*segment.app, "SEGMENT", segment.options->segment, "consumer or business")
      ->check(CLI::IsMember({"consumer", "business"}).description(""));
  add_by(*segment.app, segment.options->by);
  on_workspace(request, segment, cli::customer_segment);
}

constexpr const char* kWhichAccount = "Its id, or the number of a customer with one account";

void add_profile_command(CLI::App& profile, Request& request, const std::string& name,
                         const std::string& meaning,
                         Outcome (*run)(const Context&, const cli::AccountProfileOptions&)) {
  auto command = add_command<cli::AccountProfileOptions>(profile, name, meaning);
  cli::AccountProfileOptions& options = *command.options;
  add_argument(*command.app, "ACCOUNT", options.account, kWhichAccount);
  add_value(*command.app, "--grouping", options.grouping, "RULES",
            "Which charges on which bill: all, division, 'one_off:each, all'");
  add_value(*command.app, "--frequency", options.frequency, "FREQUENCY",
            "daily, weekly#1, monthly#15, every_3_months#1, yearly#03-01");
  add_number(*command.app, "--due-days", options.due_days, 0, 365, "Days to pay a bill");
  add_number(*command.app, "--due-day", options.due_day, 0, 31,
             "The day of the month on which bills fall due; 0: any");
  add_value(*command.app, "--minimum", options.minimum, "AMOUNT",
            "Less is carried to the next bill");
  add_choice(*command.app, "--detail", options.detail, "DETAIL", {"standard", "full"},
             "How much a bill tells");
  add_value(*command.app, "--delivery", options.delivery, "CHANNEL", "By which way bills come");
  add_values(*command.app, "--default", options.forget, "NAME",
             "Leave to the operator again: grouping, frequency, due_days, due_day, "
             "minimum_minor, detail, delivery");
  add_by(*command.app, options.by);
  on_workspace(request, command, run);
}

void add_account_commands(CLI::App& app, Request& request) {
  CLI::App* account = find_or_add_group(app, "account", "Who pays, and how they are billed");
  add_command_on(*account, request, "show", "Show an account, its choices and services", "ACCOUNT",
                 kWhichAccount, cli::account_show);
  auto list = add_command<cli::AccountListOptions>(*account, "list", "List accounts");
  add_value(*list.app, "--search", list.options->search, "TEXT", "In the name or the number");
  add_choice(*list.app, "--segment", list.options->segment, "SEGMENT", {"consumer", "business"},
             "Those of a segment");
  list.app->add_flag("--chosen", list.options->chosen, "Those that have chosen something");
  add_choice(*list.app, "--format", list.options->format, "FORMAT", {"csv", "json"},
             "Write them all, in which form");
  add_output(*list.app, list.options->output);
  add_after(*list.app, list.options->after);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::account_list);

  CLI::App* profile = add_group(*account, "profile", "What an account has chosen about its bills");
  add_command_on(*profile, request, "show", "Show what holds, what will, and since when", "ACCOUNT",
                 kWhichAccount, cli::account_profile_show);
  add_profile_command(*profile, request, "set", "Choose; it holds from the next bill day",
                      cli::account_profile_set);
  add_profile_command(*profile, request, "preview", "Show what a choice would change",
                      cli::account_profile_preview);

  auto open = add_command<cli::AccountOpenOptions>(*account, "open", "One more for a customer");
  add_value(*open.app, "--customer", open.options->customer, "NUMBER", "The customer number")
      ->required();
  add_by(*open.app, open.options->by);
  on_workspace(request, open, cli::account_open);
  auto move = add_command<cli::MoveServiceOptions>(
      *account, "move-service", "Let another account pay for a service from the next bill day");
  add_argument(*move.app, "ACCOUNT", move.options->account, kWhichAccount);
  add_argument(*move.app, "SERVICE", move.options->service, "Its id, or its division's number");
  add_value(*move.app, "--to", move.options->to, "ACCOUNT", "Who pays from then on")->required();
  add_by(*move.app, move.options->by);
  on_workspace(request, move, cli::account_move_service);

  CLI::App* service = find_or_add_group(app, "service", "What accounts subscribe to");
  auto user = add_command<cli::ServiceUserOptions>(*service, "user", "Say who uses a service");
  add_argument(*user.app, "ACCOUNT", user.options->account, kWhichAccount);
  add_argument(*user.app, "SERVICE", user.options->service, "Its id, or its division's number");
  add_value(*user.app, "--customer", user.options->customer, "NUMBER",
            "The customer number; without, who pays");
  add_by(*user.app, user.options->by);
  on_workspace(request, user, cli::service_user);
}

// A command that changes a service; what it needs besides is added to it.
Command<cli::ServiceChangeOptions> add_service_change(
    CLI::App& service, Request& request, const std::string& name, const std::string& meaning,
    Outcome (*run)(const Context&, const cli::ServiceChangeOptions&)) {
  auto command = add_command<cli::ServiceChangeOptions>(service, name, meaning);
  add_argument(*command.app, "ACCOUNT", command.options->account, kWhichAccount);
  add_argument(*command.app, "SERVICE", command.options->service,
               "Its id, or its division's number");
  command.app->add_flag("--dry-run", command.options->dry_run,
                        "Show what it would make of the service, keep nothing");
  add_by(*command.app, command.options->by);
  on_workspace(request, command, run);
  return command;
}

void add_from(CLI::App& app, std::string& from) {
  add_value(app, "--from", from, "DAY", "The day on which it begins to hold")->required();
}

void add_service_commands(CLI::App& app, Request& request) {
  CLI::App* service = find_or_add_group(app, "service", "What accounts subscribe to");
  auto show = add_command<cli::ServiceShowOptions>(*service, "show", "Show what held on which day");
  add_argument(*show.app, "ACCOUNT", show.options->account, kWhichAccount);
  add_argument(*show.app, "SERVICE", show.options->service, "Its id, or its division's number");
  on_workspace(request, show, cli::service_show);
  auto plan = add_service_change(*service, request, "plan", "Another plan from a day on",
                                 cli::service_plan);
  add_argument(*plan.app, "PLAN", plan.options->code, "The plan's code");
  add_from(*plan.app, plan.options->from);
  add_value(*plan.app, "--campaign", plan.options->campaign, "CODE",
            "With this campaign; as it was without");
  auto pause = add_service_change(*service, request, "pause",
                                  "Nothing is used and charged from a day on", cli::service_pause);
  add_from(*pause.app, pause.options->from);
  auto resume =
      add_service_change(*service, request, "resume", "Go on after a pause", cli::service_resume);
  add_from(*resume.app, resume.options->from);
  auto end = add_service_change(*service, request, "end", "Say or take back when it ends",
                                cli::service_end);
  auto* last = add_value(*end.app, "--last-day", end.options->last_day, "DAY",
                         "The last day of the service");
  end.app->add_flag("--take-back", end.options->take_back, "It goes on without end")
      ->excludes(last);
  auto add_on = add_service_change(*service, request, "add-on",
                                   "Add or remove an add-on from a day on", cli::service_add_on);
  add_argument(*add_on.app, "ACTION", add_on.options->action, "add or remove")
      ->check(CLI::IsMember({"add", "remove"}).description(""));
  add_argument(*add_on.app, "CODE", add_on.options->code, "The add-on's code");
  add_from(*add_on.app, add_on.options->from);
}

void add_usage_level_commands(CLI::App& app, Request& request) {
  CLI::App* usage =
      find_or_add_group(app, "usage", "Calls, data, films: what was used and what it costs");
  auto levels = add_command<cli::UsageLevelsOptions>(
      *usage, "levels", "Show how full an account's allowances and spend caps are");
  add_argument(*levels.app, "ACCOUNT", levels.options->account, kWhichAccount);
  add_value(*levels.app, "--period", levels.options->period, "MONTH", "The month; now without");
  on_workspace(request, levels, cli::usage_levels);
  auto alert = add_command<cli::UsageAlertOptions>(
      *usage, "alert", "Alert accounts whose allowances or caps are used to 80 or 100 %, once");
  add_value(*alert.app, "--period", alert.options->period, "MONTH", "The month; now without");
  on_workspace(request, alert, cli::usage_alert);
}

void add_import_commands(CLI::App& app, Request& request) {
  auto import = add_command<cli::ImportOptions>(app, "import", "Take in the divisions' files");
  add_value(*import.app, "--operator", import.options->operator_code, "OPERATOR",
            "A shipped operator's code: needed the first time; or a folder with operator.toml: "
            "each time");
  add_value(*import.app, "--mapping", import.options->mapping, "MAPPING",
            "Read the files by it, whatever their names: broadband.orders");
  add_argument(*import.app, "PATH", import.options->paths, "Files, or folders of them")
      ->required(false);
  on_workspace(request, import, cli::import_files);

  auto law = add_command<cli::LawOptions>(app, "law", "Show a country's rules on a day");
  add_argument(*law.app, "COUNTRY", law.options->country, "Its two letters, like SE");
  add_value(*law.app, "--day", law.options->day, "DAY", "Today without");
  on_workspace(request, law, cli::law_show);
}

Command<cli::CatalogueOptions> add_catalogue_command(CLI::App& group, const std::string& name,
                                                     const std::string& meaning) {
  auto command = add_command<cli::CatalogueOptions>(group, name, meaning);
  add_value(*command.app, "--operator", command.options->operator_code, "OPERATOR",
            "Whose: a shipped operator's code, or a folder with operator.toml");
  add_argument(*command.app, "PATH", command.options->paths,
               "Files (catalogue*.toml, katalog*.json), or folders of them");
  return command;
}

void add_catalogue_commands(CLI::App& app, Request& request) {
  CLI::App* group = add_group(app, "catalogue", "What is sold, at which prices");
  const auto check = add_catalogue_command(*group, "check", "Name every mistake in files");
  check.app->callback([&request, options = check.options] {
    request.without_workspace = [options] { return cli::catalogue_check(*options); };
  });
  auto list = add_command<cli::CatalogueListOptions>(*group, "list", "What can be bought today");
  add_choice(*list.app, "--kind", list.options->kind, "KIND",
             {"plan", "one_off", "campaign", "add_on", "usage", "number_class"}, "Those of a kind");
  add_value(*list.app, "--language", list.options->language, "LANGUAGE",
            "Names in this language, like sv");
  on_workspace(request, list, cli::catalogue_list);
  on_workspace(request, add_catalogue_command(*group, "diff", "Show what an import would change"),
               cli::catalogue_diff);
  on_workspace(request,
               add_catalogue_command(*group, "import", "Take files in, beside what is there"),
               cli::catalogue_import);
}

void add_bank_import_commands(CLI::App& app, Request& request) {
  CLI::App* bank = find_or_add_group(app, "bank", "Bank files");
  auto import = add_command<cli::BankImportOptions>(
      *bank, "import", "Take in bank files: money that came is booked and assigned to bills");
  add_argument(*import.app, "FILE", import.options->files, "Files, of any known format");
  import.app->add_flag("--take-anyway", import.options->take_anyway,
                       "Though it contradicts itself or was imported before; "
                       "look at its problems first");
  add_number(*import.app, "--batch", import.options->batch, 1, 100'000, "Entries a transaction")
      ->capture_default_str();
  add_by(*import.app, import.options->by);
  on_workspace(request, import, cli::bank_import);

  auto files = add_command<cli::BankFilesOptions>(*bank, "files", "List imported bank files");
  add_limit(*files.app, files.options->limit);
  on_workspace(request, files, cli::bank_files);
  CLI::App* file = find_or_add_group(*bank, "file", "One imported bank file");
  add_command_on(*file, request, "show", "Show one with its problems", "FILE", "Its id",
                 cli::bank_file_show);

  auto simulate = add_command<cli::BankSimulateOptions>(
      *bank, "simulate", "Write a bank file that pays the open bills, most of them rightly");
  add_choice(*simulate.app, "--format", simulate.options->format, "FORMAT",
             {"bgmax", "camt.053", "camt.054"}, "As what")
      ->capture_default_str();
  add_value(*simulate.app, "--seed", simulate.options->seed, "N", "Another seed, other oddities")
      ->capture_default_str();
  add_value(*simulate.app, "--day", simulate.options->day, "DAY",
            "All on this day; some days before each bill is due without");
  add_number(*simulate.app, "--bills", simulate.options->bills, 1, 1'000'000,
             "Of how many bills at the most")
      ->capture_default_str();
  add_output(*simulate.app, simulate.options->output);
  on_workspace(request, simulate, cli::bank_simulate);
}

void add_payment_list_command(CLI::App& payment, Request& request) {
  auto list = add_command<cli::PaymentListOptions>(payment, "list", "List payments, newest first");
  add_choice(*list.app, "--state", list.options->state, "STATE",
             {"suspense", "allocated", "returned", "all"}, "Those in a state");
  add_value(*list.app, "--reason", list.options->reason, "CODE",
            "Those in suspense with one reason");
  add_value(*list.app, "--file", list.options->file, "ID", "Those of a bank file");
  add_value(*list.app, "--from", list.options->from, "DAY", "Booked on it or later");
  add_value(*list.app, "--to", list.options->to, "DAY", "Booked on it or before");
  add_value(*list.app, "--amount", list.options->amount, "AMOUNT", "Of exactly this amount");
  add_value(*list.app, "--search", list.options->search, "TEXT", "A reference or a payment's id");
  add_choice(*list.app, "--format", list.options->format, "FORMAT", {"table", "csv", "json"},
             "How without --json")
      ->capture_default_str();
  add_after(*list.app, list.options->after);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::payment_list);
}

const std::vector<std::string> kMandateSchemes = {"sepa_core", "sepa_b2b", "autogiro",
                                                  "avtalegiro"};

void add_mandate_add_command(CLI::App& mandate, Request& request) {
  auto add = add_command<cli::MandateAddOptions>(mandate, "add", "Write down a mandate");
  add_argument(*add.app, "ACCOUNT", add.options->account, "An account's id or customer number");
  add_choice(*add.app, "--scheme", add.options->scheme, "SCHEME", kMandateSchemes, "By which")
      ->required();
  add_value(*add.app, "--reference", add.options->reference, "TEXT",
            "As the bank is to know it; made without");
  add_value(*add.app, "--creditor", add.options->creditor, "ID",
            "For which creditor; the only one of the scheme without");
  add_value(*add.app, "--payer-account", add.options->payer_account, "ACCOUNT",
            "Which account is debited");
  add_value(*add.app, "--name", add.options->name, "NAME", "Who agreed; the customer without");
  add_value(*add.app, "--identity", add.options->identity, "NUMBER",
            "The payer's personal or organisation number (Autogiro)");
  add_value(*add.app, "--signed-on", add.options->signed_on, "DAY", "When; today without");
  add_value(*add.app, "--limit", add.options->limit, "AMOUNT", "The highest single debit");
  add_number(*add.app, "--notice-days", add.options->notice_days, 1, 60,
             "The agreed notice in days");
  add.app->add_flag("--one-off", add.options->one_off, "For one debit only");
  add.app->add_flag("--confirmed", add.options->confirmed, "The bank has confirmed it already");
  add_choice(*add.app, "--channel", add.options->channel, "CHANNEL", {"paper", "agent", "import"},
             "How it was agreed")
      ->capture_default_str();
  add_value(*add.app, "--text-version", add.options->text_version, "TEXT",
            "Which words were agreed to");
  add_by(*add.app, add.options->by);
  on_workspace(request, add, cli::mandate_add);
}

void add_mandate_migrate_command(CLI::App& mandate, Request& request) {
  auto migrate = add_command<cli::MandateMigrateOptions>(
      mandate, "migrate", "Move all mandates of one creditor to another; a dry run by itself");
  auto* from = add_value(*migrate.app, "--from", migrate.options->from, "ID", "The creditor now");
  auto* to = add_value(*migrate.app, "--to", migrate.options->to, "ID", "The creditor to be");
  auto* dry = migrate.app->add_flag("--dry-run", migrate.options->dry_run,
                                    "Show what would change; so without --apply");
  auto* apply = migrate.app->add_flag("--apply", migrate.options->apply, "Do it");
  auto* back = add_value(*migrate.app, "--roll-back", migrate.options->roll_back, "MIGRATION",
                         "Take one back, by its id");
  from->needs(to);
  to->needs(from);
  apply->needs(from);
  apply->excludes(dry);
  back->excludes(from);
  back->excludes(apply);
  add_by(*migrate.app, migrate.options->by);
  migrate.app->callback([&request, options = migrate.options] {
    if (options->from.empty() && options->roll_back.empty()) {
      throw CLI::ValidationError("--from and --to, or --roll-back", "one of them is required");
    }
    request.on_workspace = [options](const Context& context) {
      return cli::mandate_migrate(context, *options);
    };
  });
}

void add_mandate_change_commands(CLI::App& mandate, Request& request) {
  auto amend = add_command<cli::MandateAmendOptions>(mandate, "amend", "Change a mandate");
  add_argument(*amend.app, "MANDATE", amend.options->mandate, "Its id or reference");
  add_value(*amend.app, "--payer-account", amend.options->payer_account, "ACCOUNT",
            "Another account; a suspended mandate is taken up again");
  add_value(*amend.app, "--reference", amend.options->reference, "TEXT", "Another reference");
  add_value(*amend.app, "--creditor", amend.options->creditor, "ID", "Another creditor");
  auto* limit = add_value(*amend.app, "--limit", amend.options->limit, "AMOUNT",
                          "The highest single debit");
  amend.app->add_flag("--no-limit", amend.options->no_limit, "No highest debit")->excludes(limit);
  add_by(*amend.app, amend.options->by);
  on_workspace(request, amend, cli::mandate_amend);

  auto cancel = add_command<cli::MandateCancelOptions>(mandate, "cancel", "End a mandate");
  add_argument(*cancel.app, "MANDATE", cancel.options->mandate, "Its id or reference");
  add_value(*cancel.app, "--reason", cancel.options->reason, "TEXT", "Why, in a word")->required();
  add_by(*cancel.app, cancel.options->by);
  on_workspace(request, cancel, cli::mandate_cancel);
}

void add_mandate_commands(CLI::App& app, Request& request) {
  CLI::App* mandate = add_group(app, "mandate", "Permissions to debit accounts");
  auto list = add_command<cli::MandateListOptions>(*mandate, "list", "List mandates");
  add_value(*list.app, "--account", list.options->account, "ACCOUNT",
            "Those of an account, by id or customer number");
  add_choice(*list.app, "--state", list.options->state, "STATE",
             {"draft", "pending", "active", "suspended", "dormant", "cancelled", "rejected"},
             "Those in a state");
  add_choice(*list.app, "--scheme", list.options->scheme, "SCHEME", kMandateSchemes,
             "Those of a scheme");
  add_value(*list.app, "--creditor", list.options->creditor, "ID", "Those of a creditor");
  add_value(*list.app, "--reference", list.options->reference, "TEXT", "Those called so");
  add_after(*list.app, list.options->after);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::mandate_list);
  add_command_on(*mandate, request, "show", "Show one with its proof and changes", "MANDATE",
                 "Its id or reference", cli::mandate_show);
  add_mandate_add_command(*mandate, request);
  add_mandate_change_commands(*mandate, request);
  auto import = add_command<cli::MandateImportOptions>(
      *mandate, "import", "Take in a table of mandates that banks know already (CSV)");
  add_argument(*import.app, "FILE", import.options->file, "The table");
  import.app->add_flag("--dry-run", import.options->dry_run,
                       "Show what would be registered, keep nothing");
  add_by(*import.app, import.options->by);
  on_workspace(request, import, cli::mandate_import);
  add_mandate_migrate_command(*mandate, request);
}

void add_collection_commands(CLI::App& app, Request& request) {
  CLI::App* collection = add_group(app, "collection", "Debits under mandates");
  auto run = add_command<cli::CollectionRunOptions>(
      *collection, "run", "Plan debits of open bills, and order those whose time has come");
  add_value(*run.app, "--day", run.options->day, "DAY", "Of which day; today without");
  run.app->add_flag("--dry-run", run.options->dry_run, "Show what would be done, keep nothing");
  run.app->add_flag("--again", run.options->again, "Also what came since the day's run");
  add_by(*run.app, run.options->by);
  on_workspace(request, run, cli::collection_run);

  auto list = add_command<cli::CollectionListOptions>(*collection, "list", "List debits");
  add_value(*list.app, "--account", list.options->account, "ACCOUNT",
            "Those of an account, by id or customer number");
  add_choice(*list.app, "--state", list.options->state, "STATE",
             {"planned", "ordered", "accepted", "settled", "failed", "returned", "dropped"},
             "Those in a state");
  add_choice(*list.app, "--scheme", list.options->scheme, "SCHEME", kMandateSchemes,
             "Those of a scheme");
  add_value(*list.app, "--file", list.options->file, "ID", "Those in a file");
  add_after(*list.app, list.options->after);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::collection_list);
  add_command_on(*collection, request, "show", "Show one debit", "COLLECTION", "Its id",
                 cli::collection_show);
  auto file = add_command<cli::CollectionFileOptions>(
      *collection, "file", "Write a file of orders as it goes to the bank");
  add_argument(*file.app, "FILE", file.options->file, "Its id");
  add_output(*file.app, file.options->output);
  on_workspace(request, file, cli::collection_file);
}

void add_payer_commands(CLI::App& payment, Request& request) {
  auto worklist = add_command<cli::PaymentWorklistOptions>(
      payment, "worklist", "Payments that wait, with what they may be for");
  add_value(*worklist.app, "--reason", worklist.options->reason, "CODE",
            "Those that wait for one reason");
  add_value(*worklist.app, "--search", worklist.options->search, "TEXT",
            "Words of the payer's name, the text or the reference");
  add_after(*worklist.app, worklist.options->after);
  add_limit(*worklist.app, worklist.options->limit);
  on_workspace(request, worklist, cli::payment_worklist);
  add_command_on(payment, request, "candidates", "What one payment may be for, and why", "PAYMENT",
                 "Its id", cli::payment_candidates);
  auto accept = add_command<cli::PaymentAcceptOptions>(
      payment, "accept", "Accept a candidate: it is paid, and learned from");
  add_argument(*accept.app, "PAYMENT", accept.options->payment, "Its id");
  add_argument(*accept.app, "CANDIDATE", accept.options->candidate,
               "As `payment candidates` names it");
  add_value(*accept.app, "--reason", accept.options->reason, "TEXT", "Why");
  add_by(*accept.app, accept.options->by);
  on_workspace(request, accept, cli::payment_accept);
  auto match = add_command<cli::PaymentMatchOptions>(
      payment, "match", "Look again at what waits, and book what is sure by now");
  add_by(*match.app, match.options->by);
  on_workspace(request, match, cli::payment_match);
}

void add_payment_commands(CLI::App& app, Request& request) {
  CLI::App* payment = add_group(app, "payment", "Money that came, and for what it was");
  add_payment_list_command(*payment, request);
  add_command_on(*payment, request, "show", "Show one with what it was assigned to", "PAYMENT",
                 "Its id", cli::payment_show);
  auto assign = add_command<cli::PaymentAssignOptions>(*payment, "assign",
                                                       "Say for what money in suspense is");
  add_argument(*assign.app, "PAYMENT", assign.options->payment, "Its id");
  auto* bill = add_value(*assign.app, "--bill", assign.options->bill, "BILL",
                         "Its id, payment reference or invoice number");
  auto* account = add_value(*assign.app, "--account", assign.options->account, "ACCOUNT",
                            "To the credit of this account, by id or customer number");
  bill->excludes(account);
  account->excludes(bill);
  add_value(*assign.app, "--amount", assign.options->amount, "AMOUNT",
            "So much of it; all that is open without");
  add_value(*assign.app, "--reason", assign.options->reason, "TEXT", "Why")->required();
  add_by(*assign.app, assign.options->by);
  assign.app->callback([&request, options = assign.options] {
    if (options->bill.empty() && options->account.empty()) {
      throw CLI::ValidationError("--bill or --account", "one of them is required");
    }
    request.on_workspace = [options](const Context& context) {
      return cli::payment_assign(context, *options);
    };
  });

  add_payer_commands(*payment, request);
  auto undo = add_command<cli::PaymentUndoOptions>(*payment, "undo",
                                                   "Take back what a payment was assigned to");
  add_argument(*undo.app, "PAYMENT", undo.options->payment, "Its id");
  add_value(*undo.app, "--allocation", undo.options->allocation, "ALLOCATION",
            "Only this one; all that stand without");
  add_value(*undo.app, "--reason", undo.options->reason, "TEXT", "Why")->required();
  add_by(*undo.app, undo.options->by);
  on_workspace(request, undo, cli::payment_undo);
  payment
      ->add_subcommand("totals", "Prove that what came is assigned or in suspense, by the ledger")
      ->callback([&request] { request.on_workspace = cli::payment_totals; });
}

void add_reconcile_commands(CLI::App& app, Request& request) {
  CLI::App* group = add_group(app, "reconcile", "Hold the books against banks and providers");
  add_command_on(*group, request, "month", "Prove that every krona of a month is explained",
                 "MONTH", "Like 2026-11", cli::reconcile_month);
  auto suspense = add_command<cli::ReconcileSuspenseOptions>(
      *group, "suspense", "Show by age what waits in suspense, against the ledger");
  add_value(*suspense.app, "--as-of", suspense.options->as_of, "DAY",
            "As it was at the end of the day; today without");
  on_workspace(request, suspense, cli::reconcile_suspense);
  auto settlement = add_command<cli::ReconcileSettlementOptions>(
      *group, "settlement", "Take in what a provider says that it pays out");
  add_argument(*settlement.app, "FILE", settlement.options->file, "The provider's settlement");
  settlement.app->add_flag("--take-anyway", settlement.options->take_anyway,
                           "Though it names payments or a merchant that are not known");
  add_by(*settlement.app, settlement.options->by);
  on_workspace(request, settlement, cli::reconcile_settlement);
  auto settlements = add_command<cli::ReconcileSettlementsOptions>(
      *group, "settlements", "List settlements, oldest first");
  settlements.app->add_flag("--waiting", settlements.options->waiting,
                            "Only those whose payout is not in the bank");
  add_limit(*settlements.app, settlements.options->limit);
  on_workspace(request, settlements, cli::reconcile_settlements);
}

void add_refund_propose_command(CLI::App& group, Request& request) {
  auto propose = add_command<cli::RefundProposeOptions>(
      group, "propose", "Propose to pay back an account's credit, or money in suspense");
  auto* account = add_value(*propose.app, "--account", propose.options->account, "ACCOUNT",
                            "From its credit; its id or the customer's number");
  add_value(*propose.app, "--payment", propose.options->payment, "PAYMENT",
            "Money in suspense, back to its payer")
      ->excludes(account);
  add_value(*propose.app, "--amount", propose.options->amount, "AMOUNT",
            "So much of it; all that is there without");
  add_value(*propose.app, "--to", propose.options->to, "IBAN",
            "IBAN, bankgiro or plusgiro; where the money came from without");
  add_value(*propose.app, "--to-name", propose.options->name, "NAME", "Whose account that is");
  add_value(*propose.app, "--reason", propose.options->reason, "TEXT", "Why")->required();
  add_by(*propose.app, propose.options->by);
  propose.app->callback([&request, options = propose.options] {
    if (options->account.empty() && options->payment.empty()) {
      throw CLI::ValidationError("--account or --payment", "one of them is required");
    }
    request.on_workspace = [options](const Context& context) {
      return cli::refund_propose(context, *options);
    };
  });
}

void add_refund_commands(CLI::App& app, Request& request) {
  CLI::App* group = add_group(app, "refund", "Money that is paid back");
  add_refund_propose_command(*group, request);
  auto list = add_command<cli::RefundListOptions>(*group, "list", "List refunds, newest first");
  add_value(*list.app, "--state", list.options->state, "STATE",
            "proposed, refused, approved, withdrawn, sent, confirmed, rejected or returned");
  add_value(*list.app, "--account", list.options->account, "ACCOUNT", kWhichAccount);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::refund_list);
  auto approve = add_command<cli::RefundDecideOptions>(
      *group, "approve", "Let one go; above the limit, as somebody else than who proposed it");
  add_argument(*approve.app, "REFUND", approve.options->refund, "Its id");
  add_by(*approve.app, approve.options->by);
  on_workspace(request, approve, cli::refund_approve);
  auto refuse = add_command<cli::RefundDecideOptions>(
      *group, "refuse", "Refuse one that is proposed");
  add_argument(*refuse.app, "REFUND", refuse.options->refund, "Its id");
  add_by(*refuse.app, refuse.options->by);
  on_workspace(request, refuse, cli::refund_refuse);
  auto withdraw = add_command<cli::RefundWithdrawOptions>(
      *group, "withdraw", "Take back one that is approved and in no file yet");
  add_argument(*withdraw.app, "REFUND", withdraw.options->refund, "Its id");
  add_value(*withdraw.app, "--reason", withdraw.options->reason, "TEXT", "Why")->required();
  add_value(*withdraw.app, "--by", withdraw.options->by, "LOGIN", "Which user does it")
      ->required();
  on_workspace(request, withdraw, cli::refund_withdraw);
  auto send = add_command<cli::RefundSendOptions>(
      *group, "send", "Write a pain.001 of all that are approved, for the bank");
  add_value(*send.app, "--from", send.options->from, "IBAN",
            "Our account that pays; the operator's without");
  add_value(*send.app, "--day", send.options->day, "DAY", "When the bank pays; today without");
  add_value(*send.app, "--batch", send.options->batch, "ID", "Write an earlier file again");
  add_output(*send.app, send.options->output);
  add_by(*send.app, send.options->by);
  on_workspace(request, send, cli::refund_send);
}

// What all that changes a drawer is told: which, by which key, and who does it.
template <class Options>
void add_drawer(const Command<Options>& command) {
  add_argument(*command.app, "DRAWER", command.options->drawer, "Its name in operator.toml");
  add_value(*command.app, "--key", command.options->key, "KEY",
            "A text of your own: asked again with it, the same is answered")
      ->required();
  add_by(*command.app, command.options->by);
}

void add_till_taking_commands(CLI::App& group, Request& request) {
  auto take = add_command<cli::TillTakeOptions>(group, "take", "Take cash for bills");
  add_drawer(take);
  add_value(*take.app, "--bill", take.options->bills, "BILL",
            "Its id, payment reference or invoice number; several times for several")
      ->required()
      ->allow_extra_args(false);
  add_value(*take.app, "--tendered", take.options->tendered, "AMOUNT",
            "What the customer hands over; exactly what is asked for without");
  take.app->add_flag("--part", take.options->part, "Less than is asked for is taken as a part");
  take.app->add_flag("--to-credit", take.options->to_credit,
                     "What is more becomes the account's credit; no change");
  on_workspace(request, take, cli::till_take);
  auto undo = add_command<cli::TillUndoOptions>(group, "undo",
                                                "Undo cash that was taken in the open session");
  add_drawer(undo);
  add_argument(*undo.app, "ENTRY", undo.options->entry, "Its number in the session");
  add_value(*undo.app, "--reason", undo.options->reason, "TEXT", "Why")->required();
  on_workspace(request, undo, cli::till_undo);
  auto pay = add_command<cli::TillPayOutOptions>(
      group, "pay-out", "Pay credit back in cash; above the limit when somebody has approved it");
  add_drawer(pay);
  add_value(*pay.app, "--account", pay.options->account, "ACCOUNT",
            "From its credit; its id or the customer's number");
  add_value(*pay.app, "--amount", pay.options->amount, "AMOUNT",
            "So much of it; all that is there without");
  add_value(*pay.app, "--reason", pay.options->reason, "TEXT", "Why");
  add_value(*pay.app, "--refund", pay.options->refund, "REFUND",
            "Instead: one that was approved, to be handed out");
  on_workspace(request, pay, cli::till_pay_out);
}

void add_till_receipt_command(CLI::App& till, Request& request) {
  auto receipt =
      add_command<cli::TillReceiptOptions>(till, "receipt", "One receipt, or its file to print");
  add_argument(*receipt.app, "DRAWER", receipt.options->drawer, "Its name in operator.toml");
  add_argument(*receipt.app, "RECEIPT", receipt.options->receipt, "Its number");
  receipt.app->add_flag("--pdf", receipt.options->pdf, "As a PDF file, on the roll of a printer");
  add_choice(*receipt.app, "--language", receipt.options->language, "LANGUAGE",
             {"sv", "fi", "nb", "da", "en", "it", "es", "de"},
             "Of the file; the customer's without");
  add_choice(*receipt.app, "--width", receipt.options->width, "MM", {"80", "58"},
             "Of the roll, in mm")
      ->capture_default_str();
  add_output(*receipt.app, receipt.options->output);
  on_workspace(request, receipt, cli::till_receipt);
}

void add_till_commands(CLI::App& app, Request& request) {
  CLI::App* group = add_group(app, "till", "Drawers of cash in shops, and codes of bills");
  group->add_subcommand("drawers", "List the drawers")->callback([&request] {
    request.on_workspace = cli::till_drawers;
  });
  auto open = add_command<cli::TillOpenOptions>(*group, "open", "Open a drawer with its float");
  add_drawer(open);
  add_value(*open.app, "--float", open.options->count, "COUNT",
            "Pieces, or their sum: \"500x2 100x5\"")
      ->required();
  on_workspace(request, open, cli::till_open);
  add_till_taking_commands(*group, request);
  auto move = add_command<cli::TillMoveOptions>(*group, "move",
                                                "Take cash from a drawer to its safe");
  add_drawer(move);
  add_argument(*move.app, "AMOUNT", move.options->amount, "How much");
  move.app->add_flag("--from-safe", move.options->from_safe, "The other way round");
  on_workspace(request, move, cli::till_move);
  auto close = add_command<cli::TillCloseOptions>(*group, "close", "Close a drawer with its count");
  add_drawer(close);
  add_value(*close.app, "--count", close.options->count, "COUNT",
            "Pieces, or their sum: \"500x2 100x5\"")
      ->required();
  add_value(*close.app, "--reason", close.options->reason, "TEXT",
            "Why it may differ, where that is known");
  on_workspace(request, close, cli::till_close);
  auto deposit = add_command<cli::TillDepositOptions>(*group, "deposit",
                                                      "Bring cash from a safe to the bank");
  add_argument(*deposit.app, "SAFE", deposit.options->safe, "Its name in operator.toml");
  add_argument(*deposit.app, "AMOUNT", deposit.options->amount, "How much");
  add_argument(*deposit.app, "REFERENCE", deposit.options->reference,
               "The bag's number, as the bank will say it");
  deposit.app->add_flag("--fetched", deposit.options->fetched, "The other way round: change");
  add_by(*deposit.app, deposit.options->by);
  on_workspace(request, deposit, cli::till_deposit);
  auto sessions =
      add_command<cli::TillSessionsOptions>(*group, "sessions", "List sessions, newest first");
  add_value(*sessions.app, "--drawer", sessions.options->drawer, "DRAWER", "Only of it");
  add_limit(*sessions.app, sessions.options->limit);
  on_workspace(request, sessions, cli::till_sessions);
  auto show = add_command<cli::TillShowOptions>(*group, "show", "One session with its entries");
  add_argument(*show.app, "DRAWER", show.options->drawer, "Its name in operator.toml");
  add_value(*show.app, "--session", show.options->session, "N", "The last without");
  on_workspace(request, show, cli::till_show);
  add_till_receipt_command(*group, request);
  add_command_on(*group, request, "code", "The code of a bill for telephone and till", "BILL",
                 "Its id, payment reference or invoice number", cli::till_code);
}

void add_intent_commands(CLI::App& app, Request& request) {
  CLI::App* intent = add_group(app, "intent", "Payments through providers");
  auto list = add_command<cli::IntentListOptions>(*intent, "list", "List them, newest first");
  add_value(*list.app, "--gateway", list.options->gateway, "NAME", "Those of one provider");
  add_choice(*list.app, "--state", list.options->state, "STATE",
             {"created", "pending", "authorised", "settled", "failed", "cancelled", "expired",
              "reversed", "all"},
             "Those in a state");
  add_value(*list.app, "--account", list.options->account, "ACCOUNT", "Those of one account");
  add_after(*list.app, list.options->after);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::intent_list);
  add_command_on(*intent, request, "show", "Show one with what came by it", "INTENT", "Its id",
                 cli::intent_show);
  auto ask = add_command<cli::IntentAskOptions>(
      *intent, "ask", "Ask providers how payments are, those whose time has come");
  add_value(*ask.app, "--intent", ask.options->intent, "INTENT", "Only this one, at once");
  add_limit(*ask.app, ask.options->limit);
  on_workspace(request, ask, cli::intent_ask);
  add_command_on(*intent, request, "stop", "End one before money moves", "INTENT", "Its id",
                 cli::intent_stop);
  auto refund = add_command<cli::IntentRefundOptions>(*intent, "refund",
                                                      "Send money that came by one back");
  add_argument(*refund.app, "INTENT", refund.options->intent, "Its id");
  add_value(*refund.app, "--amount", refund.options->amount, "AMOUNT",
            "So much of it; all that can go back without");
  on_workspace(request, refund, cli::intent_refund);
  auto rename = add_command<cli::IntentRenameOptions>(
      *intent, "rename", "Say which payment at its provider holds its money");
  add_argument(*rename.app, "INTENT", rename.options->intent, "Its id");
  add_value(*rename.app, "--reference", rename.options->reference, "REFERENCE",
            "A name that it had before at its provider")
      ->required();
  add_value(*rename.app, "--reason", rename.options->reason, "TEXT", "Why")->required();
  add_by(*rename.app, rename.options->by);
  on_workspace(request, rename, cli::intent_rename);
}

// The daily work of a day: today's without one.
template <class Command>
void add_daily(const Command& command) {
  add_value(*command.app, "--day", command.options->day, "DAY", "Of which day; today without");
  command.app->add_flag("--dry-run", command.options->dry_run,
                        "Show what would be done, keep nothing");
}

void add_plan_commands(CLI::App& app, Request& request) {
  CLI::App* plan = add_group(app, "plan", "Bills that are paid in parts");
  constexpr const char* kWhich = "Its id, payment reference or invoice number";
  auto list = add_command<cli::PlanListOptions>(*plan, "list", "List plans");
  add_value(*list.app, "--account", list.options->account, "ACCOUNT",
            "Those of an account, by id or customer number");
  add_choice(*list.app, "--state", list.options->state, "STATE",
             {"active", "kept", "broken", "ended", "all"}, "Those in a state");
  add_after(*list.app, list.options->after);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::plan_list);
  add_command_on(*plan, request, "show", "Show a bill's plans, and how it could be paid in parts",
                 "BILL", kWhich, cli::plan_show);
  auto agree = add_command<cli::PlanAgreeOptions>(*plan, "agree", "Agree to pay a bill in parts");
  add_argument(*agree.app, "BILL", agree.options->bill, kWhich);
  add_value(*agree.app, "--parts", agree.options->parts, "N", "In how many")->required();
  add_value(*agree.app, "--first", agree.options->first, "DAY",
            "When the first part is due; the bill's or the customer's next day without");
  add_value(*agree.app, "--key", agree.options->key, "TEXT", "The same is the same plan");
  agree.app->add_flag("--dry-run", agree.options->dry_run, "Show the plan, keep nothing");
  add_by(*agree.app, agree.options->by);
  on_workspace(request, agree, cli::plan_agree);
  auto end = add_command<cli::PlanEndOptions>(*plan, "end", "End the plan of a bill");
  add_argument(*end.app, "BILL", end.options->bill, kWhich);
  add_value(*end.app, "--reason", end.options->reason, "WORD", "Why; customer without");
  add_by(*end.app, end.options->by);
  on_workspace(request, end, cli::plan_end);
  auto follow = add_command<cli::DailyOptions>(*plan, "follow",
                                               "The daily work: parts that were missed");
  add_daily(follow);
  on_workspace(request, follow, cli::plan_follow);
}

void add_method_commands(CLI::App& app, Request& request) {
  CLI::App* method = add_group(app, "method", "Ways to pay that customers let us keep");
  add_command_on(*method, request, "list", "List an account's, and what was charged to them",
                 "ACCOUNT", kWhichAccount, cli::method_list);
  auto forget = add_command<cli::MethodForgetOptions>(*method, "forget", "Forget one");
  add_argument(*forget.app, "ACCOUNT", forget.options->account, kWhichAccount);
  add_argument(*forget.app, "METHOD", forget.options->method, "Its id");
  add_by(*forget.app, forget.options->by);
  on_workspace(request, forget, cli::method_forget);
  auto charge = add_command<cli::DailyOptions>(
      *method, "charge", "The daily work: tell of charges, and charge what is due");
  add_daily(charge);
  on_workspace(request, charge, cli::method_charge);
}

void add_order_create(CLI::App& order, Request& request) {
  auto create = add_command<cli::OrderCreateOptions>(order, "create", "Order single things");
  add_value(*create.app, "--account", create.options->account, "ACCOUNT",
            "Who pays: its id, or the customer's number")
      ->required();
  add_values(*create.app, "--item", create.options->items, "CODE:N:PRICE",
             "What, how many, and for how much without VAT; the catalogue's price without")
      ->required();
  add_choice(*create.app, "--how", create.options->how, "HOW",
             {"now", "bill", "instalments", "preferred"}, "How it is paid")
      ->capture_default_str();
  add_value(*create.app, "--method", create.options->method, "METHOD",
            "Of now: link, kept, mandate, or a method like card");
  add_value(*create.app, "--gateway", create.options->gateway, "NAME", "The method's provider");
  add_value(*create.app, "--kept", create.options->kept, "ID", "Which kept method");
  add_number(*create.app, "--parts", create.options->parts, 2, 60, "Of instalments: how many");
  add_value(*create.app, "--service", create.options->service, "SERVICE", "What it is for");
  add_value(*create.app, "--reference", create.options->reference, "TEXT", "Your name for it");
  add_value(*create.app, "--note", create.options->note, "TEXT", "For whoever hands over");
  add_value(*create.app, "--key", create.options->key, "KEY",
            "The same key is the same order; each call is a new one without");
  create.app->add_flag("--dry-run", create.options->dry_run,
                       "Show what it would come to, keep nothing");
  on_workspace(request, create, cli::order_create);
}

void add_order_commands(CLI::App& app, Request& request) {
  CLI::App* order = add_group(app, "order", "Orders of single things");
  add_order_create(*order, request);
  auto list = add_command<cli::OrderListOptions>(*order, "list", "List them, newest first");
  add_choice(*list.app, "--state", list.options->state, "STATE",
             {"received", "awaiting_payment", "ready", "handed_over", "cancelled", "failed",
              "all"},
             "Those in a state");
  add_value(*list.app, "--account", list.options->account, "ACCOUNT", "Those of one account");
  add_value(*list.app, "--reference", list.options->reference, "TEXT", "As its caller named it");
  add_after(*list.app, list.options->after);
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::order_list);
  add_command_on(*order, request, "show", "Show one, and where it is paid", "ORDER", "Its id",
                 cli::order_show);
  auto cancel = add_command<cli::OrderCancelOptions>(
      *order, "cancel", "Cancel one before it is handed over: its money goes back");
  add_argument(*cancel.app, "ORDER", cancel.options->order, "Its id");
  add_value(*cancel.app, "--reason", cancel.options->reason, "TEXT", "Why")->required();
  on_workspace(request, cancel, cli::order_cancel);
  add_command_on(*order, request, "hand-over", "Say that one was handed over", "ORDER", "Its id",
                 cli::order_hand_over);
}

void add_report_commands(CLI::App& app, Request& request) {
  CLI::App* report = add_group(app, "report", "Reports");
  auto costs = add_command<cli::RailCostOptions>(
      *report, "rail-costs", "What payments cost by each rail, beside the cheapest");
  add_number(*costs.app, "--year", costs.options->year, 2000, 2200, "A whole year");
  add_value(*costs.app, "--from", costs.options->from, "DAY", "Instead: the first day");
  add_value(*costs.app, "--to", costs.options->to, "DAY", "And the last one");
  on_workspace(request, costs, cli::report_rail_costs);
}

void add_data_commands(CLI::App& app, Request& request) {
  auto dump = add_command<std::string>(app, "dump", "Print the whole state in one order");
  dump.app
      ->add_flag_callback(
          "--canonical", [] {}, "The same bytes for the same state, on every database")
      ->required();
  add_output(*dump.app, *dump.options);
  on_workspace(request, dump, cli::dump_canonical);
  add_command_on(app, request, "backup", "Write the whole database to one file", "FILE",
                 "A new file", cli::backup);
  add_command_on(app, request, "restore", "Fill an empty database from a backup", "FILE",
                 "The backup", cli::restore);

  auto demo = add_command<cli::DemoOptions>(app, "demo", "Fill an empty data folder with a demo");
  add_value(*demo.app, "--seed", demo.options->seed, "N", "Another seed, other people")
      ->capture_default_str();
  add_number(*demo.app, "--customers", demo.options->customers, 1, 10'000'000, "How many")
      ->capture_default_str();
  add_value(*demo.app, "--files", demo.options->files, "FOLDER",
            "Where the source files go; `demo` in the data folder without");
  on_workspace(request, demo, cli::demo);

  auto serve = add_command<cli::ServeOptions>(app, "serve", "Answer on HTTP until stopped");
  add_value(*serve.app, "--address", serve.options->address, "ADDRESS",
            "Where to listen; as configured without");
  add_number(*serve.app, "--port", serve.options->port, 0, 65'535,
             "Where to listen; as configured without, a free one with 0");
  serve.options->on_listening = [&request](const base::Json& json) {
    const std::string line =
        request.json ? json.dump() : "Listening on " + json.text("url") + " (Ctrl-C stops)";
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
  };
  on_workspace(request, serve, cli::serve);
}

// --- The command line described.

std::vector<cli::OptionText> describe_options(const CLI::App& app) {
  std::vector<cli::OptionText> options;
  for (const CLI::Option* option : app.get_options()) {
    // Said once, of the program.
    if (option == app.get_help_ptr() && app.get_parent() != nullptr) continue;
    const bool argument = option->get_positional();
    options.push_back(
        {.name = option->get_name(argument, true),
         .value = option->get_items_expected_max() == 0 ? "" : option->get_type_name(),
         .meaning = option->get_description(),
         .default_value = option->get_default_str(),
         .is_argument = argument,
         .is_required = option->get_required(),
         .is_repeatable = option->get_items_expected_max() > 1});
  }
  return options;
}

void describe_commands(const CLI::App& app, const std::string& name, const std::string& group,
                       cli::CommandLineText& line) {
  const auto parts = app.get_subcommands([](const CLI::App*) { return true; });
  if (parts.empty()) {
    line.commands.push_back({name, group, app.get_description(), describe_options(app)});
    return;
  }
  if (app.get_parent() != nullptr) line.groups.push_back({name, app.get_description()});
  for (const CLI::App* part : parts) {
    describe_commands(*part, name + " " + part->get_name(), name, line);
  }
}

cli::CommandLineText describe(const CLI::App& app) {
  cli::CommandLineText line{app.get_description(), describe_options(app), {}, {}};
  describe_commands(app, app.get_name(), "", line);
  return line;
}

void add_help_commands(CLI::App& app, Request& request) {
  CLI::App* help = app.add_subcommand("help", "Describe every command and option");
  auto markdown = std::make_shared<bool>(false);
  help->add_flag("--markdown", *markdown, "As the reference page");
  help->callback([&app, &request, markdown] {
    request.without_workspace = [&app, markdown]() -> Outcome {
      const auto line = describe(app);
      return Answer{cli::to_json(line), *markdown ? cli::to_markdown(line) : cli::full_help(line)};
    };
  });
  CLI::App* routes = app.add_subcommand("routes", "Describe every page and API route");
  routes->callback([&request] {
    request.without_workspace = []() -> Outcome {
      return Answer{web::openapi_document(web::routes()), web::routes_markdown()};
    };
  });
}

void add_commands(CLI::App& app, Request& request) {
  app.fallthrough();
  app.require_subcommand(1);
  add_value(app, "--data", request.workspace.data_dir, "FOLDER",
            "The data; else TELGIRO_DATA, else $XDG_DATA_HOME/telgiro");
  add_value(app, "--database", request.workspace.database, "URL",
            "postgresql://...; else as configured, SQLite in the data folder without");
  add_value(app, "--config", request.workspace.config_file, "FILE",
            "The configuration; telgiro.toml in the data folder without");
  app.add_flag("--json", request.json, "Answer in JSON, one line");
  app.set_version_flag("--version", std::string(kVersion), "Print the version");
  add_bill_commands(app, request);
  add_run_commands(app, request);
  add_import_commands(app, request);
  add_reject_commands(app, request);
  add_usage_commands(app, request);
  add_usage_level_commands(app, request);
  add_payment_commands(app, request);
  add_reconcile_commands(app, request);
  add_refund_commands(app, request);
  add_till_commands(app, request);
  add_intent_commands(app, request);
  add_plan_commands(app, request);
  add_method_commands(app, request);
  add_order_commands(app, request);
  add_report_commands(app, request);
  add_mandate_commands(app, request);
  add_collection_commands(app, request);
  add_customer_commands(app, request);
  add_ledger_commands(app, request);
  add_account_commands(app, request);
  add_service_commands(app, request);
  add_statement_commands(app, request);
  add_check_commands(app, request);
  add_reference_commands(app, request);
  add_bank_commands(app, request);
  add_bank_code_command(app, request);
  add_lab_commands(app, request);
  add_bank_import_commands(app, request);
  add_user_commands(app, request);
  add_token_commands(app, request);
  add_catalogue_commands(app, request);
  add_data_commands(app, request);
  add_help_commands(app, request);
}

// --- Running.

// The command, or group of commands, that was named before parsing ended.
const CLI::App& named_command(const CLI::App& app) {
  const auto named = app.get_subcommands();
  return named.empty() ? app : named_command(*named.front());
}

std::string full_name(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return parent == nullptr ? app.get_name() : full_name(*parent) + " " + app.get_name();
}

base::Error usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& named = named_command(app);
  const bool is_group = named.get_require_subcommand_min() > 0;
  const auto unknown = app.remaining(true);
  // CLI11 would say what is missing, also where it was only mistyped.
  std::string text = is_group ? "name a command" : error.what();
  if (!unknown.empty()) {
    text = is_group ? "there is no command '" : "there is no option or argument '";
    text += unknown.front() + "'";
  }
  const std::string name = full_name(named);
  const std::string place = &named == &app ? "" : name.substr(app.get_name().size() + 1);
  return base::fail("wrong_usage", text + "; see: " + name + " --help", place).error();
}

int print_error(const base::Error& error, bool json) {
  if (json) {
    std::printf("%s\n", cli::error_json(error).dump().c_str());
  } else {
    std::fprintf(stderr, "telgiro: %s\n", base::describe(error).c_str());
  }
  return static_cast<int>(cli::exit_of(error));
}

int print(const Outcome& outcome, bool json) {
  if (!outcome) return print_error(outcome.error(), json);
  std::string text = outcome->text;
  if (json) text = outcome->json.is_null() ? "" : outcome->json.dump() + "\n";
  // What cannot be written as an answer is said where it still can be.
  if (const auto written = cli::write_output("", text); !written) {
    return print_error(written.error(), false);
  }
  return static_cast<int>(outcome->exit);
}

Outcome run(const Wiring& wiring, const Request& request) {
  if (request.without_workspace) return request.without_workspace();
  const auto workspace = TRY(Workspace::open(wiring, request.workspace));
  const bool quiet = request.json || isatty(STDERR_FILENO) == 0;
  bool drawn = false;
  const Context context{*workspace, [&](const std::string& line) {
                          if (quiet) return;
                          std::fprintf(stderr, "\r\033[K%s", line.c_str());
                          drawn = true;
                        },
                        request.command};
  auto outcome = request.on_workspace(context);
  if (drawn) std::fprintf(stderr, "\r\033[K");
  return outcome;
}

}  // namespace

int run_cli(int argc, const char* const* argv) { return run_cli(argc, argv, system_wiring()); }

int run_cli(int argc, const char* const* argv, const Wiring& wiring) {
  // Where files may not grow any further, writing is to fail as on a full disk, with an error.
  std::signal(SIGXFSZ, SIG_IGN);
  CLI::App app("Telgiro: invoicing and payments for telecom and broadband operators", "telgiro");
  Request request;
  add_commands(app, request);
  app.get_help_ptr()->description("Say what a command does and takes");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return print(Answer{{}, cli::help_of(describe(app), full_name(named_command(app)))}, false);
  } catch (const CLI::CallForVersion& version) {
    return print(Answer{{}, std::string(version.what()) + "\n"}, false);
  } catch (const CLI::ParseError& error) {
    // Options after the mistake were not read.
    const bool json =
        std::any_of(argv, argv + argc, [](std::string_view word) { return word == "--json"; });
    return print_error(usage_error(app, error), json);
  }
  const CLI::App& named = named_command(app);
  if (&named != &app) request.command = full_name(named).substr(app.get_name().size() + 1);
  try {
    return print(run(wiring, request), request.json);
  } catch (const std::exception& error) {
    // Nothing that we foresee throws: memory is gone, or a library gave up.
    return print_error(base::fail("unexpected_failure", error.what()).error(), request.json);
  }
}

}  // namespace app
