#include "formats/document/pdf/canvas.h"

#include <algorithm>
#include <array>

#include "formats/document/codes/swiss_qr.h"

namespace formats::document::pdf {
namespace {

// Below this share of its size, in percent, a text is cut instead.
constexpr Length kShrinkMin = 60;

void append_pair(std::string& out, Length x, Length y) {
  append_length(out, x);
  out += ' ';
  append_length(out, y);
}

// As a fraction of one, to three places: 0x80 is .502.
void append_component(std::string& out, std::uint8_t value) {
  if (value == 0 || value == 0xFF) {
    out += value == 0 ? '0' : '1';
    return;
  }
  const int thousandths = (value * 1000 + 127) / 255;
  out += '.';
  for (const int digit : {thousandths / 100, thousandths / 10 % 10, thousandths % 10}) {
    out += static_cast<char>('0' + digit);
  }
}

[[nodiscard]] constexpr Length up(Length y) { return kA4.height - y; }

}  // namespace

void Canvas::set_colour(Colour colour) {
  if (colour == colour_) return;
  colour_ = colour;
  for (const std::uint8_t part : {colour.red, colour.green, colour.blue}) {
    append_component(out_, part);
    out_ += ' ';
  }
  out_ += "rg\n";
}

void Canvas::text(Place at, std::string_view text, const Style& style) {
  if (text.empty()) return;
  set_colour(style.colour);
  out_ += "BT ";
  append_pair(out_, at.x, up(at.y));
  out_ += " Td";
  typesetter_.show(out_, text, style.face, style.size, font_now_);
  out_ += " ET\n";
}

void Canvas::text_left_of(Place at, std::string_view text, const Style& style) {
  this->text({at.x - typesetter_.width(text, style.face, style.size), at.y}, text, style);
}

void Canvas::shrink(std::string_view text, Style& style, Length width) const {
  const Length wide = typesetter_.width(text, style.face, style.size);
  if (wide <= width) return;
  const auto fitting = static_cast<Length>(std::int64_t{style.size} * width / wide);
  style.size = std::max(fitting, style.size * kShrinkMin / 100);
}

void Canvas::text_within(Place at, std::string_view text, Style style, Length width) {
  shrink(text, style, width);
  this->text(at, typesetter_.wrap(text, style.face, style.size, width, 1).front(), style);
}

void Canvas::text_within_left_of(Place at, std::string_view text, Style style, Length width) {
  shrink(text, style, width);
  text_left_of(at, typesetter_.wrap(text, style.face, style.size, width, 1).front(), style);
}

std::size_t Canvas::lines(Place at, const std::vector<std::string>& texts, const Style& style,
                          Length pitch) {
  for (const std::string& line : texts) {
    text(at, line, style);
    at.y += pitch;
  }
  return texts.size();
}

void Canvas::box(Place at, Extent extent, Colour colour) {
  set_colour(colour);
  append_pair(out_, at.x, up(at.y + extent.height));
  out_ += ' ';
  append_pair(out_, extent.width, extent.height);
  out_ += " re f\n";
}

void Canvas::round_box(Place at, Extent extent, Length radius, Colour colour) {
  set_colour(colour);
  // A quarter of a circle as a Bezier curve: its handles are 0.5523 of the radius long.
  const auto handle = static_cast<Length>(std::int64_t{radius} * 5'523 / 10'000);
  const Length left = at.x, right = at.x + extent.width;
  const Length top = up(at.y), low = up(at.y + extent.height);
  const auto point = [this](Length x, Length y, std::string_view operation) {
    append_pair(out_, x, y);
    out_ += operation;
  };
  const auto corner = [&](Place from, Place to, Place end) {
    point(from.x, from.y, " ");
    point(to.x, to.y, " ");
    point(end.x, end.y, " c ");
  };
  const Length gap = radius - handle;
  point(left + radius, low, " m ");
  point(right - radius, low, " l ");
  corner({right - gap, low}, {right, low + gap}, {right, low + radius});
  point(right, top - radius, " l ");
  corner({right, top - gap}, {right - gap, top}, {right - radius, top});
  point(left + radius, top, " l ");
  corner({left + gap, top}, {left, top - gap}, {left, top - radius});
  point(left, low + radius, " l ");
  corner({left, low + gap}, {left + gap, low}, {left + radius, low});
  out_ += "f\n";
}

void Canvas::dashed_line(Place at, Length width, Colour colour) {
  out_ += "q ";
  for (const std::uint8_t part : {colour.red, colour.green, colour.blue}) {
    append_component(out_, part);
    out_ += ' ';
  }
  out_ += "RG .6 w [2.5 2.5]0 d ";
  append_pair(out_, at.x, up(at.y));
  out_ += " m ";
  append_pair(out_, at.x + width, up(at.y));
  out_ += " l S Q\n";
}

void Canvas::qr(Place at, Length side, const QrCode& code, Colour colour) {
  set_colour(colour);
  // Modules become units; the vertical axis points down, as rows are counted. All dark modules
  // are one path, so that no hairline is seen between them.
  const Length module = side / code.size();
  out_ += "q ";
  append_length(out_, module);
  out_ += " 0 0 ";
  append_length(out_, -module);
  out_ += ' ';
  append_pair(out_, at.x, up(at.y));
  out_ += " cm\n";
  std::array<char, 8> digits;
  const auto number = [&](int value) {
    std::size_t begin = digits.size();
    do {
      digits[--begin] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value > 0);
    out_.append(digits.data() + begin, digits.size() - begin);
    out_ += ' ';
  };
  for (int y = 0; y < code.size(); ++y) {
    for (int x = 0; x < code.size(); ++x) {
      if (!code.is_dark(x, y)) continue;
      const int start = x;
      while (x < code.size() && code.is_dark(x, y)) ++x;
      number(start);
      number(y);
      number(x - start);
      out_ += "1 re\n";
    }
  }
  out_ += "f Q\n";
}

void Canvas::swiss_cross(Place at, Length side, Colour colour) {
  constexpr Colour kLight = {0xFF, 0xFF, 0xFF};
  const auto scaled = [side](int part) {
    return static_cast<Length>(std::int64_t{side} * part / codes::kSwissQrSide);
  };
  for (const codes::SwissCrossPart& part : codes::swiss_cross()) {
    box({at.x + scaled(part.left), at.y + scaled(part.top)},
        {scaled(part.width), scaled(part.height)}, part.is_dark ? colour : kLight);
  }
}

void Canvas::bars(Place at, Extent module, const codes::Code128& code, Colour colour) {
  set_colour(colour);
  bool is_bar = true;
  for (const std::uint8_t modules : code.widths()) {
    const Length width = module.width * modules;
    if (is_bar) {
      append_pair(out_, at.x, up(at.y + module.height));
      out_ += ' ';
      append_pair(out_, width, module.height);
      out_ += " re\n";
    }
    at.x += width;
    is_bar = !is_bar;
  }
  out_ += "f\n";
}

void Canvas::columns(Place at, std::string_view text, const Style& style, Length pitch) {
  for (std::size_t column = 0; column < text.size(); ++column) {
    const std::string_view one = text.substr(column, 1);
    if (one == " ") continue;
    const Length width = typesetter_.width(one, style.face, style.size);
    const Length left = at.x + static_cast<Length>(column) * pitch + (pitch - width) / 2;
    this->text({left, at.y}, one, style);
  }
}

void Canvas::form(Place at, Length side, std::string_view name) {
  constexpr Length kUnits = 32;
  const Length unit = side / kUnits;
  out_ += "q ";
  append_length(out_, unit);
  out_ += " 0 0 ";
  append_length(out_, unit);
  out_ += ' ';
  append_pair(out_, at.x, up(at.y + side));
  out_ += " cm ";
  out_ += name;
  out_ += " Do Q\n";
}

}  // namespace formats::document::pdf
