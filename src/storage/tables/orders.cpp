#include "storage/tables/orders.h"

#include <array>

#include "storage/sql/portable.h"
#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Json;
using base::Money;
using base::Result;
using domain::OrderItem;
using domain::PlacedOrder;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kColumns =
    "account_id, order_id, service_id, reference, request, pay, gateway, method, currency, "
    "ordered, created, total_minor, state, reason, bill_id, intent_id, debit_id, tellings, "
    "pay_until, changed, look_at, details_sealed, version";

std::string details_place(const PlacedOrder& order) {
  return sealed_place("placed_order", "details_sealed",
                      {to_value(order.account), to_value(order.id)});
}

Value optional_instant(const std::optional<base::Instant>& at) {
  return at ? Value(at->micros) : Value();
}

Json item_json(const OrderItem& item) {
  Json json;
  json.set("code", item.code)
      .set("name", item.name)
      .set("division", item.division)
      .set("quantity", item.quantity.to_string())
      .set("price", item.unit_price.amount.to_string())
      .set("net", item.net.minor())
      .set("vat_class", item.vat_class)
      .set("vat_rate", item.vat_rate.value.to_string());
  if (item.gross) json.set("gross", item.gross->minor());
  return json;
}

Result<OrderItem> read_item(const Json& json, base::Currency currency) {
  OrderItem item;
  item.code = json.text("code");
  item.name = json.text("name");
  item.division = json.text("division");
  item.quantity = TRY(base::Decimal::parse(json.text("quantity")));
  item.unit_price.amount = TRY(base::Decimal::parse(json.text("price")));
  item.net = Money(json.integer("net"), currency);
  item.vat_class = json.text("vat_class");
  item.vat_rate.value = TRY(base::Decimal::parse(json.text("vat_rate")));
  if (!json["gross"].is_null()) item.gross = Money(json.integer("gross"), currency);
  return item;
}

Json details_json(const PlacedOrder& order) {
  Json items = Json::array();
  for (const OrderItem& item : order.items) items.push(item_json(item));
  Json details;
  details.set("items", std::move(items))
      .set("kept", order.kept.to_string())
      .set("parts", order.parts)
      .set("return_url", order.return_url)
      .set("note", order.note);
  if (order.first_due) details.set("first_due", order.first_due->to_string());
  return details;
}

Result<> read_details(const Json& details, PlacedOrder& order) {
  if (const auto* items = details["items"].as_array()) {
    for (const Json& each : *items) {
      order.items.push_back(TRY(read_item(each, order.total.currency())));
    }
  }
  order.kept = TRY(domain::KeptMethodId::parse(details.text("kept")));
  order.parts = static_cast<int>(details.integer("parts"));
  order.return_url = details.text("return_url");
  order.note = details.text("note");
  if (const std::string day = details.text("first_due"); !day.empty()) {
    order.first_due = TRY(base::Date::parse(day));
  }
  return {};
}

}  // namespace

Result<Value> SqlOrders::seal(const PlacedOrder& order) {
  domain::CustomerId customer;
  TRY(connection_.query("SELECT customer_id FROM account WHERE account_id = $1",
                        {to_value(order.account)}, [&](const Row& row) -> Result<> {
                          customer = row.id<domain::CustomerId>(0);
                          return {};
                        }));
  return bytes_column(TRY(vault_.seal(customer, details_place(order), details_json(order).dump())));
}

