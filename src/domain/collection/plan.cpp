#include "domain/collection/plan.h"

#include <algorithm>

#include "domain/mandate/mandate_changes.h"
#include "domain/mandate/mandate_states.h"

namespace domain {
namespace {

using base::Date;
using base::Money;
using base::Result;

Result<> check_mandate(const Mandate& mandate, const CollectionTerms& terms, Date day) {
  if (mandate.state != MandateState::kActive) {
    return base::fail("mandate_not_active",
                      "the mandate is " + std::string(to_text(mandate.state)) +
                          ": nothing can be debited under it",
                      mandate.id.to_string());
  }
  if (has_lapsed(mandate, terms.dormant_months, day)) {
    return base::fail("mandate_dormant",
                      "nothing was debited under the mandate for too long: ask for a new one",
                      mandate.id.to_string());
  }
  return {};
}

Result<> check_amount(const Mandate& mandate, const CollectionTerms& terms, Money amount) {
  if (amount.currency() != terms.currency) {
    return base::fail("other_currency",
                      std::string(to_text(terms.scheme)) + " debits " +
                          std::string(terms.currency.code()) + ", the bill is in " +
                          std::string(amount.currency().code()),
                      mandate.id.to_string());
  }
  if (mandate.limit && mandate.limit->currency() == amount.currency() && amount > *mandate.limit) {
    return base::fail("amount_above_mandate",
                      amount.to_decimal_string() + " is more than the " +
                          mandate.limit->to_decimal_string() + " that the payer allows",
                      mandate.id.to_string());
  }
  if (amount > terms.amount_max) {
    return base::fail("amount_above_scheme",
                      amount.to_decimal_string() + " is more than the " +
                          terms.amount_max.to_decimal_string() + " that " +
                          std::string(to_text(terms.scheme)) + " carries",
                      mandate.id.to_string());
  }
  return {};
}

Result<Money> amount_of(const DebitAsk& ask, Money open) {
  if (!ask.amount) return open;
  if (ask.amount->currency() != open.currency()) {
    return base::fail("other_currency", "the bill is in another currency", ask.bill.id.to_string());
  }
  if (*ask.amount > open) {
    return base::fail("amount_above_open",
                      "only " + open.to_decimal_string() + " of the bill can be debited now",
                      ask.bill.id.to_string());
  }
  return *ask.amount;
}

}  // namespace

Money open_for_debit(const Bill& bill, Money disputed, Money pending, Date today) {
  const Money nothing(0, bill.total.currency());
  if (bill.state != BillState::kOpen) return nothing;
  const BillView view = view_bill(bill, today);
  const Money payable = bill.rest() - disputed - pending;
  return std::max(nothing, std::min(view.asked - pending, payable));
}

Result<std::optional<DebitPlan>> plan_debit(const DebitAsk& ask) {
  const Money open = open_for_debit(ask.bill, ask.disputed, ask.pending, ask.today);
  if (open.is_zero()) return std::nullopt;
  TRY(check_mandate(ask.mandate, ask.terms, ask.today));
  DebitPlan plan;
  plan.amount = TRY(amount_of(ask, open));
  TRY(check_amount(ask.mandate, ask.terms, plan.amount));
  const Date told =
      TRY(earliest_debit(ask.terms, ask.calendar, ask.today, ask.mandate.notice_days));
  const Date in_time = TRY(first_day_in_time(ask.terms, ask.calendar, ask.today, 0));
  const Date earliest = std::max(told, in_time);
  if (ask.day) {
    TRY(check_debit_day(ask.calendar, *ask.day, earliest));
    plan.day = *ask.day;
  } else {
    const Date due = view_bill(ask.bill, ask.today).asked_by;
    plan.day = TRY(debit_day(ask.calendar, due, ask.move, earliest));
  }
  if (ask.terms.ahead_months && plan.day > base::add_months(ask.today, *ask.terms.ahead_months)) {
    return std::nullopt;
  }
  plan.hand_in = TRY(hand_in_by(ask.terms, ask.calendar, plan.day));
  plan.sequence = sequence_of(ask.mandate, false);
  return plan;
}

Result<OrderDecision> decide_order(const OrderCheck& check) {
  OrderDecision decision;
  const Money open = open_for_debit(check.bill, check.disputed, check.pending, check.today);
  decision.amount = std::min(open, check.collection.amount);
  const Date in_time =
      TRY(first_day_in_time(check.terms, check.calendar, check.today, check.minute));
  decision.day = std::max(check.collection.day, in_time);
  if (decision.amount.is_zero()) {
    decision.dropped = "nothing_owed";
    return decision;
  }
  auto allowed = check_mandate(check.mandate, check.terms, check.today);
  if (allowed) allowed = check_amount(check.mandate, check.terms, decision.amount);
  if (!allowed) decision.dropped = allowed.error().code;
  return decision;
}

}  // namespace domain
