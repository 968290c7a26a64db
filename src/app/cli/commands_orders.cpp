#include "app/cli/commands_orders.h"

#include "app/cli/output.h"
#include "app/orders.h"
#include "flows/care/find_account.h"
#include "flows/orders/order_json.h"
#include "ports/orders.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;
using domain::PlacedOrder;

constexpr std::string_view kActor = "command";

// What a command of orders works with; the tools refer to the providers.
struct Tools {
  std::unique_ptr<PaymentProviders> providers;
  flows::OrderTools orders;
};

Result<Tools> open_tools(const Context& context) {
  auto providers = TRY(PaymentProviders::open(context.workspace));
  flows::OrderTools orders = TRY(order_tools(context.workspace, *providers));
  return Tools{std::move(providers), std::move(orders)};
}

std::string order_text(const PlacedOrder& order) {
  std::string text = order.id.to_string() + ": " + std::string(to_text(order.state)) + ", " +
                     order.total.to_decimal_string() + " " +
                     std::string(order.total.currency().code()) + ", " +
                     std::string(to_text(order.pay)) +
                     (order.reason.empty() ? "" : " (" + order.reason + ")") + "\n";
  for (const domain::OrderItem& item : order.items) {
    text += "  " + item.quantity.to_string() + " " + item.name + ", " +
            item.net.to_decimal_string() + " and VAT of " + item.vat_rate.value.to_string() +
            " %\n";
  }
  return text;
}

Result<Answer> answer_of(const Tools& tools, const PlacedOrder& order) {
  Json json = TRY(flows::order_with_links(tools.orders, order));
  std::string text = order_text(order);
  for (const std::string_view link : {"pay_link", "action_url"}) {
    if (!json[link].is_null()) text += "  " + json.text(link) + "\n";
  }
  return Answer{std::move(json), std::move(text)};
}

// "CODE", "CODE:2", "CODE:2:99.00" as the API says it.
Json item_of(const std::string& text) {
  Json item;
  std::size_t from = 0;
  for (const std::string_view name : {"code", "quantity", "price"}) {
    const std::size_t end = std::min(text.find(':', from), text.size());
    if (end > from) item.set(name, text.substr(from, end - from));
    if (end == text.size()) break;
    from = end + 1;
  }
  return item;
}

Result<flows::PlaceOrder> read_order(const Context& context, const OrderCreateOptions& options) {
  Json items = Json::array();
  for (const std::string& text : options.items) items.push(item_of(text));
  Json pay;
  pay.set("how", options.how)
      .set("method", options.method)
      .set("gateway", options.gateway)
      .set("kept_method", options.kept)
      .set("parts", options.parts);
  Json body;
  body.set("service", options.service)
      .set("reference", options.reference)
      .set("note", options.note)
      .set("items", std::move(items))
      .set("pay", std::move(pay));
  auto order = flows::read_order_body(body);
  if (!order) return base::fail("bad_option", order.error().text, order.error().place);
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  order->account = TRY(flows::find_account(*transaction, options.account)).account.id;
  order->actor = kActor;
  order->request_key = "command/" + options.key;
  if (options.key.empty()) {
    order->request_key += context.workspace.clock().now().to_string() + body.dump();
  }
  return *std::move(order);
}

Result<domain::OrderId> order_id(const std::string& text) {
  return of_option("ORDER", domain::OrderId::parse(text));
}

std::string rail_name(const domain::Rail& rail) {
  if (rail.gateway.empty()) return rail.method;
  return rail.gateway + (rail.method.empty() ? "" : " " + rail.method);
}

struct Days {
  base::Date from, to;
};

Result<Days> days_of(const RailCostOptions& options) {
  if (options.year != 0) {
    const auto first = TRY(base::Date::make(static_cast<int>(options.year), 1, 1));
    return Days{first, base::add_months(first, 12) - 1};
  }
  if (options.from.empty() || options.to.empty()) {
    return base::fail("bad_option", "name a year, or the first and the last day", "--year");
  }
  Days days;
  days.from = TRY(of_option("--from", base::Date::parse(options.from)));
  days.to = TRY(of_option("--to", base::Date::parse(options.to)));
  return days;
}

}  // namespace

