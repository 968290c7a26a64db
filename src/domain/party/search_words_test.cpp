// Which words find which names, numbers and addresses, and which do not.
#include "domain/party/search_words.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace domain {
namespace {

const SearchFacts kElin = {.names = {"Elin Åkesson-Öhman"},
                           .addresses = {"Storgatan 12 B", "111 22", "Malmö"},
                           .numbers = {"BB-70001", "46701234567"},
                           .phones = {"+46 8 123 45 67"},
                           .email = "Elin.Berg@Example.se"};

bool finds(const WordGroups& groups, const SearchFacts& facts) {
  const std::vector<std::string> words = index_words(facts);
  return !groups.empty() && std::ranges::all_of(groups, [&](const auto& group) {
    return std::ranges::any_of(group, [&](const std::string& word) {
      return std::ranges::find(words, word) != words.end();
    });
  });
}

struct Row {
  const char* typed;
  bool exact, tolerant;
};
class SearchWordsTest : public testing::TestWithParam<Row> {};

TEST_P(SearchWordsTest, Finds) {
  EXPECT_EQ(finds(exact_groups(GetParam().typed), kElin), GetParam().exact);
  EXPECT_EQ(finds(tolerant_groups(GetParam().typed), kElin), GetParam().tolerant);
}

INSTANTIATE_TEST_SUITE_P(
    Typed, SearchWordsTest,
    testing::Values(Row{"elin", true, true}, Row{"ELIN AKESSON", true, true},
                    Row{"akes elin", true, false}, Row{"öhman", true, true},
                    Row{"Elyn Aakeson", false, true}, Row{"elin akessson", false, true},
                    Row{"elina", false, true}, Row{"olle", false, false},
                    Row{"storgatan malmö", true, false}, Row{"BB-70001", true, false},
                    Row{"bb70001", true, false}, Row{"70001", false, false},
                    Row{"070-123 45 67", true, false}, Row{"0046701234567", true, false},
                    Row{"08-123 45 67", true, false}, Row{"elin.berg@example.se", true, false},
                    Row{"e", false, false}, Row{"", false, false}, Row{"\xff\xfe", false, false}));

TEST(SearchWords, NamesThatSoundAlikeAreOne) {
  for (const auto& [one, other] : {std::pair{"karlsson", "carlson"},
                                   {"wikstrom", "vikstrom"},
                                   {"christina", "kristina"},
                                   {"schmidt", "smit"},
                                   {"mueller", "muller"},
                                   {"alexsandra", "alexandra"}}) {
    EXPECT_EQ(sound_of(one), sound_of(other));
  }
  EXPECT_NE(sound_of("berg"), sound_of("borg"));
}

TEST(SearchWords, OtherScriptsFoldTheirCapitals) {
  EXPECT_EQ(fold_words("ΑΘΗΝΑ Москва 東京"), fold_words("αθηνα москва 東京"));
  EXPECT_EQ(fold_words("Москва").size(), 1U);
}

}  // namespace
}  // namespace domain
