// The references that a payer may have meant: those that are one slip away from what they wrote.
//
// A slip is a digit that is wrong, two neighbours swapped, or a digit lost; zeros on the left and
// signs between the digits are none. Only what the scheme's check digit allows is given, so that
// few are to be looked up. Slips are looked for in what is written as one number
// (written_numbers.h): digits of a day and of a telephone number make no reference together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/reference/reference_scheme.h"

namespace domain::matching {

inline constexpr std::size_t kNearReferencesMax = 400;  // Of one text.

// In the scheme's own form, the numbers in the text first; each once.
[[nodiscard]] std::vector<std::string> near_references(std::string_view text,
                                                       std::string_view scheme,
                                                       const ReferenceOptions& options = {});

// The runs of digits in a text, each joined with the next where nothing but a sign stands between
// them, without zeros on the left: what may be a number of ours. Longest 30 digits, at most 20.
[[nodiscard]] std::vector<std::string> numbers_in(std::string_view text);

}  // namespace domain::matching
