// What payments cost by each rail, from the books and the settings; and how many customers pay
// without doing anything (R22, R26, R27).
#pragma once

#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/payment/rail_report.h"
#include "flows/intents/gateways.h"
#include "ports/rail_costs.h"
#include "ports/store.h"

namespace flows {

struct RailCostReport {
  base::Date from, to;
  std::vector<domain::RailCostRow> rows;
  ports::AutomaticShare share;
};

// Both days count. Errors: those of the store.
[[nodiscard]] base::Result<RailCostReport> report_rail_costs(ports::Transaction& transaction,
                                                             const Gateways& gateways,
                                                             base::Date from, base::Date to);

// Counts what became of the last year's payments, where that was not done within the hour. True:
// it did. Errors: those of the store.
[[nodiscard]] base::Result<bool> measure_rails(ports::Store& store, const base::Clock& clock);

}  // namespace flows
