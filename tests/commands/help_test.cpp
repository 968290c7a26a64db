// What the program says of itself: help of every command, and the reference pages made of it.
#include "support/json/parse.h"
#include "tests/commands/answers.h"
#include "tests/support/expected_file.h"

namespace tests {
namespace {

std::string printed_by(const std::string& command) {
  std::vector<std::string> line = {product()};
  std::ranges::copy(words(command), std::back_inserter(line));
  const Ended ended = run_program({line});
  EXPECT_EQ(ended.exit_code, 0) << command << "\n" << ended.errors;
  EXPECT_EQ(ended.errors, "") << command;
  return ended.output;
}

TEST(Help, EveryCommandExplainsItself) {
  ASSERT_GT(all_commands().size(), 30U);
  for (const std::string& command : all_commands()) {
    const std::string help = printed_by(command + " --help");
    EXPECT_NE(help.find("Usage: telgiro " + command), std::string::npos) << help;
  }
}

TEST(Help, AGroupListsItsCommands) {
  const std::string help = printed_by("bill --help");
  for (const std::string command : {"bill run", "bill list", "bill show", "bill link"}) {
    EXPECT_NE(help.find("telgiro " + command + " "), std::string::npos) << help;
  }
  EXPECT_EQ(help.find("telgiro run list"), std::string::npos) << help;
}

TEST(Help, TheProgramListsAllCommandsAndExitCodes) {
  const std::string help = printed_by("--help");
  for (const std::string& command : all_commands()) {
    EXPECT_NE(help.find("telgiro " + command + " "), std::string::npos) << command;
  }
  EXPECT_NE(help.find("Exit codes:"), std::string::npos);
}

TEST(Help, TheVersionIsThatOfTheBuild) {
  const std::string build = read_file(TELGIRO_SOURCE_DIR "/CMakeLists.txt");
  const std::string version = printed_by("--version");
  EXPECT_NE(build.find("VERSION " + version.substr(0, version.find('\n')) + " "), std::string::npos)
      << version;
}

TEST(ReferencePages, CommandsAreWhatHelpPrints) {
  expect_file("docs/reference/cli.md", printed_by("help --markdown"));
}

TEST(ReferencePages, RoutesAreWhatTheProgramPrints) {
  EXPECT_EQ(read_file(TELGIRO_SOURCE_DIR "/docs/reference/routes.md"), printed_by("routes"));
}

// Indented, so that a change of the API can be read as a difference.
TEST(ReferencePages, TheApiIsWhatTheProgramPrints) {
  const auto document = json::parse(printed_by("routes --json"));
  ASSERT_OK(document);
  expect_file("docs/reference/openapi.json", document->pretty() + "\n");
}

}  // namespace
}  // namespace tests
