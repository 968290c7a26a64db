#include "formats/document/pdf/typesetter.h"

#include <algorithm>

namespace formats::document::pdf {
namespace {

constexpr int kThousand = 1000;
constexpr int kBeyondBase = -1;
constexpr std::string_view kEllipsis = "\u2026";

[[nodiscard]] constexpr std::size_t index_of(Face face) { return face == Face::kRegular ? 0 : 1; }

[[nodiscard]] Length scaled(int thousandths, Length size) {
  return static_cast<Length>((std::int64_t{thousandths} * size + kThousand / 2) / kThousand);
}

void set_font(std::string& out, std::size_t resource, Length size, std::string& font_now) {
  std::string font = "/F" + std::to_string(resource + 1) + " ";
  append_length(font, size);
  if (font == font_now) return;
  out += font + " Tf";
  font_now = std::move(font);
}

// Lines of words, filled from the left.
class LineFiller {
 public:
  LineFiller(const Typesetter& typesetter, Face face, Length size, Length width,
             std::size_t lines_max)
      : typesetter_(typesetter), face_(face), size_(size), width_(width), lines_max_(lines_max) {}

  void add_word(std::string_view word) {
    const std::string joined = line_.empty() ? std::string(word) : line_ + " " + std::string(word);
    if (fits(joined)) {
      line_ = joined;
      return;
    }
    end_line();
    if (fits(word)) {
      line_ = word;
    } else {
      break_word(word);
    }
  }
  // Nothing that is added now can be seen.
  [[nodiscard]] bool is_over() const { return lines_.size() > lines_max_; }
  [[nodiscard]] std::vector<std::string> take() {
    if (!line_.empty() || lines_.empty()) lines_.push_back(std::move(line_));
    return std::move(lines_);
  }
  [[nodiscard]] bool fits(std::string_view text) const {
    return typesetter_.width(text, face_, size_) <= width_;
  }

 private:
  void end_line() {
    if (!line_.empty()) lines_.push_back(std::move(line_));
    line_.clear();
  }

  void break_word(std::string_view word) {
    for (std::size_t at = 0; at < word.size() && !is_over();) {
      const std::size_t start = at;
      (void)next_character(word, at);
      const std::string longer = line_ + std::string(word.substr(start, at - start));
      if (!line_.empty() && !fits(longer)) {
        end_line();
        line_ = word.substr(start, at - start);
      } else {
        line_ = longer;
      }
    }
  }

  const Typesetter& typesetter_;
  Face face_;
  Length size_, width_;
  std::size_t lines_max_;
  std::string line_;
  std::vector<std::string> lines_;
};

// What a glyph stands for: all characters that became it. Of several glyphs for the same, the
// first says it.
[[nodiscard]] std::u32string characters_of(const GlyphRun& run, std::size_t at) {
  const std::size_t from = run.glyphs[at].at;
  if (at > 0 && run.glyphs[at - 1].at == from) return {};
  std::size_t to = run.characters.size();
  for (const ShapedGlyph& other : run.glyphs) {
    if (other.at > from) to = std::min(to, other.at);
  }
  return run.characters.substr(from, to - from);
}

// Without its last character.
void shorten(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) {
    text.pop_back();
  }
  if (!text.empty()) text.pop_back();
}

}  // namespace

int Typesetter::base_width(std::string_view text, Face face) const {
  const BaseFont& font = fonts_.base(face);
  int width = 0;
  std::size_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t index = font.index_of(next_character(text, at));
    if (index == 0) return kBeyondBase;
    width += font.glyph(index).width + (before == 0 ? 0 : font.kerning(before, index));
    before = index;
  }
  return width;
}

Length Typesetter::width(std::string_view text, Face face, Length size) const {
  int width = base_width(text, face);
  if (width == kBeyondBase) {
    width = 0;
    for (const GlyphRun& run : glyph_runs(fonts_, text, face)) {
      width += run.base_text.empty() ? run.width : base_width(run.base_text, face);
    }
  }
  return scaled(width, size);
}

