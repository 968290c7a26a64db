// FontFile: a font program as HarfBuzz reads it: glyphs, widths, shapes and subsets.
//
// Lengths are in thousandths of the font's size, the unit of PDF. The bytes given to load() must
// outlive the font. A loaded font never changes; any thread may use it. It knows nothing of PDF
// but what a font program must hold to be embedded in one.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"

namespace formats::document::pdf {

using GlyphId = std::uint32_t;

struct FontMetrics {
  int ascent = 0;
  int descent = 0;  // Negative.
  int cap_height = 0;
};

struct ShapedGlyph {
  GlyphId glyph = 0;
  int advance = 0;
  int x_offset = 0;
  int y_offset = 0;
  std::size_t at = 0;  // The character of the text that it stands for, or the first of them.
};

// What is embedded: "CFF " alone where the font has such outlines, else a whole TrueType file.
struct FontProgram {
  std::string bytes;
  bool is_cff = false;
  std::vector<GlyphId> glyphs;  // The font's glyph of each glyph of the program; empty: the same.
};

enum class Direction { kLeftToRight, kRightToLeft };

class FontFile {
 public:
  // `name` is the PostScript name. Errors: bad_font (place: the name).
  [[nodiscard]] static base::Result<FontFile> load(std::string name, std::string_view bytes);
  FontFile(FontFile&&) noexcept;
  ~FontFile();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] FontMetrics metrics() const;
  // 0 where the font has no glyph of its own for it.
  [[nodiscard]] GlyphId glyph_of(char32_t character) const;
  [[nodiscard]] int advance_of(GlyphId glyph) const;
  // The glyphs of the ten digits that have one width.
  [[nodiscard]] std::vector<GlyphId> tabular_digits() const;
  // How much closer (negative) each of `rights` stands after `left`.
  [[nodiscard]] std::vector<int> kerning_after(char32_t left, std::u32string_view rights) const;
  // In the order in which they stand on paper, from the left.
  [[nodiscard]] std::vector<ShapedGlyph> shape(std::u32string_view text, Direction direction) const;

  // A program of these glyphs alone, renumbered. Errors: bad_font.
  [[nodiscard]] base::Result<FontProgram> subset(std::span<const GlyphId> glyphs) const;
  // The same with the font's own numbers, for glyphs that are written before all are known.
  [[nodiscard]] base::Result<FontProgram> subset_as_numbered(std::span<const GlyphId> glyphs) const;

 private:
  struct Parts;
  FontFile(std::string name, std::unique_ptr<Parts> parts);
  [[nodiscard]] base::Result<FontProgram> cut(std::span<const GlyphId> glyphs,
                                              bool keep_numbers) const;

  std::string name_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace formats::document::pdf
