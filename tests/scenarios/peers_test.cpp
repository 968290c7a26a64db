// Every peer scenario of ../shared/data/peer_scenarios.json is played in peers/ or stands in its
// README as for later, and nothing stands there that is no peer scenario.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

namespace scenarios {
namespace {

namespace fs = std::filesystem;

const fs::path kPeers = fs::path(TELGIRO_SOURCE_DIR) / "tests/scenarios/peers";
const fs::path kShared = fs::path(TELGIRO_SOURCE_DIR) / "../shared/data/peer_scenarios.json";

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What stands between `before` and `after`, wherever it does.
std::set<std::string> all_between(std::string_view text, std::string_view before,
                                  std::string_view after) {
  std::set<std::string> found;
  for (std::size_t at = text.find(before); at != text.npos; at = text.find(before, at)) {
    at += before.size();
    found.emplace(text.substr(at, text.find(after, at) - at));
  }
  return found;
}

std::set<std::string> files() {
  std::set<std::string> ids;
  for (const auto& entry : fs::directory_iterator(kPeers)) {
    if (entry.path().extension() == ".txt") ids.insert(entry.path().stem().string());
  }
  return ids;
}

// The README from a heading on.
std::string section(std::string_view heading) {
  const std::string readme = read_text(kPeers / "README.md");
  const std::size_t begin = readme.find(heading);
  return begin == std::string::npos ? "" : readme.substr(begin);
}

std::set<std::string> for_later() {
  std::set<std::string> ids = all_between(section("## For later"), "\n| ", " |");
  ids.erase("scenario");
  return ids;
}

TEST(PeerScenarios, EachIsPlayedOrForLater) {
  const std::string text = read_text(kShared);
  if (text.empty()) GTEST_SKIP() << "../shared/data/peer_scenarios.json is absent";
  const std::set<std::string> peers = all_between(text, "\"id\": \"", "\"");
  EXPECT_EQ(peers.size(), 24U);
  const std::set<std::string> played = files(), later = for_later();
  for (const std::string& id : peers) {
    EXPECT_TRUE(played.contains(id) || later.contains(id)) << id << " is neither";
  }
  for (const std::string& id : played) EXPECT_TRUE(peers.contains(id)) << id << " is no peer's";
  for (const std::string& id : later) EXPECT_TRUE(peers.contains(id)) << id << " is no peer's";
}

TEST(PeerScenarios, EachFileIsExplained) {
  const auto linked = all_between(section("## Under which rule"), "](", ".txt)");
  EXPECT_EQ(linked, files());
}

}  // namespace
}  // namespace scenarios
