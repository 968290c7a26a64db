#include "formats/source/mapping.h"

#include <algorithm>
#include <initializer_list>

#include "formats/source/registry.h"

namespace formats::source {
namespace {

using base::Json;

// Reads the members of one table and knows where it stands.
class Table {
 public:
  Table(const Json& json, std::string place) : json_(json), place_(std::move(place)) {}

  [[nodiscard]] std::unexpected<base::Error> refuse(std::string_view code, std::string text,
                                                    std::string_view member) const {
    return base::fail(code, std::move(text), place_of(member));
  }

  [[nodiscard]] std::string place_of(std::string_view member) const {
    return place_ + (place_.ends_with(' ') ? "" : ".") + std::string(member);
  }

  [[nodiscard]] base::Result<> allow_only(std::initializer_list<std::string_view> names) const {
    for (const auto& [name, value] : *json_.as_object()) {
      if (std::ranges::find(names, std::string_view(name)) == names.end()) {
        return refuse("mapping_unknown_member", "a mapping has no member of this name", name);
      }
    }
    return {};
  }

  [[nodiscard]] base::Result<std::string> text(std::string_view member) const {
    const auto* value = json_[member].as_string();
    if (value && !value->empty()) return *value;
    return refuse(json_[member].is_null() ? "mapping_missing_member" : "mapping_bad_value",
                  "the mapping must say this, as text", member);
  }

  [[nodiscard]] base::Result<char> character(std::string_view member,
                                             std::string_view otherwise) const {
    const std::string value = json_.text(member, otherwise);
    if (value.size() != 1 || value == "\n" || value == "\r") {
      return refuse("mapping_bad_value", "must be one ASCII character", member);
    }
    return value[0];
  }

  [[nodiscard]] base::Result<std::vector<std::string>> texts(std::string_view member) const {
    std::vector<std::string> texts;
    if (json_[member].is_null()) return texts;
    const auto* array = json_[member].as_array();
    if (!array) return refuse("mapping_bad_value", "must be a list of texts", member);
    for (const Json& item : *array) {
      if (!item.as_string()) return refuse("mapping_bad_value", "must be a list of texts", member);
      texts.push_back(*item.as_string());
    }
    return texts;
  }

  // The members of a table in this one; none where it is absent.
  [[nodiscard]] base::Result<const Json::Object*> members(std::string_view member) const {
    static const Json::Object kNone;
    if (json_[member].is_null()) return &kNone;
    const auto* object = json_[member].as_object();
    if (!object) return refuse("mapping_bad_value", "must be a table", member);
    return object;
  }

