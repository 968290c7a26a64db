#include "formats/source/csv_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text/beginning.h"
#include "formats/source/fields.h"
#include "formats/source/line_splitter.h"

namespace formats::source {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

enum class CellsEnd { kWhole, kOpenQuote, kTextAfterQuote };

struct Cells {
  std::vector<std::string> texts;
  CellsEnd end = CellsEnd::kWhole;
};

Cells split_cells(std::string_view text, char delimiter, std::optional<char> quote) {
  Cells cells;
  for (std::size_t at = 0;; ++at) {
    std::string cell;
    if (quote && at < text.size() && text[at] == *quote) {
      for (++at;; ++at) {
        if (at >= text.size()) return {std::move(cells.texts), CellsEnd::kOpenQuote};
        if (text[at] == *quote && at + 1 < text.size() && text[at + 1] == *quote) {
          ++at;
        } else if (text[at] == *quote) {
          break;
        }
        cell.push_back(text[at]);
      }
      ++at;
      if (at < text.size() && text[at] != delimiter) {
        return {std::move(cells.texts), CellsEnd::kTextAfterQuote};
      }
    } else {
      const std::size_t end = std::min(text.find(delimiter, at), text.size());
      cell = text.substr(at, end - at);
      at = end;
    }
    cells.texts.push_back(std::move(cell));
    if (at >= text.size()) return cells;
  }
}

// Headings are compared without regard to ASCII case.
std::string folded(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

class CsvReader final : public Reader {
 public:
  explicit CsvReader(const RecordMapping& mapping) : mapping_(mapping) {}

  base::Result<> feed(std::string_view chunk, const Visit& visit) override {
    return lines_.feed(chunk, [&](Line&& line) { return take(std::move(line), visit); });
  }

  base::Result<> finish(const Visit& visit) override {
    TRY(lines_.finish([&](Line&& line) { return take(std::move(line), visit); }));
    while (!open_.empty()) TRY(give_up_open_quote(visit));
    if (!has_header_) return base::fail("source_is_empty", "the file has no header line");
    return {};
  }

  bool knows_head() const override { return has_header_; }
  const std::string& context() const override { return context_; }

 private:
  // A line that stands between a quote that is open and the one that may close it.
  struct OpenLine {
    Line line;
    std::string text;
  };

  base::Result<> take(Line&& line, const Visit& visit);
  base::Result<> take_text(Line&& line, std::string text, const Visit& visit);
  base::Result<> give_up_open_quote(const Visit& visit);
  base::Result<> read_header(const Line& line);
  base::Result<> find_columns(std::span<const std::string> headings, std::int64_t line);

  base::Result<> hand_out(const Line& line, std::string raw, std::vector<std::string> cells,
                          const Visit& visit) const;
  static base::Result<> hand_out_unreadable(const Line& line, std::string raw, std::string code,
                                            std::string text, const Visit& visit);

  const RecordMapping& mapping_;
  LineSplitter lines_;
  bool has_header_ = false;
  std::string context_;
  std::vector<const ColumnMapping*> columns_;  // By place in the file; null: ignored.
  std::vector<OpenLine> open_;
  std::size_t open_bytes_ = 0;
};

base::Result<> CsvReader::take(Line&& line, const Visit& visit) {
  if (!has_header_) {
    if (line.number == 1 && line.bytes.starts_with(kByteOrderMark)) {
      line.bytes.erase(0, kByteOrderMark.size());
    }
    if (line.bytes.empty()) return {};
    return read_header(line);
  }
  auto text = line.too_long ? base::Result<std::string>() : decode(mapping_.encoding, line.bytes);
  if (!line.too_long && text) return take_text(std::move(line), *std::move(text), visit);
  // No field in quotes goes on over a line that cannot be read.
  while (!open_.empty()) TRY(give_up_open_quote(visit));
  std::string raw = decode_for_display(mapping_.encoding, line.bytes);
  if (line.too_long) {
    raw += kLostText;
    return hand_out_unreadable(line, std::move(raw), "line_too_long",
                               "the line has more than " + std::to_string(kLineBytesMax) +
                                   " bytes; only its beginning is kept",
                               visit);
  }
  return hand_out_unreadable(line, std::move(raw), text.error().code,
                             text.error().text + " (" + text.error().place + ")", visit);
}

base::Result<> CsvReader::take_text(Line&& line, std::string text, const Visit& visit) {
  if (open_.empty() && tidy_spaces(text).empty()) return {};
  open_bytes_ += text.size() + 1;
  open_.push_back({std::move(line), std::move(text)});
  std::string raw;
  for (const OpenLine& part : open_) raw += (raw.empty() ? "" : "\n") + part.text;
  Cells cells = split_cells(raw, mapping_.delimiter, mapping_.quote);
  if (cells.end == CellsEnd::kOpenQuote) {
    const bool full = open_.size() >= kRecordLinesMax || open_bytes_ > kLineBytesMax;
    return full ? give_up_open_quote(visit) : base::Result<>();
  }
  if (cells.end == CellsEnd::kTextAfterQuote && open_.size() > 1) return give_up_open_quote(visit);
  Line first = std::move(open_.front().line);
  first.end = open_.back().line.end;
  open_.clear();
  open_bytes_ = 0;
  if (cells.end == CellsEnd::kTextAfterQuote) {
    return hand_out_unreadable(first, std::move(raw), "text_after_quote",
                               "text follows the closing quote of a field; write a quote inside "
                               "a field twice",
                               visit);
  }
  return hand_out(first, std::move(raw), std::move(cells.texts), visit);
}

// The line that opened the quote is refused; those after it are read anew, each on its own.
base::Result<> CsvReader::give_up_open_quote(const Visit& visit) {
  std::vector<OpenLine> lines = std::exchange(open_, {});
  open_bytes_ = 0;
  TRY(hand_out_unreadable(lines.front().line, std::move(lines.front().text), "quote_not_closed",
                          "a field begins with a quote that is not closed", visit));
  for (std::size_t at = 1; at < lines.size(); ++at) {
    TRY(take_text(std::move(lines[at].line), std::move(lines[at].text), visit));
  }
  return {};
}

base::Result<> CsvReader::read_header(const Line& line) {
  const std::string place = "line " + std::to_string(line.number);
  auto text = decode(mapping_.encoding, line.bytes);
  if (line.too_long || !text) {
    return base::fail("source_header_unreadable",
                      line.too_long ? "the header line is too long" : text.error().text, place);
  }
  const Cells cells = split_cells(*text, mapping_.delimiter, mapping_.quote);
  if (cells.end != CellsEnd::kWhole) {
    return base::fail("source_header_unreadable", "a quote in the header is not closed", place);
  }
  TRY(find_columns(cells.texts, line.number));
  context_ = *std::move(text);
  has_header_ = true;
  return {};
}

base::Result<> CsvReader::find_columns(std::span<const std::string> headings, std::int64_t line) {
  std::string missing, unknown, doubled;
  const auto note = [](std::string& list, std::string_view heading) {
    list += (list.empty() ? "'" : ", '") + base::beginning(heading, 60) + "'";
  };
  std::vector<std::string> seen;
  for (const std::string& heading : headings) {
    const std::string name = folded(tidy_spaces(heading));
    if (std::ranges::find(seen, name) != seen.end()) note(doubled, heading);
    seen.push_back(name);
    const auto column = std::ranges::find_if(
        mapping_.columns, [&](const auto& each) { return folded(each.heading) == name; });
    const bool ignored = std::ranges::any_of(
        mapping_.ignored, [&](const auto& each) { return folded(each) == name; });
    if (column == mapping_.columns.end() && !ignored) note(unknown, heading);
    columns_.push_back(column == mapping_.columns.end() ? nullptr : &*column);
  }
  for (const ColumnMapping& column : mapping_.columns) {
    const bool there = std::ranges::find(seen, folded(column.heading)) != seen.end();
    if (!there && !column.optional) note(missing, column.heading);
  }
  const std::string place = "line " + std::to_string(line);
  std::string text;
  if (!missing.empty()) text += "the header lacks " + missing + "; ";
  if (!unknown.empty()) text += "the mapping does not know " + unknown + "; ";
  if (!doubled.empty()) text += "the header has twice " + doubled + "; ";
  if (text.empty()) return {};
  text += "nothing of the file was taken";
  if (!missing.empty()) return base::fail("source_header_missing_column", text, place);
  if (!unknown.empty()) return base::fail("source_header_unknown_column", text, place);
  return base::fail("source_header_doubled_column", text, place);
}

base::Result<> CsvReader::hand_out(const Line& line, std::string raw,
                                   std::vector<std::string> cells, const Visit& visit) const {
  if (cells.size() != columns_.size()) {
    return hand_out_unreadable(line, std::move(raw), "wrong_field_count",
                               "the record has " + std::to_string(cells.size()) +
                                   " fields, the header " + std::to_string(columns_.size()),
                               visit);
  }
  SourceItem item{.line = line.number,
                  .offset = line.offset,
                  .end = line.end,
                  .raw = std::move(raw),
                  .unreadable = std::nullopt,
                  .record = {}};
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (columns_[at]) add_field(item.record, mapping_, *columns_[at], cells[at]);
  }
  add_constants(item.record, mapping_);
  return visit(std::move(item));
}

base::Result<> CsvReader::hand_out_unreadable(const Line& line, std::string raw, std::string code,
                                              std::string text, const Visit& visit) {
  return visit({.line = line.number,
                .offset = line.offset,
                .end = line.end,
                .raw = std::move(raw),
                .unreadable = domain::Problem{{}, std::move(code), std::move(text)},
                .record = {}});
}

}  // namespace

std::unique_ptr<Reader> make_csv_reader(const RecordMapping& mapping) {
  return std::make_unique<CsvReader>(mapping);
}

}  // namespace formats::source
