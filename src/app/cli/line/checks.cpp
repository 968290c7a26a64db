// What looks at all of the data on the command line: events, checks, dumps, backups, the server.
#include <cstdio>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/line/commands.h"
#include "app/cli/line/syntax.h"

namespace app::line {

void add_check_commands(const Node& app, Request& request) {
  auto events = add_command<cli::EventsOptions>(app, "events", "Print the events of an account");
  add_argument(events.node, "ACCOUNT", events.options->account,
               "Its id; with --follow all accounts without")
      .optional();
  add_flag(events.node, "--follow", events.options->follow,
           "Print what comes from now on, a line each, until interrupted");
  add_value(events.node, "--after", events.options->after, "N",
            "Only those after this sequence number");
  add_limit(events.node, events.options->limit);
  events.options->on_event = [&request](const base::Json& json, const std::string& line) {
    std::printf("%s\n", request.json ? json.dump().c_str() : line.c_str());
    std::fflush(stdout);
  };
  on_workspace(request, events, cli::events_list);

  add_plain(app, request, "verify",
            "Check event chains, ledger, bills and invoices against each other", cli::verify);
  add_plain(add_group(app, "search", "The index by which people are found"), request, "rebuild",
            "Make the index by which people are found anew", cli::search_rebuild);
}

void add_data_commands(const Node& app, Request& request) {
  auto dump = add_command<std::string>(app, "dump", "Print the whole state in one order");
  add_required_flag(dump.node, "--canonical",
                    "The same bytes for the same state, on every database");
  add_output(dump.node, *dump.options);
  on_workspace(request, dump, cli::dump_canonical);
  add_command_on(app, request, "backup", "Write the whole database to one file", "FILE",
                 "A new file", cli::backup);
  add_command_on(app, request, "restore", "Fill an empty database from a backup", "FILE",
                 "The backup", cli::restore);

  auto demo = add_command<cli::DemoOptions>(app, "demo", "Fill an empty data folder with a demo");
  add_value(demo.node, "--seed", demo.options->seed, "N", "Another seed, other people")
      .show_default();
  add_number(demo.node, "--customers", demo.options->customers, 1, 10'000'000, "How many")
      .show_default();
  add_value(demo.node, "--files", demo.options->files, "FOLDER",
            "Where the source files go; `demo` in the data folder without");
  on_workspace(request, demo, cli::demo);

  auto serve = add_command<cli::ServeOptions>(app, "serve", "Answer on HTTP until stopped");
  add_value(serve.node, "--address", serve.options->address, "ADDRESS",
            "Where to listen; as configured without");
  add_number(serve.node, "--port", serve.options->port, 0, 65'535,
             "Where to listen; as configured without, a free one with 0");
  serve.options->on_listening = [&request](const base::Json& json) {
    const std::string line =
        request.json ? json.dump() : "Listening on " + json.text("url") + " (Ctrl-C stops)";
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
  };
  on_workspace(request, serve, cli::serve);
}

}  // namespace app::line
