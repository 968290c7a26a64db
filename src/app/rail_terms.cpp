#include "app/rail_terms.h"

#include <algorithm>
#include <string_view>

namespace app {
namespace {

using base::Decimal;
using base::Result;
using domain::RailTerms;

struct Number {
  std::string_view name;
  Decimal& (*of)(RailTerms& terms);
};

constexpr Number kNumbers[] = {
    {"fee_fixed", [](RailTerms& terms) -> Decimal& { return terms.fee_fixed; }},
    {"fee_percent", [](RailTerms& terms) -> Decimal& { return terms.fee_percent.value; }},
    {"failure_percent", [](RailTerms& terms) -> Decimal& { return terms.failure_percent.value; }},
    {"failure_cost", [](RailTerms& terms) -> Decimal& { return terms.failure_cost; }},
    {"recall_percent", [](RailTerms& terms) -> Decimal& { return terms.recall_percent.value; }},
    {"recall_cost", [](RailTerms& terms) -> Decimal& { return terms.recall_cost; }},
};

Result<Decimal> read(const std::string& text, const std::string& place) {
  const auto number = Decimal::parse(text);
  if (number && !number->is_negative()) return *number;
  return base::fail("bad_rail_cost", "a cost is a number of zero or more, like \"1.25\"", place);
}

}  // namespace

Result<> take_rail_terms(const std::string& gateway, Texts& settings,
                         std::vector<RailTerms>& terms) {
  // The gateway's own first: a method has them where it says nothing else.
  RailTerms all;
  all.rail.gateway = gateway;
  bool has_any = false;
  for (const Number& number : kNumbers) {
    const auto found = settings.find(std::string(number.name));
    if (found == settings.end()) continue;
    number.of(all) = TRY(read(found->second, "gateway." + gateway + "." + found->first));
    settings.erase(found);
    has_any = true;
  }
  std::map<std::string, RailTerms> of_methods;
  for (const Number& number : kNumbers) {
    const std::string start = std::string(number.name) + "_";
    for (auto at = settings.lower_bound(start);
         at != settings.end() && at->first.starts_with(start);) {
      const std::string method = at->first.substr(start.size());
      const auto [row, added] = of_methods.try_emplace(method, all);
      row->second.rail.method = method;
      number.of(row->second) = TRY(read(at->second, "gateway." + gateway + "." + at->first));
      at = settings.erase(at);
    }
  }
  if (has_any) terms.push_back(all);
  for (const auto& [method, own] : of_methods) terms.push_back(own);
  return {};
}

Result<> take_own_rail(const std::string& method, const Texts& settings,
                       std::vector<RailTerms>& terms) {
  RailTerms own;
  own.rail.method = method;
  for (const auto& [name, text] : settings) {
    const auto number = std::ranges::find(kNumbers, name, &Number::name);
    if (number == std::end(kNumbers)) {
      return base::fail("bad_rail_cost", "there is no such cost", "rail." + method + "." + name);
    }
    number->of(own) = TRY(read(text, "rail." + method + "." + name));
  }
  terms.push_back(own);
  return {};
}

}  // namespace app
