#include "domain/law/rule_book.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

namespace domain {
namespace {

// Source: Treaty on European Union art. 52, after the withdrawal of the United Kingdom.
constexpr std::array<std::string_view, 27> kEuMembers = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"};
static_assert(std::ranges::is_sorted(kEuMembers));

using Name = std::tuple<std::string_view, std::string_view, std::string_view>;

Name name_of(const CountryRule& rule) { return {rule.country, rule.area, rule.key}; }

// Operator rows first, then rows of a segment, then by day: the first that fits is in force.
auto precedence(const CountryRule& rule) {
  return std::tuple(name_of(rule), rule.origin == RuleOrigin::kShipped,
                    rule.segment == RuleSegment::kAll, rule.segment, rule.valid.from());
}

bool holds(const CountryRule& rule, RuleSegment segment, base::Date day) {
  return (rule.segment == segment || rule.segment == RuleSegment::kAll) && rule.valid.contains(day);
}

std::string written(std::string_view country, RuleSegment segment, std::string_view area,
                    std::string_view key) {
  return std::string(country) + " " + std::string(to_text(segment)) + " " + std::string(area) +
         "/" + std::string(key);
}

}  // namespace

bool is_eu_member(std::string_view country) {
  return std::ranges::binary_search(kEuMembers, country);
}

base::Result<RuleBook> RuleBook::make(std::vector<CountryRule> rules) {
  std::ranges::stable_sort(rules, {}, precedence);
  for (std::size_t at = 1; at < rules.size(); ++at) {
    const CountryRule& earlier = rules[at - 1];
    const CountryRule& later = rules[at];
    const bool same = name_of(earlier) == name_of(later) && earlier.origin == later.origin &&
                      earlier.segment == later.segment;
    if (same && later.valid.from() < earlier.valid.to()) {
      return base::fail("rules_overlap",
                        "two " + std::string(to_text(later.origin)) + " rows hold on " +
                            later.valid.from().to_string() +
                            "; give the earlier one a valid_to before that day",
                        describe(later));
    }
  }
  return RuleBook(std::move(rules));
}

std::span<const CountryRule> RuleBook::named(std::string_view country, std::string_view area,
                                             std::string_view key) const {
  const auto found = std::ranges::equal_range(rules_, Name(country, area, key), {}, name_of);
  return {found.begin(), found.end()};
}

const CountryRule* RuleBook::lookup(std::string_view country, RuleSegment segment,
                                    std::string_view area, std::string_view key,
                                    base::Date day) const {
  for (const CountryRule& rule : named(country, area, key)) {
    if (holds(rule, segment, day)) return &rule;
  }
  if (!is_eu_member(country)) return nullptr;
  return lookup(kEuropeanUnion, segment, area, key, day);
}

base::Result<const CountryRule*> RuleBook::find(std::string_view country, RuleSegment segment,
                                                std::string_view area, std::string_view key,
                                                base::Date day) const {
  if (const CountryRule* rule = lookup(country, segment, area, key, day)) return rule;
  return base::fail("no_rule_for_day",
                    "no country row is in force on " + day.to_string() +
                        "; add one with its source to the operator's rules",
                    written(country, segment, area, key));
}

base::Result<const CountryRule*> RuleBook::find_chargeable(std::string_view country,
                                                           RuleSegment segment,
                                                           std::string_view area,
                                                           std::string_view key,
                                                           base::Date day) const {
  const CountryRule* rule = TRY(find(country, segment, area, key, day));
  TRY(chargeable(*rule));
  return rule;
}

std::vector<RuleBook::Stretch> RuleBook::timeline(std::string_view country, RuleSegment segment,
                                                  std::string_view area,
                                                  std::string_view key) const {
  // Only where a row begins or ends can the answer change.
  std::vector<base::Date> days;
  const auto add_days_of = [&](std::string_view whose) {
    for (const CountryRule& rule : named(whose, area, key)) {
      days.push_back(rule.valid.from());
      days.push_back(rule.valid.to());
    }
  };
  add_days_of(country);
  if (is_eu_member(country)) add_days_of(kEuropeanUnion);
  std::ranges::sort(days);
  std::vector<Stretch> stretches;
  for (std::size_t at = 1; at < days.size(); ++at) {
    const base::Date from = days[at - 1], to = days[at];
    if (from == to) continue;
    const CountryRule* rule = lookup(country, segment, area, key, from);
    if (rule == nullptr) continue;
    const bool goes_on =
        !stretches.empty() && stretches.back().rule == rule && stretches.back().period.to() == from;
    const base::Date starts = goes_on ? stretches.back().period.from() : from;
    if (goes_on) stretches.pop_back();
    stretches.push_back({*base::Period::make(starts, to), rule});
  }
  return stretches;
}

std::vector<const CountryRule*> RuleBook::in_force(std::string_view country, RuleSegment segment,
                                                   std::string_view area, base::Date day) const {
  std::vector<const CountryRule*> found;
  const auto rows =
      std::ranges::equal_range(rules_, std::tuple(country, area), {}, [](const CountryRule& rule) {
        return std::tuple<std::string_view, std::string_view>(rule.country, rule.area);
      });
  for (const CountryRule& rule : rows) {
    const bool decided = !found.empty() && found.back()->key == rule.key;
    if (!decided && holds(rule, segment, day)) found.push_back(&rule);
  }
  return found;
}

}  // namespace domain
