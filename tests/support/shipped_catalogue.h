// For tests: the shipped texts i18n/<language>.txt.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "support/locale/catalogue.h"

namespace locale {

inline const std::string& shipped_text(Language language) {
  static const std::vector<std::string> kTexts = [] {
    std::vector<std::string> texts;
    for (const Language each : kLanguages) {
      std::ifstream file(TELGIRO_SOURCE_DIR "/i18n/" + std::string(code(each)) + ".txt",
                         std::ios::binary);
      texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return texts;
  }();
  return kTexts[index_of(language)];
}

inline std::vector<Catalogue::Source> shipped_sources() {
  std::vector<Catalogue::Source> sources;
  for (const Language language : kLanguages) {
    sources.push_back(
        {language, shipped_text(language), "i18n/" + std::string(code(language)) + ".txt"});
  }
  return sources;
}

inline const Catalogue& shipped_catalogue() {
  static const Catalogue kCatalogue = [] {
    auto loaded = Catalogue::load(shipped_sources());
    if (!loaded) {
      std::cerr << base::describe(loaded.error()) << '\n';
      std::abort();  // Every test needs it, and there is no empty catalogue.
    }
    return *std::move(loaded);
  }();
  return kCatalogue;
}

}  // namespace locale
