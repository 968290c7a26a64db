// The beginning of a text never ends within a character.
#include "base/text/beginning.h"

#include <gtest/gtest.h>

namespace base {
namespace {

struct Row {
  std::string_view text;
  std::size_t bytes_max;
  std::string_view beginning;
};

TEST(Beginning, KeepsWholeCharacters) {
  constexpr Row kRows[] = {
      {"", 0, ""},      {"abc", 3, "abc"}, {"abc", 2, "ab"},        {"aåb", 2, "a"},
      {"aåb", 3, "aå"}, {"a€b", 3, "a"},   {"a€b", 4, "a€"},        {"å", 1, ""},
      {"😀x", 3, ""},   {"😀x", 4, "😀"},  {"\x80\x80\x80", 2, ""},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(beginning(row.text, row.bytes_max), row.beginning) << row.text << row.bytes_max;
  }
}

}  // namespace
}  // namespace base
