// Every scenario of this folder, on both engines: tests/scenarios/**/*.txt, found when the tests
// start. With TELGIRO_UPDATE=1 (./dev update) the expectations are written anew instead.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

#include <gtest/gtest.h>

#include "tests/scenarios/parse.h"
#include "tests/scenarios/play.h"
#include "tests/support/stores.h"

namespace scenarios {
namespace {

namespace fs = std::filesystem;
using storage::sql::Engine;

const fs::path kFolder = fs::path(TELGIRO_SOURCE_DIR) / "tests/scenarios";

// From the folder, sorted: "billing/start_in_the_month.txt".
std::vector<std::string> scenario_files() {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(kFolder)) {
    if (entry.path().extension() != ".txt") continue;
    files.push_back(entry.path().lexically_relative(kFolder).generic_string());
  }
  std::ranges::sort(files);
  return files;
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool is_update() {
  const char* update = std::getenv("TELGIRO_UPDATE");
  return update != nullptr && std::string(update) == "1";
}

struct Case {
  std::string file;
  Engine engine = Engine::kSqlite;
};

std::ostream& operator<<(std::ostream& out, const Case& each) {
  return out << each.file << " on " << tests::engine_name(each.engine);
}

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const std::string& file : scenario_files()) {
    all.push_back({file, Engine::kSqlite});
    all.push_back({file, Engine::kPostgres});
  }
  return all;
}

class ScenarioTest : public ::testing::TestWithParam<Case> {};

TEST_P(ScenarioTest, Holds) {
  const auto& [file, engine] = GetParam();
  const auto scenario = parse_scenario(file, read_text(kFolder / file));
  ASSERT_TRUE(scenario.has_value()) << base::describe(scenario.error());
  const auto said = play(*scenario, engine);
  ASSERT_TRUE(said.has_value()) << base::describe(said.error());
  const std::string differs = difference(*scenario, *said);
  // The other engine reads the file as it is then, and must say the same.
  if (is_update() && engine == Engine::kSqlite && !differs.empty()) {
    std::ofstream(kFolder / file, std::ios::binary) << rewritten(*scenario, *said);
    return;
  }
  EXPECT_TRUE(differs.empty()) << differs;
}

std::string name_of(const ::testing::TestParamInfo<Case>& info) {
  const auto& [file, engine] = info.param;
  std::string name = file.substr(0, file.rfind('.')) + "_" + tests::engine_name(engine);
  std::ranges::replace_if(
      name, [](unsigned char letter) { return std::isalnum(letter) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(, ScenarioTest, ::testing::ValuesIn(cases()), name_of);

TEST(Scenarios, AreFound) { EXPECT_GE(scenario_files().size(), 15U); }

}  // namespace
}  // namespace scenarios
