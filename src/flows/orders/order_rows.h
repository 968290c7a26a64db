// What flows of orders write alike: the order with its event, and messages to who hands over.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/order/placed_order.h"
#include "domain/party/party.h"
#include "ports/events.h"
#include "ports/store.h"

namespace flows {

// Messages of the outbox with this topic go to the [webhook] of the configuration.
inline constexpr std::string_view kOrderTopic = "order";

struct OrderContext {
  base::Instant recorded;
  base::Date today;
  std::string actor;
};

[[nodiscard]] std::string order_lock(domain::OrderId order);
// Locks and reads it, to change it in this transaction. Errors: order_not_found.
[[nodiscard]] base::Result<domain::PlacedOrder> hold_order(ports::Transaction& transaction,
                                                           domain::OrderId id);

// Adds a new order, with its event; tells who hands over where it is ready at once.
[[nodiscard]] base::Result<> keep_new_order(ports::Transaction& transaction,
                                            const OrderContext& context,
                                            domain::PlacedOrder& order);
// Keeps what changed of it. Where its state is another, an event says so, and who hands over is
// told that it is ready, that it is not any more, or that it was cancelled.
[[nodiscard]] base::Result<> keep_order(ports::Transaction& transaction,
                                        const OrderContext& context, domain::OrderState before,
                                        domain::PlacedOrder& order);

// That a charge is a fact now.
[[nodiscard]] ports::NewEvent charge_event(const domain::Charge& charge,
                                           const OrderContext& context);

}  // namespace flows
