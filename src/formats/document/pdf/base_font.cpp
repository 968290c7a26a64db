#include "formats/document/pdf/base_font.h"

#include <algorithm>

#include "base/result/check.h"
#include "formats/document/pdf/pdf_syntax.h"

namespace formats::document::pdf {
namespace {

constexpr char32_t kSpace = U' ';
// Spaces of other kinds are drawn as the usual one; lines do not break at them.
constexpr std::u32string_view kOtherSpaces = U"\u00A0\u202F\u2009";
// Every paper pays for these, so that only what the eight languages and the usual names ask for is
// here; headings ask for less.
constexpr std::u32string_view kSigns =
    U"\u00A1\u00A3\u00A7\u00AB\u00B0\u00B7\u00BB\u00BD\u00BF\u2013\u2014\u2018\u2019\u201A"
    U"\u201C\u201D\u201E\u2022\u2026\u20AC\u2212";
constexpr std::u32string_view kLetters =
    U"\u00C0\u00C1\u00C4\u00C5\u00C6\u00C7\u00C8\u00C9\u00CC\u00CD\u00D1\u00D2\u00D3\u00D6\u00D7"
    U"\u00D8\u00D9\u00DA\u00DC\u00DF\u00E0\u00E1\u00E4\u00E5\u00E6\u00E7\u00E8\u00E9\u00EC\u00ED"
    U"\u00F1\u00F2\u00F3\u00F6\u00F8\u00F9\u00FA\u00FC";
constexpr std::u32string_view kLettersOfNames =
    U"\u00C2\u00CA\u00CB\u00CE\u00CF\u00D0\u00D4\u00DB\u00DD\u00DE\u00E2\u00E3\u00EA\u00EB\u00EE"
    U"\u00EF\u00F0\u00F4\u00F5\u00FB\u00FD\u00FE\u00FF\u0160\u0161\u017D\u017E";

[[nodiscard]] std::u32string base_characters(CharacterSet set) {
  std::u32string characters;
  for (char32_t each = kSpace; each <= U'~'; ++each) characters += each;
  characters.append(kSigns).append(kLetters);
  if (set == CharacterSet::kText) characters += kLettersOfNames;
  return characters;
}

[[nodiscard]] bool is_digit(char32_t character) { return character >= U'0' && character <= U'9'; }

// How many lines a bfchar section may have.
constexpr std::size_t kSectionMax = 100;

// Six letters that differ where subsets do (ISO 32000-1, 9.6.4).
[[nodiscard]] std::string subset_tag(std::string_view program) {
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;  // FNV-1a.
  for (const char byte : program) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 1'099'511'628'211ULL;
  }
  std::string tag;
  for (int letter = 0; letter < 6; ++letter, hash /= 26) {
    tag += static_cast<char>('A' + hash % 26);
  }
  return tag;
}

void append_code(std::string& out, std::uint32_t code) {
  out += '<';
  append_utf16_hex(out, code);
  out += '>';
}

}  // namespace

base::Result<BaseFont> BaseFont::make(const FontFile& file, CharacterSet set, Deflater& deflater) {
  BaseFont font;
  font.file_ = &file;
  font.indexes_.assign(kCharacterEnd, 0);
  font.glyphs_.resize(1);
  const auto digits = file.tabular_digits();
  std::u32string characters;
  std::vector<GlyphId> glyphs;
  for (const char32_t character : base_characters(set)) {
    const GlyphId glyph =
        is_digit(character) ? digits.at(character - U'0') : file.glyph_of(character);
    if (glyph == 0) continue;
    characters += character;
    glyphs.push_back(glyph);
  }
  const FontProgram program = TRY(file.subset(glyphs));
  std::map<std::uint32_t, std::u32string> meanings;
  for (std::size_t at = 0; at < characters.size(); ++at) {
    const auto found = std::ranges::find(program.glyphs, glyphs[at]);
    CHECK(found != program.glyphs.end());
    const auto code = static_cast<std::uint32_t>(found - program.glyphs.begin());
    meanings.try_emplace(code, 1, characters[at]);
    std::string bytes;
    append_escaped(bytes, static_cast<char>(code >> 8));
    append_escaped(bytes, static_cast<char>(code & 0xFF));
    BaseGlyph glyph{static_cast<std::uint16_t>(file.advance_of(glyphs[at])),
                    static_cast<std::uint8_t>(bytes.size()),
                    {}};
    std::ranges::copy(bytes, glyph.bytes.begin());
    font.indexes_[characters[at]] = static_cast<std::uint8_t>(font.glyphs_.size());
    font.glyphs_.push_back(glyph);
  }
  CHECK(font.glyphs_.size() <= 256);
  for (const char32_t space : kOtherSpaces) font.indexes_[space] = font.indexes_[kSpace];
  font.add_kerning(characters);
  font.widths_ = "[0[";
  for (const GlyphId glyph : program.glyphs) {
    font.widths_ += std::to_string(file.advance_of(glyph)) + " ";
  }
  font.widths_ += "]]";
  font.is_cff_ = program.is_cff;
  font.program_size_ = program.bytes.size();
  font.program_ = deflater.deflate(program.bytes);
  font.to_unicode_ = deflater.deflate(to_unicode_map(meanings));
  return font;
}

