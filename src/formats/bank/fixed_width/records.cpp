#include "formats/bank/fixed_width/records.h"

#include <algorithm>
#include <charconv>

#include "formats/source/line_splitter.h"

namespace formats::bank::fixed_width {
namespace {

constexpr std::size_t kTabStop = 8;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kLookedAtWidths = 16;  // Of a file's beginning, for line ends.
constexpr std::size_t kLengthKnown = 16;     // Bytes of a record that say how long it is.
constexpr std::size_t kLineEndMax = 2;       // CRLF, or a sign of the file's end.
constexpr int kYearFirst = 1970;             // Of two-digit years, and of days of payments at all.

bool is_space(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7F'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

std::string_view trimmed(std::string_view bytes) {
  while (!bytes.empty() && is_space(bytes.front())) bytes.remove_prefix(1);
  while (!bytes.empty() && is_space(bytes.back())) bytes.remove_suffix(1);
  return bytes;
}

std::string expand_tabs(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    if (c == '\t') {
      out.append(kTabStop - out.size() % kTabStop, ' ');
    } else {
      out.push_back(c);
    }
  }
  return out;
}

// The Latin-1 bytes of UTF-8 text; absent where it is none, or holds what Latin-1 has not.
std::optional<std::string> utf8_to_latin1(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (byte < 0x80) {
      out.push_back(bytes[at]);
      continue;
    }
    const bool lead = byte == 0xC2 || byte == 0xC3;
    if (!lead || at + 1 == bytes.size()) return std::nullopt;
    const auto next = static_cast<unsigned char>(bytes[++at]);
    if (next < 0x80 || next > 0xBF) return std::nullopt;
    out.push_back(static_cast<char>((byte & 0x03) << 6 | (next & 0x3F)));
  }
  return out;
}

std::optional<int> digits(std::string_view bytes) {
  int value = 0;
  const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
  const bool whole = error == std::errc{} && end == bytes.data() + bytes.size();
  return whole && std::ranges::all_of(bytes, is_digit) ? std::optional(value) : std::nullopt;
}

// Words in brackets: one opens at a word's beginning, one closes at a word's end.
bool has_brackets(std::string_view text) {
  for (const std::string_view pair : {"[]", "{}"}) {
    std::size_t at = text.find(pair[0]);
    while (at != text.npos && at > 0 && text[at - 1] != ' ') at = text.find(pair[0], at + 1);
    const std::size_t end = at == text.npos ? at : text.find(pair[1], at);
    if (end != text.npos && (end + 1 == text.size() || text[end + 1] == ' ')) return true;
  }
  return false;
}

// Lines to records: what is forgiven is said once a file.
class LineReader {
 public:
  LineReader(Reading& reading, std::size_t width) : reading_(reading), width_(width) {}

  // Absent for a line that holds nothing.
  std::optional<Record> read(source::Line&& line) {
    if (line.number == 1 && line.bytes.starts_with(kByteOrderMark)) {
      line.bytes.erase(0, kByteOrderMark.size());
    }
    if (line.too_long) {
      reading_.disagrees(line.number, "", "line_too_long", "the line is far longer than a record");
      return std::nullopt;
    }
    if (trimmed(line.bytes).empty()) return std::nullopt;
    if (line.bytes.find('\t') != std::string::npos) {
      if (!std::exchange(told_tabs_, true)) {
        reading_.problem(line.number, "", "tab_in_record", "tabs were read as blanks to column 8");
      }
      line.bytes = expand_tabs(line.bytes);
    }
    // Trimmed lines of UTF-8 may be shorter than a record. Where there are no columns, bytes stay.
    if (width_ > 0 && !std::ranges::all_of(line.bytes, is_ascii)) read_utf8(line);
    if (line.bytes.size() < width_) line.bytes.resize(width_, ' ');
    return Record(line.number, std::move(line.bytes));
  }

