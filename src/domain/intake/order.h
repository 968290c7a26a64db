// What a record of the kind "order" says: something bought once, and how it is paid.
#pragma once

#include <string>

#include "base/money/decimal.h"
#include "base/time/date.h"
#include "domain/intake/field_reader.h"
#include "domain/intake/subscription.h"
#include "domain/party/party.h"

namespace domain {

struct Order {
  std::string number;
  std::string customer_number;  // The division's.
  base::Date date;
  std::string item;
  base::Decimal quantity = base::Decimal::from_integer(1);
  base::UnitPrice unit_price;  // Net.
  std::string vat_class;
  ChargePayment payment = ChargePayment::kOnBill;
};

// Refusals: missing_value, number_too_long, no_such_date, year_out_of_range, not_a_date,
// not_a_number, unknown_item, no_price, price_includes_vat, bad_quantity, bad_price,
// unknown_value. Notice: price_differs (the file's price counts: it is what was agreed).
[[nodiscard]] Intake<Order> read_order(const Record& record, const IntakeContext& context);

// Where a charge belongs and what it is called.
struct OrderPlace {
  ChargeId id;
  AccountId account;
  ServiceId service;
  std::string_view division;
  std::string_view source;  // "broadband.orders"
  base::Currency currency;
};

[[nodiscard]] Charge make_charge(const Order& order, const OrderPlace& place);

}  // namespace domain
