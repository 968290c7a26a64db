// The practice provider of a demo: a Gateway that moves no money, so that anybody can pay a bill of
// the demo and see it become paid. The customer decides on its page (practice_page.h).
//
// Each payment is a file in the folder `practice` of the data folder, which only `telgiro demo`
// makes, so that the server and commands see the same. Stateful and as slow as real ones are: a
// decision may be told late, and who goes away without one runs out of time.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time/instant.h"
#include "ports/gateway.h"

namespace app::demo {

inline constexpr std::string_view kPracticeName = "practice";

struct PracticePayment {
  std::string intent;
  base::Money amount, refunded;
  std::string decision;  // waiting | approved | declined | cancelled
  std::string description, language, return_url;
  base::Instant created, told;       // Nobody knows of a decision before `told`.
  std::vector<std::string> refunds;  // Keys of those that were made.
  bool keeps = false;                // Its method may be charged later, named by this payment.
};

enum class PracticeDecision { kApprove, kApproveTellLate, kDecline };

class PracticeGateway final : public ports::Gateway {
 public:
  // `public_url`: where its page is found, without a slash at the end.
  PracticeGateway(std::string folder, const base::Clock& clock, std::string public_url)
      : folder_(std::move(folder)), clock_(clock), public_url_(std::move(public_url)) {}

  // Whether the data folder is a demo's; and to make it one. Errors: file_not_writable.
  [[nodiscard]] static bool is_demo(const std::string& data_dir);
  [[nodiscard]] static base::Result<> make_demo(const std::string& data_dir);
  [[nodiscard]] static std::string folder_of(const std::string& data_dir);

  // Errors: practice_payment_unknown, file_not_writable.
  [[nodiscard]] base::Result<PracticePayment> find(std::string_view intent);
  [[nodiscard]] base::Result<PracticePayment> decide(std::string_view intent,
                                                     PracticeDecision decision);
  // What the provider has to tell by now, each once; forgotten where the process ends, as webhooks
  // are that get lost.
  [[nodiscard]] std::vector<ports::Webhook> take_words();

  std::string_view name() const override { return kPracticeName; }
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
  [[nodiscard]] static PracticePayment made_of(const ports::PaymentOrder& order, base::Instant now);
  struct Word {
    base::Instant due;
    std::string intent;
  };
  [[nodiscard]] base::Result<PracticePayment> read(std::string_view intent) const;
  [[nodiscard]] base::Result<> write(const PracticePayment& payment) const;
  [[nodiscard]] domain::IntentUpdate update_of(const PracticePayment& payment) const;
  [[nodiscard]] base::Result<domain::IntentUpdate> said(
      const base::Result<PracticePayment>& payment) const;

  std::string folder_;
  const base::Clock& clock_;
  std::string public_url_;
  std::mutex mutex_;
  std::vector<Word> words_;  // Under mutex_; so is writing.
};

}  // namespace app::demo
