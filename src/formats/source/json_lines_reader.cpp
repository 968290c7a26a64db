#include "formats/source/json_lines_reader.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/text/beginning.h"
#include "formats/source/fields.h"
#include "formats/source/line_splitter.h"
#include "support/json/parse.h"

namespace formats::source {
namespace {

using base::Json;
using domain::Problem;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// One word of a list, which must not fall apart into several.
std::optional<std::string> word_of(const Json& value) {
  if (const auto* integer = value.as_integer()) return std::to_string(*integer);
  const auto* text = value.as_string();
  if (text == nullptr || text->empty() || tidy_spaces(*text).contains(' ')) return std::nullopt;
  return tidy_spaces(*text);
}

std::optional<std::string> list_text(const ColumnMapping& column, const Json::Array& list) {
  std::string text;
  const auto add = [&](const Json& value) {
    const auto word = word_of(value);
    if (word) text += (text.empty() ? "" : " ") + *word;
    return word.has_value();
  };
  for (const Json& value : list) {
    const bool dated = column.field->form == domain::FieldForm::kDatedCodes;
    const bool good =
        dated ? add(value[column.day_member]) && add(value[column.code_member]) : add(value);
    if (!good) return std::nullopt;
  }
  return text;
}

class JsonLinesReader final : public Reader {
 public:
  explicit JsonLinesReader(const RecordMapping& mapping) : mapping_(mapping) {}

  base::Result<> feed(std::string_view chunk, const Visit& visit) override {
    return lines_.feed(chunk, [&](Line&& line) { return take(std::move(line), visit); });
  }
  base::Result<> finish(const Visit& visit) override {
    TRY(lines_.finish([&](Line&& line) { return take(std::move(line), visit); }));
    if (!knows_head_) return base::fail("source_is_empty", "the file has no record");
    return {};
  }
  bool knows_head() const override { return knows_head_; }
  const std::string& context() const override { return context_; }

 private:
  // The value of each column of the mapping, by its place there.
  using Found = std::vector<const Json*>;

  base::Result<> take(Line&& line, const Visit& visit);
  base::Result<> check_head(const Line& line, const base::Result<Json>& json);
  base::Result<Json> read(const Line& line) const;
  void look_into(const Json& object, const std::string& path, Found& found,
                 std::string& unknown) const;
  [[nodiscard]] std::optional<Problem> fill(const Json& json, domain::Record& record) const;
  void add_member(domain::Record& record, const ColumnMapping& column, const Json& value) const;

