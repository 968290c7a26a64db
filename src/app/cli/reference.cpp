#include "app/cli/reference.h"

#include <algorithm>

#include "app/cli/answer.h"

namespace app::cli {
namespace {

using base::Json;

constexpr std::string_view kProgram = "telgiro";

struct ExitText {
  Exit exit;
  std::string_view meaning;
};
constexpr ExitText kExits[] = {
    {Exit::kDone,
     "done, also with rejects, refused files and accounts set aside; the output counts them"},
    {Exit::kNegative,
     "a negative answer: not valid, not found, refused as things stand; a bank file that is not "
     "whole, or of which something was not taken"},
    {Exit::kUsage, "wrong usage: of the command line or of a configuration file"},
    {Exit::kNotRecognised, "no file was recognised, and nothing was taken"},
    {Exit::kEnvironment, "the environment: database, disk, network"},
};

using Rows = std::vector<std::pair<std::string, std::string>>;

// Two columns, the first as wide as its widest cell.
std::string in_columns(const Rows& rows) {
  std::size_t width = 0;
  for (const auto& [left, right] : rows) width = std::max(width, left.size());
  std::string text;
  for (const auto& [left, right] : rows) {
    text += "  " + left + std::string(width - left.size() + 2, ' ') + right + "\n";
  }
  return text;
}

std::string exits_text() {
  Rows rows;
  for (const ExitText& row : kExits) {
    rows.emplace_back(std::to_string(static_cast<int>(row.exit)), row.meaning);
  }
  return "Exit codes:\n" + in_columns(rows);
}

std::string exits_markdown() {
  std::string text = "| exit code | meaning |\n|---|---|\n";
  for (const ExitText& row : kExits) {
    text += "| " + std::to_string(static_cast<int>(row.exit)) + " | " + std::string(row.meaning) +
            " |\n";
  }
  return text;
}

// "--period MONTH", "[--dry-run]", "[PATH...]"
std::string usage_of(const OptionText& option) {
  const std::size_t comma = option.name.rfind(',');
  std::string text = comma == std::string::npos ? option.name : option.name.substr(comma + 1);
  if (!option.value.empty()) text += " " + option.value;
  if (option.is_repeatable) text += "...";
  return option.is_required ? text : "[" + text + "]";
}

// Arguments stand last, as they are mostly written.
std::string usage_of(const CommandText& command) {
  std::string text = command.name;
  for (const bool arguments : {false, true}) {
    for (const OptionText& option : command.options) {
      if (option.is_argument == arguments) text += " " + usage_of(option);
    }
  }
  return text;
}

// "-o,--output FILE"
std::string name_with_value(const OptionText& option) {
  return option.value.empty() ? option.name : option.name + " " + option.value;
}

std::string remark_of(const OptionText& option, const std::string& before_default) {
  std::string text = option.is_required ? "required" : "";
  if (!option.default_value.empty()) text = before_default + option.default_value;
  if (option.is_repeatable) text += text.empty() ? "repeatable" : ", repeatable";
  return text;
}

Json to_json(const std::vector<OptionText>& options) {
  Json list = Json::array();
  for (const OptionText& option : options) {
    Json json;
    json.set("name", option.name)
        .set("value", option.value)
        .set("meaning", option.meaning)
        .set("default", option.default_value)
        .set("argument", option.is_argument)
        .set("required", option.is_required)
        .set("repeatable", option.is_repeatable);
    list.push(std::move(json));
  }
  return list;
}

std::string markdown_table(const std::vector<OptionText>& options) {
  if (options.empty()) return {};
  std::string text = "\n| option | meaning | default |\n|---|---|---|\n";
  for (const OptionText& option : options) {
    text += "| `" + name_with_value(option) + "` | " + option.meaning + " | " +
            remark_of(option, "") + " |\n";
  }
  return text;
}

std::string markdown_of(const CommandText& command, std::string_view heading) {
  return "\n" + std::string(heading) + " " + command.name + "\n\n" + command.meaning +
         ".\n\n```\n" + usage_of(command) + "\n```\n" + markdown_table(command.options);
}

std::string options_text(const std::vector<OptionText>& options) {
  Rows rows;
  for (const OptionText& option : options) {
    const std::string remark = option.is_argument ? "" : remark_of(option, "default ");
    rows.emplace_back(name_with_value(option),
                      option.meaning + (remark.empty() ? "" : " (" + remark + ")"));
  }
  return in_columns(rows);
}

// Those of a group, or with the program's name all.
std::string commands_text(const CommandLineText& line, std::string_view name) {
  Rows rows;
  for (const CommandText& command : line.commands) {
    if (name == kProgram || command.group == name) rows.emplace_back(command.name, command.meaning);
  }
  return in_columns(rows);
}

std::string help_of_command(const CommandText& command) {
  const std::string options = options_text(command.options);
  return command.meaning + ".\n\nUsage: " + usage_of(command) + "\n" +
         (options.empty() ? "" : "\n" + options) +
         "\nOptions of every command, and exit codes: telgiro --help\n";
}

}  // namespace

Json to_json(const CommandLineText& line) {
  Json commands = Json::array();
  for (const CommandText& command : line.commands) {
    Json json;
    json.set("command", command.name)
        .set("group", command.group)
        .set("meaning", command.meaning)
        .set("usage", usage_of(command))
        .set("options", to_json(command.options));
    commands.push(std::move(json));
  }
  Json json;
  json.set("options", to_json(line.options)).set("commands", std::move(commands));
  return json;
}

std::string to_markdown(const CommandLineText& line) {
  std::string text =
      "# Commands\n\nWhat `telgiro help --markdown` prints; `./dev update` rewrites it.\n\n" +
      exits_markdown() +
      "\nWith `--json` a command prints one line, of the shape that `docs/reference/cli/` has a "
      "schema for,\nor `{\"error\": {\"code\", \"text\", \"place\"}}`. The codes are listed in "
      "[errors](errors/commands.md) and the\npages beside it.\n\n## Options of every command\n" +
      markdown_table(line.options);
  for (const CommandText& command : line.commands) {
    if (command.group == kProgram) text += markdown_of(command, "##");
  }
  for (const GroupText& group : line.groups) {
    text += "\n## " + group.name + "\n\n" + group.meaning + ".\n";
    for (const CommandText& command : line.commands) {
      if (command.group == group.name) text += markdown_of(command, "###");
    }
  }
  return text;
}

std::string full_help(const CommandLineText& line) {
  std::string text = line.meaning + ".\n\nOptions of every command:\n" +
                     options_text(line.options) + "\n" + exits_text();
  for (const CommandText& command : line.commands) {
    text += "\n" + usage_of(command) + "\n    " + command.meaning + ".\n" +
            options_text(command.options);
  }
  return text;
}

std::string help_of(const CommandLineText& line, std::string_view name) {
  const auto command = std::ranges::find(line.commands, name, &CommandText::name);
  if (command != line.commands.end()) return help_of_command(*command);
  const auto group = std::ranges::find(line.groups, name, &GroupText::name);
  if (group != line.groups.end()) {
    return group->meaning + ".\n\n" + commands_text(line, name) +
           "\nMore about each: telgiro COMMAND --help\n";
  }
  return line.meaning + ".\n\nUsage: telgiro COMMAND [OPTIONS]\n\n" +
         commands_text(line, kProgram) + "\nOptions of every command:\n" +
         options_text(line.options) + "\n" + exits_text() +
         "\nMore about each: telgiro COMMAND --help\n";
}

}  // namespace app::cli
