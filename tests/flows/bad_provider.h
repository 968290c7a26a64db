// A provider of payments that behaves badly on purpose, for tests of what we do about it: it keeps
// its own books, loses our requests or its answers, tells of payments late, twice and in any
// order, and lets customers, banks and time do as they do. Its books are the truth.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ports/gateway.h"

namespace tests {

class BadProvider final : public ports::Gateway {
 public:
  enum class Line { kGood, kRequestLost, kAnswerLost };
  struct Payment {
    std::string intent;
    domain::IntentState state = domain::IntentState::kPending;
    base::Money amount, captured, refunded;
    bool capture_now = true;
  };

  explicit BadProvider(std::string name) : name_(std::move(name)) {}

  // How the next requests fare.
  Line line = Line::kGood;
  // Refunds and captures are done at once, or when time passes (settle_down).
  bool is_slow = false;

  // --- What happens at the provider without us. False where it cannot.
  bool customer_approves(const std::string& reference);
  bool customer_declines(const std::string& reference);
  bool time_runs_out(const std::string& reference);
  // Another card on the page that was paid already: a payment of its own, by this name.
  std::string customer_tries_again(const std::string& reference, bool approves,
                                   std::optional<base::Money> sum = {});
  bool customer_pays(const std::string& reference, base::Money sum);  // Not what was ordered.
  // From now on it says that so much went back, whatever did.
  void says_went_back(const std::string& reference, base::Money sum) {
    payments_.at(reference).refunded = sum;
  }
  bool bank_takes_back(const std::string& reference);  // A chargeback of all that is left.
  void settle_down();                                  // What is slow is done now.

  [[nodiscard]] const std::map<std::string, Payment>& payments() const { return payments_; }
  // What it holds for us: captured less refunded.
  [[nodiscard]] std::int64_t holds_minor() const;
  [[nodiscard]] std::size_t words() const { return words_.size(); }
  // The n-th word as a webhook.
  [[nodiscard]] ports::Webhook webhook(std::size_t word) const;
  [[nodiscard]] std::int64_t orders() const { return orders_; }  // That reached it.

  // --- Gateway.
  std::string_view name() const override { return name_; }
  base::Result<domain::IntentUpdate> create(const ports::PaymentOrder& order) override;
  base::Result<domain::IntentUpdate> confirm(const ports::PaymentConfirmation& back) override;
  base::Result<domain::IntentUpdate> charge_stored(const ports::PaymentOrder& order) override;
  base::Result<domain::IntentUpdate> capture(const ports::PaymentChange& change) override;
  base::Result<domain::IntentUpdate> cancel(const ports::PaymentChange& change) override;
  base::Result<domain::IntentUpdate> refund(const ports::PaymentChange& change) override;
  base::Result<domain::IntentUpdate> status(const ports::PaymentChange& change) override;
  base::Result<ports::WebhookReading> verify_webhook(const ports::Webhook& webhook) override;
  domain::Decline classify(std::string_view code) const override;

 private:
  struct Slow {
    std::string reference;
    bool is_refund = false;
    base::Money amount;
  };
  [[nodiscard]] domain::IntentUpdate update_of(const std::string& reference) const;
  // What we hear of it: nothing where the line is bad.
  [[nodiscard]] domain::IntentUpdate heard(const std::string& reference) const;
  void tell(const std::string& reference);
  void capture_now(Payment& payment, base::Money amount);
  void refund_now(Payment& payment, base::Money amount);

  std::string name_;
  std::map<std::string, Payment> payments_;  // By our reference at the provider.
  std::map<std::string, std::string> keys_;  // Key of a request: its payment.
  std::vector<Slow> slow_;
  std::vector<ports::WebhookEvent> words_;
  std::int64_t orders_ = 0;
};

}  // namespace tests
