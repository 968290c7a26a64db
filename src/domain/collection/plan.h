// What to debit, and when: from what is open of a bill now, the mandate, and the scheme's terms.
//
// Planned: the payer is told of an amount and a day. Ordered: what is open then is debited, at
// most what was told; what is not needed any more is dropped. Nothing is debited that is disputed,
// or under way in another debit; of an agreed plan of payments only the part that is due.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/billing/bill.h"
#include "domain/collection/collection.h"
#include "domain/collection/terms.h"

namespace domain {

struct DebitAsk {
  const Bill& bill;
  const Mandate& mandate;
  const CollectionTerms& terms;
  const BankCalendar& calendar;
  base::Date today;
  base::Money disputed;  // Of the bill; both in its currency.
  base::Money pending;
  HolidayMove move = HolidayMove::kLater;
  // Where somebody named them: instead of the due day, and not more than is open.
  std::optional<base::Date> day = {};
  std::optional<base::Money> amount = {};
};

// What is open of a bill for a debit now: the next part of a plan, less what is disputed or
// pending; never below zero.
[[nodiscard]] base::Money open_for_debit(const Bill& bill, base::Money disputed,
                                         base::Money pending, base::Date today);

struct DebitPlan {
  base::Money amount;
  base::Date day, hand_in;
  DebitSequence sequence = DebitSequence::kRecurrent;
};
// Nothing where nothing is open, or it is due later than the scheme takes orders. Errors:
// mandate_not_active, mandate_dormant, other_currency, amount_above_mandate, amount_above_scheme,
// amount_above_open, debit_on_holiday, notice_too_short, no_rule_for_day.
[[nodiscard]] base::Result<std::optional<DebitPlan>> plan_debit(const DebitAsk& ask);

// On the day on which the order is to go: what is debited, or why it is dropped.
struct OrderCheck {
  const Collection& collection;
  const Bill& bill;
  const Mandate& mandate;
  const CollectionTerms& terms;
  const BankCalendar& calendar;
  base::Date today;
  int minute = 0;  // Of today, local.
  base::Money disputed, pending;
};
struct OrderDecision {
  base::Money amount;
  base::Date day;            // Later where the order goes too late for the day that was told.
  std::string dropped = {};  // A code: nothing_owed, mandate_not_active, mandate_dormant,
                             // amount_above_mandate, amount_above_scheme. Empty: it is ordered.
};
// Errors: no_rule_for_day.
[[nodiscard]] base::Result<OrderDecision> decide_order(const OrderCheck& check);

}  // namespace domain
