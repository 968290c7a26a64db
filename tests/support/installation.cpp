#include "tests/support/installation.h"

#include <algorithm>

namespace tests {

using storage::sql::Engine;

// One person bills alone; tests of four eyes say otherwise.
constexpr std::string_view kSettings = "[billing]\napprovals = 0\n";

Installation::Installation(Engine engine) {
  write_file(folder_.file("telgiro.toml"), kSettings);
  if (engine != Engine::kPostgres) return;
  database_.emplace(engine, Schema::kEmpty);
  url_ = database_->place();
}

Installation::Installation(const std::string& database_url) : url_(database_url) {
  write_file(folder_.file("telgiro.toml"), kSettings);
}

Launch Installation::launch(const std::vector<std::string>& command,
                            const Environment& environment) const {
  std::vector<std::string> words = {TELGIRO_BINARY_DIR "/telgiro_under_test", "--json", "--data",
                                    data()};
  if (!url_.empty()) words.insert(words.end(), {"--database", url_});
  words.insert(words.end(), command.begin(), command.end());
  return {std::move(words), environment};
}

Ended Installation::run(const std::vector<std::string>& command, const Environment& environment) {
  return run_program(launch(command, environment));
}

Process Installation::start(const std::vector<std::string>& command,
                            const Environment& environment) {
  return Process(launch(command, environment));
}

std::string Installation::dump() {
  const TemporaryFolder folder;
  const Ended ended = run({"dump", "--canonical", "-o", folder.file("dump")});
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  return read_file(folder.file("dump"));
}

std::string first_difference(const std::string& a, const std::string& b) {
  const auto [at, other] = std::ranges::mismatch(a, b);
  if (at == a.end() && other == b.end()) return "none";
  const auto from = a.rfind('\n', static_cast<std::size_t>(at - a.begin()));
  const std::size_t start = from == std::string::npos ? 0 : from + 1;
  return a.substr(start, 300) + "\n  instead of\n" + b.substr(std::min(start, b.size()), 300);
}

}  // namespace tests
