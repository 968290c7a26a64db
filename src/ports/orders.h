// Orders of single things (extra data, a film, a router): what was ordered, how it is to be paid,
// and whether it was handed over; and what payments cost by each rail.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "domain/order/placed_order.h"
#include "domain/payment/rail_cost.h"
#include "ports/billing.h"

namespace ports {

class RailCosts;  // ports/rail_costs.h

struct OrderFilter {
  std::string state = {};      // Empty: any; so for all of these.
  std::string reference = {};  // The caller's own.
  std::optional<domain::AccountId> account = {};
  std::optional<domain::BillId> bill = {};
  std::optional<base::Date> from = {}, to = {};  // Ordered on these days or between.
  std::optional<domain::OrderId> after = {};     // In the order of the list: newest first.
  std::size_t limit = 50;
};

class Orders {
 public:
  virtual ~Orders() = default;

  // Errors: constraint_violated where the id is taken, no_customer_key, erased.
  [[nodiscard]] virtual base::Result<> add(const domain::PlacedOrder& order) = 0;
  // What may change of it. Errors: database_busy where another writer was quicker; `version` is
  // one more than it was when it was read.
  [[nodiscard]] virtual base::Result<> update(const domain::PlacedOrder& order) = 0;
  [[nodiscard]] virtual base::Result<std::optional<domain::PlacedOrder>> find(
      domain::OrderId id) = 0;
  [[nodiscard]] virtual base::Result<std::vector<domain::PlacedOrder>> list(
      const OrderFilter& filter) = 0;
  // Those whose time to be looked at has come, longest waiting first. Visits every node of a
  // distributed database.
  [[nodiscard]] virtual base::Result<std::vector<domain::OrderId>> to_look_at(
      base::Instant now, std::size_t limit) = 0;
  // Something happened to a payment of these bills: their orders are looked at next.
  [[nodiscard]] virtual base::Result<> payment_changed(std::span<const Billing::BillKey> bills,
                                                       base::Instant now) = 0;
  // What an account has put on bills by orders since a day.
  [[nodiscard]] virtual base::Result<base::Money> put_on_bills_since(domain::AccountId account,
                                                                     base::Date day,
                                                                     base::Currency currency) = 0;

  [[nodiscard]] virtual RailCosts& rail_costs() = 0;
};

}  // namespace ports
