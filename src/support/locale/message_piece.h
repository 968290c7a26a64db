// The pieces of a message, between message_compiler.cpp, which makes them, and message.cpp,
// which writes them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "support/locale/message.h"

namespace locale {

inline constexpr std::size_t kMessageParametersMax = 16;

// Text, a value, the number of the plural around it, or cases of which one is chosen.
struct Message::Piece {
  enum class Kind { kText, kValue, kNumber, kPlural, kSelect };
  struct Case {
    std::string selector;  // A plural form, "=3" or a word.
    std::vector<Piece> pieces;
  };

  Kind kind = Kind::kText;
  std::string text = {}, html = {};  // kText.
  std::size_t parameter = 0;         // All others.
  int style = 0;                     // kValue: a MoneyStyle, DateStyle or MonthStyle.
  std::vector<Case> cases = {};      // kPlural, kSelect.
};

}  // namespace locale