 private:
  const Json& json_;
  std::string place_;
};

base::Result<const domain::FieldSpec*> find_field(const RecordMapping& mapping, const Table& table,
                                                  std::string_view member,
                                                  std::string_view name) {
  if (const auto* field = mapping.kind->find_field(name)) return field;
  std::string names;
  for (const auto& field : mapping.kind->fields) {
    names += (names.empty() ? "" : ", ") + std::string(field.name);
  }
  return table.refuse("mapping_unknown_field",
                      "a record of the kind " + std::string(mapping.kind->name) +
                          " has no such field, but " + names,
                      member);
}

// A column is either the name of its field or a table with more to say.
base::Result<ColumnMapping> read_column(const RecordMapping& mapping, const Table& columns,
                                        const std::string& heading, const Json& json) {
  ColumnMapping column{.heading = heading, .field = nullptr, .optional = false, .values = {}};
  if (const auto* name = json.as_string()) {
    column.field = TRY(find_field(mapping, columns, heading, *name));
    return column;
  }
  if (!json.as_object()) {
    return columns.refuse("mapping_bad_value", "must be the name of a field, or a table", heading);
  }
  const Table table(json, columns.place_of(heading));
  TRY(table.allow_only({"field", "optional", "values"}));
  column.field = TRY(find_field(mapping, table, "field", TRY(table.text("field"))));
  if (const auto* optional = json["optional"].as_bool()) column.optional = *optional;
  for (const auto& [from, to] : *TRY(table.members("values"))) {
    if (!to.as_string()) return table.refuse("mapping_bad_value", "must be texts", "values");
    column.values.emplace_back(from, *to.as_string());
  }
  return column;
}

base::Result<> check_fields(const RecordMapping& mapping, const Table& table) {
  for (const domain::FieldSpec& field : mapping.kind->fields) {
    const auto count = std::ranges::count(mapping.columns, &field, &ColumnMapping::field) +
                       std::ranges::count(mapping.constants, &field, &ConstantField::field);
    if (count > 1) {
      return table.refuse("mapping_field_filled_twice",
                          "the field " + std::string(field.name) + " is filled twice", "columns");
    }
    if (count == 0 && field.required) {
      return table.refuse("mapping_field_not_filled",
                          "no column and no constant fills the field " + std::string(field.name),
                          "columns");
    }
  }
  return {};
}

base::Result<> read_form(RecordMapping& mapping, const Json& json, const Table& table) {
  mapping.reader = json.text("reader", "csv");
  if (find_reader_kind(mapping.reader) == nullptr) {
    return table.refuse("mapping_bad_value", "there is no reader of this name", "reader");
  }
  const auto encoding = parse_encoding(TRY(table.text("encoding")));
  if (!encoding) return table.refuse("unknown_encoding", encoding.error().text, "encoding");
  mapping.encoding = *encoding;
  mapping.delimiter = TRY(table.character("delimiter", ","));
  mapping.decimal_mark = TRY(table.character("decimal_mark", "."));
  if (json.text("quote", "\"") != "") mapping.quote = TRY(table.character("quote", "\""));
  for (const std::string& pattern : TRY(table.texts("dates"))) {
    auto form = DateForm::parse(pattern);
    if (!form) return table.refuse(form.error().code, form.error().text, "dates");
    mapping.date_forms.push_back(*std::move(form));
  }
  if (mapping.date_forms.empty()) mapping.date_forms.push_back(TRY(DateForm::parse("yyyy-mm-dd")));
  return {};
}

base::Result<RecordMapping> read_record_mapping(const std::string& division, const Json& json,
                                                const std::string& place) {
  const Table table(json, place);
  if (!json.as_object()) return table.refuse("mapping_bad_value", "must be a table", "");
  TRY(table.allow_only({"name", "kind", "reader", "encoding", "delimiter", "quote", "decimal_mark",
                        "dates", "columns", "ignored", "constants"}));
  RecordMapping mapping;
  mapping.division = division;
  mapping.name = TRY(table.text("name"));
  mapping.kind = domain::find_record_kind(TRY(table.text("kind")));
  if (mapping.kind == nullptr) {
    return table.refuse("mapping_bad_value", "there is no kind of record of this name", "kind");
  }
  TRY(read_form(mapping, json, table));
  const Table columns(json["columns"], table.place_of("columns"));
  for (const auto& [heading, column] : *TRY(table.members("columns"))) {
    mapping.columns.push_back(TRY(read_column(mapping, columns, heading, column)));
  }
  mapping.ignored = TRY(table.texts("ignored"));
  for (const auto& [name, value] : *TRY(table.members("constants"))) {
    const auto* field = TRY(find_field(mapping, table, "constants", name));
    if (!value.as_string()) return table.refuse("mapping_bad_value", "must be texts", "constants");
    mapping.constants.push_back({.field = field, .text = *value.as_string()});
  }
  TRY(check_fields(mapping, table));
  return mapping;
}

bool is_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

}  // namespace

base::Result<DateForm> DateForm::parse(std::string_view pattern) {
  const auto count = [&](std::string_view part) {
    std::size_t found = 0;
    for (auto at = pattern.find(part); at != std::string_view::npos; at = pattern.find(part, at + 1)) {
      ++found;
    }
    return found;
  };
  const std::string_view separators = "-./ ";
  const bool known = std::ranges::all_of(pattern, [&](char c) {
    return c == 'y' || c == 'm' || c == 'd' || separators.find(c) != std::string_view::npos;
  });
  const auto letters = std::ranges::count_if(
      pattern, [&](char c) { return c == 'y' || c == 'm' || c == 'd'; });
  if (!known || letters != 8 || count("yyyy") != 1 || count("mm") != 1 || count("dd") != 1) {
    return base::fail("bad_date_form",
                      "a form of dates is yyyy, mm and dd, each once, and signs of -./ between");
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
  return base::fail("unknown_mapping",
                    "the mapping of " + division + " has no records called '" +
                        std::string(name.substr(0, 40)) + "', but " + names);
}

base::Result<Mapping> read_mapping(const base::Json& json, std::string_view file) {
  const Table table(json, std::string(file) + ": ");
  if (!json.as_object()) return base::fail("mapping_bad_value", "must be a table", std::string(file));
  TRY(table.allow_only({"division", "records"}));
  Mapping mapping;
  mapping.division = TRY(table.text("division"));
  const auto* records = json["records"].as_array();
  if (!records || records->empty()) {
    return table.refuse("mapping_missing_member", "a mapping needs [[records]]", "records");
  }
  for (std::size_t at = 0; at < records->size(); ++at) {
    const std::string place = table.place_of("records." + std::to_string(at));
    auto record = TRY(read_record_mapping(mapping.division, (*records)[at], place));
    if (mapping.find(record.name)) {
      return base::fail("mapping_bad_value", "two records have this name", place + ".name");
    }
    mapping.records.push_back(std::move(record));
  }
  return mapping;
}

}  // namespace formats::source
