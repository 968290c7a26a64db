// D14: what a command answers with --json is one line of the shape that is published for it in
// docs/reference/cli/. A command without a schema fails, as does a schema without a command.
#include <filesystem>
#include <set>

#include "support/json/parse.h"
#include "tests/commands/answers.h"
#include "tests/support/json_schema.h"

namespace tests {
namespace {

namespace fs = std::filesystem;

using base::Json;
using storage::sql::Engine;

constexpr std::string_view kEnd = ".schema.json";
// Schemas that belong to no command: what all errors look like, and what others refer to.
const std::set<std::string> kWithoutCommand = {"error", "common"};

// "bill run" is described by bill-run.schema.json.
std::string name_of(std::string command) {
  std::ranges::replace(command, ' ', '-');
  return command;
}

std::vector<std::string> published_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(TELGIRO_SOURCE_DIR "/docs/reference/cli")) {
    const std::string file = entry.path().filename().string();
    if (file.ends_with(kEnd)) names.push_back(file.substr(0, file.size() - kEnd.size()));
  }
  std::ranges::sort(names);
  return names;
}

const SchemaSet& published() {
  static const SchemaSet set = [] {
    SchemaSet made;
    for (const std::string& name : published_names()) {
      const std::string file = name + std::string(kEnd);
      const auto schema = json::parse(read_file(TELGIRO_SOURCE_DIR "/docs/reference/cli/" + file));
      EXPECT_TRUE(schema) << file;
      if (schema) made.add(file, *schema);
    }
    return made;
  }();
  return set;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

void expect_fits(const std::string& name, const Json& answer) {
  EXPECT_EQ(joined(published().misfits(name + std::string(kEnd), answer)), "")
      << name << ": " << answer.dump().substr(0, 2000);
}

TEST(Schemas, EveryCommandHasOneAndEveryOneHasACommand) {
  std::set<std::string> wanted = kWithoutCommand;
  for (const std::string& command : all_commands()) wanted.insert(name_of(command));
  const auto names = published_names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()), wanted);
}

TEST(Schemas, AllAreStrict) {
  for (const std::string& name : published_names()) {
    EXPECT_EQ(joined(published().defects(name + std::string(kEnd))), "") << name;
  }
}

TEST(Schemas, TheCheckFindsWhatDoesNotFit) {
  struct Row {
    std::string_view name;
    std::string_view answer;
    std::string_view misfits;
  };
  const Row rows[] = {
      {"reject-discard", R"({"reject":"rej_4ykyc18v56gx9r6wj32fp0sk9v"})", ""},
      {"reject-discard", R"({"reject":7})", "/reject: is of type integer\n"},
      {"reject-discard", R"({})", "/reject: is missing\n"},
      {"reject-discard", R"({"reject":"rej_4ykyc18v56gx9r6wj32fp0sk9v","more":1})",
       "/more: is not in the schema\n"},
      {"reject-discard", R"({"reject":"bill_1"})",
       "/reject: does not match ^rej_[0-9a-z]{26}$: bill_1\n"},
      {"user-activate", R"({"login":"anna","active":false})", "/active: is another value\n"},
      {"dump", R"({"file":"x","rows":-1})", "/rows: is less than the minimum\n"},
      {"token-list", R"({"tokens":[7]})", "/tokens/0: is of type integer\n"},
      {"no-such", "{}", "there is no schema no-such.schema.json\n"},
  };
  for (const Row& row : rows) {
    const auto answer = json::parse(row.answer);
    ASSERT_OK(answer);
    EXPECT_EQ(joined(published().misfits(std::string(row.name) + std::string(kEnd), *answer)),
              row.misfits);
  }
}

// One life of an installation in which every command is used.
class StoryTest : public ::testing::Test {
 protected:
  // Runs a command, checks its answer against its schema, and returns it.
  Json tell(const std::string& command, const std::vector<std::string>& arguments = {},
            int exit_code = 0) {
    std::vector<std::string> line = words(command);
    std::ranges::copy(arguments, std::back_inserter(line));
    const Ended ended = installation_.run(line);
    EXPECT_EQ(ended.exit_code, exit_code) << command << "\n" << ended.output << ended.errors;
    const Json answer = answer_of(ended);
    expect_fits(answer["error"].is_null() ? name_of(command) : "error", answer);
    told_.insert(command);
    return answer;
  }

  void take_in_and_bill();
  void look_at_bills();
  void treat_rejects();
  void join_and_part_customers();
  void manage_access();
  void look_at_everything();
  void serve_and_stop();
  void restore_and_demo();

  Installation installation_{Engine::kSqlite};
  std::set<std::string> told_;
};

void StoryTest::take_in_and_bill() {
  tell("import", {"--operator", "aurora", source_folder()});
  tell("import", {source_folder()});
  tell("import", {TELGIRO_SOURCE_DIR "/README.md"}, 3);
  tell("bill run", {"--period", "2026-09", "--dry-run"});
  tell("bill run", {"--period", "2026-09"});
  tell("bill run", {"--period", "2026-09"});
  tell("bill run", {"--period", "2026-99"}, 2);
}

