// PaperFonts: the fonts that papers are written in, made ready once for all of them.
//
// The letters are those of two faces of one family; a third font is asked for characters that
// they lack (Arabic, Hebrew, Georgian ...). The bytes must outlive what is made of them.
#pragma once

#include <memory>
#include <string_view>

#include "formats/document/pdf/base_font.h"
#include "formats/document/pdf/font_file.h"

namespace formats::document::pdf {

struct FontBytes {
  std::string_view regular;
  std::string_view bold;
  std::string_view fallback;
};

enum class Face { kRegular, kBold };

// Fonts that a paper takes more characters from than the base set.
inline constexpr std::size_t kExtraFonts = 3;
inline constexpr std::size_t kFallbackFont = 2;

class PaperFonts {
 public:
  // Errors: bad_font.
  [[nodiscard]] static base::Result<PaperFonts> load(const FontBytes& bytes);

  [[nodiscard]] const BaseFont& base(Face face) const {
    return face == Face::kRegular ? parts_->base_regular : parts_->base_bold;
  }
  // 0 and 1: the faces, in their order.
  [[nodiscard]] const FontFile& file(std::size_t font) const { return parts_->files[font]; }

 private:
  struct Parts {  // BaseFont refers to its file, so that they stay where they are.
    std::array<FontFile, kExtraFonts> files;
    BaseFont base_regular;
    BaseFont base_bold;
  };
  explicit PaperFonts(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

  std::unique_ptr<Parts> parts_;
};

}  // namespace formats::document::pdf
