// The command line described: what --help, `telgiro help` and docs/reference/cli.md say of it.
// line/syntax.cpp fills these values from the options as they are parsed, so that no text can
// differ from what is accepted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.h"

namespace app::cli {

struct OptionText {
  std::string name;   // "--period", "-o,--output"; of an argument what it stands for: "BILL".
  std::string value;  // What to write after it: "MONTH"; empty for flags and arguments.
  std::string meaning;
  std::string default_value;
  bool is_argument = false;
  bool is_required = false;
  bool is_repeatable = false;
};

struct CommandText {
  std::string name;   // "telgiro bill run"
  std::string group;  // "telgiro bill"; "telgiro" where it stands alone.
  std::string meaning;
  std::vector<OptionText> options;
};

struct GroupText {
  std::string name;
  std::string meaning;
};

struct CommandLineText {
  std::string meaning;
  std::vector<OptionText> options;  // Of every command.
  std::vector<GroupText> groups;
  std::vector<CommandText> commands;
};

// {"options": [...], "commands": [{"command", "group", "meaning", "usage", "options"} ...]}
[[nodiscard]] base::Json to_json(const CommandLineText& line);
// The reference page.
[[nodiscard]] std::string to_markdown(const CommandLineText& line);
// Every command with its options.
[[nodiscard]] std::string full_help(const CommandLineText& line);
// What `--help` says after `name`: "telgiro", a group or a command.
[[nodiscard]] std::string help_of(const CommandLineText& line, std::string_view name);

}  // namespace app::cli
