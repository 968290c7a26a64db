#include "domain/payment/rail_cost.h"

#include <algorithm>

namespace domain {
namespace {

using base::Decimal;
using base::Percent;
using base::RoundingMode;

constexpr base::Int128 kPercent = 100;

Decimal part_of(Decimal value, Percent percent) {
  const Decimal product = base::multiply(value, percent.value, RoundingMode::kHalfUp);
  return Decimal::from_scaled(
      base::divide_rounded(product.scaled(), kPercent, RoundingMode::kHalfUp));
}

// Measured where there were enough, else as the settings say.
Percent chance(std::int64_t times, std::int64_t of, Percent otherwise) {
  if (of < kMeasuredFrom) return otherwise;
  const base::Int128 scaled = base::Int128{times} * kPercent * Decimal::kOne;
  return {Decimal::from_scaled(base::divide_rounded(scaled, of, RoundingMode::kHalfUp))};
}

}  // namespace

const RailTerms* terms_of(std::span<const RailTerms> terms, const Rail& rail) {
  const auto own = std::ranges::find(terms, rail, &RailTerms::rail);
  if (own != terms.end()) return &*own;
  if (rail.gateway.empty()) return nullptr;
  const auto all = std::ranges::find(terms, Rail{rail.gateway, ""}, &RailTerms::rail);
  return all == terms.end() ? nullptr : &*all;
}

const RailHistory* history_of(std::span<const RailHistory> histories, const Rail& rail) {
  const auto found = std::ranges::find(histories, rail, &RailHistory::rail);
  return found == histories.end() ? nullptr : &*found;
}

Decimal decimal_of(base::Money amount) {
  const base::Int128 scaled = base::Int128{amount.minor()} * Decimal::kOne;
  return Decimal::from_scaled(
      base::divide_rounded(scaled, amount.currency().minor_per_unit(), RoundingMode::kHalfUp));
}

Decimal expected_fee(const RailTerms& terms, base::Money amount) {
  return terms.fee_fixed + part_of(decimal_of(amount), terms.fee_percent);
}

Decimal expected_cost(const RailTerms& terms, const RailHistory* measured, base::Money amount) {
  const RailHistory none;
  const RailHistory& history = measured == nullptr ? none : *measured;
  return expected_fee(terms, amount) +
         part_of(terms.failure_cost,
                 chance(history.failures, history.tries, terms.failure_percent)) +
         part_of(terms.recall_cost,
                 chance(history.recalls, history.payments, terms.recall_percent));
}

void order_offers(std::vector<RailOffer>& offers) {
  std::ranges::stable_sort(offers, [](const RailOffer& a, const RailOffer& b) {
    if (a.is_preferred != b.is_preferred) return a.is_preferred;
    if (a.cost.has_value() != b.cost.has_value()) return a.cost.has_value();
    return a.cost && *a.cost < *b.cost;
  });
}

}  // namespace domain
