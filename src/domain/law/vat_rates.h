// VAT: which rates a country has on a day, and which day decides.
//
// The class names of the catalogue (standard, reduced_1, reduced_2, zero) are matched to the
// rows vat/standard_rate, vat/reduced_rate, vat/reduced_rate_1 ... and vat/reduced_rates.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/law/rule_book.h"

namespace domain {

// The rates of one country, all of which hold on every day of `valid`.
class VatRates {
 public:
  struct Rate {
    std::string vat_class;
    base::Percent percent;
    bool chargeable = false;  // Reduced rates that are shown only must not reach an invoice.
  };

  // Errors: no_rule_for_day where the country has no standard rate, wrong_rule_unit,
  // bad_rule_value, rule_has_no_value.
  [[nodiscard]] static base::Result<VatRates> on(const RuleBook& book, std::string_view country,
                                                 base::Date day);

  // The rate to put on a line. `zero` is always there. Errors: unknown_vat_class,
  // rule_not_verified.
  [[nodiscard]] base::Result<base::Percent> rate(std::string_view vat_class) const;
  // All of them, standard first; for pages that show what the book knows.
  [[nodiscard]] std::span<const Rate> rates() const { return rates_; }
  // Where a period of supply reaches beyond it, a rate changes within.
  [[nodiscard]] const base::Period& valid() const { return valid_; }

 private:
  VatRates(std::string country, base::Period valid) : country_(std::move(country)), valid_(valid) {}
  [[nodiscard]] base::Result<> add(const CountryRule& rule);

  std::string country_;
  base::Period valid_;
  std::vector<Rate> rates_;
};

// Which day's rate is owed when a rate changes: data, row vat/rate_change_rule.
enum class VatDateRule {
  kSupply,              // The day of supply; also where a country has no row.
  kSupplyOrPrepayment,  // A payment before the supply is taxed by the day it was received.
};
// Errors: bad_rule_value.
[[nodiscard]] base::Result<VatDateRule> vat_date_rule(const RuleBook& book,
                                                      std::string_view country, base::Date day);
[[nodiscard]] base::Date vat_date(VatDateRule rule, base::Date supplied,
                                  std::optional<base::Date> prepaid = std::nullopt);

// The step to which a sum to pay is rounded (SE: whole kronor), or nothing where it is not.
// Rows rounding/cash never count: they speak of coins. Errors: rule_not_verified,
// wrong_rule_unit, bad_rule_value.
[[nodiscard]] base::Result<std::optional<base::Money>> payment_rounding(const RuleBook& book,
                                                                        std::string_view country,
                                                                        base::Date day);

}  // namespace domain
