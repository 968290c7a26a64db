#include "formats/source/fields.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/time/instant.h"

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

std::optional<std::string> integer_text(std::string_view text) {
  constexpr std::size_t kDigitsMax = 18;
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  const bool whole = std::ranges::all_of(digits, [](char c) { return '0' <= c && c <= '9'; });
  if (digits.empty() || digits.size() > kDigitsMax || !whole) return std::nullopt;
  return std::string(text);
}

// "2026-10-01 MOB5 2026-10-09 MOB20", each day in one of the mapping's forms.
std::optional<std::string> dated_codes_text(const RecordMapping& mapping, std::string_view text) {
  std::string plain;
  bool is_day = true;
  for (std::size_t from = 0; from < text.size(); is_day = !is_day) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    const std::string_view word = text.substr(from, to - from);
    if (!plain.empty()) plain.push_back(' ');
    const auto day = is_day ? date_text(mapping, word) : std::string(word);
    if (!day) return std::nullopt;
    plain += *day;
    from = to + 1;
  }
  if (!is_day) return std::nullopt;
  return plain;
}

struct Reading {
  std::optional<std::string> text;
  std::string_view code;
  std::string_view reason;
};

// "2026-10-25T02:30:00+0200" with a colon in the offset, as ISO 8601 writes it beside colons.
std::string with_colon_in_offset(std::string text) {
  constexpr std::size_t kOffset = 5;
  if (text.size() < 24) return text;
  const std::size_t sign = text.size() - kOffset;
  const bool plain =
      (text[sign] == '+' || text[sign] == '-') && text.find(':', sign) == std::string::npos;
  return plain ? text.insert(sign + 3, ":") : text;
}

Reading instant_reading(const RecordMapping& mapping, std::string text) {
  const auto at = base::Instant::parse(with_colon_in_offset(text));
  if (at) return {at->to_string(), {}, {}};
  if (at.error().code == "no_such_date") return {{}, "no_such_date", "there is no such day"};
  const auto local = base::Instant::parse(text + "Z");
  if (local) {
    switch (mapping.local_times) {
      case LocalTimes::kRefused:
        return {{},
                "time_without_zone",
                "the time has no offset, and the mapping does not say how "
                "to read it"};
      case LocalTimes::kEarlier: return {text + " earlier", {}, {}};
      case LocalTimes::kLater: return {text + " later", {}, {}};
    }
  }
  if (local.error().code == "no_such_date") return {{}, "no_such_date", "there is no such day"};
  return {{}, "not_a_time", "not a time like 2026-10-25T02:30:00+02:00"};
}

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
    case domain::FieldForm::kInteger:
      return {integer_text(text), "not_a_number", "not a whole number"};
    case domain::FieldForm::kInstant: return instant_reading(mapping, std::move(text));
    case domain::FieldForm::kCodes: return {std::move(text), {}, {}};
    case domain::FieldForm::kDatedCodes:
      return {dated_codes_text(mapping, text), "not_a_list",
              "not days in one of the mapping's forms, each with a code"};
  }
  return {};
}

}  // namespace

std::string tidy_spaces(std::string_view text) {
  // Most texts hold nothing that could be a space.
  if (text.find_first_of(" \t\n\xC2") == std::string_view::npos) return std::string(text);
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