Result<> SqlOrders::add(const PlacedOrder& order) {
  Value sealed = TRY(seal(order));
  std::string marks;
  constexpr int kCount = 23;
  for (int at = 1; at <= kCount; ++at) marks += (at == 1 ? "$" : ", $") + std::to_string(at);
  TRY(connection_.execute(
      "INSERT INTO placed_order (" + std::string(kColumns) + ") VALUES (" + marks + ")",
      {to_value(order.account),
       to_value(order.id),
       to_value(order.service),
       order.reference,
       order.request,
       to_column(to_text(order.pay)),
       order.gateway,
       order.method,
       to_column(order.total.currency().code()),
       to_column(order.ordered),
       order.created.micros,
       order.total.minor(),
       to_column(to_text(order.state)),
       order.reason,
       to_value(order.bill),
       to_value(order.intent),
       to_value(order.debit),
       order.tellings,
       to_column(order.pay_until),
       order.changed.micros,
       optional_instant(order.look_at),
       std::move(sealed),
       order.version}));
  TRY(connection_.execute("INSERT INTO order_place (order_id, account_id) VALUES ($1, $2)",
                          {to_value(order.id), to_value(order.account)}));
  return {};
}

Result<> SqlOrders::update(const PlacedOrder& order) {
  Value sealed = TRY(seal(order));
  const std::int64_t changed = TRY(connection_.execute(
      "UPDATE placed_order SET pay = $3, gateway = $4, method = $5, state = $6, reason = $7, "
      "bill_id = $8, intent_id = $9, debit_id = $10, tellings = $11, changed = $12, "
      "look_at = $13, details_sealed = $14, version = $15, total_minor = $16 "
      "WHERE account_id = $1 AND order_id = $2 AND version = $15 - 1",
      {to_value(order.account), to_value(order.id), to_column(to_text(order.pay)), order.gateway,
       order.method, to_column(to_text(order.state)), order.reason, to_value(order.bill),
       to_value(order.intent), to_value(order.debit), order.tellings, order.changed.micros,
       optional_instant(order.look_at), std::move(sealed), order.version, order.total.minor()}));
  if (changed == 1) return {};
  return base::fail("database_busy", "another writer changed the order; try again", "order");
}

Result<PlacedOrder> SqlOrders::read(const Row& row) {
  PlacedOrder order;
  order.account = row.id<domain::AccountId>(0);
  order.id = row.id<domain::OrderId>(1);
  order.service = row.id<domain::ServiceId>(2);
  order.reference = row.text(3);
  order.request = row.text(4);
  order.pay = TRY(domain::parse_order_pay(row.text(5)));
  order.gateway = row.text(6);
  order.method = row.text(7);
  order.ordered = day(row, 9);
  order.created = {row.integer(10)};
  order.total = Money(row.integer(11), TRY(base::Currency::parse(row.text(8))));
  order.state = TRY(domain::parse_order_state(row.text(12)));
  order.reason = row.text(13);
  order.bill = row.id<domain::BillId>(14);
  order.intent = row.id<domain::IntentId>(15);
  order.debit = row.id<domain::CollectionId>(16);
  order.tellings = row.integer(17);
  order.pay_until = day(row, 18);
  order.changed = {row.integer(19)};
  if (const auto look_at = row.optional_integer(20)) order.look_at = base::Instant{*look_at};
  const std::string sealed(row.bytes(21));
  order.version = row.integer(22);
  const auto details = vault_.unseal(details_place(order), sealed);
  if (details) {
    const Json json = TRY(json::parse(*details));
    TRY(read_details(json, order));
  } else if (details.error().code != "erased") {
    return std::unexpected(details.error());
  }
  return order;
}

Result<std::vector<PlacedOrder>> SqlOrders::select(std::string_view rest,
                                                   std::span<const Value> values) {
  std::vector<PlacedOrder> found;
  TRY(connection_.query(
      "SELECT " + std::string(kColumns) + " FROM placed_order " + std::string(rest), values,
      [&](const Row& row) -> Result<> {
        found.push_back(TRY(read(row)));
        return {};
      }));
  return found;
}

Result<std::optional<PlacedOrder>> SqlOrders::find(domain::OrderId id) {
  std::optional<Value> account;
  TRY(connection_.query("SELECT account_id FROM order_place WHERE order_id = $1", {to_value(id)},
                        [&](const Row& row) -> Result<> {
                          account = to_value(row.id<domain::AccountId>(0));
                          return {};
                        }));
  if (!account) return std::optional<PlacedOrder>();
  const Value values[] = {*account, to_value(id)};
  auto found = TRY(select("WHERE account_id = $1 AND order_id = $2", values));
  if (found.empty()) return std::optional<PlacedOrder>();
  return std::optional(std::move(found.front()));
}