void BaseFont::add_kerning(std::u32string_view characters) {
  const std::size_t count = glyphs_.size();
  kerning_.assign(count * count, 0);
  for (std::size_t left = 0; left < characters.size(); ++left) {
    // Figures stand in columns.
    if (is_digit(characters[left])) continue;
    const auto row = file_->kerning_after(characters[left], characters);
    for (std::size_t right = 0; right < characters.size(); ++right) {
      if (is_digit(characters[right])) continue;
      kerning_[(left + 1) * count + right + 1] = static_cast<std::int16_t>(row[right]);
    }
  }
}

std::vector<std::string> BaseFont::objects(int first) const {
  return font_objects({.file = *file_,
                       .is_cff = is_cff_,
                       .widths = widths_,
                       .program = program_,
                       .to_unicode = to_unicode_,
                       .program_size = program_size_},
                      first);
}

std::vector<std::string> font_objects(const FontObjects& font, int first) {
  const auto reference = [first](int at) { return std::to_string(first + at) + " 0 R"; };
  const std::string name = subset_tag(font.program) + "+" + font.file.name();
  const std::string type0 = "<</Type/Font/Subtype/Type0/BaseFont/" + name +
                            "/Encoding/Identity-H/DescendantFonts[" + reference(1) +
                            "]/ToUnicode " + reference(4) + ">>";
  std::string cid = "<</Type/Font/Subtype/CIDFontType";
  cid += font.is_cff ? "0" : "2/CIDToGIDMap/Identity";
  cid += "/BaseFont/" + name +
         "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor " +
         reference(2) + "/DW 0/W" + std::string(font.widths) + ">>";
  const FontMetrics metrics = font.file.metrics();
  const std::string low = std::to_string(metrics.descent);
  const std::string high = std::to_string(metrics.ascent);
  std::string descriptor = "<</Type/FontDescriptor/FontName/" + name + "/Flags 4/FontBBox[-1000 " +
                           low + " 3000 " + high + "]/ItalicAngle 0/Ascent " + high + "/Descent " +
                           low + "/CapHeight " + std::to_string(metrics.cap_height) +
                           "/StemV 80/FontFile";
  descriptor += (font.is_cff ? "3 " : "2 ") + reference(3) + ">>";
  std::string entries = font.is_cff
                            ? "/Subtype/CIDFontType0C/Filter/FlateDecode"
                            : "/Filter/FlateDecode/Length1 " + std::to_string(font.program_size);
  return {type0, cid, descriptor, stream_object(entries, font.program),
          stream_object("/Filter/FlateDecode", font.to_unicode)};
}

std::string to_unicode_map(const std::map<std::uint32_t, std::u32string>& characters) {
  std::string map =
      "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
      "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n";
  std::size_t left = characters.size();
  std::size_t in_section = 0;
  for (const auto& [code, text] : characters) {
    if (in_section == 0) {
      in_section = std::min(left, kSectionMax);
      map += std::to_string(in_section) + " beginbfchar\n";
    }
    append_code(map, code);
    map += '<';
    for (const char32_t character : text) append_utf16_hex(map, character);
    map += ">\n";
    --left;
    if (--in_section == 0) map += "endbfchar\n";
  }
  return map + "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n";
}

}  // namespace formats::document::pdf
