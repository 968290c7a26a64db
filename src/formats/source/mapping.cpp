#include "formats/source/mapping.h"

#include <algorithm>

#include "base/text/beginning.h"
#include "domain/check/members.h"
#include "formats/source/registry.h"

namespace formats::source {
namespace {

using base::Json;
using domain::check::Members;

base::Result<const domain::FieldSpec*> find_field(const RecordMapping& mapping, std::string place,
                                                  std::string_view name) {
  if (const auto* field = mapping.kind->find_field(name)) return field;
  std::string names;
  for (const auto& field : mapping.kind->fields) {
    names += (names.empty() ? "" : ", ") + std::string(field.name);
  }
  return base::fail("mapping_unknown_field",
                    "a record of the kind " + std::string(mapping.kind->name) +
                        " has no such field, but " + names,
                    std::move(place));
}

// A column is either the name of its field or a table with more to say.
base::Result<ColumnMapping> read_column(const RecordMapping& mapping, const std::string& place,
                                        const std::string& heading, const Json& json) {
  ColumnMapping column{.heading = heading, .field = nullptr, .optional = false, .values = {}};
  if (const auto* name = json.as_string()) {
    column.field = TRY(find_field(mapping, place, *name));
    return column;
  }
  const Members members = TRY(Members::of(json, place));
  TRY(members.allow_only({"field", "optional", "values", "members"}));
  column.field = TRY(find_field(mapping, members.place_of("field"), TRY(members.text("field"))));
  column.optional = TRY(members.flag_or("optional", false));
  for (const auto& [from, to] : *TRY(members.table("values"))) {
    if (!to.as_string()) return members.refuse("values", "must be texts");
    column.values.emplace_back(from, *to.as_string());
  }
  if (json["members"].is_null()) return column;
  if (column.field->form != domain::FieldForm::kDatedCodes) {
    return members.refuse("members", "are of a list of days and codes only");
  }
  const Members parts = TRY(Members::of(json["members"], members.place_of("members")));
  TRY(parts.allow_only({"day", "code"}));
  column.day_member = TRY(parts.text("day"));
  column.code_member = TRY(parts.text("code"));
  return column;
}

// Every field that a record needs is filled, and none twice.
base::Result<> check_fields(const RecordMapping& mapping, const Members& members) {
  for (const domain::FieldSpec& field : mapping.kind->fields) {
    const auto count = std::ranges::count(mapping.columns, &field, &ColumnMapping::field) +
                       std::ranges::count(mapping.constants, &field, &ConstantField::field);
    if (count > 1) {
      return base::fail("mapping_field_filled_twice",
                        "the field " + std::string(field.name) + " is filled twice",
                        members.place_of("columns"));
    }
    const domain::FieldSpec* other = mapping.kind->find_field(field.unless);
    const bool otherwise =
        other != nullptr && (std::ranges::find(mapping.columns, other, &ColumnMapping::field) !=
                                 mapping.columns.end() ||
                             std::ranges::find(mapping.constants, other, &ConstantField::field) !=
                                 mapping.constants.end());
    if (count == 0 && field.required && !otherwise) {
      return base::fail("mapping_field_not_filled",
                        "no column and no constant fills the field " + std::string(field.name),
                        members.place_of("columns"));
    }
  }
  return {};
}

base::Result<char> read_character(const Members& members, std::string_view name,
                                  std::string_view otherwise) {
  const std::string text = TRY(members.text_or(name, otherwise));
  if (text.size() != 1 || text == "\n" || text == "\r") {
    return members.refuse(name, "must be one ASCII character");
  }
  return text[0];
}

base::Result<> read_form(RecordMapping& mapping, const Members& members) {
  mapping.reader = TRY(members.text_or("reader", "csv"));
  if (find_reader_kind(mapping.reader) == nullptr) {
    return members.refuse("reader", "there is no reader of this name");
  }
  const auto encoding = parse_encoding(TRY(members.text("encoding")));
  if (!encoding) return members.refuse("encoding", encoding.error().text);
  mapping.encoding = *encoding;
  mapping.delimiter = TRY(read_character(members, "delimiter", ","));
  mapping.decimal_mark = TRY(read_character(members, "decimal_mark", "."));
  if (!TRY(members.text_or("quote", "\"")).empty()) {
    mapping.quote = TRY(read_character(members, "quote", "\""));
  }
  for (const std::string& pattern : TRY(members.texts("dates"))) {
    auto form = DateForm::parse(pattern);
    if (!form) return members.refuse("dates", form.error().text);
    mapping.date_forms.push_back(*std::move(form));
  }
  const std::string local_times = TRY(members.text_or("local_times", "refused"));
  if (local_times == "earlier") {
    mapping.local_times = LocalTimes::kEarlier;
  } else if (local_times == "later") {
    mapping.local_times = LocalTimes::kLater;
  } else if (local_times != "refused") {
    return members.refuse("local_times", "must be refused, earlier or later");
  }
  if (mapping.date_forms.empty()) mapping.date_forms.push_back(TRY(DateForm::parse("yyyy-mm-dd")));
  return {};
}

base::Result<> read_columns(RecordMapping& mapping, const Members& members) {
  for (const auto& [heading, column] : *TRY(members.table("columns"))) {
    mapping.columns.push_back(
        TRY(read_column(mapping, members.place_of("columns." + heading), heading, column)));
  }
  mapping.ignored = TRY(members.texts("ignored"));
  for (const auto& [name, value] : *TRY(members.table("constants"))) {
    const std::string place = members.place_of("constants." + name);
    const auto* field = TRY(find_field(mapping, place, name));
    if (!value.as_string()) return members.refuse("constants", "must be texts");
    mapping.constants.push_back({.field = field, .text = *value.as_string()});
  }
  return check_fields(mapping, members);
}

base::Result<RecordMapping> read_record_mapping(const std::string& division, const Json& json,
                                                const std::string& place) {
  const Members members = TRY(Members::of(json, place));
  TRY(members.allow_only({"name", "kind", "reader", "encoding", "delimiter", "quote",
                          "decimal_mark", "dates", "local_times", "columns", "ignored",
                          "constants"}));
  RecordMapping mapping;
  mapping.division = division;
  mapping.name = TRY(members.text("name"));
  mapping.kind = domain::find_record_kind(TRY(members.text("kind")));
  if (mapping.kind == nullptr) {
    return members.refuse("kind", "there is no kind of record of this name");
  }
  TRY(read_form(mapping, members));
  TRY(read_columns(mapping, members));
  return mapping;
}

bool is_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

}  // namespace

base::Result<DateForm> DateForm::parse(std::string_view pattern) {
  constexpr std::string_view kSeparators = "-./ ";
  const auto stands_once = [&](std::string_view part) {
    const std::size_t at = pattern.find(part);
    return at != std::string_view::npos &&
           pattern.find(part.front(), at + part.size()) == std::string_view::npos &&
           pattern.find(part.front()) == at;
  };
  const bool known = std::ranges::all_of(
      pattern, [&](char c) { return c == 'y' || c == 'm' || c == 'd' || kSeparators.contains(c); });
  if (!known || !stands_once("yyyy") || !stands_once("mm") || !stands_once("dd")) {
    return base::fail("bad_date_form",
                      "a form of dates is yyyy, mm and dd, each once, with signs of -./ between");
  }
  return DateForm(pattern);
}

std::optional<std::string> DateForm::to_iso(std::string_view text) const {
  if (text.size() != pattern_.size()) return std::nullopt;
  std::string year, month, day;
  for (std::size_t at = 0; at < text.size(); ++at) {
    switch (pattern_[at]) {
      case 'y': year.push_back(text[at]); break;
      case 'm': month.push_back(text[at]); break;
      case 'd': day.push_back(text[at]); break;
      default:
        if (text[at] != pattern_[at]) return std::nullopt;
    }
  }
  if (!is_digits(year) || !is_digits(month) || !is_digits(day)) return std::nullopt;
  return year + "-" + month + "-" + day;
}

base::Result<const RecordMapping*> Mapping::find(std::string_view name) const {
  const auto found = std::ranges::find(records, name, &RecordMapping::name);
  if (found != records.end()) return &*found;
  std::string names;
  for (const RecordMapping& record : records) names += (names.empty() ? "" : ", ") + record.name;
  return base::fail("unknown_mapping", "the mapping of " + division + " has no records called '" +
                                           base::beginning(name, 40) + "', but " + names);
}

base::Result<Mapping> read_mapping(const base::Json& json, std::string_view file) {
  const Members members = TRY(Members::of(json, std::string(file) + ": "));
  TRY(members.allow_only({"division", "records"}));
  Mapping mapping;
  mapping.division = TRY(members.text("division"));
  std::size_t at = 0;
  for (const Json& json_record : *TRY(members.list("records"))) {
    const std::string place = members.place_of("records." + std::to_string(at++));
    auto record = TRY(read_record_mapping(mapping.division, json_record, place));
    if (mapping.find(record.name)) {
      return base::fail("bad_member", "two kinds of records have this name", place + ".name");
    }
    mapping.records.push_back(std::move(record));
  }
  if (at == 0) {
    return base::fail("missing_member", "a mapping needs [[records]]", members.place_of("records"));
  }
  return mapping;
}

}  // namespace formats::source
