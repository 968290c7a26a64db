// Whether the name that a bank gives is that of a customer, however it is written.
//
// Names are compared without accents, digraphs (Mueller, Aakesson) and legal forms, in any order;
// words may be cut off or be initials. For looking customers up a name has a few words of its own,
// by which those written alike are found: the index keeps keyed hashes of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace domain::matching {

enum class NameLevel {
  kNotSaid,
  kDiffers,
  kSurname,   // They share a word.
  kSimilar,   // Written a little differently.
  kInitials,  // The same as far as both say it: cut off, initials, a name left out.
  kEqual,
};

[[nodiscard]] NameLevel compare_payer_names(std::string_view payer, std::string_view customer);

// By which a customer of that name is found: the whole name, and its last word by sound with the
// first initial. At most two; empty for no name.
[[nodiscard]] std::vector<std::string> payer_index_words(std::string_view name);
// What a payer of that name asks the index for, the whole name first, then either order of words.
[[nodiscard]] std::vector<std::string> payer_search_words(std::string_view name);

}  // namespace domain::matching
