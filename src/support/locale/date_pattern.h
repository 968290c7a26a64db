// A date pattern of ICU ("EEEE d MMMM"), taken apart once so that writing a date needs neither
// ICU's calendar, which is not safe to share between threads, nor its binary floating point.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/time/date.h"

namespace locale {

// The names of one language, in UTF-8. "Standing" is as a heading, else as within a date.
struct DateNames {
  std::array<std::string, 12> months, months_standing, months_short, months_short_standing;
  std::array<std::string, 7> weekdays, weekdays_standing;  // From Monday.
};

struct DayTime {
  base::Date date;
  int hour = 0, minute = 0;
};

class DatePattern {
 public:
  // CHECKs that the pattern has only the letters that our skeletons lead to.
  DatePattern(const std::string& pattern, const DateNames& names);

  [[nodiscard]] std::string write(const DayTime& when) const;

 private:
  struct Piece {
    char letter = 0;  // 0: literal text.
    int width = 0;
    std::string text;
  };
  void write_piece(const Piece& piece, const DayTime& when, std::string& out) const;

  std::vector<Piece> pieces_;
  const DateNames* names_;  // Of the Formatter that owns this pattern.
};

}  // namespace locale
