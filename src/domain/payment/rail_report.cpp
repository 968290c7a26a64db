#include "domain/payment/rail_report.h"

#include <map>
#include <utility>

namespace domain {
namespace {

using base::Decimal;
using base::Money;
using base::RoundingMode;

Decimal times(Decimal one, std::int64_t count) {
  return base::multiply(one, Decimal::from_integer(count), RoundingMode::kHalfUp);
}

Decimal divided(Decimal sum, std::int64_t count) {
  if (count == 0) return {};
  return Decimal::from_scaled(base::divide_rounded(sum.scaled(), count, RoundingMode::kHalfUp));
}

Money average(Money sum, std::int64_t count) {
  return count == 0 ? sum : base::scale(sum, 1, count, RoundingMode::kHalfUp);
}

// What a month cost: its fees; where none were ever booked for the rail, what the terms say.
Decimal cost_of(const RailUse& use, const RailTerms* estimate) {
  if (estimate == nullptr) return decimal_of(use.fees);
  return times(expected_fee(*estimate, average(use.amount, use.payments)), use.payments);
}

void compare(RailCostRow& row, const RailPrices& prices) {
  if (row.payments == 0 || !row.is_known) return;
  const Money one = average(row.amount, row.payments);
  std::optional<Decimal> least;
  for (const RailTerms& terms : prices.terms) {
    const Decimal cost = expected_cost(terms, history_of(prices.measured, terms.rail), one);
    if (least && *least <= cost) continue;
    least = cost;
    row.cheapest = terms.rail;
  }
  if (least) row.on_cheapest = times(*least, row.payments);
}

}  // namespace

std::vector<RailCostRow> rail_costs(std::span<const RailUse> uses, const RailPrices& prices) {
  std::map<std::pair<base::Currency, Rail>, RailCostRow> rows;
  for (const RailUse& use : uses) {
    const auto [found, added] = rows.try_emplace({use.currency, use.rail});
    RailCostRow& row = found->second;
    if (added) {
      row.rail = use.rail;
      row.currency = use.currency;
      row.amount = row.fees = Money(0, use.currency);
    }
    row.payments += use.payments;
    row.failures += use.failures;
    row.recalls += use.recalls;
    row.amount += use.amount;
    row.fees += use.fees;
  }
  // Fees that name no payment are their gateway's, and say that it tells what it takes.
  for (auto& [key, row] : rows) {
    const auto all = rows.find({key.first, Rail{row.rail.gateway, ""}});
    const bool tells = !row.fees.is_zero() || (!row.rail.gateway.empty() && all != rows.end());
    row.is_estimate = !tells && terms_of(prices.terms, row.rail) != nullptr;
    row.is_known = tells || row.is_estimate;
  }
  for (const RailUse& use : uses) {
    RailCostRow& row = rows.at({use.currency, use.rail});
    const RailTerms* estimate = row.is_estimate ? terms_of(prices.terms, row.rail) : nullptr;
    RailCostMonth month{use.month, use.payments, cost_of(use, estimate), {}};
    month.in_year = month.cost;
    if (!row.months.empty() &&
        row.months.back().month.period().from().year() == use.month.period().from().year()) {
      month.in_year = month.in_year + row.months.back().in_year;
    }
    row.cost = row.cost + month.cost;
    row.months.push_back(month);
  }
  std::vector<RailCostRow> list;
  for (auto& [key, row] : rows) {
    row.per_payment = divided(row.cost, row.payments);
    compare(row, prices);
    list.push_back(std::move(row));
  }
  return list;
}

}  // namespace domain
