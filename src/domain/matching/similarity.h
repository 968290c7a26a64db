// How alike two names are, as a number from 0 (nothing in common) to 1 (the same).
//
// The names are compared as they are given: whoever wants capitals and accents to be without
// meaning folds them first (domain/party/search_words.h).
#pragma once

#include <string_view>

namespace domain::matching {

// Jaro's similarity, raised for a common beginning of up to four letters (Winkler, 0.1 each).
// Two empty texts are the same.
[[nodiscard]] double jaro_winkler(std::string_view a, std::string_view b);

}  // namespace domain::matching
