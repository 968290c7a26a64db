// Typesetter: the texts of one document as glyphs: measured, broken into lines, written into a
// content stream.
//
// What the base set holds is written straight from tables. A word with other characters is shaped
// whole, in the same face where that has them, else in the fallback font; each font that was
// needed gets a subset for this document. Right-to-left words stand in their order. A character
// that no font has becomes an empty square, never another glyph: missing() names it. Controls are
// spaces; what only steers a display is left out.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formats/document/pdf/paper_fonts.h"
#include "formats/document/pdf/pdf_syntax.h"

namespace formats::document::pdf {

// Glyphs of one font that stand beside one another.
struct GlyphRun {
  std::size_t font = 0;  // Of PaperFonts::file().
  std::vector<ShapedGlyph> glyphs;
  std::u32string characters;  // What ShapedGlyph::at counts in.
  std::string base_text;      // Instead of glyphs: characters of the base set.
  std::string instead_of;     // The character that no font has; the glyph is an empty square.
  int width = 0;              // Thousandths of the size; not of `base_text`.
};

class Typesetter {
 public:
  explicit Typesetter(const PaperFonts& fonts) : fonts_(fonts) {}

  [[nodiscard]] Length width(std::string_view text, Face face, Length size) const;
  // At least one line, at most `lines_max`: what is left out then ends in "…". A word that is
  // wider than the line is broken.
  [[nodiscard]] std::vector<std::string> wrap(std::string_view text, Face face, Length size,
                                              Length width, std::size_t lines_max) const;
  // The operators that show a text where the pen is. `font_now` is the font that is set, which
  // is set again only where it changes ("/F1 8.5").
  void show(std::string& out, std::string_view text, Face face, Length size, std::string& font_now);

  // The objects of the fonts beyond the base set, and the names they have in resources: "/F3".
  struct ExtraFont {
    std::string name;
    std::vector<std::string> objects;  // kFontObjects of them; the first is the font.
  };
  // Numbers from `first`. Errors: bad_font.
  [[nodiscard]] base::Result<std::vector<ExtraFont>> extra_fonts(int first,
                                                                 Deflater& deflater) const;
  // The characters that no font has, as text, each once.
  [[nodiscard]] const std::string& missing() const { return missing_; }

 private:
  // By glyph, what it stands for.
  using Used = std::map<GlyphId, std::u32string>;

  [[nodiscard]] int base_width(std::string_view text, Face face) const;
  void show_base(std::string& out, std::string_view text, Face face) const;
  void show_run(std::string& out, const GlyphRun& run, Face face, Length size,
                std::string& font_now);
  void note_missing(std::string_view character);

  const PaperFonts& fonts_;
  std::array<Used, kExtraFonts> used_;
  std::string missing_;
};

// The runs of a text with characters beyond the base set, from the left to the right.
[[nodiscard]] std::vector<GlyphRun> glyph_runs(const PaperFonts& fonts, std::string_view text,
                                               Face face);

}  // namespace formats::document::pdf
