#include "domain/payment/other_payment.h"

#include "base/result/check.h"

namespace domain {

bool is_of_another_payment(const PaymentIntent& intent, const IntentUpdate& update) {
  const bool holds_money =
      !intent.captured.is_zero() || (is_live(intent.state) && !intent.authorised.is_zero());
  return holds_money && update.answered && !update.must_ask && !update.event.empty() &&
         !intent.provider_reference.empty() && !update.provider_reference.empty() &&
         update.provider_reference != intent.provider_reference;
}

bool tells_of_money(const IntentUpdate& update) {
  return update.state == IntentState::kAuthorised || update.state == IntentState::kSettled ||
         update.state == IntentState::kReversed || update.authorised || update.captured ||
         update.refunded || update.refunded_now;
}

PaymentIntent make_other_payment(IntentId id, const PaymentIntent& first, base::Instant now) {
  auto made = make_intent(id, first.account, first.parts, now);
  CHECK(made.has_value());
  made->gateway = first.gateway;
  made->method = first.method;
  made->channel = first.channel;
  made->stopping = true;
  return *std::move(made);
}

}  // namespace domain
