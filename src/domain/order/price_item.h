// What an ordered thing costs: the caller's price, or the catalogue's of the day, with or without
// VAT in it. Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/billing/invoice.h"
#include "domain/catalogue/catalogue.h"
#include "domain/order/placed_order.h"

namespace domain {

struct OrderAsk {
  std::string code;
  std::string name = {};  // Empty: the catalogue's.
  std::string division = {};
  base::Decimal quantity = base::Decimal::from_integer(1);
  std::optional<base::UnitPrice> price = {};   // Absent: the catalogue's.
  bool with_vat = false;                       // Of a stated price.
  std::string vat_class = {};                  // Empty: the catalogue's, else standard.
  std::optional<base::Percent> vat_rate = {};  // Stated: it must be the day's of the class.
};

struct OrderTerms {
  const Catalogue& catalogue;
  base::Currency currency;
  base::Date day;
  std::string_view language, brand;
  std::function<base::Result<base::Percent>(std::string_view vat_class)> vat_rate;
};

// Errors: bad_order_item (no code that a ledger account can bear, a quantity or price that is not
// above zero), unknown_item (not in the catalogue, and no name and price are stated),
// vat_rate_differs, no_price, amount_out_of_range, those of vat_rate. Place: the code.
[[nodiscard]] base::Result<OrderItem> price_item(const OrderAsk& ask, const OrderTerms& terms);

// Codes of the catalogue's one-offs that are written most like this one; the nearest first.
[[nodiscard]] std::vector<std::string> nearest_one_offs(const Catalogue& catalogue,
                                                        std::string_view code);

// The item as a line of an invoice; `record` traces it. Its gross amount, where there is one,
// makes the net with those of the other lines (D12).
[[nodiscard]] InvoiceLine line_of(const OrderItem& item, base::Date day, std::string record);
// What the items come to with VAT, before a bill's rounding.
[[nodiscard]] base::Money total_of(const std::vector<OrderItem>& items, base::Date day,
                                   base::Currency currency);
// The item as a charge on the next bill: its price without VAT; everything but account, ids,
// service and period is set.
[[nodiscard]] Charge charge_of(const OrderItem& item, base::Date day);

}  // namespace domain
