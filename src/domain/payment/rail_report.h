// What payments cost by each rail over a period, beside what the same ones would have cost by the
// cheapest (R22, R27, MOON10). Pure.
//
// Fees are those that were booked. Of a rail that bills us by other ways (a bank), what its terms
// say is shown as an estimate, and said to be one.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/money/money.h"
#include "base/time/date.h"
#include "domain/payment/rail_cost.h"

namespace domain {

// One rail in one month and currency.
struct RailUse {
  Rail rail;
  base::Month month;
  base::Currency currency;
  std::int64_t payments = 0;  // That brought money.
  base::Money amount;
  std::int64_t failures = 0;
  std::int64_t recalls = 0;
  base::Money fees;  // Booked.
};

struct RailCostMonth {
  base::Month month;
  std::int64_t payments = 0;
  base::Decimal cost;
  base::Decimal in_year;  // With the months of its year before it, as far as they are asked for.
};

struct RailCostRow {
  Rail rail;
  base::Currency currency;
  std::int64_t payments = 0, failures = 0, recalls = 0;
  base::Money amount, fees;
  base::Decimal cost;         // The fees, or what the terms say.
  bool is_estimate = false;   // It is what the terms say.
  bool is_known = true;       // False: nobody said what it costs, and no fee was booked.
  base::Decimal per_payment;  // The cost, by payments; 0 where there were none.
  // Of those with terms, for an average payment; none beside a cost that is not known.
  std::optional<Rail> cheapest;
  std::optional<base::Decimal> on_cheapest;  // What these payments would have cost by it.
  std::vector<RailCostMonth> months;         // Ascending.
};

struct RailPrices {
  std::span<const RailTerms> terms;
  std::span<const RailHistory> measured;
};

// Ascending by currency and rail; `uses` ascending by rail and month.
[[nodiscard]] std::vector<RailCostRow> rail_costs(std::span<const RailUse> uses,
                                                  const RailPrices& prices);

}  // namespace domain
