// Orders of single things: placed, looked at, handed over, cancelled; and what payments cost.
#include "flows/orders/orders.h"
#include "flows/care/find_account.h"
#include "flows/orders/order_json.h"
#include "ports/orders.h"
#include "web/api/answer.h"
#include "web/api/handlers.h"
#include "web/order_tools.h"

namespace web::api {
namespace {

using base::Json;
using base::Result;

// A key of one user is nobody else's.
std::string request_key(const Call& call) {
  return call.who.actor() + "/" + std::string(call.request.headers.get("idempotency-key"));
}

Result<flows::PlaceOrder> order_of(const Call& call) {
  flows::PlaceOrder order = TRY(flows::read_order_body(call.body));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto found = TRY(flows::find_account(*transaction, call.body.text("account")));
  order.account = found.account.id;
  order.request_key = request_key(call);
  order.actor = call.who.actor();
  return order;
}

Result<ports::OrderFilter> read_filter(const Fields& query) {
  ports::OrderFilter filter;
  filter.state = query.text("state");
  if (!filter.state.empty()) {
    const auto state = domain::parse_order_state(filter.state);
    if (!state) return base::fail("bad_parameter", state.error().text, "state");
  }
  filter.reference = query.text("reference");
  if (const std::string* account = query.find("account")) {
    filter.account = TRY(domain::AccountId::parse(*account));
  }
  if (const std::string* from = query.find("from")) filter.from = TRY(base::Date::parse(*from));
  if (const std::string* to = query.find("to")) filter.to = TRY(base::Date::parse(*to));
  if (const std::string* cursor = query.find(kCursor.name)) {
    filter.after = TRY(domain::OrderId::parse(*cursor));
  }
  return filter;
}

Result<Response> answer_with(const Call& call, const domain::PlacedOrder& order) {
  return json_response(200, TRY(flows::order_with_links(order_tools(call), order)));
}

}  // namespace

Result<Response> list_orders(const Call& call) {
  const std::size_t limit = TRY(page_limit(call));
  ports::OrderFilter filter = TRY(read_filter(call.query));
  filter.limit = limit + 1;
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  auto orders = TRY(transaction->orders().list(filter));
  const bool more = drop_beyond(orders, limit);
  Json items = Json::array();
  for (const domain::PlacedOrder& order : orders) items.push(flows::to_json(order));
  return page_response(std::move(items), more ? orders.back().id.to_string() : "");
}

Result<Response> show_order(const Call& call) {
  const auto id = TRY(call.id<domain::OrderId>("id"));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  return answer_with(call, TRY(flows::find_order(*transaction, id)));
}

Result<Response> place_order(const Call& call) {
  const flows::PlaceOrder order = TRY(order_of(call));
  const bool* dry_run = call.body["dry_run"].as_bool();
  const auto answer = TRY(once_with_own_transactions(call, [&]() -> Result<OnceAnswer> {
    const flows::OrderTools tools = order_tools(call);
    if (dry_run != nullptr && *dry_run) {
      const auto priced = TRY(flows::price_order(tools, order));
      return OnceAnswer{200, flows::to_json(priced), ""};
    }
    const auto placed = TRY(flows::place_order(tools, order));
    Json body = TRY(flows::order_with_links(tools, placed));
    return OnceAnswer{201, std::move(body), "/api/v1/orders/" + placed.id.to_string()};
  }));
  return to_response(answer);
}

Result<Response> cancel_order(const Call& call) {
  const auto id = TRY(call.id<domain::OrderId>("id"));
  const auto answer = TRY(once_with_own_transactions(call, [&]() -> Result<OnceAnswer> {
    const auto order =
        TRY(flows::cancel_order(order_tools(call), id, call.who.actor(), call.body.text("reason")));
    return OnceAnswer{200, flows::to_json(order), ""};
  }));
  return to_response(answer);
}

Result<Response> hand_over_order(const Call& call) {
  const auto id = TRY(call.id<domain::OrderId>("id"));
  const auto answer = TRY(once_with_own_transactions(call, [&]() -> Result<OnceAnswer> {
    const auto order = TRY(flows::hand_over(order_tools(call), id, call.who.actor()));
    return OnceAnswer{200, flows::to_json(order), ""};
  }));
  return to_response(answer);
}

Result<Response> show_rail_costs(const Call& call) {
  static const flows::Gateways kNone;
  const base::Date from = TRY(base::Date::parse(call.query.text("from")));
  const base::Date to = TRY(base::Date::parse(call.query.text("to")));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const flows::Gateways& gateways = call.web.gateways == nullptr ? kNone : *call.web.gateways;
  const auto report = TRY(flows::report_rail_costs(*transaction, gateways, from, to));
  return json_response(200, flows::to_json(report));
}

}  // namespace web::api
