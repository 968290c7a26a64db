#include "domain/intake/field_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "domain/intake/local_time.h"

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
  return check_date(name, text);
}

std::optional<base::Date> FieldReader::check_date(std::string_view name, std::string_view text) {
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

std::optional<std::int64_t> FieldReader::count(std::string_view name, std::int64_t most,
                                               std::string_view code) {
  const std::string text = this->text(name, Weight::kRefuses);
  if (text.empty()) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > most) {
    refuse(name, code, "must not be below zero and not above " + std::to_string(most));
    return std::nullopt;
  }
  return value;
}

std::optional<base::Instant> FieldReader::needed_instant(std::string_view name,
                                                         const base::TimeZone& zone) {
  const std::string text = this->text(name, Weight::kRefuses);
  if (text.empty()) {
    if (!refused_for_form(name)) refuse(name, "missing_value", "must not be empty");
    return std::nullopt;
  }
  const auto at = text.ends_with('Z') ? base::Instant::parse(text) : parse_local_time(text, zone);
  if (!at) {
    refuse(name, at.error().code, at.error().text);
    return std::nullopt;
  }
  const int year = zone.local_date(*at).year();
  if (year < kYearMin || year > kYearMax) {
    refuse(name, "year_out_of_range", "years go from 1990 to 2100");
    return std::nullopt;
  }
  return *at;
}

void FieldReader::refuse(std::string_view name, std::string_view code, std::string text) {
  refusals_.push_back({std::string(record_.heading(name)), std::string(code), std::move(text)});
}

void FieldReader::notice(std::string_view name, std::string_view code, std::string text) {
  notices_.push_back({std::string(record_.heading(name)), std::string(code), std::move(text)});
}

}  // namespace domain
