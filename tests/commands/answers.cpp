#include "tests/commands/answers.h"

#include <algorithm>
#include <sstream>

#include "app/demo/generate.h"
#include "support/json/parse.h"

namespace tests {
namespace {

constexpr std::int64_t kCustomers = 12;

std::vector<std::string> list_commands() {
  const base::Json help = answer_of(run_program({{product(), "help", "--json"}}));
  std::vector<std::string> names;
  for (const base::Json& command : *help["commands"].as_array()) {
    names.push_back(command.text("command").substr(std::string("telgiro ").size()));
  }
  return names;
}

}  // namespace

base::Json answer_of(const Ended& ended) {
  EXPECT_EQ(std::ranges::count(ended.output, '\n'), 1) << ended.output << ended.errors;
  EXPECT_TRUE(ended.output.ends_with('\n')) << ended.output;
  const auto json = json::parse(ended.output);
  EXPECT_TRUE(json) << ended.output << ended.errors;
  return json ? *json : base::Json();
}

std::string error_of(const Ended& ended) {
  std::string text = std::to_string(ended.exit_code);
  const base::Json error = answer_of(ended)["error"];
  if (error.is_null()) return text;
  text += " " + error.text("code");
  return error.text("place").empty() ? text : text + " " + error.text("place");
}

const std::vector<std::string>& all_commands() {
  static const std::vector<std::string> commands = list_commands();
  return commands;
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

std::string product() { return TELGIRO_BINARY_DIR "/telgiro"; }

const std::string& source_folder() {
  static const TemporaryFolder folder;
  static const bool made = [] {
    const auto done = app::demo::generate({.folder = folder.path(),
                                           .seed = 7,
                                           .customers = kCustomers,
                                           .last_month = *base::Month::parse("2026-10")});
    if (!done) throw std::runtime_error(base::describe(done.error()));
    return true;
  }();
  EXPECT_TRUE(made);
  return folder.path();
}

}  // namespace tests
