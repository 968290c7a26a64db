// The numbers that stand in what a payer wrote, each as it was meant: one run of digits, or groups
// that read as one number.
//
// Groups read as one where the same sign stands between all of them and all but one at an end are
// of one length: "2026 1234 56", "1234-567". Days, telephone numbers and sums of money are told
// from them, and what stands on two lines is two numbers. A group beside a letter is by itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace domain::matching {

struct WrittenNumber {
  std::string digits;  // Without zeros on the left.
  std::string word;    // The letters before it, in capitals: "A" of "A2200", "NR" of "nr 2200".
  bool touches_word = false;
  bool is_other = false;  // Of a day, a telephone number or a sum of money.
};

// At most 40, in their order: of groups the whole first.
[[nodiscard]] std::vector<WrittenNumber> written_numbers(std::string_view text);

}  // namespace domain::matching
