#include "flows/orders/order_json.h"

#include "domain/payment/payment_intent.h"
#include "ports/intents.h"

namespace flows {
namespace {

using base::Decimal;
using base::Json;
using base::Result;
using domain::OrderPay;
using domain::PlacedOrder;

Json item_json(const domain::OrderItem& item) {
  Json json;
  json.set("code", item.code).set("name", item.name).set("division", item.division);
  json.set("quantity", item.quantity.to_string())
      .set(item.gross ? "price_with_vat" : "price", item.unit_price.amount.to_string())
      .set("net", item.net.to_decimal_string())
      .set("vat_class", item.vat_class)
      .set("vat_rate", item.vat_rate.value.to_string());
  return json;
}

Json rail_json(const domain::Rail& rail) {
  return Json::object().set("gateway", rail.gateway).set("method", rail.method);
}

std::unexpected<base::Error> refuse(std::string text, std::string place) {
  return base::fail("invalid_request", std::move(text), std::move(place));
}

Result<Decimal> number(const Json& json, std::string_view member, const std::string& at) {
  const auto value = Decimal::parse(json.text(member));
  if (value) return *value;
  return refuse(value.error().text, at + "/" + std::string(member));
}

Result<domain::OrderAsk> read_item(const Json& json, const std::string& at) {
  domain::OrderAsk item;
  item.code = json.text("code");
  item.name = json.text("name");
  item.division = json.text("division");
  item.vat_class = json.text("vat_class");
  if (!json["quantity"].is_null()) item.quantity = TRY(number(json, "quantity", at));
  if (!json["vat_rate"].is_null()) {
    const Decimal rate = TRY(number(json, "vat_rate", at));
    item.vat_rate = base::Percent{rate};
  }
  item.with_vat = !json["price_with_vat"].is_null();
  if (item.with_vat && !json["price"].is_null()) {
    return refuse("a price with or without VAT: state one", at + "/price");
  }
  const std::string_view price = item.with_vat ? "price_with_vat" : "price";
  if (!json[price].is_null()) {
    const Decimal amount = TRY(number(json, price, at));
    item.price = base::UnitPrice{amount};
  }
  return item;
}

// "now" by a link, a kept method, a mandate or a method of a provider.
OrderPay pay_now(const std::string& method) {
  if (method.empty() || method == "link") return OrderPay::kLink;
  if (method == "kept") return OrderPay::kKept;
  return method == "mandate" ? OrderPay::kMandate : OrderPay::kMethod;
}

Result<> read_pay(const Json& json, PlaceOrder& order) {
  const std::string how = json.text("how", "preferred");
  const std::string method = json.text("method");
  if (how == "now") {
    order.pay = pay_now(method);
    if (order.pay == OrderPay::kMethod) order.method = method;
  } else if (how == "bill") {
    order.pay = OrderPay::kBill;
  } else if (how == "instalments") {
    order.pay = OrderPay::kInstalments;
  } else if (how == "preferred") {
    order.pay = OrderPay::kPreferred;
  } else {
    return refuse("how it is paid is now, bill, instalments or preferred", "/pay/how");
  }
  order.gateway = json.text("gateway");
  order.parts = static_cast<int>(json.integer("parts"));
  if (const std::string kept = json.text("kept_method"); !kept.empty()) {
    const auto id = domain::KeptMethodId::parse(kept);
    if (!id) return refuse(id.error().text, "/pay/kept_method");
    order.kept = *id;
  }
  if (const std::string day = json.text("first_due"); !day.empty()) {
    const auto date = base::Date::parse(day);
    if (!date) return refuse(date.error().text, "/pay/first_due");
    order.first_due = *date;
  }
  if (order.pay == OrderPay::kInstalments && (order.parts < 2 || order.parts > 60)) {
    return refuse("say in how many parts, from 2 on", "/pay/parts");
  }
  return {};
}

}  // namespace

Json to_json(const PlacedOrder& order) {
  Json items = Json::array();
  for (const domain::OrderItem& item : order.items) items.push(item_json(item));
  Json json;
  json.set("id", order.id.to_string()).set("account", order.account.to_string());
  if (!order.service.is_nil()) json.set("service", order.service.to_string());
  json.set("reference", order.reference)
      .set("state", to_text(order.state))
      .set("reason", order.reason)
      .set("pay", to_text(order.pay));
  if (!order.method.empty()) json.set("gateway", order.gateway).set("method", order.method);
  if (order.parts > 0) json.set("parts", order.parts);
  json.set("items", std::move(items))
      .set("total", order.total.to_decimal_string())
      .set("currency", order.total.currency().code());
  if (!order.bill.is_nil()) {
    json.set("bill", order.account.to_string() + "." + order.bill.to_string());
  }
  if (!order.intent.is_nil()) json.set("intent", order.intent.to_string());
  if (!order.debit.is_nil()) json.set("debit", order.debit.to_string());
  if (!order.note.empty()) json.set("note", order.note);
  json.set("ordered", order.ordered.to_string())
      .set("pay_until", order.pay_until.to_string())
      .set("created", order.created.to_string())
      .set("changed", order.changed.to_string());
  return json;
}

Result<Json> order_with_links(const OrderTools& tools, const PlacedOrder& order) {
  Json json = to_json(order);
  const bool waits = order.state == domain::OrderState::kReceived ||
                     order.state == domain::OrderState::kAwaitingPayment;
  if (!waits) return json;
  if (const std::string link = pay_link(tools, order); !link.empty()) json.set("pay_link", link);
  if (order.intent.is_nil()) return json;
  const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
  const auto stored = TRY(transaction->intents().find(order.intent));
  const bool goes_on = stored && domain::is_live(stored->intent.state);
  if (goes_on && !stored->intent.action_url.empty()) {
    json.set("action_url", stored->intent.action_url);
  }
  return json;
}

Json to_json(const RailCostReport& report) {
  Json rails = Json::array();
  for (const domain::RailCostRow& row : report.rows) {
    Json months = Json::array();
    for (const domain::RailCostMonth& month : row.months) {
      months.push(Json::object()
                      .set("month", month.month.to_string())
                      .set("payments", month.payments)
                      .set("cost", month.cost.to_string())
                      .set("in_year", month.in_year.to_string()));
    }
    Json json = rail_json(row.rail);
    json.set("currency", row.currency.code())
        .set("payments", row.payments)
        .set("amount", row.amount.to_decimal_string())
        .set("fees", row.fees.to_decimal_string())
        .set("cost", row.cost.to_string())
        .set("is_estimate", row.is_estimate)
        .set("is_known", row.is_known)
        .set("per_payment", row.per_payment.to_string())
        .set("failures", row.failures)
        .set("recalls", row.recalls);
    if (row.cheapest) json.set("cheapest", rail_json(*row.cheapest));
    if (row.on_cheapest) json.set("on_cheapest", row.on_cheapest->to_string());
    json.set("months", std::move(months));
    rails.push(std::move(json));
  }
  return Json::object()
      .set("from", report.from.to_string())
      .set("to", report.to.to_string())
      .set("rails", std::move(rails))
      .set("accounts", report.share.accounts)
      .set("automatic", report.share.automatic);
}

Result<PlaceOrder> read_order_body(const Json& body) {
  PlaceOrder order;
  order.reference = body.text("reference");
  order.note = body.text("note");
  order.return_url = body.text("return_url");
  if (const std::string service = body.text("service"); !service.empty()) {
    const auto id = domain::ServiceId::parse(service);
    if (!id) return refuse(id.error().text, "/service");
    order.service = *id;
  }
  if (const auto* items = body["items"].as_array()) {
    for (std::size_t at = 0; at < items->size(); ++at) {
      order.items.push_back(TRY(read_item((*items)[at], "/items/" + std::to_string(at))));
    }
  }
  if (!body["pay"].is_null()) TRY(read_pay(body["pay"], order));
  return order;
}

}  // namespace flows
