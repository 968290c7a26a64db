#include "domain/law/vat_rates.h"

#include <algorithm>

namespace domain {
namespace {

constexpr std::string_view kStandard = "standard";
constexpr std::string_view kZero = "zero";
constexpr std::string_view kReduced = "reduced_rate";

}  // namespace

base::Result<VatRates> VatRates::on(const RuleBook& book, std::string_view country,
                                    base::Date day) {
  const CountryRule* standard =
      TRY(book.find(country, RuleSegment::kAll, "vat", "standard_rate", day));
  VatRates rates(std::string(country), standard->valid);
  TRY(rates.add(*standard));
  for (const CountryRule* rule : book.in_force(country, RuleSegment::kAll, "vat", day)) {
    if (rule->key.starts_with(kReduced)) TRY(rates.add(*rule));
  }
  return rates;
}

base::Result<> VatRates::add(const CountryRule& rule) {
  const bool may_charge = chargeable(rule).has_value();
  valid_ = valid_.intersect(rule.valid);
  if (rule.key == "reduced_rates") {  // Several in one row: the first is reduced_1.
    const auto parts = TRY(rule_list(rule));
    for (std::size_t at = 0; at < parts.size(); ++at) {
      CountryRule part = rule;
      part.value = parts[at];
      rates_.push_back({"reduced_" + std::to_string(at + 1), TRY(rule_percent(part)), may_charge});
    }
    return {};
  }
  std::string vat_class(kStandard);
  if (rule.key == kReduced) {
    vat_class = "reduced_1";
  } else if (rule.key.starts_with(kReduced)) {  // reduced_rate_2 is reduced_2.
    vat_class = "reduced" + rule.key.substr(kReduced.size());
  }
  rates_.push_back({std::move(vat_class), TRY(rule_percent(rule)), may_charge});
  return {};
}

base::Result<base::Percent> VatRates::rate(std::string_view vat_class) const {
  if (vat_class == kZero) return base::Percent{};
  const auto found = std::ranges::find(rates_, vat_class, &Rate::vat_class);
  if (found == rates_.end()) {
    return base::fail("unknown_vat_class",
                      "'" + std::string(vat_class.substr(0, 40)) + "' is no VAT class of " +
                          country_ + " then; use standard, zero or one that the rules name",
                      country_);
  }
  if (!found->chargeable) {
    return base::fail("rule_not_verified",
                      "the rate is only shown; add a row with a source to charge by it",
                      country_ + " vat/" + std::string(vat_class));
  }
  return found->percent;
}

base::Result<VatDateRule> vat_date_rule(const RuleBook& book, std::string_view country,
                                        base::Date day) {
  const auto rule = book.find(country, RuleSegment::kAll, "vat", "rate_change_rule", day);
  if (!rule) return VatDateRule::kSupply;
  const auto parts = TRY(rule_list(**rule));
  if (parts == std::vector<std::string>{"supply_date"}) return VatDateRule::kSupply;
  if (parts == std::vector<std::string>{"supply_date", "prepayment=date_received"}) {
    return VatDateRule::kSupplyOrPrepayment;
  }
  return base::fail("bad_rule_value",
                    "'" + (*rule)->value + "' is no known rule for the day of a VAT rate",
                    describe(**rule));
}

base::Date vat_date(VatDateRule rule, base::Date supplied, std::optional<base::Date> prepaid) {
  if (rule == VatDateRule::kSupplyOrPrepayment && prepaid) return std::min(*prepaid, supplied);
  return supplied;
}

base::Result<std::optional<base::Money>> payment_rounding(const RuleBook& book,
                                                          std::string_view country,
                                                          base::Date day) {
  const auto rule = book.find(country, RuleSegment::kAll, "rounding", "payment", day);
  if (!rule) return std::optional<base::Money>();
  TRY(chargeable(**rule));
  return std::optional(TRY(rule_money(**rule)));
}

}  // namespace domain
