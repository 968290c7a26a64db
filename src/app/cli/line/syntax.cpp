// The only file that includes CLI11, which is slow to compile.
#include "app/cli/line/syntax.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

namespace app::line {
namespace {

// Lists are read in pages of at most this many rows.
constexpr std::int64_t kLimitMax = 100'000;

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

// The command, or group of commands, that was named before parsing ended.
const CLI::App& named_command(const CLI::App& app) {
  const auto named = app.get_subcommands();
  return named.empty() ? app : named_command(*named.front());
}

std::string full_name(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return parent == nullptr ? app.get_name() : full_name(*parent) + " " + app.get_name();
}

// Without the program's name.
std::string short_name(const CLI::App& app, const CLI::App& program) {
  return &app == &program ? "" : full_name(app).substr(program.get_name().size() + 1);
}

std::unexpected<base::Error> usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& named = named_command(app);
  const bool is_group = named.get_require_subcommand_min() > 0;
  const auto unknown = app.remaining(true);
  // CLI11 would say what is missing, also where it was only mistyped.
  std::string text = is_group ? "name a command" : error.what();
  if (!unknown.empty()) {
    text = is_group ? "there is no command '" : "there is no option or argument '";
    text += unknown.front() + "'";
  }
  return base::fail("wrong_usage", text + "; see: " + full_name(named) + " --help",
                    short_name(named, app));
}

}  // namespace

const Option& Option::required() const {
  option_->required();
  return *this;
}

const Option& Option::optional() const {
  option_->required(false);
  return *this;
}

const Option& Option::show_default() const {
  option_->capture_default_str();
  return *this;
}

const Option& Option::one_each() const {
  option_->allow_extra_args(false);
  return *this;
}

const Option& Option::split_at_commas() const {
  option_->delimiter(',');
  return *this;
}

const Option& Option::one_of(std::vector<std::string> values) const {
  option_->check(CLI::IsMember(std::move(values)).description(""));
  return *this;
}

const Option& Option::excludes(const Option& other) const {
  option_->excludes(other.option_);
  return *this;
}

const Option& Option::needs(const Option& other) const {
  option_->needs(other.option_);
  return *this;
}

Node add_node(const Node& parent, const std::string& name, const std::string& meaning) {
  return Node(*parent.app().add_subcommand(name, meaning));
}

Node add_group(const Node& parent, const std::string& name, const std::string& meaning) {
  Node group = add_node(parent, name, meaning);
  group.app().require_subcommand(1);
  return group;
}

Node find_or_add_group(const Node& parent, const std::string& name, const std::string& meaning) {
  const auto known =
      parent.app().get_subcommands([&](const CLI::App* each) { return each->get_name() == name; });
  return known.empty() ? add_group(parent, name, meaning) : Node(*known.front());
}

template <class Value>
Option add_value(const Node& node, const std::string& name, Value& variable,
                 const std::string& value, const std::string& meaning) {
  return Option(*node.app().add_option(name, variable, meaning)->type_name(value));
}

Option add_values(const Node& node, const std::string& name, std::vector<std::string>& variable,
                  const std::string& value, const std::string& meaning) {
  return add_value(node, name, variable, value, meaning).one_each();
}

template <class Number>
Option add_number(const Node& node, const std::string& name, Number& variable, std::int64_t least,
                  std::int64_t most, const std::string& meaning) {
  const std::string range = std::to_string(least) + " to " + std::to_string(most);
  return Option(*node.app()
                     .add_option(name, variable, meaning + ", " + range)
                     ->type_name("N")
                     ->check(CLI::Range(least, most).description("")));
}

Option add_choice(const Node& node, const std::string& name, std::string& variable,
                  const std::string& value, const std::vector<std::string>& choices,
                  const std::string& meaning) {
  return add_value(node, name, variable, value, meaning + ": " + CLI::detail::join(choices, ", "))
      .one_of(choices);
}

template <class Value>
Option add_argument(const Node& node, const std::string& name, Value& variable,
                    const std::string& meaning) {
  return add_value(node, name, variable, "", meaning).required();
}

Option add_flag(const Node& node, const std::string& name, bool& variable,
                const std::string& meaning) {
  return Option(*node.app().add_flag(name, variable, meaning));
}

