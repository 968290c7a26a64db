// Texts as glyphs: what is measured, where lines break, and which font shows what.
#include "formats/document/pdf/typesetter.h"

#include <gtest/gtest.h>

#include "tests/support/shipped_fonts.h"

namespace formats::document::pdf {
namespace {

constexpr Length kSize = 10 * kPoint;

[[nodiscard]] Length width_of(std::string_view text) {
  return Typesetter(shipped_fonts()).width(text, Face::kRegular, kSize);
}

[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, Length width,
                                               std::size_t lines_max) {
  return Typesetter(shipped_fonts()).wrap(text, Face::kRegular, kSize, width, lines_max);
}

// The fonts of the runs and what they hold: "0:Łukasz base: 12".
[[nodiscard]] std::string fonts_of(std::string_view text) {
  std::string out;
  for (const GlyphRun& run : glyph_runs(shipped_fonts(), text, Face::kRegular)) {
    if (!out.empty()) out += '|';
    if (!run.base_text.empty()) {
      out += run.base_text;
      continue;
    }
    out += std::to_string(run.font) + (run.instead_of.empty() ? ":" : "?");
    for (const char32_t character : run.characters) append_utf8(out, character);
  }
  return out;
}

TEST(Typesetter, FiguresAreOfOneWidth) {
  EXPECT_EQ(width_of("1 111,11"), width_of("8 888,88"));
  EXPECT_EQ(width_of("−17"), width_of("−42"));
  EXPECT_GT(width_of("10"), width_of("1"));
  EXPECT_EQ(width_of(""), 0);
}

TEST(Typesetter, LettersAreKerned) {
  EXPECT_LT(width_of("AV"), width_of("A") + width_of("V"));
  EXPECT_EQ(width_of("nn"), 2 * width_of("n"));
}

TEST(Typesetter, LinesBreakBetweenWords) {
  const Length line = width_of("den långa raden");
  EXPECT_EQ(wrapped("den långa raden går vidare", line, 5),
            (std::vector<std::string>{"den långa raden", "går vidare"}));
  EXPECT_EQ(wrapped("kort", line, 5), std::vector<std::string>{"kort"});
  EXPECT_EQ(wrapped("", line, 5), std::vector<std::string>{""});
  // A no-break space keeps a sum together.
  EXPECT_EQ(wrapped("summa 1\u00A0420,00\u00A0kr", width_of("summa 1 420"), 5),
            (std::vector<std::string>{"summa", "1\u00A0420,00\u00A0kr"}));
}

TEST(Typesetter, LongWordsAreBrokenAndLongTextsEndInAnEllipsis) {
  const Length line = width_of("WWWW");
  EXPECT_EQ(wrapped("WWWWWWWWWW", line, 5), (std::vector<std::string>{"WWWW", "WWWW", "WW"}));
  const auto cut = wrapped(std::string(10'000, 'W'), line, 2);
  ASSERT_EQ(cut.size(), 2U);
  EXPECT_TRUE(cut.back().ends_with("…")) << cut.back();
  for (const std::string& text : cut) EXPECT_LE(width_of(text), line);
  // Of each of several scripts: every line within the width.
  for (const std::string_view text :
       {"Донаудампфшиффартсгезельшафт Щербакова Ксения", "Παπαδόπουλος Γιώργος του Κωνσταντίνου",
        "فاطمة الزهراء محمد عبد الرحمن", "漢字漢字漢字漢字漢字"}) {
    for (const std::string& each : wrapped(text, mm(20), 9)) EXPECT_LE(width_of(each), mm(20));
  }
}

TEST(Typesetter, EachScriptHasAFontOrASquare) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"Björkvägen 14", "Björkvägen 14"},
      {"Łukasz 7", "0:Łukasz| 7"},
      {"Dvořáková & Novák", "0:Dvořáková| & Novák"},
      {"Γιώργος", "0:Γιώργος"},
      {"Київ 01001", "0:Київ| 01001"},
      {"Ærø Ðóra", "Ærø Ðóra"},
      {"ქართული", "2:ქართული"},
      {"漢a", "2?□|a"},
      {"a\x01"
       "b\tc\n",
       "a b c "},                      // Controls are spaces.
      {"a\u200Bb\u202E\u00AD", "ab"},  // Unseen characters are left out.
      {"\xFF", "2:\uFFFD"},
      // From the right to the left: words change places, figures and letters do not.
      {"فاطمة محمد", "2:محمد| |2:فاطمة"},
      {"شارع 15", "15 |2:شارع"},
      {"Ali علي (15) bo", "Ali |2:علي| (15) bo"},
      {"שלום (עולם)", "(|2:עולם|) |2:שלום"},
  };
  for (const auto& [text, fonts] : rows) EXPECT_EQ(fonts_of(text), fonts) << text;
}

TEST(Typesetter, NamesCharactersThatNoFontHas) {
  Typesetter typesetter(shipped_fonts());
  std::string out, font;
  typesetter.show(out, "漢字 och 漢", Face::kBold, kSize, font);
  EXPECT_EQ(typesetter.missing(), "漢字");
  // Readers that copy get what was written.
  EXPECT_NE(out.find("/ActualText<FEFF6F22>"), std::string::npos);
}

TEST(Typesetter, OnlyNeededFontsAreAdded) {
  Deflater deflater(Effort::kFast);
  const auto fonts_for = [&](std::string_view text) {
    Typesetter typesetter(shipped_fonts());
    std::string out, font, names;
    typesetter.show(out, text, Face::kRegular, kSize, font);
    const auto extra = typesetter.extra_fonts(100, deflater);
    EXPECT_TRUE(extra.has_value());
    for (const auto& each : *extra) names += each.name;
    return names;
  };
  EXPECT_EQ(fonts_for("Elin Öhrström"), "");
  EXPECT_EQ(fonts_for("Łukasz"), "/F3");
  EXPECT_EQ(fonts_for("علي"), "/F5");
  EXPECT_EQ(fonts_for("Łukasz علي"), "/F3/F5");
}

TEST(PaperFonts, WhatIsNoFontIsRefused) {
  const auto loaded = PaperFonts::load({"not a font", "", ""});
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, "bad_font");
  EXPECT_EQ(loaded.error().place, "Inter-Regular");
}

}  // namespace
}  // namespace formats::document::pdf
