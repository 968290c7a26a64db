// Orders and what payments cost, as the API and the commands tell them.
#pragma once

#include <string>

#include "base/text/json.h"
#include "flows/orders/orders.h"
#include "flows/orders/report_rail_costs.h"

namespace flows {

// What has no value is absent. The link and where a payment goes on stand there while it waits to
// be paid.
[[nodiscard]] base::Json to_json(const domain::PlacedOrder& order);
[[nodiscard]] base::Result<base::Json> order_with_links(const OrderTools& tools,
                                                        const domain::PlacedOrder& order);
[[nodiscard]] base::Json to_json(const RailCostReport& report);

// An order as a body of the API and a file of `telgiro order create` say it; account and key are
// set by the caller. Errors: invalid_request (place: a JSON pointer).
[[nodiscard]] base::Result<PlaceOrder> read_order_body(const base::Json& body);

}  // namespace flows
