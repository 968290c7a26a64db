#include "domain/plan/method_charge.h"

#include <algorithm>

#include "domain/collection/plan.h"
#include "domain/plan/rows.h"

namespace domain {
namespace {

using base::Money;

constexpr ChargeState kStates[] = {ChargeState::kAnnounced, ChargeState::kCharging,
                                   ChargeState::kSettled, ChargeState::kFailed,
                                   ChargeState::kDropped};

// Nothing of a bill is disputed as long as nobody can dispute it.
Money open_of(const ChargeAsk& ask) {
  return open_for_debit(ask.bill, Money(0, ask.bill.total.currency()), ask.pending, ask.today);
}

ChargeAnswer fail(MethodCharge& charge, std::string_view reason, ChargeAnswer answer) {
  charge.state = ChargeState::kFailed;
  charge.reason = reason;
  return answer;
}

ChargeAnswer refused(MethodCharge& charge, Decline decline, const RetryStrategy& retries,
                     std::string_view country, base::Date today) {
  switch (decline) {
    case Decline::kStop: return fail(charge, "refused_for_good", ChargeAnswer::kMethodOver);
    case Decline::kOurMistake: return fail(charge, "our_mistake", ChargeAnswer::kOurMistake);
    case Decline::kNeedsCustomer: return fail(charge, "needs_customer", ChargeAnswer::kAskOwner);
    case Decline::kNone:
    case Decline::kRetryLater: break;
  }
  const auto again = retries.wanted({.first_day = charge.first_day,
                                     .failed_on = today,
                                     .tries = charge.tries,
                                     .amount = charge.amount,
                                     .country = country});
  if (!again) return fail(charge, "refused_too_often", ChargeAnswer::kAskOwner);
  charge.state = ChargeState::kAnnounced;
  charge.reason = "refused";
  charge.day = *again;
  ++charge.tries;
  return ChargeAnswer::kTryAgain;
}

}  // namespace

std::string_view to_text(ChargeState state) {
  switch (state) {
    case ChargeState::kAnnounced: return "announced";
    case ChargeState::kCharging: return "charging";
    case ChargeState::kSettled: return "settled";
    case ChargeState::kFailed: return "failed";
    case ChargeState::kDropped: return "dropped";
  }
  return {};
}

base::Result<ChargeState> parse_charge_state(std::string_view text) {
  for (const ChargeState state : kStates) {
    if (to_text(state) == text) return state;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) + "' is not the state of a charge");
}

std::string request_key_of(const MethodCharge& charge) {
  return "charge/" + charge.key.bill.to_string() + "/" + charge.key.row.to_string() + "/" +
         std::to_string(charge.tries);
}

std::optional<MethodCharge> plan_charge(const ChargeAsk& ask) {
  const Money open = open_of(ask);
  if (open.is_zero() || ask.has_mandate) return std::nullopt;
  const base::Date due = effective_due(ask.bill);
  if (ask.today + ask.notice_days < due) return std::nullopt;
  MethodCharge charge;
  charge.key = {ask.bill.account, ask.bill.id, due};
  charge.method = ask.method.id;
  charge.amount = open;
  charge.announced = ask.today;
  charge.day = charge.first_day = std::max(due, ask.today + ask.notice_days);
  if (!works_on(ask.method, charge.day)) {
    charge.state = ChargeState::kDropped;
    charge.reason = "method_expired";
  }
  return charge;
}

ChargeDecision decide_charge(const MethodCharge& charge, const ChargeAsk& ask) {
  const Money open = open_of(ask);
  ChargeDecision decision{std::min(open, charge.amount)};
  const Money nothing(0, ask.bill.total.currency());
  if (open.is_zero() && ask.bill.state == BillState::kOpen && ask.pending > nothing) {
    decision.waits = true;
  } else if (open.is_zero()) {
    decision.dropped = "nothing_owed";
  } else if (effective_due(ask.bill) > ask.today) {
    decision.dropped = "not_due";
  } else if (ask.has_mandate) {
    decision.dropped = "mandate_goes_first";
  } else if (ask.method.state != KeptMethodState::kKept || !ask.method.for_bills) {
    decision.dropped = "method_over";
  } else if (!works_on(ask.method, ask.today)) {
    decision.dropped = "method_expired";
  }
  return decision;
}

ChargeAnswer take_answer(MethodCharge& charge, IntentState state, Decline decline,
                         const RetryStrategy& retries, std::string_view country, base::Date today) {
  switch (state) {
    case IntentState::kCreated:
    case IntentState::kPending:
    case IntentState::kAuthorised: return ChargeAnswer::kWait;
    case IntentState::kSettled:
    case IntentState::kReversed:
      charge.state = ChargeState::kSettled;
      charge.reason.clear();
      return ChargeAnswer::kSettled;
    // Somebody paid another way while it was on its way.
    case IntentState::kCancelled:
      charge.state = ChargeState::kDropped;
      charge.reason = "nothing_owed";
      return ChargeAnswer::kSettled;
    case IntentState::kFailed:
    case IntentState::kExpired: break;
  }
  return refused(charge, decline, retries, country, today);
}

}  // namespace domain
