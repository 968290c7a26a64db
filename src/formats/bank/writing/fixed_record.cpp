#include "formats/bank/writing/fixed_record.h"

#include "base/result/check.h"

namespace formats::bank {

std::string latin1(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size == 1) {
      bytes.push_back(text[at]);
    } else if ((lead == 0xC2 || lead == 0xC3) && at + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[at + 1]);
      bytes.push_back(static_cast<char>(((lead & 3U) << 6U) | (next & 0x3FU)));
    } else {
      bytes.push_back('?');
    }
    at += size;
  }
  return bytes;
}

std::string left(std::string_view text, std::size_t width) {
  std::string field = latin1(text).substr(0, width);
  field.resize(width, ' ');
  return field;
}

std::string right(std::string_view text, std::size_t width, char fill) {
  const std::string field = latin1(text).substr(0, width);
  return std::string(width - field.size(), fill) + field;
}

std::string zeros(std::int64_t number, std::size_t width) {
  return right(std::to_string(number), width, '0');
}

std::string digits(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if ('0' <= c && c <= '9') kept.push_back(c);
  }
  return kept;
}

std::string short_day(base::Date day) { return digits(day.to_string()).substr(2); }

std::string norwegian_day(base::Date day) {
  const std::string year_first = short_day(day);
  return year_first.substr(4) + year_first.substr(2, 2) + year_first.substr(0, 2);
}

FixedRecord& FixedRecord::put(std::size_t from, std::size_t to, std::string_view bytes) {
  CHECK(1 <= from && from <= to && to <= bytes_.size() && bytes.size() == to - from + 1);
  bytes_.replace(from - 1, bytes.size(), bytes);
  return *this;
}

FixedRecord& FixedRecord::text(std::size_t from, std::size_t to, std::string_view text) {
  return put(from, to, left(text, to - from + 1));
}

FixedRecord& FixedRecord::text_right(std::size_t from, std::size_t to, std::string_view text) {
  return put(from, to, right(text, to - from + 1, ' '));
}

FixedRecord& FixedRecord::number(std::size_t from, std::size_t to, std::string_view digits) {
  CHECK(digits.size() <= to - from + 1);
  return put(from, to, right(digits, to - from + 1, '0'));
}

FixedRecord& FixedRecord::number(std::size_t from, std::size_t to, std::int64_t number) {
  return this->number(from, to, std::to_string(number));
}

}  // namespace formats::bank
