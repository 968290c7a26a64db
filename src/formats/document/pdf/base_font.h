// BaseFont: the part of a font that every paper embeds, and its five objects in a PDF file,
// serialised once.
//
// It holds what the eight languages write, what is typographic beside it, and digits of one
// width. Names beyond it get a subset of their own (typesetter.h). Characters are two bytes
// in a content stream (Identity-H); ToUnicode tells readers what they are.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formats/document/pdf/deflate.h"
#include "formats/document/pdf/font_file.h"

namespace formats::document::pdf {

// What a face is used for decides which letters all papers embed.
enum class CharacterSet { kText, kHeadings };

struct BaseGlyph {
  std::uint16_t width = 0;         // Thousandths of the size.
  std::uint8_t length = 0;         // Of `bytes`.
  std::array<char, 4> bytes = {};  // As written within parentheses.
};

class BaseFont {
 public:
  // Errors: bad_font.
  [[nodiscard]] static base::Result<BaseFont> make(const FontFile& file, CharacterSet set,
                                                   Deflater& deflater);

  // Above 0, or 0 where the character is not in the base set.
  [[nodiscard]] std::size_t index_of(char32_t character) const {
    return character < kCharacterEnd ? indexes_[character] : 0;
  }
  [[nodiscard]] const BaseGlyph& glyph(std::size_t index) const { return glyphs_[index]; }
  // What is added between two glyphs, in thousandths of the size; mostly negative.
  [[nodiscard]] int kerning(std::size_t left, std::size_t right) const {
    return kerning_[left * glyphs_.size() + right];
  }
  [[nodiscard]] const FontFile& file() const { return *file_; }
  // The same font at the place where it stays.
  void refer_to(const FontFile& file) { file_ = &file; }
  // Of the five objects from `first` on: Type0, CIDFont, descriptor, program, ToUnicode.
  [[nodiscard]] std::vector<std::string> objects(int first) const;

 private:
  static constexpr char32_t kCharacterEnd = 0x2300;
  BaseFont() = default;
  void add_kerning(std::u32string_view characters);

  const FontFile* file_ = nullptr;
  std::vector<std::uint8_t> indexes_;  // By character.
  std::vector<BaseGlyph> glyphs_;      // From 1.
  std::vector<std::int16_t> kerning_;
  std::string widths_, program_, to_unicode_;
  bool is_cff_ = false;
  std::size_t program_size_ = 0;
};

inline constexpr int kFontObjects = 5;

// A font's objects in a file, whatever its subset is.
struct FontObjects {
  const FontFile& file;
  bool is_cff = false;
  std::string_view widths;      // The value of W.
  std::string_view program;     // Deflated.
  std::string_view to_unicode;  // Deflated.
  std::size_t program_size = 0;
};
[[nodiscard]] std::vector<std::string> font_objects(const FontObjects& font, int first);
// The CMap from codes to the characters they stand for.
[[nodiscard]] std::string to_unicode_map(const std::map<std::uint32_t, std::u32string>& characters);

}  // namespace formats::document::pdf