 private:
  void read_utf8(source::Line& line) {
    const auto latin1 = utf8_to_latin1(line.bytes);
    if (!latin1 || latin1->size() == line.bytes.size()) return;
    line.bytes = *latin1;
    if (std::exchange(told_utf8_, true)) return;
    reading_.problem(line.number, "", "utf8_in_record",
                     "the file was saved as UTF-8; columns are those of ISO-8859-1");
  }

  Reading& reading_;
  std::size_t width_;
  bool told_tabs_ = false, told_utf8_ = false;
};

// Whether no line ends where the first records would: a file that was never cut into lines.
bool is_joined(std::string_view head, std::size_t width) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head = head.substr(0, kLookedAtWidths * width);
  return width > 0 && head.size() > width + kLineEndMax && head.find('\n') == head.npos &&
         head.find('\r') == head.npos;
}

// A CR that no LF follows ends a line, too.
class LineEnds {
 public:
  std::string_view as_lf(std::string_view piece) {
    if (!after_cr_ && piece.find('\r') == piece.npos) return piece;
    text_.clear();
    for (const char c : piece) {
      if (c != '\n' || !after_cr_) text_.push_back(c == '\r' ? '\n' : c);
      after_cr_ = c == '\r';
    }
    return text_;
  }

 private:
  std::string text_;
  bool after_cr_ = false;
};

// Records that follow one another without a sign between them: the number is the record's.
class RecordCutter {
 public:
  RecordCutter(std::size_t width, RecordLength length) : width_(width), length_(length) {}

  base::Result<> feed(std::string_view piece, const source::LineSplitter::Visit& visit) {
    rest_ += piece;
    std::size_t at = 0;
    if (number_ == 0 && rest_.starts_with(kByteOrderMark)) at = kByteOrderMark.size();
    const std::string_view all = rest_;
    // Where a record's own length stands may not have come yet.
    while (all.size() - at >= kLengthKnown) {
      const std::size_t length = length_ == nullptr ? width_ : length_(all.substr(at));
      if (all.size() - at < length) break;
      TRY(take(all.substr(at, length), visit));
      at += length;
    }
    rest_.erase(0, at);
    return {};
  }

  base::Result<> finish(const source::LineSplitter::Visit& visit) {
    while (!rest_.empty()) {
      const std::size_t length = length_ == nullptr ? width_ : length_(rest_);
      TRY(take(std::string_view(rest_).substr(0, length), visit));
      rest_.erase(0, length);
    }
    return {};
  }

 private:
  base::Result<> take(std::string_view bytes, const source::LineSplitter::Visit& visit) {
    source::Line line;
    line.number = ++number_;
    line.bytes = bytes;
    return visit(std::move(line));
  }

  std::size_t width_;
  RecordLength length_;
  std::string rest_;
  std::int64_t number_ = 0;
};

}  // namespace

std::string_view Record::raw(std::size_t from, std::size_t to) const {
  const std::string_view bytes = bytes_;
  if (from > bytes.size()) return {};
  return bytes.substr(from - 1, to - from + 1);
}

std::string Record::text(std::size_t from, std::size_t to) const {
  return latin1_to_utf8(trimmed(raw(from, to)));
}

std::string Record::nordic_text(std::size_t from, std::size_t to) const {
  constexpr std::string_view kSevenBits = "[\\]{|}";
  constexpr std::string_view kLatin1 = "\xC4\xD6\xC5\xE4\xF6\xE5";
  std::string bytes(trimmed(raw(from, to)));
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  const auto is_in_word = [&](std::size_t at) {
    return (at > 0 && is_letter(bytes[at - 1])) ||
           (at + 1 < bytes.size() && is_letter(bytes[at + 1]));
  };
  if (!std::ranges::all_of(bytes, is_ascii) || has_brackets(bytes)) return latin1_to_utf8(bytes);
  std::string letters = bytes;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const std::size_t found = kSevenBits.find(bytes[at]);
    if (found != kSevenBits.npos && is_in_word(at)) letters[at] = kLatin1[found];
  }
  return latin1_to_utf8(letters);
}

bool Record::is_blank(std::size_t from, std::size_t to) const {
  return trimmed(raw(from, to)).empty();
}

