#include "flows/orders/order_rows.h"

#include "flows/operations/derived_ids.h"
#include "ports/events.h"
#include "ports/orders.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Json;
using base::Result;
using domain::OrderState;
using domain::PlacedOrder;

ports::NewEvent event_of(const PlacedOrder& order, const OrderContext& context,
                         std::string_view kind) {
  Json data;
  data.set("order", order.id.to_string())
      .set("state", to_text(order.state))
      .set("pay", to_text(order.pay))
      .set("amount", order.total.to_decimal_string())
      .set("currency", order.total.currency().code())
      .set("reason", order.reason);
  if (order.bill.is_nil()) {
    data.set("bill", Json());
  } else {
    data.set("bill", order.bill.to_string());
  }
  return {.account = order.account,
          .kind = std::string(kind),
          .effective = context.today,
          .recorded = context.recorded,
          .actor = context.actor,
          .data = std::move(data),
          .text = {}};
}

// Nothing personal: who hands over asks for the order by its id.
Json telling_of(const PlacedOrder& order, std::string_view kind, base::Instant now) {
  Json items = Json::array();
  for (const domain::OrderItem& item : order.items) {
    items.push(Json::object()
                   .set("code", item.code)
                   .set("name", item.name)
                   .set("quantity", item.quantity.to_string()));
  }
  Json json;
  json.set("event", kind)
      .set("sequence", order.tellings)
      .set("order", order.id.to_string())
      .set("reference", order.reference)
      .set("account", order.account.to_string());
  if (!order.service.is_nil()) json.set("service", order.service.to_string());
  json.set("state", to_text(order.state))
      .set("reason", order.reason)
      .set("total", order.total.to_decimal_string())
      .set("currency", order.total.currency().code())
      .set("items", std::move(items))
      .set("at", now.to_string());
  return json;
}

// What who hands over is told of a step; empty: nothing.
std::string_view telling_kind(OrderState before, OrderState now) {
  if (now == OrderState::kReady) return "order.ready";
  if (now == OrderState::kCancelled) return "order.cancelled";
  if (now == OrderState::kFailed) return "order.failed";
  return before == OrderState::kReady && now == OrderState::kAwaitingPayment ? "order.held" : "";
}

Result<> tell(ports::Transaction& transaction, const OrderContext& context, OrderState before,
              PlacedOrder& order) {
  const std::string_view kind = telling_kind(before, order.state);
  if (kind.empty()) return {};
  ports::OutboxMessage message;
  message.id = derived_id<domain::OutboxId>(
      {"order telling", order.id.to_string(), std::to_string(++order.tellings)});
  message.topic = kOrderTopic;
  message.account = order.account;
  message.payload = telling_of(order, kind, context.recorded);
  return transaction.work().enqueue({&message, 1}, context.recorded);
}

Result<> add_event(ports::Transaction& transaction, const ports::NewEvent& event) {
  return transaction.events().append({&event, 1});
}

}  // namespace

std::string order_lock(domain::OrderId order) { return "order/" + order.to_string(); }

Result<PlacedOrder> hold_order(ports::Transaction& transaction, domain::OrderId id) {
  TRY(transaction.work().lock(order_lock(id)));
  auto order = TRY(transaction.orders().find(id));
  if (!order) return base::fail("order_not_found", "there is no such order", id.to_string());
  return *std::move(order);
}

ports::NewEvent charge_event(const domain::Charge& charge, const OrderContext& context) {
  return {.account = charge.account,
          .kind = "charge_added",
          .effective = charge.effective,
          .recorded = context.recorded,
          .actor = context.actor,
          .data = Json()
                      .set("charge", charge.id.to_string())
                      .set("item", charge.item)
                      .set("net", charge.net.minor())
                      .set("currency", charge.net.currency().code())
                      .set("effective", charge.effective.to_string())
                      .set("source", charge.source)
                      .set("record_id", charge.record_id)};
}

Result<> keep_new_order(ports::Transaction& transaction, const OrderContext& context,
                        PlacedOrder& order) {
  TRY(tell(transaction, context, OrderState::kReceived, order));
  TRY(transaction.orders().add(order));
  return add_event(transaction, event_of(order, context, "order_placed"));
}

Result<> keep_order(ports::Transaction& transaction, const OrderContext& context, OrderState before,
                    PlacedOrder& order) {
  if (order.state != before) {
    TRY(tell(transaction, context, before, order));
    TRY(add_event(transaction, event_of(order, context, "order_changed")));
  }
  ++order.version;
  return transaction.orders().update(order);
}

}  // namespace flows