Option add_required_flag(const Node& node, const std::string& name, const std::string& meaning) {
  return Option(*node.app().add_flag_callback(name, [] {}, meaning)->required());
}

Option add_limit(const Node& node, std::int64_t& limit) {
  return add_number(node, "--limit", limit, 1, kLimitMax, "How many at the most").show_default();
}

Option add_after(const Node& node, std::string& after) {
  return add_value(node, "--after", after, "NEXT", "From here on: `next` of the page before");
}

Option add_output(const Node& node, std::string& output) {
  return add_value(node, "-o,--output", output, "FILE", "Where to; standard output without");
}

Option add_by(const Node& node, std::string& by) {
  return add_value(node, "--by", by, "LOGIN", "Which user does it; the command line without");
}

void on_parsed(const Node& node, std::function<void()> act) { node.app().callback(std::move(act)); }

void refuse_line(const std::string& what, const std::string& text) {
  throw CLI::ValidationError(what, text);
}

void add_command_on(const Node& group, Request& request, const std::string& name,
                    const std::string& meaning, const std::string& argument,
                    const std::string& argument_meaning,
                    Outcome (*run)(const Context&, const std::string&)) {
  const auto command = add_command<std::string>(group, name, meaning);
  add_argument(command.node, argument, *command.options, argument_meaning);
  on_workspace(request, command, run);
}

void add_plain(const Node& group, Request& request, const std::string& name,
               const std::string& meaning, Outcome (*run)(const Context&)) {
  on_parsed(add_node(group, name, meaning), [&request, run] { request.on_workspace = run; });
}

void add_plain(const Node& group, Request& request, const std::string& name,
               const std::string& meaning, Outcome (*run)()) {
  on_parsed(add_node(group, name, meaning), [&request, run] { request.without_workspace = run; });
}

Program::Program(const std::string& name, const std::string& meaning)
    : app_(std::make_unique<CLI::App>(meaning, name)) {
  app_->fallthrough();
  app_->require_subcommand(1);
  app_->get_help_ptr()->description("Say what a command does and takes");
}

Program::~Program() = default;

Node Program::root() const { return Node(*app_); }

void Program::add_version(std::string_view version) {
  app_->set_version_flag("--version", std::string(version), "Print the version");
}

base::Result<Parsed> Program::parse(int argc, const char* const* argv) {
  try {
    app_->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Parsed{"", cli::help_of(describe(), full_name(named_command(*app_)))};
  } catch (const CLI::CallForVersion& version) {
    return Parsed{"", std::string(version.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    return usage_error(*app_, error);
  }
  return Parsed{short_name(named_command(*app_), *app_), std::nullopt};
}

cli::CommandLineText Program::describe() const {
  cli::CommandLineText line{app_->get_description(), describe_options(*app_), {}, {}};
  describe_commands(*app_, app_->get_name(), "", line);
  return line;
}

// The types of variables that commands have.
using Text = std::string;

template Option add_value(const Node&, const Text&, Text&, const Text&, const Text&);
template Option add_value(const Node&, const Text&, std::optional<Text>&, const Text&, const Text&);
template Option add_value(const Node&, const Text&, std::vector<Text>&, const Text&, const Text&);
template Option add_value(const Node&, const Text&, std::int64_t&, const Text&, const Text&);
template Option add_value(const Node&, const Text&, std::uint64_t&, const Text&, const Text&);
template Option add_value(const Node&, const Text&, std::vector<std::int64_t>&, const Text&,
                          const Text&);

template Option add_argument(const Node&, const Text&, Text&, const Text&);
template Option add_argument(const Node&, const Text&, std::vector<Text>&, const Text&);
template Option add_argument(const Node&, const Text&, std::int64_t&, const Text&);

template Option add_number(const Node&, const Text&, int&, std::int64_t, std::int64_t, const Text&);
template Option add_number(const Node&, const Text&, std::optional<int>&, std::int64_t,
                           std::int64_t, const Text&);
template Option add_number(const Node&, const Text&, std::int64_t&, std::int64_t, std::int64_t,
                           const Text&);

}  // namespace app::line
