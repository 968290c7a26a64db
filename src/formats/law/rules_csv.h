// Reads country rules from CSV: the shipped countries/<cc>/rules.csv and an operator's own file.
//
// The columns are described in countries/README.md. All of them must be there, in any order.
// A bad row never stops the reader: it is left out and named with line and column.
#pragma once

#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/law/country_rule.h"

namespace formats::law {

struct RulesRead {
  std::vector<domain::CountryRule> rules;
  // Places are "<place>:<line>:<column>". Codes: those of base::parse_csv, rules_no_header,
  // rules_missing_column, rules_unknown_column, rule_wrong_field_count, rule_field_empty,
  // bad_country_code, unknown_value, bad_rule_value, not_a_date, no_such_date,
  // period_ends_before_it_starts, rule_without_source.
  std::vector<base::Error> problems;
};

// The longest file taken; all eight shipped ones together have 60 kB. A longer one is refused
// whole with rules_too_long.
inline constexpr std::size_t kRulesBytesMax = 10'000'000;

[[nodiscard]] RulesRead read_rules(std::string_view text, std::string_view place,
                                   domain::RuleOrigin origin);

}  // namespace formats::law
