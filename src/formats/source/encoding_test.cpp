// Which bytes are read as what, and which files are refused for another encoding.
#include "formats/source/encoding.h"

#include <gtest/gtest.h>

namespace formats::source {
namespace {

TEST(Encoding, Decode) {
  const struct {
    std::string_view encoding;
    std::string bytes;
    std::string text;  // Or "!code at".
  } rows[] = {
      {"utf-8", "Växjö", "Växjö"},
      {"iso-8859-1", "V\xE4xj\xF6", "Växjö"},
      {"windows-1252", "\x80 5, \x96 Z\xEC", "€ 5, – Zì"},
      {"iso-8859-1", "tab\there", "tab\there"},
      {"utf-8", "𐍈 and €", "𐍈 and €"},
      {"utf-8", "V\xE4xj\xF6", "!bad_encoding byte 2"},
      {"utf-8", "\xC0\xAF", "!bad_encoding byte 1"},          // Overlong.
      {"utf-8", "\xED\xA0\x80", "!bad_encoding byte 1"},      // Half of a surrogate pair.
      {"utf-8", "\xF4\x90\x80\x80", "!bad_encoding byte 1"},  // Above U+10FFFF.
      {"utf-8", "cut \xE2\x82", "!bad_encoding byte 5"},
      {"utf-8", "lost \xEF\xBF\xBD", "!bad_encoding byte 6"},
      {"iso-8859-1", "\x80 5", "!bad_encoding byte 1"},
      {"windows-1252", "a\x81", "!bad_encoding byte 2"},
      {"utf-8", std::string("a\0b", 3), "!nul_byte byte 2"},
      {"utf-8", "bell \x07", "!control_character byte 6"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    const auto got = decode(*parse_encoding(row.encoding), row.bytes);
    EXPECT_EQ(got ? *got : "!" + got.error().code + " " + got.error().place, row.text);
  }
}

TEST(Encoding, Names) {
  for (const std::string_view name : {"utf-8", "utf-8-bom", "iso-8859-1", "windows-1252"}) {
    EXPECT_TRUE(parse_encoding(name)) << name;
  }
  EXPECT_EQ(parse_encoding("latin1").error().code, "unknown_encoding");
}

TEST(Encoding, DisplayNeverFails) {
  EXPECT_EQ(decode_for_display(Encoding::kLatin1, "V\xE4xj\xF6"), "Växjö");
  EXPECT_EQ(decode_for_display(Encoding::kUtf8, "V\xE4xj\xF6"), "Växjö");
  EXPECT_EQ(decode_for_display(Encoding::kUtf8, std::string("a\0b\x81", 4)), "a\uFFFDb\uFFFD");
  // What was lost once is never taken for whole.
  EXPECT_FALSE(decode(Encoding::kUtf8, decode_for_display(Encoding::kUtf8, "\x01")));
}

TEST(EncodingProbe, WholeFiles) {
  const struct {
    std::string_view declared;
    std::string bytes;
    bool refused;
  } rows[] = {
      {"iso-8859-1", "Umea\nUmea\n", false},
      {"iso-8859-1", "Ume\xE5\n", false},
      {"iso-8859-1", "Umeå\n", true},  // UTF-8, to the last letter.
      {"windows-1252", "Umeå\n", true},
      {"iso-8859-1", "Umeå\nUme\xE5\n", false},  // A mixture: line by line.
      {"iso-8859-1", "\xEF\xBB\xBFUmea\n", true},
      {"utf-8", "\xEF\xBB\xBFUme\xC3\xA5\n", false},
      {"utf-8", "Ume\xE5\n", true},
      {"utf-8", "Umeå\nUme\xE5\n", false},
      {"utf-8", "Umeå, cut off in \xC3", false},
      {"utf-8", std::string("\xFF\xFEk\0u\0", 6), true},
      {"utf-8", "", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.bytes);
    // In one piece and byte by byte.
    for (const std::size_t step : {row.bytes.size() + 1, std::size_t{1}}) {
      EncodingProbe probe;
      for (std::size_t at = 0; at < row.bytes.size(); at += step) {
        probe.look_at(std::string_view(row.bytes).substr(at, step));
      }
      const auto verdict = probe.check(*parse_encoding(row.declared), "file.csv");
      EXPECT_EQ(!verdict, row.refused);
      if (row.refused) {
        EXPECT_EQ(verdict.error().code, "wrong_encoding");
      }
    }
  }
}

}  // namespace
}  // namespace formats::source
