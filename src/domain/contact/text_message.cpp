#include "domain/contact/text_message.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/time/instant.h"

namespace domain {
namespace {

// The default alphabet of GSM 03.38 beyond ASCII, and what of ASCII it has not got.
constexpr std::u32string_view kBeyondAscii = U"£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";
constexpr std::u32string_view kNotOfAscii = U"`";
// Two places each: an escape stands before them.
constexpr std::u32string_view kTwoPlaces = U"^{}\\[~]|€";

constexpr std::int64_t kGsmMax = 160, kGsmPart = 153, kUcsMax = 70, kUcsPart = 67;
constexpr char32_t kBeyondUcs2 = 0x10000, kForeign = 0xFFFD;

// Seconds; after the last one it is given up.
constexpr auto kGaps = std::to_array<std::int64_t>({5, 15, 60, 300, 900, 1'800});

constexpr std::pair<std::string_view, std::string_view> kPlain[] = {
    {"\u00a0", " "}, {"\u202f", " "},  {"\u2009", " "},  {"\u2019", "'"},
    {"\u2018", "'"}, {"\u201c", "\""}, {"\u201d", "\""}, {"\u2013", "-"},
    {"\u2014", "-"}, {"\u2212", "-"},  {"\u2026", "..."}};

// One letter of UTF-8 and how many bytes it has.
std::pair<char32_t, std::size_t> letter_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t n) {
    return at + n < text.size() ? static_cast<unsigned char>(text[at + n]) : 0U;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
  if (size == 0) return {kForeign, 1};
  char32_t letter = first & (0xFFU >> (size + 1));
  for (std::size_t n = 1; n < size; ++n) {
    if ((byte(n) & 0xC0U) != 0x80U) return {kForeign, 1};
    letter = (letter << 6U) | (byte(n) & 0x3FU);
  }
  return {letter, size};
}

// 0: GSM has not got it.
std::int64_t gsm_places(char32_t letter) {
  if (kTwoPlaces.contains(letter)) return 2;
  const bool is_ascii = (letter >= ' ' && letter < 0x7F) || letter == '\n' || letter == '\r';
  if (is_ascii) return kNotOfAscii.contains(letter) ? 0 : 1;
  return kBeyondAscii.contains(letter) ? 1 : 0;
}

// No letter is divided between two parts.
std::int64_t parts_of(const std::vector<std::int64_t>& letters, std::int64_t whole,
                      std::int64_t part) {
  std::int64_t sum = 0, parts = 1, filled = 0;
  for (const std::int64_t places : letters) {
    sum += places;
    if (filled + places > part) {
      ++parts;
      filled = 0;
    }
    filled += places;
  }
  if (letters.empty()) return 0;
  return sum <= whole ? 1 : parts;
}

}  // namespace

TextLength text_length(std::string_view text) {
  std::vector<std::int64_t> gsm, ucs;
  TextLength length;
  for (std::size_t at = 0; at < text.size();) {
    const auto [letter, size] = letter_at(text, at);
    at += size;
    gsm.push_back(gsm_places(letter));
    ucs.push_back(letter >= kBeyondUcs2 ? 2 : 1);
    if (gsm.back() == 0) length.is_gsm = false;
  }
  const auto& places = length.is_gsm ? gsm : ucs;
  for (const std::int64_t each : places) length.places += each;
  length.parts =
      length.is_gsm ? parts_of(places, kGsmMax, kGsmPart) : parts_of(places, kUcsMax, kUcsPart);
  return length;
}

std::string plain_text(std::string_view text) {
  std::string plain(text);
  for (const auto& [typographic, simple] : kPlain) {
    for (std::size_t at = plain.find(typographic); at != plain.npos;
         at = plain.find(typographic, at + simple.size())) {
      plain.replace(at, typographic.size(), simple);
    }
  }
  return plain;
}

std::optional<std::int64_t> text_gap_micros(std::int64_t tries, std::int64_t asked_for_seconds) {
  const std::int64_t at = std::max<std::int64_t>(tries, 1) - 1;
  if (at >= static_cast<std::int64_t>(kGaps.size())) return std::nullopt;
  const std::int64_t gap = std::max(kGaps[static_cast<std::size_t>(at)], asked_for_seconds);
  return gap > kGaps.back() ? std::nullopt : std::optional(gap * base::kMicrosPerSecond);
}

}  // namespace domain
