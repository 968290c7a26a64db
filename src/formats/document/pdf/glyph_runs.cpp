// Which font shows which part of a text, in which order. Texts within the base set do not come
// here (typesetter.cpp).
//
// The order of right-to-left words is decided by a small part of Unicode's bidirectional
// algorithm (UAX 9), enough for names and addresses: letters, and the figures and signs between
// them; not for embedded quotations.
#include <algorithm>

#include "formats/document/pdf/typesetter.h"

namespace formats::document::pdf {
namespace {

constexpr char32_t kSquare = 0x25A1;

enum class Kind { kRightToLeft, kLetters, kWeak };

struct Stretch {
  Kind kind = Kind::kWeak;
  std::u32string text;
};

[[nodiscard]] bool is_within(char32_t character, char32_t first, char32_t last) {
  return character >= first && character <= last;
}

[[nodiscard]] bool is_control(char32_t character) {
  return character < 0x20 || is_within(character, 0x7F, 0x9F) ||
         is_within(character, 0x2028, 0x2029);
}

// What steers a display and has no picture: directions, joins, variation selectors, soft hyphens.
[[nodiscard]] bool is_unseen(char32_t character) {
  return character == 0xAD || character == 0x61C || character == 0xFEFF ||
         is_within(character, 0x200B, 0x200F) || is_within(character, 0x202A, 0x202E) ||
         is_within(character, 0x2060, 0x206F) || is_within(character, 0xFE00, 0xFE0F) ||
         is_within(character, 0xE0000, 0xE01EF);
}

[[nodiscard]] bool is_right_to_left(char32_t character) {
  return is_within(character, 0x590, 0x65F) || is_within(character, 0x66A, 0x6EF) ||
         is_within(character, 0x6FA, 0x8FF) || is_within(character, 0xFB1D, 0xFDFF) ||
         is_within(character, 0xFE70, 0xFEFE) || is_within(character, 0x10800, 0x10FFF) ||
         is_within(character, 0x1E800, 0x1EFFF);
}

// Spaces, figures and signs have no direction of their own.
[[nodiscard]] bool is_weak(char32_t character) {
  return character <= U'@' || is_within(character, 0x5B, 0x60) ||
         is_within(character, 0x7B, 0xA9) || is_within(character, 0x2000, 0x206F) ||
         is_within(character, 0x660, 0x669) || is_within(character, 0x6F0, 0x6F9);
}

[[nodiscard]] Kind kind_of(char32_t character) {
  if (is_right_to_left(character)) return Kind::kRightToLeft;
  return is_weak(character) ? Kind::kWeak : Kind::kLetters;
}

[[nodiscard]] std::vector<Stretch> stretches_of(std::string_view text) {
  std::vector<Stretch> stretches;
  for (std::size_t at = 0; at < text.size();) {
    char32_t character = next_character(text, at);
    if (is_unseen(character)) continue;
    if (is_control(character)) character = U' ';
    const Kind kind = kind_of(character);
    if (stretches.empty() || stretches.back().kind != kind) stretches.push_back({kind, {}});
    stretches.back().text += character;
  }
  return stretches;
}

[[nodiscard]] bool is_figure(char32_t character) {
  return is_within(character, U'0', U'9') || is_within(character, 0x660, 0x669) ||
         is_within(character, 0x6F0, 0x6F9);
}

// Signs within right-to-left words turn with them; figures keep their order.
void turn(std::u32string& signs) {
  constexpr std::u32string_view kPairs = U"()[]{}<>\u00AB\u00BB";
  std::ranges::reverse(signs);
  for (char32_t& sign : signs) {
    const std::size_t at = kPairs.find(sign);
    if (at != kPairs.npos) sign = kPairs[at ^ 1];
  }
  const auto first = std::ranges::find_if(signs, is_figure);
  const auto last = std::find_if(signs.rbegin(), signs.rend(), is_figure).base();
  if (first < last) std::reverse(first, last);
}

// Words from the right to the left, with what is between them, change places.
void reorder(std::vector<Stretch>& stretches) {
  const auto end = stretches.end();
  const auto is_letters = [](const Stretch& each) { return each.kind == Kind::kLetters; };
  const auto is_rtl = [](const Stretch& each) { return each.kind == Kind::kRightToLeft; };
  const auto strong = std::ranges::find_if_not(
      stretches, [](const Stretch& each) { return each.kind == Kind::kWeak; });
  const bool starts_right = strong != end && is_rtl(*strong);
  for (auto first = std::find_if(stretches.begin(), end, is_rtl); first != end;) {
    const auto stop = std::find_if(first, end, is_letters);
    auto last = stop;
    // Figures that end a right-to-left line stand at its left.
    if (!(starts_right && stop == end)) {
      while (!is_rtl(*(last - 1))) --last;
    }
    for (auto each = first; each != last; ++each) {
      if (each->kind == Kind::kWeak) turn(each->text);
    }
    std::reverse(first, last);
    first = std::find_if(stop, end, is_rtl);
  }
}

class RunMaker {
 public:
  RunMaker(const PaperFonts& fonts, Face face) : fonts_(fonts), face_(face) {}

