// The words by which a customer is found: from what is known of them, and from what somebody types.
//
// A word is folded (small letters, no accents), so that Åsa is found by asa. Names are also kept by
// their sound and with each single letter left out, so that Karlsson is found by Carlson. Words say
// what they are by a letter and a colon; the index keeps keyed hashes of them and nothing else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace domain {

struct SearchFacts {
  std::vector<std::string> names = {};      // As written, labels of services too.
  std::vector<std::string> addresses = {};  // Lines, postal code, city.
  std::vector<std::string> numbers = {};    // Of the customer at any division, of services.
  std::vector<std::string> phones = {};
  std::string email = {};
};

// Words of letters and digits: "Åsa Öhman-Berg" is asa, ohman, berg.
[[nodiscard]] std::vector<std::string> fold_words(std::string_view text);
// Letters and digits of all of it, folded and together: "AB-12 3" is ab123.
[[nodiscard]] std::string fold_number(std::string_view text);
// How a name sounds, roughly: karlsson and carlson are both karlson.
[[nodiscard]] std::string sound_of(std::string_view folded_word);

// What the index keeps of a customer.
[[nodiscard]] std::vector<std::string> index_words(const SearchFacts& facts);

// What a search asks the index for: one word of each group must be there. Empty where the text has
// no word of at least two letters.
using WordGroups = std::vector<std::vector<std::string>>;
[[nodiscard]] WordGroups exact_groups(std::string_view text);
// The same by sound and with a letter wrong, missing or too many. Empty where a word is too short.
[[nodiscard]] WordGroups tolerant_groups(std::string_view text);

}  // namespace domain
