#include "domain/payment/payment_intent.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/result/check.h"
#include "domain/payment/other_payment.h"

namespace domain {
namespace {

using base::Money;

constexpr std::int64_t kSecond = base::kMicrosPerSecond;
constexpr std::array<std::int64_t, 10> kGapsSeconds = {5,    15,    60,    300,   900,
                                                       3600, 10800, 21600, 43200, 86400};

bool is_over(IntentState state) {
  return state == IntentState::kFailed || state == IntentState::kCancelled ||
         state == IntentState::kExpired;
}

// The sums after the update; what it leaves out stays as it is.
struct Sums {
  Money authorised, captured, refunded;
};

base::Result<Sums> sums_after(const PaymentIntent& intent, const IntentUpdate& update) {
  Sums sums{intent.authorised, intent.captured, intent.refunded};
  const auto grow = [&](Money& sum, const std::optional<Money>& said) -> base::Result<> {
    if (!said) return {};
    if (said->currency() != sum.currency()) {
      return base::fail("intent_currency_differs",
                        "the provider speaks of " + std::string(said->currency().code()),
                        intent.id.to_string());
    }
    sum = std::max(sum, *said);
    return {};
  };
  TRY(grow(sums.authorised, update.authorised));
  TRY(grow(sums.captured, update.captured));
  TRY(grow(sums.refunded, update.refunded));
  // A part by itself counts once, by the name of its event; what was given back had come.
  if (update.refunded_now && !update.event.empty()) {
    if (update.refunded_now->currency() != sums.refunded.currency()) {
      return base::fail("intent_currency_differs", "the provider speaks of another currency",
                        intent.id.to_string());
    }
    if (sums.captured.is_zero()) sums.captured = intent.amount;
    sums.refunded += *update.refunded_now;
  }
  const bool came = update.state == IntentState::kSettled || update.state == IntentState::kReversed;
  if (came && !update.captured && sums.captured.is_zero()) sums.captured = intent.amount;
  if (update.state == IntentState::kReversed && !update.refunded && !update.refunded_now) {
    sums.refunded = sums.captured;
  }
  if (update.state == IntentState::kAuthorised && !update.authorised) {
    sums.authorised = std::max(sums.authorised, intent.amount);
  }
  const Money nothing(0, intent.amount.currency());
  if (sums.refunded > sums.captured || sums.refunded < nothing) {
    return base::fail("intent_sum_impossible",
                      "captured " + sums.captured.to_decimal_string() + " and refunded " +
                          sums.refunded.to_decimal_string() + " of " +
                          intent.amount.to_decimal_string(),
                      intent.id.to_string());
  }
  return sums;
}

// The state that the sums and the word make; nullopt where the word is old or contradicts.
std::optional<IntentState> state_after(const PaymentIntent& intent, const Sums& sums,
                                       IntentState said) {
  if (!sums.captured.is_zero()) {
    return sums.refunded == sums.captured ? IntentState::kReversed : IntentState::kSettled;
  }
  if (is_over(intent.state)) return is_over(said) ? std::optional(intent.state) : std::nullopt;
  if (is_over(said)) return said;
  if (said == IntentState::kAuthorised || intent.state == IntentState::kAuthorised) {
    return IntentState::kAuthorised;
  }
  return IntentState::kPending;
}

template <class T>
void take(T& kept, const T& said, bool& changed) {
  if (said == T{} || kept == said) return;
  kept = said;
  changed = true;
}

void take_words(PaymentIntent& intent, const IntentUpdate& update, bool& changed) {
  take(intent.provider_reference, update.provider_reference, changed);
  take(intent.action_url, update.action_url, changed);
  take(intent.action_qr, update.action_qr, changed);
  take(intent.stored_method, update.stored_method, changed);
  take(intent.stored_title, update.stored_title, changed);
  take(intent.stored_until, update.stored_until, changed);
  take(intent.code, update.code, changed);
  take(intent.text, update.text, changed);
  take(intent.expires, update.expires, changed);
  take(intent.fee, update.fee, changed);
  if (update.decline != Decline::kNone) take(intent.decline, update.decline, changed);
}

}  // namespace

bool is_live(IntentState state) {
  return state == IntentState::kCreated || state == IntentState::kPending ||
         state == IntentState::kAuthorised;
}

Money held_for(const PaymentIntent& intent, BillId bill) {
  Money held(0, intent.amount.currency());
  if (!is_live(intent.state)) return held;
  for (const IntentPart& part : intent.parts) {
    if (part.bill == bill) held += part.amount;
  }
  return held;
}

base::Result<PaymentIntent> make_intent(IntentId id, AccountId account,
                                        std::vector<IntentPart> parts, base::Instant now) {
  if (parts.empty()) return base::fail("intent_is_empty", "nothing is to be paid");
  const Money nothing(0, parts.front().amount.currency());
  Money amount = nothing;
  std::set<BillId> seen;
  for (const IntentPart& part : parts) {
    const std::string place = part.bill.to_string();
    if (part.amount.currency() != nothing.currency()) {
      return base::fail("other_currency", "bills of several currencies cannot be paid at once",
                        place);
    }
    if (part.amount <= nothing) {
      return base::fail("intent_amount_not_positive", "pay more than nothing", place);
    }
    if (!seen.insert(part.bill).second) {
      return base::fail("intent_bill_twice", "the bill is named twice", place);
    }
    amount += part.amount;
  }
  PaymentIntent intent;
  intent.id = id;
  intent.account = account;
  intent.parts = std::move(parts);
  intent.amount = amount;
  intent.authorised = intent.captured = intent.refunded = nothing;
  intent.refund_asked = intent.refund_ordered = intent.refund_sent = nothing;
  intent.created = intent.changed = now;
  intent.ask_at = {now.micros + ask_gap_micros(0)};
  return intent;
}

base::Result<IntentChange> apply_update(PaymentIntent& intent, const IntentUpdate& update,
                                        base::Instant now) {
  const Money nothing(0, intent.amount.currency());
  IntentChange change{.captured = nothing, .refunded = nothing};
  if (is_of_another_payment(intent, update)) return change;
  const auto ask_in = [&](std::int64_t micros) {
    intent.ask_at = base::Instant{now.micros + micros};
    change.changed = true;
  };
  if (!update.answered) {
    take(intent.provider_reference, update.provider_reference, change.changed);
    if (intent.state == IntentState::kCreated) {
      intent.state = IntentState::kPending;
      change.state_changed = true;
    }
    ask_in(ask_gap_micros(++intent.asked));
  } else if (update.must_ask) {
    ask_in(0);
  } else {
    const Sums sums = TRY(sums_after(intent, update));
    const auto state = state_after(intent, sums, update.state);
    take_words(intent, update, change.changed);
    change.captured = sums.captured - intent.captured;
    change.refunded = sums.refunded - intent.refunded;
    intent.authorised = sums.authorised;
    intent.captured = sums.captured;
    intent.refunded = sums.refunded;
    change.state_changed = state && *state != intent.state;
    if (state) intent.state = *state;
    const bool waits = is_live(intent.state) || intent.refund_asked > intent.refunded;
    const bool was_asked = intent.asked != 0;
    intent.asked = 0;
    if (!state) {
      ask_in(0);
    } else if (waits) {
      ask_in(ask_gap_micros(2));
    } else if (intent.ask_at) {
      intent.ask_at.reset();
      change.changed = true;
    }
    change.changed =
        change.changed || was_asked || !change.captured.is_zero() || !change.refunded.is_zero();
  }
  change.changed = change.changed || change.state_changed;
  if (change.changed) {
    intent.changed = now;
    ++intent.version;
  }
  CHECK(intent.refunded <= intent.captured);
  return change;
}

IntentStep next_step(const PaymentIntent& intent, bool capture_now) {
  if (intent.refund_asked > intent.refunded && !intent.captured.is_zero()) {
    return intent.refund_asked > intent.refund_sent ? IntentStep::kRefund : IntentStep::kAsk;
  }
  if (!is_live(intent.state)) {
    // Of what no provider ever heard there is nobody to ask.
    const bool can_ask = intent.ask_at && !intent.provider_reference.empty();
    return can_ask ? IntentStep::kAsk : IntentStep::kNothing;
  }
  // To find out what became of an order that was never answered, it is ordered again by the same
  // key, even where it is to be stopped.
  if (intent.provider_reference.empty()) return IntentStep::kOrder;
  if (intent.stopping) return IntentStep::kCancel;
  if (intent.state == IntentState::kAuthorised && !capture_now) return IntentStep::kCapture;
  return IntentStep::kAsk;
}

std::int64_t ask_gap_micros(std::int64_t asked) {
  const auto at = static_cast<std::size_t>(std::max<std::int64_t>(asked, 0));
  return kGapsSeconds[std::min(at, kGapsSeconds.size() - 1)] * kSecond;
}

}  // namespace domain
