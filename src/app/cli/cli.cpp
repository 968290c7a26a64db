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

// For commands that take one argument and nothing else.
void add_command_on(CLI::App& group, Request& request, const std::string& name,
                    const std::string& meaning, const std::string& argument,
                    const std::string& argument_meaning,
                    Outcome (*run)(const Context&, const std::string&)) {
  auto command = add_command<std::string>(group, name, meaning);
  add_argument(*command.app, argument, *command.options, argument_meaning);
  on_workspace(request, command, run);
}

void add_bill_commands(CLI::App& app, Request& request) {
  CLI::App* bill = add_group(app, "bill", "Bills, and the run that makes them");
  auto run = add_command<cli::BillRunOptions>(*bill, "run", "Close a month: bill all accounts");
  add_value(*run.app, "--period", run.options->period, "MONTH", "The month to close, like 2026-10")
      ->required();
  run.app->add_flag("--dry-run", run.options->dry_run, "Show what would be billed, keep nothing");
  add_number(*run.app, "--workers", run.options->workers, 0, 64,
             "Threads; 0 takes as many as the configuration says");
  add_number(*run.app, "--batch", run.options->batch, 1, 100'000, "Accounts in one transaction")
      ->capture_default_str();
  on_workspace(request, run, cli::bill_run);

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

  CLI::App* document = add_group(app, "document", "Invoices and other papers");
  auto list = add_command<cli::DocumentListOptions>(*document, "list", "List documents by number");
  add_choice(*list.app, "--kind", list.options->kind, "KIND", {"invoice"}, "Those of a kind");
  add_value(*list.app, "--after", list.options->after, "NEXT",
            "Only numbers above this one: `next` of the page before");
  add_limit(*list.app, list.options->limit);
  on_workspace(request, list, cli::document_list);
  auto write = add_command<cli::DocumentExportOptions>(*document, "export", "Write one document");
  add_argument(*write.app, "DOCUMENT", write.options->document, "Its id or number");
  add_choice(*write.app, "--format", write.options->format, "FORMAT", {"json"}, "In which form")
      ->capture_default_str();
  add_output(*write.app, write.options->output);
  on_workspace(request, write, cli::document_export);
}

void add_check_commands(CLI::App& app, Request& request) {
  auto events = add_command<cli::EventsOptions>(app, "events", "Print the events of an account");
  add_argument(*events.app, "ACCOUNT", events.options->account, "Its id");
  add_value(*events.app, "--after", events.options->after, "N",
            "Only those after this sequence number");
  add_limit(*events.app, events.options->limit);
  on_workspace(request, events, cli::events_list);

  app.add_subcommand("verify", "Check event chains, ledger, bills and invoices against each other")
      ->callback([&request] { request.on_workspace = cli::verify; });
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
  auto discard =
      add_command<cli::RejectDiscardOptions>(*group, "discard", "Close one without taking it");
  add_argument(*discard.app, "REJECT", discard.options->reject, "Its id");
  add_value(*discard.app, "--reason", discard.options->reason, "TEXT", "Why")->required();
  on_workspace(request, discard, cli::reject_discard);
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
}

void add_import_commands(CLI::App& app, Request& request) {
  auto import = add_command<cli::ImportOptions>(app, "import", "Take in the divisions' files");
  add_value(*import.app, "--operator", import.options->operator_code, "OPERATOR",
            "A shipped operator's code, or a folder with operator.toml; needed the first time");
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
  add_customer_commands(app, request);
  add_ledger_commands(app, request);
  add_check_commands(app, request);
  add_reference_commands(app, request);
  add_user_commands(app, request);
  add_token_commands(app, request);
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
                        }};
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
  try {
    return print(run(wiring, request), request.json);
  } catch (const std::exception& error) {
    // Nothing that we foresee throws: memory is gone, or a library gave up.
    return print_error(base::fail("unexpected_failure", error.what()).error(), request.json);
  }
}

}  // namespace app