void StoryTest::look_at_bills() {
  const Json bill = (*tell("bill list", {"--limit", "1"})["bills"].as_array())[0];
  tell("bill list", {"--state", "settled"});
  tell("bill show", {bill.text("id")});
  tell("bill link", {bill.text("reference")});
  const Json run = (*tell("run list")["runs"].as_array())[0];
  tell("run show", {run.text("id")});
  tell("events", {bill.text("account")});
  tell("document list", {"--limit", "1"});
  tell("document export", {"A1", "-o", installation_.file("a1.json")});
  tell("ledger trial-balance");
}

void StoryTest::treat_rejects() {
  const auto rejects = *tell("reject list")["rejects"].as_array();
  ASSERT_GE(rejects.size(), 2U);
  const std::string raw = tell("reject show", {rejects[0].text("id")}).text("raw");
  tell("reject correct", {rejects[0].text("id"), "--record", raw}, 1);
  tell("reject discard", {rejects[0].text("id"), "--reason", "a test record"});
  tell("reject list", {"--state", "all", "--limit", "1"});
}

// The first two customers of the file become one, and two again.
void StoryTest::join_and_part_customers() {
  std::set<std::int64_t> numbers;
  const Json bills = tell("bill list");
  for (const Json& bill : *bills["bills"].as_array()) {
    const Json events = tell("events", {bill.text("account"), "--limit", "1"});
    numbers.insert((*events["events"].as_array())[0]["data"].integer("number"));
  }
  ASSERT_GE(numbers.size(), 2U);
  const std::string keep = std::to_string(*numbers.begin());
  const std::string join = std::to_string(*std::next(numbers.begin()));
  tell("customer link", {keep, keep}, 2);
  EXPECT_EQ(tell("customer link", {keep, join}).integer("numbers"), 1);

  const std::string file = read_file(source_folder() + "/bredband_kunder.csv");
  std::size_t line = 0;
  for (int skipped = 0; skipped < 2; ++skipped) line = file.find('\n', line) + 1;
  tell("customer unlink", {"broadband", file.substr(line, file.find(';', line) - line)});
}

void StoryTest::manage_access() {
  tell("user add", {"anna", "--role", "admin", "--role", "finance"});
  tell("user add", {"bertil", "--role", "agent", "--password", "ett långt lösenord"});
  tell("user list");
  tell("user roles", {"bertil", "--role", "auditor"});
  tell("user password", {"bertil"});
  tell("user deactivate", {"bertil"});
  tell("user activate", {"bertil"});
  const Json token = tell(
      "token create", {"anna", "--name", "x", "--scope", "bills:read", "--expires", "2027-01-01"});
  tell("token list", {"anna"});
  tell("token revoke", {token.text("token")});
  tell("token list", {"anna"});
}

void StoryTest::look_at_everything() {
  tell("law", {"SE"});
  tell("law", {"SE", "--day", "2015-06-01"});
  tell("verify");
  tell("dump", {"--canonical", "-o", installation_.file("dump")});
  tell("reference check", {"--scheme", "se_bankgiro", "5050-1055"});
  tell("reference check", {"--scheme", "se_bankgiro", "5050-1056"}, 1);
  tell("reference make", {"--scheme", "se_ocr_luhn", "123"});
  tell("reference make", {"--scheme", "se_ocr_luhn", "x"}, 1);
  tell("reference schemes");
  tell("help");
  tell("routes");
}

void StoryTest::serve_and_stop() {
  Process server = installation_.start({"serve", "--port", "0"});
  const auto listening = json::parse(server.first_line());
  ASSERT_OK(listening);
  expect_fits("serve", *listening);
  server.send(SIGTERM);
  const Ended ended = server.wait();
  EXPECT_EQ(ended.exit_code, 0) << ended.errors;
  const auto stopped = json::parse(ended.output.substr(ended.output.find('\n') + 1));
  ASSERT_OK(stopped);
  expect_fits("serve", *stopped);
  told_.insert("serve");
}

void StoryTest::restore_and_demo() {
  const std::string file = installation_.file("backup");
  tell("backup", {file});
  Installation other(Engine::kSqlite);
  fs::copy_file(installation_.file("secrets.toml"), other.file("secrets.toml"));
  expect_fits("restore", answer_of(other.run({"restore", file})));
  EXPECT_EQ(first_difference(other.dump(), installation_.dump()), "none");
  Installation demo(Engine::kSqlite);
  expect_fits("demo", answer_of(demo.run({"demo", "--customers", "5"})));
  told_.insert({"restore", "demo"});
}

TEST_F(StoryTest, EveryCommandAnswersAsPublished) {
  take_in_and_bill();
  look_at_bills();
  treat_rejects();
  join_and_part_customers();
  manage_access();
  look_at_everything();
  serve_and_stop();
  restore_and_demo();
  for (const std::string& command : all_commands()) {
    EXPECT_TRUE(told_.contains(command)) << command << " is not part of the story";
  }
}

}  // namespace
}  // namespace tests
