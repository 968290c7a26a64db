// The examples of docs/guides/pricing.md are played as they stand there: each block that is marked
// as a scenario. So a figure in the guide is what the product answers.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/scenarios/parse.h"
#include "tests/scenarios/play.h"

namespace scenarios {
namespace {

std::string read_guide() {
  std::ifstream file(TELGIRO_SOURCE_DIR "/docs/guides/pricing.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// One story of all blocks. Lines between them become remarks, so that places are the guide's.
std::string story_of(std::string_view guide) {
  std::string story;
  bool inside = false;
  for (std::size_t at = 0; at < guide.size();) {
    const std::size_t end = std::min(guide.find('\n', at), guide.size());
    const std::string_view line = guide.substr(at, end - at);
    at = end + 1;
    const bool is_fence = line.starts_with("```");
    if (is_fence) inside = line == "```scenario";
    story += is_fence || !inside ? "# of the guide" : std::string(line);
    story += '\n';
  }
  return story;
}

TEST(PricingGuide, ItsExamplesHold) {
  const auto story = parse_scenario("docs/guides/pricing.md", story_of(read_guide()));
  ASSERT_TRUE(story.has_value()) << base::describe(story.error());
  const auto said = play(*story, storage::sql::Engine::kSqlite);
  ASSERT_TRUE(said.has_value()) << base::describe(said.error());
  EXPECT_EQ(difference(*story, *said), "");
}

// Every name that may be set has an example.
TEST(PricingGuide, HasAnExampleOfEachRule) {
  const std::string story = story_of(read_guide());
  for (const std::string_view line :
       {"price flat ",       "price per_unit ",       "price graduated ", "price volume ",
        "price package ",    "price percentage ",     "price units ",     "price call 60/60 ",
        "price call 60/1 ",  "price call 30/6 ",      "price call 1/1 ",  "prorate actual_days ",
        "prorate fixed_30 ", "prorate whole_period ", "prorate none ",    "prorate by_second ",
        "end exclusive",     "end inclusive",         "true up ",         "progressive ",
        "take off adds ",    "take off best_only ",   "tax per_rate ",    "tax per_document ",
        "tax inclusive "}) {
    EXPECT_TRUE(story.contains(line)) << line;
  }
}

}  // namespace
}  // namespace scenarios
