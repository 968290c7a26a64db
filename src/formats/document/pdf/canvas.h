// Canvas: one page being drawn, as the content stream that draws it.
//
// Places are told from the top left corner of the paper, as one reads; a text's place is its
// baseline. It keeps what colour and font are set, so that they are written only when they change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/document/codes/code128.h"
#include "formats/document/pdf/typesetter.h"
#include "formats/document/qr/qr_code.h"

namespace formats::document::pdf {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
  friend bool operator==(const Colour&, const Colour&) = default;
};

struct Style {
  Face face = Face::kRegular;
  Length size = 0;
  Colour colour;
};

struct Place {
  Length x = 0;
  Length y = 0;
};
struct Extent {
  Length width = 0;
  Length height = 0;
};

inline constexpr Extent kA4 = {59'528, 84'189};

class Canvas {
 public:
  explicit Canvas(Typesetter& typesetter) : typesetter_(typesetter) { out_.reserve(kUsualSize); }

  void text(Place at, std::string_view text, const Style& style);
  // `at` is the right end.
  void text_left_of(Place at, std::string_view text, const Style& style);
  // Smaller where it would be wider; cut only where it is far too wide.
  void text_within(Place at, std::string_view text, Style style, Length width);
  void text_within_left_of(Place at, std::string_view text, Style style, Length width);
  // Lines below one another; answers how many.
  std::size_t lines(Place at, const std::vector<std::string>& texts, const Style& style,
                    Length pitch);

  // Filled; `at` is the upper left corner.
  void box(Place at, Extent extent, Colour colour);
  void round_box(Place at, Extent extent, Length radius, Colour colour);
  void dashed_line(Place at, Length width, Colour colour);
  // Without its quiet zone.
  void qr(Place at, Length side, const QrCode& code, Colour colour);
  // A light square below, a dark one, and the light cross, over the middle of a Swiss code.
  void swiss_cross(Place at, Length side, Colour colour);
  // Without its quiet zones.
  void bars(Place at, Extent module, const codes::Code128& code, Colour colour);
  // One character a `pitch`, each in the middle of its own: columns stay columns.
  void columns(Place at, std::string_view text, const Style& style, Length pitch);
  // A form of the file's, drawn in a square of 32 units.
  void form(Place at, Length side, std::string_view name);

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  static constexpr std::size_t kUsualSize = 16'384;  // Of a page's content.
  void set_colour(Colour colour);
  void shrink(std::string_view text, Style& style, Length width) const;

  Typesetter& typesetter_;
  std::string out_;
  std::string font_now_;
  Colour colour_;  // Black is what a page starts with.
};

}  // namespace formats::document::pdf
