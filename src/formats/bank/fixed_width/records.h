// Records of fixed width, as banks have sent them since punched cards: lines cut by columns.
//
// Columns are counted from 1 and both ends belong to a field, as in the specifications. Lines are
// cut as bytes (ISO-8859-1) and become UTF-8 afterwards. Lines end with LF, CRLF or CR; where no
// line ends at all, records of one width follow one another, and a line is a record.
//
// Forgiven, because the meaning is clear: trimmed lines, tabs in place of blanks, a sign of the
// file's end (0x1A), and a file that was saved anew as UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/time/date.h"
#include "formats/bank/reading.h"

namespace formats::bank::fixed_width {

// How a day is written, digits only.
enum class DayForm { kYearMonthDay8, kYearMonthDay6, kDayMonthYear6 };

class Record {
 public:
  Record(std::int64_t line, std::string bytes) : line_(line), bytes_(std::move(bytes)) {}

  [[nodiscard]] std::int64_t line() const { return line_; }
  // The bytes of columns; what lies behind the line's end is missing.
  [[nodiscard]] std::string_view raw(std::size_t from, std::size_t to) const;
  // As UTF-8, without blanks around it. Control characters are blanks.
  [[nodiscard]] std::string text(std::size_t from, std::size_t to) const;
  // As text, of files in 7 bits too: in words [ \ ] { | } are Ä Ö Å ä ö å, as in Finland.
  [[nodiscard]] std::string nordic_text(std::size_t from, std::size_t to) const;
  [[nodiscard]] bool is_blank(std::size_t from, std::size_t to) const;
  // Digits, perhaps with blanks around them; absent where it is anything else.
  [[nodiscard]] std::optional<std::int64_t> number(std::size_t from, std::size_t to) const;
  // A number that names something: text without leading zeros, empty where nothing else stands.
  [[nodiscard]] std::string identity(std::size_t from, std::size_t to) const;
  // Absent where there is no such day. Two-digit years are 1970 to 2069.
  [[nodiscard]] std::optional<base::Date> day(std::size_t from, DayForm form) const;
  // Minor units. Errors: bad_amount, amount_out_of_range.
  [[nodiscard]] base::Result<base::Money> amount(std::size_t from, std::size_t to,
                                                 base::Currency currency) const;

 private:
  std::int64_t line_;
  std::string bytes_;
};

// How long the record is that begins so, of a file without line ends.
using RecordLength = std::size_t (*)(std::string_view);

// The first records of a file that are not blank, as claims() looks at them: without line ends. The
// last may be cut where the head ends. `width` zero: lines only.
[[nodiscard]] std::vector<std::string_view> first_records(std::string_view head, std::size_t width,
                                                          std::size_t most,
                                                          RecordLength length = nullptr);

// Calls `visit` for each line that is not blank, padded to `width`, until the sink wants no more.
// `length`: of records of several widths. Errors: those of the source.
[[nodiscard]] base::Result<> for_each_record(ByteSource& source, Reading& reading,
                                             std::size_t width,
                                             const std::function<void(const Record&)>& visit,
                                             RecordLength length = nullptr);

// Bytes of ISO-8859-1 as UTF-8.
[[nodiscard]] std::string latin1_to_utf8(std::string_view bytes);

}  // namespace formats::bank::fixed_width
