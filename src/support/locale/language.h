// The eight languages of everything that a customer or an agent reads.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "base/result/result.h"

namespace locale {

enum class Language {
  kSwedish,
  kFinnish,
  kNorwegian,
  kDanish,
  kEnglish,
  kItalian,
  kSpanish,
  kGerman
};

// In the order of the language links on a page.
inline constexpr std::array kLanguages = {
    Language::kSwedish, Language::kFinnish, Language::kNorwegian, Language::kDanish,
    Language::kEnglish, Language::kItalian, Language::kSpanish,   Language::kGerman};

// The values of an array with one entry a language are found at this index.
[[nodiscard]] constexpr std::size_t index_of(Language language) {
  return static_cast<std::size_t>(language);
}

// ISO 639-1: sv fi nb da en it es de; also the value of lang= on a page.
[[nodiscard]] std::string_view code(Language language);
// In the language itself, as its speakers look for it: Svenska, Suomi, Norsk ...
[[nodiscard]] std::string_view native_name(Language language);
// "sv", and "no" for Norwegian as sources write it. Errors: unknown_language.
[[nodiscard]] base::Result<Language> parse_language(std::string_view code);

}  // namespace locale
