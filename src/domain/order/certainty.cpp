#include "domain/order/certainty.h"

#include <algorithm>

#include "domain/payment/rail_cost.h"

namespace domain {
namespace {

using base::Money;

constexpr CertaintyRow kRows[] = {
    {"card", Certain::kAuthorised},        {"applepay", Certain::kAuthorised},
    {"googlepay", Certain::kAuthorised},   {"swish", Certain::kSettled},
    {"vipps", Certain::kSettled},          {"mobilepay", Certain::kSettled},
    {"paypal", Certain::kSettled},         {"bank", Certain::kSettled},
    {"bankgiro", Certain::kSettled},       {"transfer", Certain::kSettled},
    {"cash", Certain::kSettled},           {"credit", Certain::kSettled},
    {"direct_debit", Certain::kAfterDays},
};

bool is_within(Money amount, const std::optional<base::Decimal>& limit) {
  return limit && decimal_of(amount) <= *limit;
}

std::string words(Money amount) {
  return amount.to_decimal_string() + " " + std::string(amount.currency().code());
}

}  // namespace

std::span<const CertaintyRow> certainty_rows() { return kRows; }

Certain certainty_of(std::string_view method) {
  const auto row = std::ranges::find(kRows, method, &CertaintyRow::method);
  return row == std::end(kRows) ? Certain::kSettled : row->certain;
}

Money certain_money(const OrderFacts& facts, const OrderRules& rules) {
  Money sum(0, facts.needed.currency());
  for (const OrderMoney& each : facts.money) {
    switch (certainty_of(each.method)) {
      case Certain::kAuthorised: sum += each.settled + each.promised; break;
      case Certain::kSettled: sum += each.settled; break;
      case Certain::kAfterDays: {
        if (is_within(facts.total, rules.debit_at_once_up_to)) {
          sum += each.settled + each.promised;
        } else if (each.settled_on && facts.today - *each.settled_on >= rules.debit_days) {
          sum += each.settled;
        }
        break;
      }
    }
  }
  return sum;
}

bool is_certain(const OrderFacts& facts, const OrderRules& rules) {
  if (facts.pay == OrderPay::kBill) return true;
  if (facts.pay == OrderPay::kInstalments && is_within(facts.total, rules.parts_at_once_up_to)) {
    return true;
  }
  return certain_money(facts, rules) >= facts.needed;
}

base::Result<> may_go_on_bill(Money total, Money already, int overdue_days,
                              const OrderRules& rules) {
  if (overdue_days > rules.overdue_days_max) {
    return base::fail("order_while_overdue", "a bill of the account has been overdue for " +
                                                 std::to_string(overdue_days) +
                                                 " days; let the order be paid now");
  }
  if (rules.bill_limit && !is_within(total + already, rules.bill_limit)) {
    return base::fail("order_above_bill_limit",
                      "with " + words(already) + " ordered before it is more than " +
                          rules.bill_limit->to_string() + "; let the order be paid now");
  }
  return {};
}

OrderPay preferred_pay(const PayChoice& choice) {
  if (choice.has_kept) return OrderPay::kKept;
  if (choice.has_mandate) return OrderPay::kMandate;
  return choice.likes_bill ? OrderPay::kBill : OrderPay::kLink;
}

}  // namespace domain
