// Commands of orders of single things, and of what payments cost (commands_orders.cpp).
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace app::cli {

struct OrderCreateOptions {
  std::string account;  // Its id or the customer's number.
  std::string service, reference, note;
  std::vector<std::string> items;  // "CODE", "CODE:2", "CODE:2:99.00".
  std::string how = "preferred";
  std::string method, gateway, kept;
  std::int64_t parts = 0;
  std::string key;  // Empty: made of what is ordered and when.
  bool dry_run = false;
};
[[nodiscard]] Outcome order_create(const Context& context, const OrderCreateOptions& options);

struct OrderListOptions {
  std::string state, account, reference;
  std::string after;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome order_list(const Context& context, const OrderListOptions& options);
[[nodiscard]] Outcome order_show(const Context& context, const std::string& order);

struct OrderCancelOptions {
  std::string order, reason;
};
[[nodiscard]] Outcome order_cancel(const Context& context, const OrderCancelOptions& options);
[[nodiscard]] Outcome order_hand_over(const Context& context, const std::string& order);

struct RailCostOptions {
  std::int64_t year = 0;
  std::string from, to;
};
[[nodiscard]] Outcome report_rail_costs(const Context& context, const RailCostOptions& options);

}  // namespace app::cli