  void add(const Stretch& stretch);
  [[nodiscard]] std::vector<GlyphRun> take() { return std::move(runs_); }

 private:
  [[nodiscard]] bool has_all(std::size_t font, std::u32string_view text) const {
    return std::ranges::all_of(text,
                               [&](char32_t c) { return fonts_.file(font).glyph_of(c) != 0; });
  }
  void add_one_by_one(const Stretch& stretch);
  void add_base(std::u32string_view text);
  void add_shaped(std::size_t font, const Stretch& stretch);
  void add_square(std::u32string_view text);

  const PaperFonts& fonts_;
  Face face_;
  std::vector<GlyphRun> runs_;
};

void RunMaker::add(const Stretch& stretch) {
  const auto own = face_ == Face::kRegular ? std::size_t{0} : std::size_t{1};
  const auto is_base = [this](char32_t c) { return fonts_.base(face_).index_of(c) != 0; };
  if (std::ranges::all_of(stretch.text, is_base)) {
    add_base(stretch.text);
  } else if (has_all(own, stretch.text)) {
    add_shaped(own, stretch);
  } else if (has_all(kFallbackFont, stretch.text)) {
    add_shaped(kFallbackFont, stretch);
  } else if (stretch.text.size() > 1) {
    add_one_by_one(stretch);
  } else {
    add_square(stretch.text);
  }
}

void RunMaker::add_one_by_one(const Stretch& stretch) {
  std::u32string text = stretch.text;
  if (stretch.kind == Kind::kRightToLeft) std::ranges::reverse(text);
  for (const char32_t character : text) add({stretch.kind, std::u32string(1, character)});
}

void RunMaker::add_base(std::u32string_view text) {
  if (runs_.empty() || runs_.back().base_text.empty()) runs_.emplace_back();
  for (const char32_t character : text) append_utf8(runs_.back().base_text, character);
}

void RunMaker::add_shaped(std::size_t font, const Stretch& stretch) {
  GlyphRun run;
  run.font = font;
  run.glyphs = fonts_.file(font).shape(stretch.text, stretch.kind == Kind::kRightToLeft
                                                         ? Direction::kRightToLeft
                                                         : Direction::kLeftToRight);
  for (const ShapedGlyph& glyph : run.glyphs) run.width += glyph.advance;
  run.characters = stretch.text;
  runs_.push_back(std::move(run));
}

void RunMaker::add_square(std::u32string_view text) {
  GlyphRun run;
  run.font = kFallbackFont;
  run.glyphs =
      fonts_.file(kFallbackFont).shape(std::u32string_view(&kSquare, 1), Direction::kLeftToRight);
  for (const ShapedGlyph& glyph : run.glyphs) run.width += glyph.advance;
  run.characters = std::u32string(1, kSquare);
  for (const char32_t character : text) append_utf8(run.instead_of, character);
  runs_.push_back(std::move(run));
}

}  // namespace

std::vector<GlyphRun> glyph_runs(const PaperFonts& fonts, std::string_view text, Face face) {
  std::vector<Stretch> stretches = stretches_of(text);
  reorder(stretches);
  RunMaker maker(fonts, face);
  for (const Stretch& stretch : stretches) maker.add(stretch);
  return maker.take();
}

}  // namespace formats::document::pdf
