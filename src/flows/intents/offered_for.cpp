#include "flows/intents/offered_for.h"

#include <algorithm>

#include "domain/payment/rail_cost.h"
#include "ports/orders.h"
#include "ports/rail_costs.h"

namespace flows {

base::Result<std::vector<OfferedMethod>> offered_for(ports::Transaction& transaction,
                                                     const Gateways& gateways,
                                                     domain::AccountId account,
                                                     base::Money amount) {
  std::vector<OfferedMethod> known;
  for (const OfferedMethod& method : gateways.methods()) {
    const bool fits = method.currency.empty() || method.currency == amount.currency().code();
    if (fits) known.push_back(method);
  }
  if (known.size() < 2) return known;
  ports::RailCosts& costs = transaction.orders().rail_costs();
  const auto own = TRY(costs.last_that_worked(account));
  const auto measured = TRY(costs.measured());
  std::vector<domain::RailOffer> offers;
  for (const OfferedMethod& method : known) {
    domain::RailOffer offer{.rail = {method.gateway, method.method}};
    offer.is_preferred = own == offer.rail;
    if (const auto* terms = domain::terms_of(gateways.terms(), offer.rail)) {
      offer.cost = domain::expected_cost(*terms, domain::history_of(measured, offer.rail), amount);
    }
    offers.push_back(std::move(offer));
  }
  domain::order_offers(offers);
  std::vector<OfferedMethod> offered;
  for (const domain::RailOffer& offer : offers) {
    offered.push_back(*std::ranges::find_if(known, [&](const OfferedMethod& method) {
      return method.gateway == offer.rail.gateway && method.method == offer.rail.method;
    }));
  }
  return offered;
}

}  // namespace flows