std::optional<std::int64_t> Record::number(std::size_t from, std::size_t to) const {
  const std::string_view bytes = trimmed(raw(from, to));
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
  const bool whole = error == std::errc{} && end == bytes.data() + bytes.size();
  return whole && std::ranges::all_of(bytes, is_digit) ? std::optional(value) : std::nullopt;
}

std::string Record::identity(std::size_t from, std::size_t to) const {
  std::string value = text(from, to);
  value.erase(0, std::min(value.find_first_not_of('0'), value.size()));
  return value;
}

std::optional<base::Date> Record::day(std::size_t from, DayForm form) const {
  const std::size_t year_digits = form == DayForm::kYearMonthDay8 ? 4 : 2;
  const std::size_t year_at = form == DayForm::kDayMonthYear6 ? from + 4 : from;
  const std::size_t month_at = form == DayForm::kDayMonthYear6 ? from + 2 : from + year_digits;
  const std::size_t day_at = form == DayForm::kDayMonthYear6 ? from : month_at + 2;
  const auto year = digits(raw(year_at, year_at + year_digits - 1));
  const auto month = digits(raw(month_at, month_at + 1));
  const auto day = digits(raw(day_at, day_at + 1));
  if (!year || !month || !day) return std::nullopt;
  const int full_year = year_digits == 4 ? *year : *year + (*year < kYearFirst % 100 ? 2000 : 1900);
  const auto date = base::Date::make(full_year, *month, *day);
  return date && full_year >= kYearFirst ? std::optional(*date) : std::nullopt;
}

base::Result<base::Money> Record::amount(std::size_t from, std::size_t to,
                                         base::Currency currency) const {
  const auto minor = number(from, to);
  if (!minor) {
    return base::fail("bad_amount", "\"" + text(from, to) + "\" is no amount of digits");
  }
  return base::Money::make(*minor, currency);
}

std::vector<std::string_view> first_records(std::string_view head, std::size_t width,
                                            std::size_t most, RecordLength length) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  const bool joined = is_joined(head, width);
  std::vector<std::string_view> records;
  while (!head.empty() && records.size() < most) {
    std::size_t end = std::min(head.find_first_of("\r\n"), head.size());
    if (joined) end = std::min(length == nullptr ? width : length(head), head.size());
    records.push_back(head.substr(0, end));
    head.remove_prefix(end);
    head.remove_prefix(std::min(head.find_first_not_of("\r\n"), head.size()));
  }
  return records;
}

base::Result<> for_each_record(ByteSource& source, Reading& reading, std::size_t width,
                               const std::function<void(const Record&)>& visit,
                               RecordLength length) {
  LineReader reader(reading, width);
  const auto take = [&](source::Line&& line) -> base::Result<> {
    if (reading.stopped()) return {};
    if (const auto record = reader.read(std::move(line))) visit(*record);
    return {};
  };
  // Whether lines end is seen from the beginning.
  std::string head;
  bool more = true;
  while (more && head.size() < kLookedAtWidths * width) {
    const std::string_view piece = TRY(source.next());
    more = !piece.empty();
    head += piece;
  }
  if (is_joined(head, width)) {
    RecordCutter cutter(width, length);
    TRY(cutter.feed(head, take));
    while (more && !reading.stopped()) {
      const std::string_view piece = TRY(source.next());
      more = !piece.empty();
      TRY(cutter.feed(piece, take));
    }
    return cutter.finish(take);
  }
  source::LineSplitter splitter;
  LineEnds ends;
  TRY(splitter.feed(ends.as_lf(head), take));
  while (more && !reading.stopped()) {
    const std::string_view piece = TRY(source.next());
    more = !piece.empty();
    TRY(splitter.feed(ends.as_lf(piece), take));
  }
  return reading.stopped() ? base::Result<>() : splitter.finish(take);
}

std::string latin1_to_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out.push_back(is_space(c) ? ' ' : c);
    } else {
      out.push_back(static_cast<char>(0xC0 | byte >> 6));
      out.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
    }
  }
  return out;
}

}  // namespace formats::bank::fixed_width
