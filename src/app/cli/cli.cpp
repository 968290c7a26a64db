// Which commands and options there are, in the order of the reference, and how one is run. What
// commands take is declared in line/, what they do stands in commands_*.cpp, how they are described
// in reference.cpp.
#include "app/cli/cli.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <string_view>

#include "app/cli/commands.h"
#include "app/cli/line/commands.h"
#include "app/cli/line/syntax.h"
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

Outcome list_routes() {
  return Answer{web::openapi_document(web::routes()), web::routes_markdown()};
}

void add_help_commands(const line::Program& program, const line::Node& app,
                       line::Request& request) {
  const line::Node help = line::add_node(app, "help", "Describe every command and option");
  auto markdown = std::make_shared<bool>(false);
  line::add_flag(help, "--markdown", *markdown, "As the reference page");
  line::on_parsed(help, [&program, &request, markdown] {
    request.without_workspace = [&program, markdown]() -> Outcome {
      const auto text = program.describe();
      return Answer{cli::to_json(text), *markdown ? cli::to_markdown(text) : cli::full_help(text)};
    };
  });
  line::add_plain(app, request, "routes", "Describe every page and API route", list_routes);
}

void add_commands(line::Program& program, line::Request& request) {
  const line::Node app = program.root();
  line::add_value(app, "--data", request.workspace.data_dir, "FOLDER",
                  "The data; else TELGIRO_DATA, else $XDG_DATA_HOME/telgiro");
  line::add_value(app, "--database", request.workspace.database, "URL",
                  "postgresql://...; else as configured, SQLite in the data folder without");
  line::add_value(app, "--config", request.workspace.config_file, "FILE",
                  "The configuration; telgiro.toml in the data folder without");
  line::add_flag(app, "--json", request.json, "Answer in JSON, one line");
  program.add_version(kVersion);
  line::add_bill_commands(app, request);
  line::add_run_commands(app, request);
  line::add_import_commands(app, request);
  line::add_reject_commands(app, request);
  line::add_usage_commands(app, request);
  line::add_usage_level_commands(app, request);
  line::add_payment_commands(app, request);
  line::add_reconcile_commands(app, request);
  line::add_refund_commands(app, request);
  line::add_till_commands(app, request);
  line::add_intent_commands(app, request);
  line::add_plan_commands(app, request);
  line::add_method_commands(app, request);
  line::add_order_commands(app, request);
  line::add_report_commands(app, request);
  line::add_mandate_commands(app, request);
  line::add_collection_commands(app, request);
  line::add_customer_commands(app, request);
  line::add_ledger_commands(app, request);
  line::add_account_commands(app, request);
  line::add_service_commands(app, request);
  line::add_statement_commands(app, request);
  line::add_check_commands(app, request);
  line::add_reference_commands(app, request);
  line::add_bank_commands(app, request);
  line::add_bank_code_command(app, request);
  line::add_lab_commands(app, request);
  line::add_bank_import_commands(app, request);
  line::add_user_commands(app, request);
  line::add_token_commands(app, request);
  line::add_catalogue_commands(app, request);
  line::add_data_commands(app, request);
  add_help_commands(program, app, request);
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

Outcome run(const Wiring& wiring, const line::Request& request, const std::string& command) {
  if (request.without_workspace) return request.without_workspace();
  const auto workspace = TRY(Workspace::open(wiring, request.workspace));
  const bool quiet = request.json || isatty(STDERR_FILENO) == 0;
  bool drawn = false;
  const Context context{*workspace,
                        [&](const std::string& line) {
                          if (quiet) return;
                          std::fprintf(stderr, "\r\033[K%s", line.c_str());
                          drawn = true;
                        },
                        command};
  auto outcome = request.on_workspace(context);
  if (drawn) std::fprintf(stderr, "\r\033[K");
  return outcome;
}

}  // namespace

int run_cli(int argc, const char* const* argv) { return run_cli(argc, argv, system_wiring()); }

int run_cli(int argc, const char* const* argv, const Wiring& wiring) {
  // Where files may not grow any further, writing is to fail as on a full disk, with an error.
  std::signal(SIGXFSZ, SIG_IGN);
  line::Program program("telgiro",
                        "Telgiro: invoicing and payments for telecom and broadband operators");
  line::Request request;
  add_commands(program, request);
  const auto parsed = program.parse(argc, argv);
  if (!parsed) {
    // Options after the mistake were not read.
    const bool json =
        std::any_of(argv, argv + argc, [](std::string_view word) { return word == "--json"; });
    return print_error(parsed.error(), json);
  }
  if (parsed->text) return print(Answer{{}, *parsed->text}, false);
  try {
    return print(run(wiring, request, parsed->command), request.json);
  } catch (const std::exception& error) {
    // Nothing that we foresee throws: memory is gone, or a library gave up.
    return print_error(base::fail("unexpected_failure", error.what()).error(), request.json);
  }
}

}  // namespace app
