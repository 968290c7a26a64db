#include "formats/document/pdf/font_file.h"

#include <harfbuzz/hb-ot.h>
#include <harfbuzz/hb-subset.h>

#include <algorithm>

namespace formats::document::pdf {
namespace {

constexpr int kThousand = 1000;  // HarfBuzz is told to measure in these.

template <auto Destroy>
struct Destroyer {
  void operator()(auto* pointer) const { Destroy(pointer); }
};
using Blob = std::unique_ptr<hb_blob_t, Destroyer<hb_blob_destroy>>;
using Face = std::unique_ptr<hb_face_t, Destroyer<hb_face_destroy>>;
using Font = std::unique_ptr<hb_font_t, Destroyer<hb_font_destroy>>;
using Buffer = std::unique_ptr<hb_buffer_t, Destroyer<hb_buffer_destroy>>;
using SubsetInput = std::unique_ptr<hb_subset_input_t, Destroyer<hb_subset_input_destroy>>;
using SubsetPlan = std::unique_ptr<hb_subset_plan_t, Destroyer<hb_subset_plan_destroy>>;

constexpr hb_tag_t kCff = HB_TAG('C', 'F', 'F', ' ');
// What a reader of PDF does not look at: layout is done before, characters are in ToUnicode.
constexpr hb_tag_t kDroppedTables[] = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
    HB_TAG('n', 'a', 'm', 'e'), HB_TAG('O', 'S', '/', '2'), HB_TAG('p', 'o', 's', 't'),
    HB_TAG('c', 'm', 'a', 'p'), HB_TAG('k', 'e', 'r', 'n'), HB_TAG('F', 'F', 'T', 'M'),
    HB_TAG('g', 'a', 's', 'p'), HB_TAG('S', 'T', 'A', 'T'), HB_TAG('M', 'A', 'T', 'H')};

[[nodiscard]] std::string bytes_of(hb_blob_t* blob) {
  unsigned length = 0;
  const char* data = hb_blob_get_data(blob, &length);
  return data == nullptr ? std::string() : std::string(data, length);
}

[[nodiscard]] Buffer buffer_of(std::u32string_view text) {
  Buffer buffer(hb_buffer_create());
  static_assert(sizeof(char32_t) == sizeof(std::uint32_t));
  for (std::size_t at = 0; at < text.size(); ++at) {
    hb_buffer_add(buffer.get(), text[at], static_cast<unsigned>(at));
  }
  hb_buffer_set_content_type(buffer.get(), HB_BUFFER_CONTENT_TYPE_UNICODE);
  return buffer;
}

[[nodiscard]] constexpr hb_feature_t feature(hb_tag_t tag, std::uint32_t value) {
  return {tag, value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
}

}  // namespace

struct FontFile::Parts {
  Face face;
  Font font;
};

FontFile::FontFile(std::string name, std::unique_ptr<Parts> parts)
    : name_(std::move(name)), parts_(std::move(parts)) {}
FontFile::FontFile(FontFile&&) noexcept = default;
FontFile::~FontFile() = default;

base::Result<FontFile> FontFile::load(std::string name, std::string_view bytes) {
  const Blob blob(hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()),
                                 HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  auto parts = std::make_unique<Parts>();
  parts->face.reset(hb_face_create(blob.get(), 0));
  if (hb_face_get_glyph_count(parts->face.get()) == 0) {
    return base::fail("bad_font", "this is no font that can be read", std::move(name));
  }
  hb_face_make_immutable(parts->face.get());
  parts->font.reset(hb_font_create(parts->face.get()));
  hb_font_set_scale(parts->font.get(), kThousand, kThousand);
  hb_font_make_immutable(parts->font.get());
  return FontFile(std::move(name), std::move(parts));
}

FontMetrics FontFile::metrics() const {
  hb_font_extents_t extents = {};
  hb_font_get_h_extents(parts_->font.get(), &extents);
  hb_position_t cap_height = 0;
  hb_ot_metrics_get_position_with_fallback(parts_->font.get(), HB_OT_METRICS_TAG_CAP_HEIGHT,
                                           &cap_height);
  return {extents.ascender, extents.descender, cap_height};
}

GlyphId FontFile::glyph_of(char32_t character) const {
  hb_codepoint_t glyph = 0;
  return hb_font_get_nominal_glyph(parts_->font.get(), character, &glyph) != 0 ? glyph : 0;
}

int FontFile::advance_of(GlyphId glyph) const {
  return hb_font_get_glyph_h_advance(parts_->font.get(), glyph);
}

std::vector<GlyphId> FontFile::tabular_digits() const {
  const Buffer buffer = buffer_of(U"0123456789");
  hb_buffer_guess_segment_properties(buffer.get());
  const hb_feature_t features[] = {feature(HB_TAG('t', 'n', 'u', 'm'), 1),
                                   feature(HB_TAG('c', 'a', 'l', 't'), 0)};
  hb_shape(parts_->font.get(), buffer.get(), features, std::size(features));
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  std::vector<GlyphId> glyphs;
  for (unsigned at = 0; at < count; ++at) glyphs.push_back(infos[at].codepoint);
  return glyphs;
}

std::vector<int> FontFile::kerning_after(char32_t left, std::u32string_view rights) const {
  std::u32string text;
  for (const char32_t right : rights) text.append({left, right});
  const Buffer buffer = buffer_of(text);
  hb_buffer_guess_segment_properties(buffer.get());
  const hb_feature_t features[] = {
      feature(HB_TAG('c', 'a', 'l', 't'), 0), feature(HB_TAG('l', 'i', 'g', 'a'), 0),
      feature(HB_TAG('c', 'l', 'i', 'g'), 0), feature(HB_TAG('c', 'c', 'm', 'p'), 0)};
  hb_shape(parts_->font.get(), buffer.get(), features, std::size(features));
  unsigned count = 0;
  const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
  std::vector<int> kerning(rights.size(), 0);
  if (count != text.size()) return kerning;
  const int advance = advance_of(glyph_of(left));
  for (std::size_t at = 0; at < rights.size(); ++at) {
    kerning[at] = places[2 * at].x_advance - advance;
  }
  return kerning;
}

std::vector<ShapedGlyph> FontFile::shape(std::u32string_view text, Direction direction) const {
  const Buffer buffer = buffer_of(text);
  hb_buffer_guess_segment_properties(buffer.get());
  hb_buffer_set_direction(
      buffer.get(), direction == Direction::kRightToLeft ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  const hb_feature_t features[] = {
      feature(HB_TAG('c', 'a', 'l', 't'), direction == Direction::kRightToLeft ? 1U : 0U)};
  hb_shape(parts_->font.get(), buffer.get(), features, std::size(features));
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
  std::vector<ShapedGlyph> glyphs;
  glyphs.reserve(count);
  for (unsigned at = 0; at < count; ++at) {
    // Drawing is told the width of the glyph in the file; what shaping adds is an offset.
    glyphs.push_back({infos[at].codepoint, places[at].x_advance, places[at].x_offset,
                      places[at].y_offset, infos[at].cluster});
  }
  return glyphs;
}

base::Result<FontProgram> FontFile::cut(std::span<const GlyphId> glyphs, bool keep_numbers) const {
  const auto failed = [this] {
    return base::fail("bad_font", "no part of this font can be taken out of it", name_);
  };
  const SubsetInput input(hb_subset_input_create_or_fail());
  if (!input) return failed();
  hb_set_t* wanted = hb_subset_input_glyph_set(input.get());
  for (const GlyphId glyph : glyphs) hb_set_add(wanted, glyph);
  hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const hb_tag_t tag : kDroppedTables) hb_set_add(dropped, tag);
  // Outlines written out are packed better than outlines that share parts.
  unsigned flags =
      HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_DESUBROUTINIZE;
  if (keep_numbers) flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
  hb_subset_input_set_flags(input.get(), flags);
  const SubsetPlan plan(hb_subset_plan_create_or_fail(parts_->face.get(), input.get()));
  if (!plan) return failed();
  const Face part(hb_subset_plan_execute_or_fail(plan.get()));
  if (!part) return failed();
  FontProgram program;
  const Blob outlines(hb_face_reference_table(part.get(), kCff));
  program.is_cff = hb_blob_get_length(outlines.get()) > 0;
  const Blob whole(program.is_cff ? nullptr : hb_face_reference_blob(part.get()));
  program.bytes = bytes_of(program.is_cff ? outlines.get() : whole.get());
  if (program.bytes.empty()) return failed();
  if (keep_numbers) return program;
  const hb_map_t* old_of = hb_subset_plan_new_to_old_glyph_mapping(plan.get());
  for (unsigned at = 0; at < hb_map_get_population(old_of); ++at) {
    program.glyphs.push_back(hb_map_get(old_of, at));
  }
  return program;
}

base::Result<FontProgram> FontFile::subset(std::span<const GlyphId> glyphs) const {
  return cut(glyphs, false);
}

base::Result<FontProgram> FontFile::subset_as_numbered(std::span<const GlyphId> glyphs) const {
  return cut(glyphs, true);
}

}  // namespace formats::document::pdf
