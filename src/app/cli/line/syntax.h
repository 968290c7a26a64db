// How commands and options are written. What a command takes is declared with the functions below
// (bank.cpp, billing.cpp ... beside this file, listed in commands.h); the library that parses is
// behind them, in syntax.cpp alone, as its header costs each file that includes it seconds.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/reference.h"
#include "app/workspace.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace app::line {

using cli::Context;
using cli::Outcome;

// What the parsed command line asks for: one of the two functions is set.
struct Request {
  WorkspaceOptions workspace;
  bool json = false;
  std::function<Outcome(const Context&)> on_workspace;
  std::function<Outcome()> without_workspace;
};

// A command, or a group of them. A handle: what it stands for lives as long as the Program.
class Node {
 public:
  explicit Node(CLI::App& app) : app_(&app) {}
  [[nodiscard]] CLI::App& app() const { return *app_; }

 private:
  CLI::App* app_;
};

// One option or argument; a handle like Node. Each call says one more thing of it.
class Option {
 public:
  explicit Option(CLI::Option& option) : option_(&option) {}
  const Option& required() const;
  // For an argument, which is required otherwise.
  const Option& optional() const;
  // Help names the value that the variable has now.
  const Option& show_default() const;
  // Takes one value each time, so that an argument behind it is not taken for another.
  const Option& one_each() const;
  const Option& split_at_commas() const;
  const Option& one_of(std::vector<std::string> values) const;
  const Option& excludes(const Option& other) const;
  const Option& needs(const Option& other) const;

 private:
  CLI::Option* option_;
};

Node add_group(const Node& parent, const std::string& name, const std::string& meaning);
// For groups that several files add commands to.
Node find_or_add_group(const Node& parent, const std::string& name, const std::string& meaning);
Node add_node(const Node& parent, const std::string& name, const std::string& meaning);

// An option with a value; `value` is what help calls it: MONTH. For the types of the variables see
// the end of syntax.cpp.
template <class Value>
Option add_value(const Node& node, const std::string& name, Value& variable,
                 const std::string& value, const std::string& meaning);
// Several of them.
Option add_values(const Node& node, const std::string& name, std::vector<std::string>& variable,
                  const std::string& value, const std::string& meaning);
template <class Number>
Option add_number(const Node& node, const std::string& name, Number& variable, std::int64_t least,
                  std::int64_t most, const std::string& meaning);
Option add_choice(const Node& node, const std::string& name, std::string& variable,
                  const std::string& value, const std::vector<std::string>& choices,
                  const std::string& meaning);
// What stands without a name in front: `name`, in capitals, is what help calls it. Required.
template <class Value>
Option add_argument(const Node& node, const std::string& name, Value& variable,
                    const std::string& meaning);
Option add_flag(const Node& node, const std::string& name, bool& variable,
                const std::string& meaning);
// A flag that has to stand there and says nothing else.
Option add_required_flag(const Node& node, const std::string& name, const std::string& meaning);

// Options that many commands have.
Option add_limit(const Node& node, std::int64_t& limit);
Option add_after(const Node& node, std::string& after);
Option add_output(const Node& node, std::string& output);
Option add_by(const Node& node, std::string& by);
inline constexpr const char* kWhichAccount = "Its id, or the number of a customer with one account";

// Called when the command was named and its options are read; may end in refuse_line().
void on_parsed(const Node& node, std::function<void()> act);
// The line is wrong for a reason of the command's own: `what` names the option, `text` says why.
[[noreturn]] void refuse_line(const std::string& what, const std::string& text);

// One command; its options live as long as the callbacks that hold them.
template <class Options>
struct Command {
  Node node;
  std::shared_ptr<Options> options;
};

template <class Options>
Command<Options> add_command(const Node& parent, const std::string& name,
                             const std::string& meaning) {
  return {add_node(parent, name, meaning), std::make_shared<Options>()};
}

template <class Options>
void on_workspace(Request& request, const Command<Options>& command,
                  Outcome (*run)(const Context&, const Options&)) {
  on_parsed(command.node, [&request, options = command.options, run] {
    request.on_workspace = [options, run](const Context& context) {
      return run(context, *options);
    };
  });
}

// The same where `check(options)` may end in refuse_line(): of two options one is needed, say.
template <class Options, class Check>
void on_workspace(Request& request, const Command<Options>& command,
                  Outcome (*run)(const Context&, const Options&), Check check) {
  on_parsed(command.node, [&request, options = command.options, run, check] {
    check(*options);
    request.on_workspace = [options, run](const Context& context) {
      return run(context, *options);
    };
  });
}

// For commands that need no data.
template <class Options>
void without_workspace(Request& request, const Command<Options>& command,
                       Outcome (*run)(const Options&)) {
  on_parsed(command.node, [&request, options = command.options, run] {
    request.without_workspace = [options, run] { return run(*options); };
  });
}

// For commands that take one argument and nothing else.
void add_command_on(const Node& group, Request& request, const std::string& name,
                    const std::string& meaning, const std::string& argument,
                    const std::string& argument_meaning,
                    Outcome (*run)(const Context&, const std::string&));
// For commands that take nothing.
void add_plain(const Node& group, Request& request, const std::string& name,
               const std::string& meaning, Outcome (*run)(const Context&));
void add_plain(const Node& group, Request& request, const std::string& name,
               const std::string& meaning, Outcome (*run)());

// What a line came to: a command to run, or a text that was asked for instead.
struct Parsed {
  std::string command;              // "refund approve".
  std::optional<std::string> text;  // Help or the version.
};

// All commands and options, and the reading of a line.
class Program {
 public:
  Program(const std::string& name, const std::string& meaning);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  [[nodiscard]] Node root() const;
  // Help shows it here, among the options of every command.
  void add_version(std::string_view version);
  // `wrong_usage` names the command whose --help tells more.
  [[nodiscard]] base::Result<Parsed> parse(int argc, const char* const* argv);
  [[nodiscard]] cli::CommandLineText describe() const;

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace app::line
