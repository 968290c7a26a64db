#include "support/locale/date_pattern.h"

#include <cstddef>
#include <string_view>

#include "base/result/check.h"

namespace locale {
namespace {

constexpr std::string_view kLetters = "yMLdEcHm";
constexpr std::string_view kNoBreakSpace = "\u00A0";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string padded(int value, int width) {
  std::string text = std::to_string(value);
  const auto wanted = static_cast<std::size_t>(width);
  if (text.size() < wanted) text.insert(0, wanted - text.size(), '0');
  return text;
}

std::string with_no_break_spaces(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ') {
      out += kNoBreakSpace;
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

DatePattern::DatePattern(const std::string& pattern, const DateNames& names) : names_(&names) {
  bool quoted = false;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '\'') {
      quoted = !quoted;
    } else if (!quoted && is_letter(c)) {
      CHECK(kLetters.find(c) != std::string_view::npos);
      if (pieces_.empty() || pieces_.back().letter != c)
        pieces_.push_back({.letter = c, .text = {}});
      ++pieces_.back().width;
    } else {
      if (pieces_.empty() || pieces_.back().letter != 0) pieces_.push_back({.text = {}});
      pieces_.back().text.push_back(c);
    }
  }
  // "1 december" never breaks after the day, whatever stands between it and the month.
  for (std::size_t at = 1; at + 1 < pieces_.size(); ++at) {
    const char before = pieces_[at - 1].letter, after = pieces_[at + 1].letter;
    if (before == 'd' && (after == 'M' || after == 'L')) {
      pieces_[at].text = with_no_break_spaces(pieces_[at].text);
    }
  }
}

void DatePattern::write_piece(const Piece& piece, const DayTime& when, std::string& out) const {
  const auto month = static_cast<std::size_t>(when.date.month() - 1);
  const auto weekday = static_cast<std::size_t>(when.date.weekday()) - 1;
  switch (piece.letter) {
    case 0: out += piece.text; return;
    case 'y': out += padded(when.date.year(), piece.width); return;
    case 'd': out += padded(when.date.day(), piece.width); return;
    case 'H': out += padded(when.hour, piece.width); return;
    case 'm': out += padded(when.minute, piece.width); return;
    case 'E': out += names_->weekdays[weekday]; return;
    case 'c': out += names_->weekdays_standing[weekday]; return;
    case 'M':
    case 'L': break;
    default: CHECK(false);
  }
  const bool standing = piece.letter == 'L';
  if (piece.width <= 2) {
    out += padded(when.date.month(), piece.width);
  } else if (piece.width == 3) {
    out += (standing ? names_->months_short_standing : names_->months_short)[month];
  } else {
    out += (standing ? names_->months_standing : names_->months)[month];
  }
}

std::string DatePattern::write(const DayTime& when) const {
  std::string out;
  for (const Piece& piece : pieces_) write_piece(piece, when, out);
  return out;
}

}  // namespace locale
