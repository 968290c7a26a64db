// PriceModel: what a quantity costs. Exact decimals in, exact decimals out; rounding to money is
// the caller's, once per line (base::line_amount and friends), so that parts can be summed first.
//
//   flat        fixed, whatever the quantity                    (quantity 0: fixed)
//   per_unit    quantity x unit + fixed
//   graduated   each tier's part at that tier's price, plus each reached tier's fixed amount
//   volume      all units at the price of the tier reached, plus that tier's fixed amount
//   package     started packages of `package` units, each at `unit`; tiers limit how many packages
//   percentage  quantity is an amount of money: quantity x unit / 100 + fixed, within min and max
//
// A tier's `up_to` is inclusive; only the last has none. It counts units, and in a package model
// packages from the first one on. The first tier is reached with nothing used at all, so that its
// fixed amount is always due. `free_units` are taken off first; percentages have none.
// Formulas with examples: docs/guides/pricing.md.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"

namespace domain {

enum class PriceForm { kFlat, kPerUnit, kGraduated, kVolume, kPackage, kPercentage };

struct PriceTier {
  std::optional<base::Decimal> up_to = {};  // Inclusive; absent: no end.
  base::UnitPrice unit;
  base::UnitPrice fixed = {};
  base::Decimal package = {};  // Of a package model: units in one.

  friend bool operator==(const PriceTier&, const PriceTier&) = default;
};

struct PriceTerms {
  PriceForm form = PriceForm::kFlat;
  std::vector<PriceTier> tiers;
  base::Decimal free_units = {};
  std::optional<base::UnitPrice> minimum = {};  // Of what one use of the price comes to.
  std::optional<base::UnitPrice> maximum = {};

  friend bool operator==(const PriceTerms&, const PriceTerms&) = default;
};

class PriceModel {
 public:
  // Errors, place: the tier ("tier 2"): price_tier_order (an end below the one before it),
  // price_tier_unreachable (an end at the one before it or at zero, or a second tier where the
  // form has one), price_tier_open (the last has an end, or one before it has none),
  // price_without_tier, price_bad_package (a package of nothing, or half a package as an end),
  // price_negative, price_bad_limits, amount_out_of_range.
  [[nodiscard]] static base::Result<PriceModel> make(PriceTerms terms);
  [[nodiscard]] static PriceModel flat(base::UnitPrice price);

  [[nodiscard]] const PriceTerms& terms() const { return terms_; }
  // Exact to ten places, half up beyond. Errors: negative_quantity; amount_out_of_range (beyond
  // ten thousand million, as base::Money has it).
  [[nodiscard]] base::Result<base::Decimal> amount(base::Decimal quantity) const;

  friend bool operator==(const PriceModel&, const PriceModel&) = default;

 private:
  explicit PriceModel(PriceTerms terms) : terms_(std::move(terms)) {}
  PriceTerms terms_;
};

[[nodiscard]] std::string_view to_text(PriceForm form);  // "graduated"
[[nodiscard]] base::Result<PriceForm> parse_price_form(std::string_view text);

}  // namespace domain
