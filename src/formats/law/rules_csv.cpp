#include "formats/law/rules_csv.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "base/text/beginning.h"
#include "base/text/csv.h"

namespace formats::law {
namespace {

using domain::CountryRule;

enum Column : std::size_t {
  kCountry,
  kSegment,
  kArea,
  kKey,
  kValue,
  kUnit,
  kValidFrom,
  kValidTo,
  kEnforced,
  kSourceTitle,
  kSourceUrl,
  kVerified,
  kColumnCount,
};
constexpr std::array<std::string_view, kColumnCount> kColumns = {
    "country",    "segment",  "area",     "key",          "value",      "unit",
    "valid_from", "valid_to", "enforced", "source_title", "source_url", "verified"};

class RulesReader {
 public:
  RulesReader(std::string_view place, domain::RuleOrigin origin) : place_(place), origin_(origin) {}

  RulesRead read(std::string_view text) {
    base::CsvFile file = base::parse_csv(text, place_);
    read_.problems = std::move(file.problems);
    if (file.records.empty()) {
      report(
          1, "",
          base::fail("rules_no_header", "the file is empty; its first line must name the columns"));
      return std::move(read_);
    }
    if (!read_header(file.records.front())) return std::move(read_);
    for (auto record = file.records.begin() + 1; record != file.records.end(); ++record) {
      read_row(*record);
    }
    return std::move(read_);
  }

 private:
  bool read_header(const base::CsvRecord& header) {
    bool good = true;
    for (const std::string& name : header.fields) {
      if (std::ranges::find(kColumns, name) == kColumns.end()) {
        report(
            header.line, name,
            base::fail("rules_unknown_column", "there is no such column; see countries/README.md"));
        good = false;
      }
    }
    for (std::size_t column = 0; column < kColumnCount; ++column) {
      const auto found = std::ranges::find(header.fields, kColumns[column]);
      if (found == header.fields.end()) {
        report(header.line, kColumns[column],
               base::fail("rules_missing_column", "the column is missing"));
        good = false;
      }
      position_[column] = static_cast<std::size_t>(found - header.fields.begin());
    }
    field_count_ = header.fields.size();
    return good;
  }

  void read_row(const base::CsvRecord& record) {
    record_ = &record;
    good_ = true;
    if (record.fields.size() != field_count_) {
      report(record.line, "",
             base::fail("rule_wrong_field_count",
                        "the row has " + std::to_string(record.fields.size()) +
                            " fields, the header " + std::to_string(field_count_)));
      return;
    }
    CountryRule rule;
    rule.origin = origin_;
    rule.country = read_country();
    rule.segment = read_word(kSegment, domain::parse_rule_segment, "ALL, B2B or B2C");
    rule.area = required(kArea);
    rule.key = required(kKey);
    rule.value = field(kValue);
    rule.unit = required(kUnit);
    rule.valid = read_period();
    rule.enforced = read_word(kEnforced, domain::parse_enforced, "yes, default or info");
    rule.source_title = field(kSourceTitle);
    rule.source_url = field(kSourceUrl);
    rule.verified = read_word(kVerified, domain::parse_verified, "yes, weak or no");
    if (rule.source_title.empty()) {
      report(kSourceTitle,
             base::fail("rule_without_source", "a rule needs the title of its source"));
    }
    if (good_ && !is_plausible(rule)) {
      report(kValue,
             base::fail("bad_rule_value", "'" + rule.value + "' is no value in " + rule.unit));
    }
    if (good_) read_.rules.push_back(std::move(rule));
  }

  [[nodiscard]] const std::string& field(Column column) const {
    return record_->fields[position_[column]];
  }

  const std::string& required(Column column) {
    if (field(column).empty())
      report(column, base::fail("rule_field_empty", "the field must not be empty"));
    return field(column);
  }

  std::string read_country() {
    const std::string& text = field(kCountry);
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() != 2 || !std::ranges::all_of(text, capital)) {
      report(kCountry, base::fail("bad_country_code",
                                  "'" + base::beginning(text, 40) + "' is no code like SE or EU"));
    }
    return text;
  }

  template <class Enum>
  Enum read_word(Column column, std::optional<Enum> (*parse)(std::string_view),
                 std::string_view allowed) {
    const auto value = parse(field(column));
    if (value) return *value;
    report(column, base::fail("unknown_value", "'" + base::beginning(field(column), 40) +
                                                   "' is not " + std::string(allowed)));
    return {};
  }

  // The file's last day is inclusive, a Period's is not.
  base::Period read_period() {
    const base::Date from = read_date(kValidFrom).value_or(domain::all_days().from());
    const auto last = read_date(kValidTo);
    const base::Date to =
        last && *last < domain::all_days().to() ? *last + 1 : domain::all_days().to();
    const auto period = base::Period::make(from, to);
    if (period && !period->is_empty()) return *period;
    report(kValidTo, base::fail("period_ends_before_it_starts", "the row ends " + field(kValidTo) +
                                                                    ", before it starts " +
                                                                    field(kValidFrom)));
    return domain::all_days();
  }

  std::optional<base::Date> read_date(Column column) {
    if (field(column).empty()) return std::nullopt;
    auto date = base::Date::parse(field(column));
    if (date) return *date;
    report(column, std::unexpected(std::move(date).error()));
    return std::nullopt;
  }

  // Whether the value can be what its unit says, as far as that shows without knowing the key:
  // percents are numbers, and what looks like a number ("2,50") is one. The rest is free text.
  static bool is_plausible(const CountryRule& rule) {
    if (rule.value.empty()) return true;
    const auto is_number = [](const std::string& text) {
      return base::Decimal::parse(text).has_value();
    };
    if (rule.unit == "percent" || rule.unit == "percentage_points") {
      const auto parts = domain::rule_list(rule);
      return parts && std::ranges::all_of(*parts, is_number);
    }
    const bool looks_like_number = rule.value.find_first_not_of("0123456789., ") == rule.value.npos;
    return !looks_like_number || is_number(rule.value);
  }

  void report(Column column, std::unexpected<base::Error> problem) {
    report(record_->line, kColumns[column], std::move(problem));
  }

  // Notes the problem with the place that only the reader knows.
  void report(int line, std::string_view column, std::unexpected<base::Error> problem) {
    good_ = false;
    base::Error error = std::move(problem).error();
    error.place = std::string(place_) + ":" + std::to_string(line);
    if (!column.empty()) error.place += ":" + std::string(column);
    read_.problems.push_back(std::move(error));
  }

  std::string_view place_;
  domain::RuleOrigin origin_;
  std::array<std::size_t, kColumnCount> position_{};
  std::size_t field_count_ = 0;
  const base::CsvRecord* record_ = nullptr;
  bool good_ = true;
  RulesRead read_;
};

}  // namespace

RulesRead read_rules(std::string_view text, std::string_view place, domain::RuleOrigin origin) {
  if (text.size() > kRulesBytesMax) {
    return {.rules = {},
            .problems = {
                base::fail("rules_too_long", "a file of rules may have 10 MB", std::string(place))
                    .error()}};
  }
  return RulesReader(place, origin).read(text);
}

}  // namespace formats::law
