// Names as search and plain systems see them.
#include "support/locale/text.h"

#include <gtest/gtest.h>

namespace locale {
namespace {

TEST(Text, ToAscii) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"Elin Öhrström", "Elin Ohrstrom"},
      {"Ærø Ååberg", "AEro Aaberg"},
      {"Straße", "Strasse"},
      {"José Muñoz Þór", "Jose Munoz THor"},
      {"O\xCC\x88hrstro\xCC\x88m", "Ohrstrom"},  // Letters and marks apart, as a Mac writes.
      {"Жанна", "Zanna"},
      {"Γιώργος", "Giorgos"},
      {"100 €", "100 ?"},
      {"😀", "?"},
      {"", ""},
      {"plain ASCII 123", "plain ASCII 123"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(to_ascii(text), expected) << text;
}

TEST(Text, ToAsciiIsAlwaysAscii) {
  for (const std::string_view text : {"名前", "مرحبا", "\xFF\xFE broken", "🇸🇪", "ﬃ"}) {
    for (const char c : to_ascii(text)) {
      EXPECT_LT(static_cast<unsigned char>(c), 0x80) << text;
    }
  }
}

TEST(Text, FoldCase) {
  EXPECT_EQ(fold_case("ÖHRSTRÖM"), fold_case("öhrström"));
  EXPECT_EQ(fold_case("STRASSE"), fold_case("straße"));
  EXPECT_EQ(fold_case("Ａｕｒｏｒａ"), "aurora");  // Full-width letters.
  EXPECT_NE(fold_case("Öhrström"), fold_case("Ohrstrom"));
  EXPECT_EQ(fold_case("\xFF"), "\uFFFD");
}

TEST(Text, SearchForm) { EXPECT_EQ(search_form("Elin ÖHRSTRÖM"), "elin ohrstrom"); }

}  // namespace
}  // namespace locale
