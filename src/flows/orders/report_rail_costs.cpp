#include "flows/orders/report_rail_costs.h"

#include "ports/orders.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;

constexpr std::int64_t kHour = 3600 * base::kMicrosPerSecond;
constexpr std::int64_t kDaysMeasured = 365;

bool is_fresh(const std::optional<base::Instant>& at, base::Instant now) {
  return at && now - *at < kHour;
}

}  // namespace

Result<RailCostReport> report_rail_costs(ports::Transaction& transaction, const Gateways& gateways,
                                         base::Date from, base::Date to) {
  ports::RailCosts& costs = transaction.orders().rail_costs();
  RailCostReport report;
  report.from = from;
  report.to = to;
  const auto uses = TRY(costs.months(from, to));
  const auto measured = TRY(costs.measured());
  report.rows = domain::rail_costs(uses, {gateways.terms(), measured});
  report.share = TRY(costs.automatic_share());
  return report;
}

Result<bool> measure_rails(ports::Store& store, const base::Clock& clock) {
  {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    const auto at = TRY(transaction->orders().rail_costs().measured_at());
    if (is_fresh(at, clock.now())) return false;
  }
  bool measured = false;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock("measure rails"));
    ports::RailCosts& costs = transaction.orders().rail_costs();
    const base::Instant now = clock.now();
    measured = !is_fresh(TRY(costs.measured_at()), now);
    if (!measured) return {};
    return costs.measure(now + -kDaysMeasured * base::kMicrosPerDay, now);
  }));
  return measured;
}

}  // namespace flows