Result<std::vector<PlacedOrder>> SqlOrders::list(const ports::OrderFilter& filter) {
  std::string where;
  std::vector<Value> values;
  const auto mark = [&](Value value) {
    values.push_back(std::move(value));
    return "$" + std::to_string(values.size());
  };
  const auto add = [&](const std::string& condition) {
    where += (where.empty() ? "WHERE " : " AND ") + condition;
  };
  if (filter.account) add("account_id = " + mark(to_value(*filter.account)));
  if (filter.bill) add("bill_id = " + mark(to_value(*filter.bill)));
  if (!filter.state.empty()) add("state = " + mark(filter.state));
  if (!filter.reference.empty()) add("reference = " + mark(filter.reference));
  if (filter.from) add("ordered >= " + mark(to_column(*filter.from)));
  if (filter.to) add("ordered <= " + mark(to_column(*filter.to)));
  if (filter.after) {
    const auto after = TRY(find(*filter.after));
    if (!after) return std::vector<PlacedOrder>();
    const std::string created = mark(after->created.micros);
    add("(created < " + created + " OR (created = " + created + " AND order_id < " +
        mark(to_value(after->id)) + "))");
  }
  const std::string limit = mark(limit_column(filter.limit));
  return select(where + " ORDER BY created DESC, order_id DESC LIMIT " + limit, values);
}

Result<std::vector<domain::OrderId>> SqlOrders::to_look_at(base::Instant now, std::size_t limit) {
  std::vector<domain::OrderId> found;
  TRY(connection_.query(
      "SELECT order_id FROM placed_order WHERE look_at IS NOT NULL AND look_at <= $1 "
      "ORDER BY look_at, order_id LIMIT $2",
      {now.micros, limit_column(limit)}, [&](const Row& row) -> Result<> {
        found.push_back(row.id<domain::OrderId>(0));
        return {};
      }));
  return found;
}

Result<> SqlOrders::payment_changed(std::span<const ports::Billing::BillKey> bills,
                                    base::Instant now) {
  std::vector<std::vector<Value>> keys;
  for (const auto& key : bills) keys.push_back({to_value(key.account), to_value(key.bill)});
  // Few bills are an order's: which ones is asked of all at once.
  std::vector<std::vector<Value>> waiting;
  TRY(sql::query_key_rows(connection_,
                          "SELECT account_id, order_id FROM placed_order "
                          "WHERE (account_id, bill_id) IN (VALUES {keys}) "
                          "AND look_at IS NOT NULL ORDER BY account_id, order_id",
                          keys, [&](const Row& row) -> Result<> {
                            waiting.push_back({to_value(row.id<domain::AccountId>(0)),
                                               to_value(row.id<domain::OrderId>(1)), now.micros});
                            return {};
                          }));
  for (const auto& order : waiting) {
    TRY(
        connection_.execute("UPDATE placed_order SET look_at = $3 WHERE account_id = $1 "
                            "AND order_id = $2 AND look_at IS NOT NULL AND look_at > $3",
                            order));
  }
  return {};
}

Result<Money> SqlOrders::put_on_bills_since(domain::AccountId account, base::Date since,
                                            base::Currency currency) {
  Money sum(0, currency);
  TRY(connection_.query(
      "SELECT CAST(COALESCE(SUM(total_minor), 0) AS BIGINT) FROM placed_order "
      "WHERE account_id = $1 AND ordered >= $2 AND pay = 'bill' AND state <> 'cancelled' "
      "AND currency = $3",
      {to_value(account), to_column(since), to_column(currency.code())},
      [&](const Row& row) -> Result<> {
        sum = Money(row.integer(0), currency);
        return {};
      }));
  return sum;
}

}  // namespace storage