std::vector<std::string> Typesetter::wrap(std::string_view text, Face face, Length size,
                                          Length width, std::size_t lines_max) const {
  LineFiller filler(*this, face, size, width, lines_max);
  if (filler.fits(text)) return {std::string(text)};
  bool cut = false;
  while (!text.empty() && !cut) {
    const std::size_t end = std::min(text.find(' '), text.size());
    // A word longer than any line that follows is cut before it is measured.
    constexpr std::size_t kWordMax = 2'000;
    if (end > 0) filler.add_word(text.substr(0, std::min(end, kWordMax)));
    cut = end > kWordMax || filler.is_over();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  auto lines = filler.take();
  if (lines.size() <= lines_max && !cut) return lines;
  lines.resize(std::min(lines.size(), lines_max));
  while (!lines.back().empty() && !filler.fits(lines.back() + std::string(kEllipsis))) {
    shorten(lines.back());
  }
  lines.back() += kEllipsis;
  return lines;
}

void Typesetter::show_base(std::string& out, std::string_view text, Face face) const {
  const BaseFont& font = fonts_.base(face);
  std::size_t before = 0;
  out += "[(";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t index = font.index_of(next_character(text, at));
    if (const int kerning = before == 0 ? 0 : font.kerning(before, index); kerning != 0) {
      out += ')';
      out += std::to_string(-kerning);
      out += '(';
    }
    const BaseGlyph& glyph = font.glyph(index);
    out.append(glyph.bytes.data(), glyph.length);
    before = index;
  }
  out += ")]TJ";
}

void Typesetter::note_missing(std::string_view character) {
  if (missing_.find(character) == missing_.npos) missing_ += character;
}

void Typesetter::show_run(std::string& out, const GlyphRun& run, Face face, Length size,
                          std::string& font_now) {
  if (!run.base_text.empty()) {
    set_font(out, index_of(face), size, font_now);
    show_base(out, run.base_text, face);
    return;
  }
  if (!run.instead_of.empty()) {
    note_missing(run.instead_of);
    out += "/Span<</ActualText" + text_string(run.instead_of) + ">>BDC ";
  }
  set_font(out, 2 + run.font, size, font_now);
  const FontFile& file = fonts_.file(run.font);
  Length rise = 0;
  out += '[';
  for (std::size_t at = 0; at < run.glyphs.size(); ++at) {
    const ShapedGlyph& glyph = run.glyphs[at];
    if (const Length now = scaled(glyph.y_offset, size); now != rise) {
      out += "]TJ ";
      append_length(out, now);
      out += " Ts[";
      rise = now;
    }
    if (glyph.x_offset != 0) out += std::to_string(-glyph.x_offset);
    out += '(';
    append_escaped(out, static_cast<char>(glyph.glyph >> 8));
    append_escaped(out, static_cast<char>(glyph.glyph & 0xFF));
    out += ')';
    const int after = file.advance_of(glyph.glyph) - glyph.advance + glyph.x_offset;
    if (after != 0) out += std::to_string(after);
    used_[run.font].try_emplace(glyph.glyph, characters_of(run, at));
  }
  out += "]TJ";
  if (rise != 0) out += " 0 Ts";
  if (!run.instead_of.empty()) out += " EMC";
}

void Typesetter::show(std::string& out, std::string_view text, Face face, Length size,
                      std::string& font_now) {
  if (base_width(text, face) != kBeyondBase) {
    set_font(out, index_of(face), size, font_now);
    show_base(out, text, face);
    return;
  }
  for (const GlyphRun& run : glyph_runs(fonts_, text, face)) {
    show_run(out, run, face, size, font_now);
    out += ' ';
  }
}

base::Result<std::vector<Typesetter::ExtraFont>> Typesetter::extra_fonts(int first,
                                                                         Deflater& deflater) const {
  std::vector<ExtraFont> fonts;
  for (std::size_t font = 0; font < kExtraFonts; ++font) {
    const Used& used = used_[font];
    if (used.empty()) continue;
    const FontFile& file = fonts_.file(font);
    std::vector<GlyphId> glyphs;
    std::map<std::uint32_t, std::u32string> meanings;
    std::string widths = "[";
    for (const auto& [glyph, text] : used) {
      glyphs.push_back(glyph);
      if (!text.empty()) meanings.emplace(glyph, text);
      widths += std::to_string(glyph) + "[" + std::to_string(file.advance_of(glyph)) + "]";
    }
    widths += "]";
    const FontProgram program = TRY(file.subset_as_numbered(glyphs));
    const std::string packed = deflater.deflate(program.bytes);
    const std::string map = deflater.deflate(to_unicode_map(meanings));
    const int number = first + static_cast<int>(fonts.size()) * kFontObjects;
    fonts.push_back(
        {"/F" + std::to_string(font + 3), font_objects({.file = file,
                                                        .is_cff = program.is_cff,
                                                        .widths = widths,
                                                        .program = packed,
                                                        .to_unicode = map,
                                                        .program_size = program.bytes.size()},
                                                       number)});
  }
  return fonts;
}

}  // namespace formats::document::pdf
