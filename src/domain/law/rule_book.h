// RuleBook: all country rules, and the one answer to "which row is in force that day?".
//
// Precedence: the country's own rows before those of the EU (for members only); the operator's
// rows before shipped ones; a row for the segment before a row for all. A book exists only
// without overlaps, so there is never more than one answer. Immutable; safe from any thread.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "domain/law/country_rule.h"

namespace domain {

// "EU" is the country of rows that hold in the whole Union.
inline constexpr std::string_view kEuropeanUnion = "EU";
// Whether EU rows hold there: the 27 members since 2020-02-01. Norway is none.
[[nodiscard]] bool is_eu_member(std::string_view country);

class RuleBook {
 public:
  RuleBook() = default;

  // Takes shipped and operator rows alike. Errors: rules_overlap, naming two rows of the same
  // name, segment and origin that hold on one day.
  [[nodiscard]] static base::Result<RuleBook> make(std::vector<CountryRule> rules);

  // The row in force, which lives as long as the book. Errors: no_rule_for_day.
  [[nodiscard]] base::Result<const CountryRule*> find(std::string_view country, RuleSegment segment,
                                                      std::string_view area, std::string_view key,
                                                      base::Date day) const;
  // The same for what will cost somebody money (D16). Errors: no_rule_for_day,
  // rule_not_verified. On either nothing is charged and a task is raised.
  [[nodiscard]] base::Result<const CountryRule*> find_chargeable(std::string_view country,
                                                                 RuleSegment segment,
                                                                 std::string_view area,
                                                                 std::string_view key,
                                                                 base::Date day) const;

  // A stretch of days with the row in force on them.
  struct Stretch {
    base::Period period;
    const CountryRule* rule = nullptr;
  };
  // All days on which some row is in force, in order, without those on which none is.
  [[nodiscard]] std::vector<Stretch> timeline(std::string_view country, RuleSegment segment,
                                              std::string_view area, std::string_view key) const;
  // The rows of an area in force for the country itself (no EU fallback), by key.
  [[nodiscard]] std::vector<const CountryRule*> in_force(std::string_view country,
                                                         RuleSegment segment, std::string_view area,
                                                         base::Date day) const;
  // All rows, by country, area, key, and then in the order of precedence.
  [[nodiscard]] std::span<const CountryRule> rules() const { return rules_; }

 private:
  explicit RuleBook(std::vector<CountryRule> rules) : rules_(std::move(rules)) {}
  [[nodiscard]] std::span<const CountryRule> named(std::string_view country, std::string_view area,
                                                   std::string_view key) const;
  [[nodiscard]] const CountryRule* lookup(std::string_view country, RuleSegment segment,
                                          std::string_view area, std::string_view key,
                                          base::Date day) const;
  std::vector<CountryRule> rules_;
};

}  // namespace domain
