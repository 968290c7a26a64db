#include "formats/source/fields.h"

#include <algorithm>
#include <optional>

namespace formats::source {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

std::optional<std::string> date_text(const RecordMapping& mapping, std::string_view text) {
  for (const DateForm& form : mapping.date_forms) {
    if (auto iso = form.to_iso(text)) return iso;
  }
  return std::nullopt;
}

// "1 272,80" as "1272.80". A sign is kept; anything else but digits and one mark is refused.
std::optional<std::string> decimal_text(char mark, std::string_view text) {
  std::string plain;
  bool has_mark = false;
  bool has_digit = false;
  for (const char c : text) {
    if (c == ' ') continue;
    if (c == mark && !has_mark) {
      has_mark = true;
      plain.push_back('.');
    } else if ('0' <= c && c <= '9') {
      has_digit = true;
      plain.push_back(c);
    } else if (c == '-' && plain.empty()) {
      plain.push_back(c);
    } else {
      return std::nullopt;
    }
  }
  if (!has_digit || plain.ends_with('.')) return std::nullopt;
  if (plain.starts_with('.')) plain.insert(0, "0");
  return plain;
}

struct Reading {
  std::optional<std::string> text;
  std::string_view code;
  std::string_view reason;
};

Reading read_text(const RecordMapping& mapping, const ColumnMapping& column, std::string text) {
  if (text.size() > kFieldBytesMax) {
    return {{}, "field_too_long", "the field has more than 4,096 bytes"};
  }
  if (!column.values.empty()) {
    const auto found =
        std::ranges::find(column.values, text, &std::pair<std::string, std::string>::first);
    if (found == column.values.end()) {
      return {{}, "unknown_value", "the mapping has no such value for this column"};
    }
    return {found->second, {}, {}};
  }
  switch (column.field->form) {
    case domain::FieldForm::kText: return {std::move(text), {}, {}};
    case domain::FieldForm::kDate:
      return {date_text(mapping, text), "not_a_date", "not a date in any of the mapping's forms"};
    case domain::FieldForm::kDecimal:
      return {decimal_text(mapping.decimal_mark, text), "not_a_number",
              "not a number with the mapping's decimal mark"};
  }
  return {};
}

}  // namespace

std::string tidy_spaces(std::string_view text) {
  std::string tidy;
  bool space = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool no_break = text.substr(at).starts_with(kNoBreakSpace);
    if (no_break || text[at] == ' ' || text[at] == '\t' || text[at] == '\n') {
      space = !tidy.empty();
      if (no_break) ++at;
      continue;
    }
    if (space) tidy.push_back(' ');
    space = false;
    tidy.push_back(text[at]);
  }
  return tidy;
}

void add_field(domain::Record& record, const RecordMapping& mapping, const ColumnMapping& column,
               std::string_view text) {
  domain::RecordField field{
      .name = std::string(column.field->name), .heading = column.heading, .text = {}};
  if (std::string tidy = tidy_spaces(text); !tidy.empty()) {
    Reading reading = read_text(mapping, column, std::move(tidy));
    if (reading.text) {
      field.text = *std::move(reading.text);
    } else {
      record.problems.push_back(
          {column.heading, std::string(reading.code), std::string(reading.reason)});
    }
  }
  record.fields.push_back(std::move(field));
}

void add_constants(domain::Record& record, const RecordMapping& mapping) {
  for (const ConstantField& constant : mapping.constants) {
    record.fields.push_back(
        {.name = std::string(constant.field->name), .heading = {}, .text = constant.text});
  }
}

}  // namespace formats::source
