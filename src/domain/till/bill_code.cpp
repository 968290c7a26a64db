#include "domain/till/bill_code.h"

#include <algorithm>

#include "base/result/check.h"

namespace domain {
namespace {

// 0..4 turn a pentagon, 5..9 turn it over first: one after the other.
int combined(int first, int second) {
  const int turn = first % 5, other = second % 5;
  if (first < 5) return (turn + other) % 5 + (second < 5 ? 0 : 5);
  return (turn - other + 5) % 5 + (second < 5 ? 5 : 0);
}

// The one that undoes it: turning over undoes itself.
int undoing(int symmetry) { return symmetry < 5 ? (5 - symmetry) % 5 : symmetry; }

// A digit at the n-th place from the right is exchanged n times, so that its place counts.
int exchanged(int digit, std::size_t times) {
  constexpr int kExchange[] = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  for (; times > 0; --times) digit = kExchange[digit];
  return digit;
}

bool is_digit(char c) { return '0' <= c && c <= '9'; }
bool is_separator(char c) { return c == ' ' || c == '-' || c == '.'; }

}  // namespace

char bill_code_check_digit(std::string_view digits) {
  CHECK(std::ranges::all_of(digits, is_digit));
  int symmetry = 0;
  std::size_t place = 0;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    symmetry = combined(symmetry, exchanged(*digit - '0', ++place % 8));
  }
  return static_cast<char>('0' + undoing(symmetry));
}

base::Result<std::string> read_bill_code(std::string_view spoken) {
  std::string digits;
  for (const char c : spoken) {
    if (!is_separator(c)) digits += c;
  }
  const bool is_code = digits.size() == kBillCodeDigits && std::ranges::all_of(digits, is_digit);
  if (!is_code || digits.back() != bill_code_check_digit(
                                       std::string_view(digits).substr(0, kBillCodeDigits - 1))) {
    return base::fail("bill_code_wrong", "this is no code of a bill: look at its digits again");
  }
  return digits;
}

std::string show_bill_code(std::string_view digits) {
  CHECK(digits.size() == kBillCodeDigits);
  return std::string(digits.substr(0, 4)) + ' ' + std::string(digits.substr(4, 3)) + ' ' +
         std::string(digits.substr(7));
}

bool may_try_code(const CodeTries& tries, base::Instant now) {
  return tries.wrong < kWrongCodesMax || now - tries.since >= kWrongCodesMicros;
}

CodeTries count_wrong_code(CodeTries tries, base::Instant now) {
  if (tries.wrong == 0 || now - tries.since >= kWrongCodesMicros) {
    return {now, 1};
  }
  ++tries.wrong;
  return tries;
}

}  // namespace domain
