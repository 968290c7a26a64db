#include "domain/intake/field_reader.h"

#include <algorithm>
#include <utility>

namespace domain {
namespace {

// Nothing that we bill began before, and nothing is known beyond.
constexpr int kYearMin = 1990;
constexpr int kYearMax = 2100;

}  // namespace

bool FieldReader::note_form(std::string_view name, Weight weight) {
  const auto problem = std::ranges::find(record_.problems, record_.heading(name), &Problem::field);
  if (problem == record_.problems.end()) return false;
  (weight == Weight::kRefuses ? refusals_ : notices_).push_back(*problem);
  return true;
}

bool FieldReader::refused_for_form(std::string_view name) const {
  return std::ranges::find(refusals_, record_.heading(name), &Problem::field) != refusals_.end();
}

std::string FieldReader::text(std::string_view name, Weight weight) {
  static_cast<void>(note_form(name, weight));
  return std::string(record_.text(name));
}

std::string FieldReader::needed_text(std::string_view name) {
  if (note_form(name, Weight::kRefuses)) return {};
  std::string text(record_.text(name));
  if (text.empty()) refuse(name, "missing_value", "must not be empty");
  return text;
}

std::optional<base::Date> FieldReader::date(std::string_view name) {
  const std::string text = this->text(name, Weight::kRefuses);
  if (text.empty()) return std::nullopt;
  const auto date = base::Date::parse(text);
  if (!date) {
    refuse(name, "no_such_date", "there is no such day");
    return std::nullopt;
  }
  if (date->year() < kYearMin || date->year() > kYearMax) {
    refuse(name, "year_out_of_range", "years go from 1990 to 2100");
    return std::nullopt;
  }
  return *date;
}

std::optional<base::Date> FieldReader::needed_date(std::string_view name) {
  const auto date = this->date(name);
  if (!date && !refused_for_form(name)) refuse(name, "missing_value", "must not be empty");
  return date;
}

std::optional<base::Decimal> FieldReader::decimal(std::string_view name, std::string_view code) {
  const std::string text = this->text(name, Weight::kRefuses);
  if (text.empty()) return std::nullopt;
  const auto value = base::Decimal::parse(text);
  if (!value) {
    refuse(name, code, value.error().text);
    return std::nullopt;
  }
  return *value;
}

void FieldReader::refuse(std::string_view name, std::string_view code, std::string text) {
  refusals_.push_back({std::string(record_.heading(name)), std::string(code), std::move(text)});
}

void FieldReader::notice(std::string_view name, std::string_view code, std::string text) {
  notices_.push_back({std::string(record_.heading(name)), std::string(code), std::move(text)});
}

}  // namespace domain