  const RecordMapping& mapping_;
  LineSplitter lines_;
  bool knows_head_ = false;
  const std::string context_;
};

base::Result<Json> JsonLinesReader::read(const Line& line) const {
  if (line.too_long) {
    return base::fail("line_too_long", "the line has more than " + std::to_string(kLineBytesMax) +
                                           " bytes; only its beginning is kept");
  }
  const std::string text = TRY(decode(mapping_.encoding, line.bytes));
  auto json = json::parse(text, json::Fractions::kAsText, json::Doubled::kRefuse);
  if (json && json->as_object() == nullptr) {
    return base::fail("bad_json", "the line is JSON, but no object");
  }
  return json;
}

base::Result<> JsonLinesReader::take(Line&& line, const Visit& visit) {
  if (line.number == 1 && line.bytes.starts_with(kByteOrderMark)) {
    line.bytes.erase(0, kByteOrderMark.size());
  }
  if (!line.too_long && tidy_spaces(line.bytes).empty()) return {};
  const auto json = read(line);
  TRY(check_head(line, json));
  SourceItem item{.line = line.number,
                  .offset = line.offset,
                  .end = line.end,
                  .raw = decode_for_display(mapping_.encoding, line.bytes),
                  .unreadable = std::nullopt,
                  .record = {}};
  if (line.too_long) item.raw += kLostText;
  if (json) {
    item.unreadable = fill(*json, item.record);
  } else {
    const base::Error& error = json.error();
    item.unreadable =
        Problem{{}, error.code, error.text + (error.place.empty() ? "" : " (" + error.place + ")")};
  }
  if (item.unreadable) item.record = {};
  return visit(std::move(item));
}

// The first line decides whether it is such a file at all; it may still be a bad record of one.
base::Result<> JsonLinesReader::check_head(const Line& line, const base::Result<Json>& json) {
  if (knows_head_) return {};
  const std::string place = "line " + std::to_string(line.number);
  if (!tidy_spaces(line.bytes).starts_with('{')) {
    return base::fail("source_not_json_lines",
                      "the first line does not begin a JSON object; nothing of the file was taken",
                      place);
  }
  if (json) {
    Found found(mapping_.columns.size());
    std::string unknown;
    look_into(*json, {}, found, unknown);
    if (std::ranges::all_of(found, [](const Json* value) { return value == nullptr; })) {
      return base::fail("source_not_json_lines",
                        "the first record has no member of the mapping; nothing of the file was "
                        "taken",
                        place);
    }
  }
  knows_head_ = true;
  return {};
}

// Finds the members that the mapping names; an object that it does not name is looked into.
void JsonLinesReader::look_into(const Json& object, const std::string& path, Found& found,
                                std::string& unknown) const {
  for (const auto& [name, value] : *object.as_object()) {
    const std::string full = path.empty() ? name : path + "." + name;
    const auto column = std::ranges::find(mapping_.columns, full, &ColumnMapping::heading);
    if (column != mapping_.columns.end()) {
      found[static_cast<std::size_t>(column - mapping_.columns.begin())] = &value;
    } else if (std::ranges::find(mapping_.ignored, full) != mapping_.ignored.end()) {
      continue;
    } else if (value.as_object() != nullptr && !value.as_object()->empty()) {
      look_into(value, full, found, unknown);
    } else {
      unknown += (unknown.empty() ? "'" : ", '") + base::beginning(full, 60) + "'";
    }
  }
}

std::optional<Problem> JsonLinesReader::fill(const Json& json, domain::Record& record) const {
  Found found(mapping_.columns.size());
  std::string unknown, missing;
  look_into(json, {}, found, unknown);
  for (std::size_t at = 0; at < found.size(); ++at) {
    const ColumnMapping& column = mapping_.columns[at];
    if (found[at] != nullptr) {
      add_member(record, column, *found[at]);
    } else if (!column.optional) {
      missing += (missing.empty() ? "'" : ", '") + column.heading + "'";
    }
  }
  add_constants(record, mapping_);
  if (!missing.empty()) return Problem{{}, "missing_member", "the record lacks " + missing};
  if (!unknown.empty()) {
    return Problem{{}, "unknown_member", "the mapping does not know " + unknown};
  }
  return std::nullopt;
}

void JsonLinesReader::add_member(domain::Record& record, const ColumnMapping& column,
                                 const Json& value) const {
  const auto refuse = [&](std::string code, std::string text) {
    record.fields.push_back(
        {.name = std::string(column.field->name), .heading = column.heading, .text = {}});
    record.problems.push_back({column.heading, std::move(code), std::move(text)});
  };
  if (value.is_null()) return add_field(record, mapping_, column, {});
  if (const auto* flag = value.as_bool()) {
    return add_field(record, mapping_, column, *flag ? "true" : "false");
  }
  if (const auto* integer = value.as_integer()) {
    return add_field(record, mapping_, column, std::to_string(*integer));
  }
  if (const auto* list = value.as_array()) {
    const bool takes_lists = column.field->form == domain::FieldForm::kCodes ||
                             column.field->form == domain::FieldForm::kDatedCodes;
    if (!takes_lists) return refuse("not_a_text", "a list stands where one value is expected");
    const auto text = list_text(column, *list);
    if (!text) return refuse("not_a_list", "the list holds something else than is expected");
    return add_field(record, mapping_, column, *text);
  }
  const auto* text = value.as_string();
  if (text == nullptr) return refuse("not_a_text", "an object stands where a value is expected");
  // What was written as \u0000 is no better than the byte.
  const auto letters = decode(Encoding::kUtf8, tidy_spaces(*text));
  if (!letters) return refuse(letters.error().code, "the text holds what no text may hold");
  add_field(record, mapping_, column, *letters);
}

}  // namespace

std::unique_ptr<Reader> make_json_lines_reader(const RecordMapping& mapping) {
  return std::make_unique<JsonLinesReader>(mapping);
}

}  // namespace formats::source
