// Check digit arithmetic against worked examples, and what each kind promises to catch.
#include "domain/check/digits.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "domain/check/characters.h"
#include "tests/support/typos.h"

namespace domain::check {
namespace {

std::string some_digits() {
  return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>('0', '9' + 1)));
}

TEST(Digits, WorkedExamples) {
  EXPECT_EQ(luhn_digit("7992739871"), '3');
  EXPECT_EQ(luhn_digit(""), '0');
  EXPECT_TRUE(ends_with_luhn_digit("78949"));
  EXPECT_FALSE(ends_with_luhn_digit(""));
  EXPECT_EQ(mod97("3214282912345698765432161182"), 1);  // GB82 WEST 1234 5698 7654 32.
  EXPECT_EQ(mod97("WEST12345698765432GB82"), 1);
  EXPECT_EQ(mod11_10_digit("13669597"), '6');
  EXPECT_EQ(recursive_mod10_digit("21000000000313947143000901"), '7');
  constexpr int kWeights[] = {7, 3, 1};
  EXPECT_EQ(weighted_sum_from_right("1234", kWeights), 4 * 7 + 3 * 3 + 2 * 1 + 1 * 7);
}

TEST(Digits, Mod97DigitsAreTwoEvenWhenSmall) {
  for (int number = 0; number < 500; ++number) {
    const std::string text = std::to_string(number);
    const Mod97Digits digits = mod97_digits(text, "RF");
    const std::string whole = text + "RF" + digits.tens + digits.ones;
    EXPECT_TRUE(is_digit(digits.tens) && is_digit(digits.ones));
    EXPECT_EQ(mod97(whole), 1) << whole;
  }
}

// Luhn catches one wrong digit, and swapped neighbours other than 09 and 90.
TEST(Digits, LuhnCatchesWrongDigitsAndMostSwaps) {
  EXPECT_TRUE(rc::check([] {
    const std::string base = some_digits();
    const std::string whole = base + luhn_digit(base);
    RC_ASSERT(ends_with_luhn_digit(whole));
    for (const auto& typed : tests::wrong_digits(whole)) RC_ASSERT(!ends_with_luhn_digit(typed));
    for (std::size_t at = 1; at < whole.size(); ++at) {
      std::string typed = whole;
      std::swap(typed[at - 1], typed[at]);
      const bool is_nine_and_zero =
          typed[at - 1] + typed[at] == '0' + '9' && (typed[at] == '0' || typed[at] == '9');
      if (typed != whole && !is_nine_and_zero) {
        RC_ASSERT(!ends_with_luhn_digit(typed));
      }
    }
  }));
}

// Mod 97, mod 11,10 and recursive mod 10 catch one wrong digit; mod 97 also every swap.
TEST(Digits, TheOthersCatchWrongDigits) {
  EXPECT_TRUE(rc::check([] {
    const std::string base = some_digits();
    const Mod97Digits check = mod97_digits(base, "");
    const std::string with_mod97 = base + check.tens + check.ones;
    for (const auto& typed : tests::wrong_digits(with_mod97)) RC_ASSERT(mod97(typed) != 1);
    for (const auto& typed : tests::swapped_neighbours(with_mod97)) RC_ASSERT(mod97(typed) != 1);
    for (const auto& typed : tests::wrong_digits(base)) {
      RC_ASSERT(mod11_10_digit(typed) != mod11_10_digit(base));
      RC_ASSERT(recursive_mod10_digit(typed) != recursive_mod10_digit(base));
    }
  }));
}

}  // namespace
}  // namespace domain::check
