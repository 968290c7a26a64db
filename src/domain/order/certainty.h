// Whether money is certain enough to hand something over: what stands to the bill of an order, by
// the rule of each rail. Pure.
//
// A card's money is ours when it is authorised; a wallet's, Swish's and a bank's when it is
// settled. A debit can come back: it counts some days after it was paid, or at once up to what the
// operator risks.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/money/money.h"
#include "base/time/date.h"
#include "domain/order/order_rules.h"
#include "domain/order/placed_order.h"

namespace domain {

enum class Certain {
  kAuthorised,  // When the provider has promised it.
  kSettled,     // When it is ours.
  kAfterDays,   // Some days after it was paid (OrderRules::debit_days).
};
struct CertaintyRow {
  std::string_view method;
  Certain certain;
};
[[nodiscard]] std::span<const CertaintyRow> certainty_rows();
// Of a method that has no row: when it is settled.
[[nodiscard]] Certain certainty_of(std::string_view method);

// Money for the order's bill, by the way it comes.
struct OrderMoney {
  std::string method;                         // card, swish, direct_debit, bankgiro ...
  base::Money settled;                        // Ours, less what went back.
  base::Money promised;                       // Authorised or ordered, and not ours yet.
  std::optional<base::Date> settled_on = {};  // Of a debit.
};

struct OrderFacts {
  OrderPay pay = OrderPay::kLink;
  base::Money needed;  // The bill's total, or the first part of it.
  base::Money total;
  std::span<const OrderMoney> money;
  base::Date today;
};
// What of it can be counted on, and whether that is enough.
[[nodiscard]] base::Money certain_money(const OrderFacts& facts, const OrderRules& rules);
[[nodiscard]] bool is_certain(const OrderFacts& facts, const OrderRules& rules);

// Whether an account may put so much on its next bill, beside what it has there already. Errors:
// order_above_bill_limit, order_while_overdue.
[[nodiscard]] base::Result<> may_go_on_bill(base::Money total, base::Money already,
                                            int overdue_days, const OrderRules& rules);

// What a customer who chose nothing gets, by what they have; asked in this order.
struct PayChoice {
  bool has_kept = false;     // A kept method that pays bills.
  bool has_mandate = false;  // That can be debited.
  bool likes_bill = false;   // They pay their bills by hand, and may put it on one.
};
[[nodiscard]] OrderPay preferred_pay(const PayChoice& choice);

}  // namespace domain
