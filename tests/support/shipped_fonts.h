// For tests: the fonts that the binary carries, as papers use them.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "formats/document/pdf/paper_fonts.h"

namespace formats::document::pdf {

inline std::string shipped_font(const std::string& name) {
  std::ifstream file(std::string(TELGIRO_BINARY_DIR) + "/fonts/" + name, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

inline const PaperFonts& shipped_fonts() {
  static const std::string kRegular = shipped_font("Inter-Regular.otf");
  static const std::string kBold = shipped_font("Inter-SemiBold.otf");
  static const std::string kFallback = shipped_font("DejaVuSans.ttf");
  static const PaperFonts kFonts = [] {
    auto loaded = PaperFonts::load({kRegular, kBold, kFallback});
    if (!loaded) {
      std::cerr << base::describe(loaded.error()) << '\n';
      std::abort();  // Every test needs them.
    }
    return *std::move(loaded);
  }();
  return kFonts;
}

}  // namespace formats::document::pdf
