// The smallest parts of PDF: how numbers, strings and characters are written.
#include "formats/document/pdf/pdf_syntax.h"

#include <gtest/gtest.h>

namespace formats::document::pdf {
namespace {

TEST(PdfSyntax, LengthsHaveAtMostTwoPlaces) {
  const std::pair<Length, std::string> rows[] = {
      {0, "0"},     {100, "1"},    {5, "0.05"},        {50, "0.5"},         {1'250, "12.5"},
      {-300, "-3"}, {-1, "-0.01"}, {84'189, "841.89"}, {mm(210), "595.27"}, {mm(0, 5), "1.41"},
  };
  for (const auto& [length, text] : rows) {
    std::string out;
    append_length(out, length);
    EXPECT_EQ(out, text);
  }
}

TEST(PdfSyntax, BytesThatMeanSomethingAreEscaped) {
  std::string out;
  for (const char byte : std::string_view("a(b)\\\r\n")) append_escaped(out, byte);
  EXPECT_EQ(out, "a\\(b\\)\\\\\\r\n");
}

TEST(PdfSyntax, TextsAreUtf16) {
  EXPECT_EQ(text_string("Å1"), "<FEFF00C50031>");
  EXPECT_EQ(text_string("😀"), "<FEFFD83DDE00>");
  EXPECT_EQ(text_string(""), "<FEFF>");
}

TEST(PdfSyntax, BrokenUtf8IsTheReplacementCharacter) {
  const std::pair<std::string_view, std::u32string> rows[] = {
      {"aå€😀", U"aå€😀"},
      {"\xFF", U"\uFFFD"},
      {"\xC3", U"\uFFFD"},
      {"\xC3(", U"\uFFFD("},
      {"\xC0\x80", U"\uFFFD\uFFFD"},            // Too long for what it says.
      {"\xED\xA0\x80", U"\uFFFD\uFFFD\uFFFD"},  // Half of a pair.
  };
  for (const auto& [text, characters] : rows) {
    std::u32string read;
    for (std::size_t at = 0; at < text.size();) read += next_character(text, at);
    EXPECT_EQ(read, characters) << text;
  }
}

TEST(PdfSyntax, XmlHasNoMarkupOfOthers) {
  EXPECT_EQ(escaped_xml("<a> & \x01 å"), "&lt;a&gt; &amp;   å");
}

}  // namespace
}  // namespace formats::document::pdf
