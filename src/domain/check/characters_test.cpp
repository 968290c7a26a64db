// Cleaning and grouping of numbers that people type.
#include "domain/check/characters.h"

#include <gtest/gtest.h>

namespace domain::check {
namespace {

TEST(Characters, Without) {
  EXPECT_EQ(without("5402-9681 ", " -"), "54029681");
  EXPECT_EQ(without("abc", ""), "abc");
  EXPECT_EQ(without("", " "), "");
}

TEST(Characters, UpperIsAsciiOnly) {
  EXPECT_EQ(upper("mc11h79"), "MC11H79");
  EXPECT_EQ(upper("blåbär"), "BLåBäR");
}

TEST(Characters, Classes) {
  EXPECT_TRUE(all_digits("0123456789"));
  EXPECT_TRUE(all_digits(""));
  EXPECT_FALSE(all_digits("12-3"));
  EXPECT_FALSE(all_digits("１２"));  // Full-width digits are not ours.
  EXPECT_TRUE(all_digits_or_upper("A1Z9"));
  EXPECT_FALSE(all_digits_or_upper("a1"));
}

TEST(Characters, Grouping) {
  struct Row {
    std::string_view text;
    std::size_t size;
    std::string_view from_left, from_right;
  };
  const Row rows[] = {
      {"123456789012", 4, "1234 5678 9012", "1234 5678 9012"},
      {"1234567", 4, "1234 567", "123 4567"},
      {"2348236", 5, "23482 36", "23 48236"},
      {"12", 5, "12", "12"},
      {"", 4, "", ""},
      {"1234567", 0, "1234567", "1234567"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    EXPECT_EQ(grouped_from_left(row.text, row.size), row.from_left);
    EXPECT_EQ(grouped_from_right(row.text, row.size), row.from_right);
  }
}

TEST(Characters, NumberOf) {
  EXPECT_EQ(number_of("007"), 7);
  EXPECT_EQ(number_of("999999999"), 999'999'999);
  EXPECT_EQ(number_of(""), 0);
}

}  // namespace
}  // namespace domain::check