Outcome order_create(const Context& context, const OrderCreateOptions& options) {
  const Tools tools = TRY(open_tools(context));
  const flows::PlaceOrder order = TRY(read_order(context, options));
  if (options.dry_run) {
    const PlacedOrder priced = TRY(flows::price_order(tools.orders, order));
    return Answer{flows::to_json(priced), order_text(priced)};
  }
  return answer_of(tools, TRY(flows::place_order(tools.orders, order)));
}

Outcome order_list(const Context& context, const OrderListOptions& options) {
  ports::OrderFilter filter;
  filter.state = options.state == "all" ? "" : options.state;
  filter.reference = options.reference;
  if (!options.account.empty()) {
    filter.account = TRY(of_option("--account", domain::AccountId::parse(options.account)));
  }
  if (!options.after.empty()) {
    filter.after = TRY(of_option("--after", domain::OrderId::parse(options.after)));
  }
  filter.limit = static_cast<std::size_t>(options.limit);
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const auto rows = TRY(transaction->orders().list(filter));
  Json orders = Json::array();
  TextTable table({"ordered", "order", "reference", "pay", "state", "total>", ""});
  for (const PlacedOrder& order : rows) {
    orders.push(flows::to_json(order));
    table.add({order.ordered.to_string(), order.id.to_string(), order.reference,
               std::string(to_text(order.pay)), std::string(to_text(order.state)),
               order.total.to_decimal_string(), std::string(order.total.currency().code())});
  }
  Json next;
  if (rows.size() == filter.limit) next = rows.back().id.to_string();
  return Answer{Json::object().set("orders", std::move(orders)).set("next", std::move(next)),
                table.to_text()};
}

Outcome order_show(const Context& context, const std::string& order) {
  const domain::OrderId id = TRY(order_id(order));
  const Tools tools = TRY(open_tools(context));
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  return answer_of(tools, TRY(flows::find_order(*transaction, id)));
}

Outcome order_cancel(const Context& context, const OrderCancelOptions& options) {
  const domain::OrderId id = TRY(order_id(options.order));
  const Tools tools = TRY(open_tools(context));
  return answer_of(tools,
                   TRY(flows::cancel_order(tools.orders, id, std::string(kActor), options.reason)));
}

Outcome order_hand_over(const Context& context, const std::string& order) {
  const domain::OrderId id = TRY(order_id(order));
  const Tools tools = TRY(open_tools(context));
  return answer_of(tools, TRY(flows::hand_over(tools.orders, id, std::string(kActor))));
}

Outcome report_rail_costs(const Context& context, const RailCostOptions& options) {
  const Days days = TRY(days_of(options));
  const auto providers = TRY(PaymentProviders::open(context.workspace));
  TRY(flows::measure_rails(context.workspace.store(), context.workspace.clock()));
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  const auto report =
      TRY(flows::report_rail_costs(*transaction, providers->gateways(), days.from, days.to));
  TextTable table({"rail", "", "payments>", "amount>", "cost>", "each>", "failures>", "recalls>",
                   "cheapest", "by it>"});
  for (const domain::RailCostRow& row : report.rows) {
    table.add({rail_name(row.rail) + (row.is_estimate ? " *" : ""),
               std::string(row.currency.code()), std::to_string(row.payments),
               row.amount.to_decimal_string(), row.is_known ? row.cost.to_string() : "unknown",
               row.is_known ? row.per_payment.to_string() : "", std::to_string(row.failures),
               std::to_string(row.recalls), row.cheapest ? rail_name(*row.cheapest) : "",
               row.on_cheapest ? row.on_cheapest->to_string() : ""});
  }
  std::string text = table.to_text() + "* as the settings say; nothing is booked\n" +
                     std::to_string(report.share.automatic) + " of " +
                     std::to_string(report.share.accounts) + " accounts pay by themselves\n";
  return Answer{flows::to_json(report), std::move(text)};
}

}  // namespace app::cli
