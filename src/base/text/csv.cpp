#include "base/text/csv.h"

#include <cstddef>
#include <utility>

namespace base {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class CsvParser {
 public:
  CsvParser(std::string_view text, std::string_view place, char delimiter)
      : text_(text), place_(place), delimiter_(delimiter) {}

  CsvFile parse() {
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
    while (at_ < text_.size()) {
      if (skip_line_end()) continue;
      read_record();
    }
    return std::move(file_);
  }

 private:
  void read_record() {
    CsvRecord record{.line = line_, .fields = {}};
    for (;;) {
      std::string field;
      if (!(at_ < text_.size() && text_[at_] == '"' ? read_quoted(field) : read_plain(field))) {
        return;
      }
      record.fields.push_back(std::move(field));
      if (at_ < text_.size() && text_[at_] == delimiter_) {
        ++at_;
        continue;
      }
      if (at_ < text_.size()) static_cast<void>(skip_line_end());
      file_.records.push_back(std::move(record));
      return;
    }
  }

  bool read_plain(std::string& field) {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != delimiter_ && !at_line_end()) {
      if (text_[at_] == '"') {
        return give_up(fail("csv_quote_in_field",
                            "a quote stands inside a field that does not start with one; put the "
                            "whole field in quotes and write the quote twice",
                            place()));
      }
      ++at_;
    }
    field = text_.substr(start, at_ - start);
    return true;
  }

  bool read_quoted(std::string& field) {
    const int opened = line_;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] != '"') {
        field.push_back(text_[at_]);
        continue;
      }
      if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        field.push_back(text_[++at_]);
        continue;
      }
      ++at_;
      if (at_ == text_.size() || text_[at_] == delimiter_ || at_line_end()) return true;
      return give_up(fail("csv_text_after_quote",
                          "text follows the closing quote of a field; write quotes inside it twice",
                          place()));
    }
    line_ = opened;
    return give_up(fail("csv_quote_not_closed", "the quote opened here is never closed", place()));
  }

  // Notes the problem and goes on after the line on which it was found.
  bool give_up(std::unexpected<Error> problem) {
    file_.problems.push_back(std::move(problem).error());
    while (at_ < text_.size() && !skip_line_end()) ++at_;
    return false;
  }

  [[nodiscard]] std::string place() const {
    return std::string(place_) + ":" + std::to_string(line_);
  }

  [[nodiscard]] bool at_line_end() const {
    if (text_[at_] != '\r') return text_[at_] == '\n';
    return at_ + 1 == text_.size() || text_[at_ + 1] == '\n';
  }

  bool skip_line_end() {
    if (!at_line_end()) return false;
    if (text_[at_] == '\r') ++at_;
    if (at_ < text_.size()) ++at_;
    ++line_;
    return true;
  }

  std::string_view text_;
  std::string_view place_;
  char delimiter_;
  std::size_t at_ = 0;
  int line_ = 1;
  CsvFile file_;
};

}  // namespace

CsvFile parse_csv(std::string_view text, std::string_view place, char delimiter) {
  return CsvParser(text, place, delimiter).parse();
}

}  // namespace base
