#include "domain/intake/order.h"

#include <optional>

namespace domain {
namespace {

using base::Decimal;

constexpr std::size_t kNumberBytesMax = 64;
constexpr std::int64_t kQuantityMax = 1'000'000;
// Of the whole order in units of the currency: below what Money holds (base::Money::kMinorMax).
constexpr std::int64_t kAmountMax = 1'000'000'000;

std::string read_number(FieldReader& fields, std::string_view name) {
  std::string number = fields.needed_text(name);
  if (number.size() > kNumberBytesMax) {
    fields.refuse(name, "number_too_long", "a number has 64 letters at the most");
  }
  return number;
}

// The catalogue's price of the item on the day of the order.
std::optional<PriceRow> find_price(const Order& order, const IntakeContext& context,
                                   FieldReader& fields) {
  const CatalogueItem* item = context.catalogue.find(order.item, ItemKind::kOneOff);
  if (!item || item->division != context.division) {
    fields.refuse("item", "unknown_item", "the division sells nothing of this code");
    return std::nullopt;
  }
  const auto price = Catalogue::price_on(*item, order.date);
  if (!price) {
    fields.refuse("item", "no_price", "the catalogue has no price of it on that day");
    return std::nullopt;
  }
  if (price->includes_vat) {
    fields.refuse("item", "price_includes_vat", "orders are priced without VAT");
    return std::nullopt;
  }
  return *price;
}

// What the file says that it costs; nothing where it does not say.
std::optional<Decimal> read_agreed_price(FieldReader& fields) {
  const auto agreed = fields.decimal("unit_price", "bad_price");
  if (agreed && (agreed->is_negative() || *agreed > Decimal::from_integer(kAmountMax))) {
    fields.refuse("unit_price", "bad_price",
                  "a price is not below zero and not above 1,000 million");
    return std::nullopt;
  }
  return agreed;
}

void set_price(Order& order, const PriceRow& listed, std::optional<Decimal> agreed,
               FieldReader& fields) {
  order.vat_class = listed.vat_class;
  order.unit_price = {agreed.value_or(listed.price.amount)};
  if (order.unit_price != listed.price) {
    fields.notice("unit_price", "price_differs",
                  "the catalogue says another price; this one is billed, as it was agreed");
  }
}

void read_quantity(Order& order, FieldReader& fields) {
  const auto quantity = fields.decimal("quantity", "bad_quantity");
  if (!quantity) return;
  if (*quantity <= Decimal() || *quantity > Decimal::from_integer(kQuantityMax)) {
    fields.refuse("quantity", "bad_quantity", "a quantity is above zero and at most a million");
    return;
  }
  order.quantity = *quantity;
}

void read_payment(Order& order, FieldReader& fields) {
  const std::string text = fields.text("payment", Weight::kRefuses);
  if (text.empty()) return;
  const auto payment = parse_charge_payment(text);
  if (payment) {
    order.payment = *payment;
  } else {
    fields.refuse("payment", "unknown_value", "the way to pay is none that we know");
  }
}

}  // namespace

Intake<Order> read_order(const Record& record, const IntakeContext& context) {
  FieldReader fields(record);
  Order order;
  order.number = read_number(fields, "number");
  order.customer_number = read_number(fields, "customer_number");
  const auto date = fields.needed_date("date");
  order.item = fields.needed_text("item");
  read_quantity(order, fields);
  const auto agreed = read_agreed_price(fields);
  if (date && !order.item.empty()) {
    order.date = *date;
    const auto listed = find_price(order, context, fields);
    if (listed) set_price(order, *listed, agreed, fields);
  }
  read_payment(order, fields);
  const Decimal amount =
      base::multiply(order.quantity, order.unit_price.amount, base::RoundingMode::kHalfUp);
  if (amount > Decimal::from_integer(kAmountMax)) {
    fields.refuse("unit_price", "bad_price", "quantity times price is above 1,000 million");
  }
  return std::move(fields).finish(std::move(order));
}

Charge make_charge(const Order& order, const OrderPlace& place) {
  return {.id = place.id,
          .account = place.account,
          .service = place.service,
          .kind = "one_off",
          .item = order.item,
          .division = std::string(place.division),
          .quantity = order.quantity,
          .unit_price = order.unit_price,
          .net = base::line_amount(order.quantity, order.unit_price, place.currency,
                                   base::RoundingMode::kHalfUp),
          .vat_class = order.vat_class,
          .payment = order.payment,
          .effective = order.date,
          .period = base::Month::of(order.date),
          .source = std::string(place.source),
          .record_id = order.number,
          .epoch = 0};
}

}  // namespace domain
