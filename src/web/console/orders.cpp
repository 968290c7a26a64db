// Orders of single things as a list with its file, and what payments cost by each rail.
#include "ports/orders.h"

#include <memory>

#include "flows/orders/report_rail_costs.h"
#include "web/api/answer.h"
#include "web/console/bill_rows.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/page.h"

namespace web::console {
namespace {

using base::Result;
using domain::PlacedOrder;

constexpr std::string_view kFields[] = {"state", "reference", "from", "to"};
constexpr std::string_view kStates[] = {"received",    "awaiting_payment", "ready",
                                        "handed_over", "cancelled",        "failed"};
constexpr std::string_view kDays[] = {"from", "to"};
constexpr std::size_t kRowsAPiece = 500;

Result<ports::OrderFilter> read_filter(const Fields& fields) {
  ports::OrderFilter filter;
  filter.state = fields.text("state");
  filter.reference = fields.text("reference");
  if (const auto from = fields.text("from"); !from.empty()) {
    filter.from = TRY(base::Date::parse(from));
  }
  if (const auto to = fields.text("to"); !to.empty()) filter.to = TRY(base::Date::parse(to));
  return filter;
}

std::string things_of(const PlacedOrder& order) {
  std::string text;
  for (const domain::OrderItem& item : order.items) {
    text += (text.empty() ? "" : ", ") + item.name;
  }
  return text;
}

Value order_row(const Call& call, const locale::Formatter& write, const PlacedOrder& order) {
  return Value::record()
      .set("id", order.id.to_string())
      .set("ordered", write.date(order.ordered, locale::DateStyle::kNumeric))
      .set("reference", order.reference)
      .set("things", things_of(order))
      .set("pay", say_word(call, "console.order.pay.", to_text(order.pay)))
      .set("amount", write.money(order.total, locale::MoneyStyle::kBare))
      .set("currency", std::string(order.total.currency().code()))
      .set("state", say_word(call, "console.order.state.", to_text(order.state)))
      .set("reason", order.reason);
}

std::string rail_name(const Call& call, const domain::Rail& rail) {
  const std::string method =
      rail.method.empty() ? "" : say_word(call, "console.payment.rail.", rail.method);
  if (rail.gateway.empty()) return method;
  return rail.gateway + (method.empty() ? "" : " · " + method);
}

// An amount of a report to whole minor units, as it is read.
std::string sum(const locale::Formatter& write, base::Decimal amount, base::Currency currency) {
  const base::Money money = base::line_amount(base::Decimal::from_integer(1), {amount}, currency,
                                              base::RoundingMode::kHalfUp);
  return write.money(money, locale::MoneyStyle::kBare);
}

Value rail_row(const Call& call, const locale::Formatter& write, const domain::RailCostRow& row) {
  Value value = Value::record();
  value.set("rail", rail_name(call, row.rail))
      .set("currency", std::string(row.currency.code()))
      .set("payments", write.integer(row.payments))
      .set("amount", write.money(row.amount, locale::MoneyStyle::kBare))
      .set("cost", row.is_known ? sum(write, row.cost, row.currency) : std::string())
      .set("each", row.is_known ? sum(write, row.per_payment, row.currency) : std::string())
      .set("failures", write.integer(row.failures))
      .set("recalls", write.integer(row.recalls));
  value.set("estimate", !row.is_known     ? say(call, "console.rail.unknown")
                        : row.is_estimate ? say(call, "console.rail.estimate")
                                          : std::string());
  const bool has_year = row.is_known && !row.months.empty();
  value.set("year", has_year ? sum(write, row.months.back().in_year, row.currency) : std::string());
  const bool compares = row.cheapest && row.on_cheapest;
  value.set("cheapest", compares ? rail_name(call, *row.cheapest) : std::string())
      .set("on_cheapest", compares ? sum(write, *row.on_cheapest, row.currency) : std::string());
  return value;
}

}  // namespace

Result<Response> list_orders(const Call& call) {
  Page page{.name = "console/orders", .title = say(call, "console.nav.orders")};
  const Fields fields = filter_of(call, kFields);
  ports::OrderFilter filter = TRY(read_filter(fields));
  filter.limit = kRowsAPage + 1;
  if (const auto after = call.query.text("after"); !after.empty()) {
    filter.after = TRY(domain::OrderId::parse(after));
    page.values.set("first", link_to("/console/orders", fields));
  }
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  auto orders = TRY(transaction->orders().list(filter));
  if (api::drop_beyond(orders, kRowsAPage)) {
    Fields next = fields;
    next.set("after", orders.back().id.to_string());
    page.values.set("next", link_to("/console/orders", next));
  }
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value list = Value::list();
  for (const PlacedOrder& order : orders) list.push(order_row(call, write, order));
  page.values.set("rows", std::move(list))
      .set("export", link_to("/console/orders.csv", fields))
      .set("filter",
           Value::record()
               .set("states", choices(call, "console.order.state.", kStates, fields.text("state")))
               .set("reference", fields.text("reference"))
               .set("from", fields.text("from"))
               .set("to", fields.text("to")));
  if (!fields.encode().empty()) page.values.set("clear", "/console/orders");
  return render_page(call, std::move(page));
}

Result<Response> export_orders(const Call& call) {
  struct State {
    ports::OrderFilter filter;
    bool done = false;
  };
  const auto state = std::make_shared<State>();
  state->filter = TRY(read_filter(filter_of(call, kFields)));
  state->filter.limit = kRowsAPiece;
  ports::Store& store = call.web.store;
  return csv_stream(
      "orders.csv",
      csv_line({"order", "account", "reference", "ordered", "pay", "state", "reason", "currency",
                "total", "items", "bill", "changed"}),
      [state, &store]() -> Result<std::string> {
        std::string lines;
        if (state->done) return lines;
        const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
        const auto page = TRY(transaction->orders().list(state->filter));
        for (const PlacedOrder& row : page) {
          lines += csv_line(
              {row.id.to_string(), row.account.to_string(), row.reference, row.ordered.to_string(),
               std::string(to_text(row.pay)), std::string(to_text(row.state)), row.reason,
               std::string(row.total.currency().code()), row.total.to_decimal_string(),
               things_of(row), row.bill.is_nil() ? "" : row.bill.to_string(),
               row.changed.to_string()});
        }
        state->done = page.size() < kRowsAPiece;
        if (!page.empty()) state->filter.after = page.back().id;
        return lines;
      });
}

Result<Response> show_rail_costs(const Call& call) {
  static const flows::Gateways kNone;
  Page page{.name = "console/rail-costs", .title = say(call, "console.nav.rail_costs")};
  const Fields fields = filter_of(call, kDays);
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const base::Date today = TRY(today_of(call, *transaction));
  base::Date from = TRY(base::Date::make(today.year(), 1, 1)), to = today;
  if (const auto day = fields.text("from"); !day.empty()) from = TRY(base::Date::parse(day));
  if (const auto day = fields.text("to"); !day.empty()) to = TRY(base::Date::parse(day));
  const flows::Gateways& gateways = call.web.gateways == nullptr ? kNone : *call.web.gateways;
  const auto report = TRY(flows::report_rail_costs(*transaction, gateways, from, to));
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value rows = Value::list();
  for (const domain::RailCostRow& row : report.rows) rows.push(rail_row(call, write, row));
  page.values.set("rows", std::move(rows))
      .set("from", from.to_string())
      .set("to", to.to_string())
      .set("share", say(call, "console.rail.share",
                        {{"automatic", report.share.automatic}, {"all", report.share.accounts}}));
  return render_page(call, std::move(page));
}

}  // namespace web::console
