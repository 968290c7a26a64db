// Records of fixed width as they are written: fields of ISO-8859-1 by their columns, counted from
// 1 with both ends, as specifications print them. Counterpart of fixed_width/records.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time/date.h"

namespace formats::bank {

// ISO-8859-1 of UTF-8; what it does not have is a question mark.
[[nodiscard]] std::string latin1(std::string_view text);
// Of a width, cut or filled with blanks behind; with `fill` before.
[[nodiscard]] std::string left(std::string_view text, std::size_t width);
[[nodiscard]] std::string right(std::string_view text, std::size_t width, char fill);
[[nodiscard]] std::string zeros(std::int64_t number, std::size_t width);
// "20261120" of a day or of the head of a time.
[[nodiscard]] std::string digits(std::string_view text);
// "261120", and "201126" as in Norway.
[[nodiscard]] std::string short_day(base::Date day);
[[nodiscard]] std::string norwegian_day(base::Date day);

class FixedRecord {
 public:
  explicit FixedRecord(std::size_t width = 80, char fill = ' ') : bytes_(width, fill) {}

  // Cut and filled with blanks.
  FixedRecord& text(std::size_t from, std::size_t to, std::string_view text);
  // The same at the field's right end.
  FixedRecord& text_right(std::size_t from, std::size_t to, std::string_view text);
  // Zeros before it. What does not fit is ours to have refused: CHECK.
  FixedRecord& number(std::size_t from, std::size_t to, std::string_view digits);
  FixedRecord& number(std::size_t from, std::size_t to, std::int64_t number);

  // With CR and LF.
  [[nodiscard]] std::string line() const { return bytes_ + "\r\n"; }

 private:
  FixedRecord& put(std::size_t from, std::size_t to, std::string_view bytes);
  std::string bytes_;
};

}  // namespace formats::bank
