// What flows of orders need, from what the web was handed in.
#pragma once

#include "base/result/check.h"
#include "flows/orders/orders.h"
#include "web/call.h"

namespace web {

[[nodiscard]] inline flows::OrderTools order_tools(const Call& call) {
  static const flows::Gateways kNone;
  CHECK(call.web.link_key != nullptr);
  return {.store = call.web.store,
          .clock = call.web.clock,
          .rules = call.web.rules(),
          .gateways = call.web.gateways == nullptr ? kNone : *call.web.gateways,
          .link_key = *call.web.link_key,
          .order_rules = call.web.order_rules,
          .public_url = call.web.bill.public_url};
}

}  // namespace web
