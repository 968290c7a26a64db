#include "tests/flows/bad_provider.h"

namespace tests {

using base::Money;
using base::Result;
using domain::IntentState;
using domain::IntentUpdate;

IntentUpdate BadProvider::update_of(const std::string& reference) const {
  const Payment& payment = payments_.at(reference);
  IntentUpdate update{.state = payment.state};
  update.provider_reference = reference;
  if (!payment.captured.is_zero()) {
    update.state =
        payment.refunded == payment.captured ? IntentState::kReversed : IntentState::kSettled;
    update.captured = payment.captured;
    update.refunded = payment.refunded;
  }
  if (payment.state == IntentState::kFailed) {
    update.decline = domain::Decline::kRetryLater;
    update.code = "no money";
  }
  return update;
}

IntentUpdate BadProvider::heard(const std::string& reference) const {
  if (line == Line::kGood) return update_of(reference);
  return {.answered = false};
}

void BadProvider::tell(const std::string& reference) {
  ports::WebhookEvent word{payments_.at(reference).intent, update_of(reference)};
  word.update.event = name_ + "/" + std::to_string(words_.size());
  words_.push_back(std::move(word));
}

void BadProvider::capture_now(Payment& payment, Money amount) {
  payment.captured = std::min(payment.amount, payment.captured + amount);
  payment.state = IntentState::kSettled;
}

void BadProvider::refund_now(Payment& payment, Money amount) {
  payment.refunded = std::min(payment.captured, payment.refunded + amount);
}

bool BadProvider::customer_approves(const std::string& reference) {
  Payment& payment = payments_.at(reference);
  if (payment.state != IntentState::kPending) return false;
  payment.state = IntentState::kAuthorised;
  tell(reference);
  if (!payment.capture_now) return true;
  capture_now(payment, payment.amount);
  tell(reference);
  return true;
}

bool BadProvider::customer_declines(const std::string& reference) {
  Payment& payment = payments_.at(reference);
  if (payment.state != IntentState::kPending) return false;
  payment.state = IntentState::kFailed;
  tell(reference);
  return true;
}

std::string BadProvider::customer_tries_again(const std::string& reference, bool approves,
                                              std::optional<Money> sum) {
  const std::string again = name_ + "-" + std::to_string(payments_.size() + 1);
  Payment payment = payments_.at(reference);
  payment.state = IntentState::kPending;
  payment.captured = payment.refunded = Money(0, payment.amount.currency());
  payment.amount = sum.value_or(payment.amount);
  payments_[again] = std::move(payment);
  approves ? customer_approves(again) : customer_declines(again);
  return again;
}

bool BadProvider::customer_pays(const std::string& reference, Money sum) {
  Payment& payment = payments_.at(reference);
  if (payment.state != IntentState::kPending) return false;
  payment.captured = sum;
  payment.state = IntentState::kSettled;
  tell(reference);
  return true;
}

bool BadProvider::time_runs_out(const std::string& reference) {
  Payment& payment = payments_.at(reference);
  if (payment.state != IntentState::kPending && payment.state != IntentState::kAuthorised) {
    return false;
  }
  payment.state = IntentState::kExpired;
  tell(reference);
  return true;
}

bool BadProvider::bank_takes_back(const std::string& reference) {
  Payment& payment = payments_.at(reference);
  if (payment.captured <= payment.refunded) return false;
  payment.refunded = payment.captured;
  tell(reference);
  return true;
}

void BadProvider::settle_down() {
  for (const Slow& each : std::exchange(slow_, {})) {
    Payment& payment = payments_.at(each.reference);
    if (each.is_refund) {
      refund_now(payment, each.amount);
    } else if (payment.state == IntentState::kAuthorised) {
      capture_now(payment, each.amount);
    }
    tell(each.reference);
  }
}

std::int64_t BadProvider::holds_minor() const {
  std::int64_t sum = 0;
  for (const auto& [reference, payment] : payments_) {
    sum += (payment.captured - payment.refunded).minor();
  }
  return sum;
}

ports::Webhook BadProvider::webhook(std::size_t word) const {
  ports::Webhook webhook;
  webhook.path = "/hooks/" + name_;
  webhook.body = std::to_string(word);
  return webhook;
}

Result<IntentUpdate> BadProvider::create(const ports::PaymentOrder& order) {
  if (line == Line::kRequestLost) return IntentUpdate{.answered = false};
  const auto known = keys_.find(order.idempotency_key);
  if (known != keys_.end()) return heard(known->second);
  ++orders_;
  const std::string reference = name_ + "-" + std::to_string(payments_.size() + 1);
  keys_[order.idempotency_key] = reference;
  const Money nothing(0, order.amount.currency());
  payments_[reference] = {.intent = order.intent,
                          .amount = order.amount,
                          .captured = nothing,
                          .refunded = nothing,
                          .capture_now = order.capture_now};
  return heard(reference);
}

Result<IntentUpdate> BadProvider::confirm(const ports::PaymentConfirmation& back) {
  return status(back.payment);
}

Result<IntentUpdate> BadProvider::charge_stored(const ports::PaymentOrder& order) {
  const auto update = create(order);
  const auto made = keys_.find(order.idempotency_key);
  if (made == keys_.end()) return update;
  customer_approves(made->second);
  return heard(made->second);
}

Result<IntentUpdate> BadProvider::capture(const ports::PaymentChange& change) {
  if (line == Line::kRequestLost) return IntentUpdate{.answered = false};
  Payment& payment = payments_.at(change.provider_reference);
  const bool is_new = keys_.emplace(change.idempotency_key, change.provider_reference).second;
  if (is_new && payment.state == IntentState::kAuthorised) {
    if (is_slow) {
      slow_.push_back({change.provider_reference, false, change.amount});
    } else {
      capture_now(payment, change.amount);
      tell(change.provider_reference);
    }
  }
  return heard(change.provider_reference);
}

Result<IntentUpdate> BadProvider::cancel(const ports::PaymentChange& change) {
  if (line == Line::kRequestLost) return IntentUpdate{.answered = false};
  Payment& payment = payments_.at(change.provider_reference);
  const bool is_live =
      payment.state == IntentState::kPending || payment.state == IntentState::kAuthorised;
  if (is_live) {
    payment.state = IntentState::kCancelled;
    tell(change.provider_reference);
  }
  return heard(change.provider_reference);
}

Result<IntentUpdate> BadProvider::refund(const ports::PaymentChange& change) {
  if (line == Line::kRequestLost) return IntentUpdate{.answered = false};
  if (keys_.emplace(change.idempotency_key, change.provider_reference).second) {
    if (is_slow) {
      slow_.push_back({change.provider_reference, true, change.amount});
    } else {
      refund_now(payments_.at(change.provider_reference), change.amount);
      tell(change.provider_reference);
    }
  }
  return heard(change.provider_reference);
}

Result<IntentUpdate> BadProvider::status(const ports::PaymentChange& change) {
  if (line != Line::kGood) return IntentUpdate{.answered = false};
  return update_of(change.provider_reference);
}

Result<ports::WebhookReading> BadProvider::verify_webhook(const ports::Webhook& webhook) {
  std::size_t word = 0;
  for (const char digit : webhook.body) word = word * 10 + static_cast<std::size_t>(digit - '0');
  if (word >= words_.size()) return base::fail("webhook_malformed", "no such word");
  ports::WebhookReading reading;
  reading.events.push_back(words_[word]);
  return reading;
}

domain::Decline BadProvider::classify(std::string_view code) const {
  return code.empty() ? domain::Decline::kNone : domain::Decline::kRetryLater;
}

}  // namespace tests
