#include "gateways/psp/paypal/paypal.h"

#include <array>

#include "gateways/psp/exchange/token.h"
#include "gateways/psp/paypal/mapping.h"
#include "support/crypto/mac.h"

namespace gateways::paypal {
namespace {

using domain::IntentUpdate;

constexpr std::size_t kKeyLengthMax = 100;
// PayPal repeats a webhook for three days.
constexpr std::int64_t kWebhookDaysMax = 4;

constexpr std::array<std::string_view, 1> kMethods = {"paypal"};
// Forint and yen have no decimals at PayPal: not taken here.
constexpr std::array<std::string_view, 9> kCurrencies = {"CHF", "CZK", "DKK", "EUR", "GBP",
                                                         "NOK", "PLN", "SEK", "USD"};
constexpr std::array<SettingKey, 4> kSettings = {{
    {"url", SettingKind::kText, true, "https://api-m.sandbox.paypal.com", "Where PayPal answers"},
    {"client_id", SettingKind::kText, true, "", "The application's client id"},
    {"client_secret", SettingKind::kSecret, true, "", "The application's secret"},
    {"webhook_id", SettingKind::kText, true, "", "The id of the webhook, as it was registered"},
}};

class PayPal final : public ports::Gateway {
 public:
  explicit PayPal(Parts parts)
      : parts_(std::move(parts)),
        client_(parts_.http, parts_.clock, [this] { return token_request(); }) {}

  [[nodiscard]] std::string_view name() const override { return kind().name; }
  [[nodiscard]] bool captures_by_itself() const override { return false; }

  [[nodiscard]] base::Result<IntentUpdate> create(const ports::PaymentOrder& order) override {
    TRY(check_order(order, kCurrencies));
    const auto answer = TRY(make_order(order));
    return answer.is_good() ? read_order(answer) : failed(answer);
  }

  // The customer is back: whether they approved is PayPal's to say, and then it is captured.
  [[nodiscard]] base::Result<IntentUpdate> confirm(
      const ports::PaymentConfirmation& confirmation) override {
    IntentUpdate update = TRY(status(confirmation.payment));
    if (update.state != domain::IntentState::kAuthorised) return update;
    return capture(confirmation.payment);
  }

  [[nodiscard]] base::Result<IntentUpdate> charge_stored(
      const ports::PaymentOrder& order) override {
    TRY(check_order(order, kCurrencies));
    const auto answer = TRY(make_order(order));
    if (!answer.is_good()) return failed(answer);
    IntentUpdate update = read_order(answer);
    if (!update.action_url.empty()) {
      // Nobody is there to approve it, and without it nothing is captured.
      update.state = domain::IntentState::kFailed;
      update.decline = domain::Decline::kNeedsCustomer;
    }
    return update;
  }

  [[nodiscard]] base::Result<IntentUpdate> capture(const ports::PaymentChange& change) override {
    TRY(check_change(change));
    const auto answer = TRY(send("POST", order_path(change) + "/capture", base::Json::object(),
                                 change.idempotency_key + "-capture"));
    if (answer.is_good()) return read_order(answer);
    const std::string issue = issue_of(answer.body);
    if (issue == "ORDER_ALREADY_CAPTURED" || issue == "DUPLICATE_INVOICE_ID") {
      return status(change);
    }
    return read_refusal(answer, change.provider_reference, false);
  }

  [[nodiscard]] base::Result<IntentUpdate> cancel(const ports::PaymentChange& change) override {
    TRY(check_change(change));
    IntentUpdate update = TRY(status(change));
    const bool open = update.answered && (update.state == domain::IntentState::kPending ||
                                          update.state == domain::IntentState::kAuthorised);
    // Only our capture moves money. A capture that is under way ("capture_") can't be stopped.
    if (open && !update.code.starts_with("capture_")) {
      update.state = domain::IntentState::kCancelled;
      update.action_url.clear();
    }
    return update;
  }

  [[nodiscard]] base::Result<IntentUpdate> refund(const ports::PaymentChange& change) override {
    TRY(check_change(change));
    const auto order = TRY(send("GET", order_path(change), {}, ""));
    if (!order.is_good()) return unanswered(order, change.provider_reference);
    const std::string id = capture_id(order.body);
    if (id.empty()) return refused_change("NOT_CAPTURED", "nothing of the order was captured");
    const auto answer = TRY(send("POST", "/v2/payments/captures/" + url_part(id) + "/refund",
                                 refund_body(change), change.idempotency_key));
    return read_refund(answer, change);
  }

  [[nodiscard]] base::Result<IntentUpdate> status(const ports::PaymentChange& change) override {
    const auto answer = TRY(send("GET", order_path(change), {}, ""));
    if (!answer.is_good()) return unanswered(answer, change.provider_reference);
    return read_order(answer);
  }

  [[nodiscard]] base::Result<ports::WebhookReading> verify_webhook(
      const ports::Webhook& webhook) override {
    const base::Json body = TRY(webhook_body(webhook));
    const bool sure = TRY(is_signed(webhook));
    auto event = TRY(read_event(body));
    ports::WebhookReading reading;
    if (!event) return reading;
    if (!sure) {
      // PayPal could not be asked: then it is only a reason to ask how the payment stands.
      IntentUpdate only_ask;
      only_ask.must_ask = true;
      only_ask.event = event->update.event;
      only_ask.code = event->update.code;
      only_ask.provider_reference = event->update.provider_reference;
      event->update = only_ask;
    }
    reading.events.push_back(*std::move(event));
    return reading;
  }

  [[nodiscard]] domain::Decline classify(std::string_view code) const override {
    return paypal::classify(code);
  }

 private:
  [[nodiscard]] static std::string order_path(const ports::PaymentChange& change) {
    return "/v2/checkout/orders/" + url_part(change.provider_reference);
  }

  [[nodiscard]] static IntentUpdate failed(const Answer& answer) {
    return read_refusal(answer, "", true);
  }

  [[nodiscard]] ports::HttpRequest token_request() const {
    const Settings& settings = parts_.settings;
    ports::HttpRequest request =
        json_request("POST", settings.text("url") + "/v1/oauth2/token", {});
    const std::string who = settings.text("client_id") + ":" + settings.text("client_secret");
    request.headers.emplace_back("Authorization", "Basic " + crypto::to_base64(who));
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = "grant_type=client_credentials";
    return request;
  }

  base::Result<Answer> send(std::string method, const std::string& path, const base::Json& body,
                            std::string_view key) {
    ports::HttpRequest request =
        json_request(std::move(method), parts_.settings.text("url") + path, body);
    if (!key.empty()) {
      request.headers.emplace_back("PayPal-Request-Id", fitted_key(key, kKeyLengthMax));
      request.headers.emplace_back("Prefer", "return=representation");
    }
    return client_.ask(std::move(request));
  }

  base::Result<Answer> make_order(const ports::PaymentOrder& order) {
    return send("POST", "/v2/checkout/orders", order_body(order), order.idempotency_key);
  }

  // Whether PayPal says that the webhook is its own; false: it did not answer.
  // Errors: webhook_signature_wrong, webhook_too_old, webhook_malformed.
  base::Result<bool> is_signed(const ports::Webhook& webhook) {
    const auto wrong = [] {
      return base::fail("webhook_signature_wrong", "PayPal has not signed the webhook");
    };
    base::Json question;
    for (const std::string name :
         {"transmission_id", "transmission_time", "transmission_sig", "cert_url", "auth_algo"}) {
      std::string header = "paypal-" + name;
      std::ranges::replace(header, '_', '-');
      const std::string value = webhook_header(webhook, header);
      if (value.empty()) return wrong();
      question.set(name, value);
    }
    if (!is_of_paypal(question.text("cert_url"))) return wrong();
    const auto sent_at = base::Instant::parse(question.text("transmission_time"));
    if (!sent_at) return base::fail("webhook_malformed", "the webhook's date cannot be read");
    if (webhook.received - *sent_at > kWebhookDaysMax * base::kMicrosPerDay) {
      return base::fail("webhook_too_old", "the webhook was signed long ago");
    }
    question.set("webhook_id", parts_.settings.text("webhook_id"));
    // The event goes back as the bytes that came: written anew, its signature would not fit.
    std::string text = question.dump();
    text.pop_back();
    ports::HttpRequest request = json_request(
        "POST", parts_.settings.text("url") + "/v1/notifications/verify-webhook-signature", {});
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = text + ",\"webhook_event\":" + webhook.body + "}";
    const auto answer = TRY(client_.ask(std::move(request)));
    if (!answer.is_good()) return false;
    if (answer.body.text("verification_status") != "SUCCESS") return wrong();
    return true;
  }

  Parts parts_;
  TokenClient client_;
};

base::Result<std::unique_ptr<ports::Gateway>> make(Parts parts) {
  return std::make_unique<PayPal>(std::move(parts));
}

}  // namespace

const Kind& kind() {
  static constexpr Kind kKind{"paypal", "PayPal", kMethods, kCurrencies, kSettings, make};
  return kKind;
}

}  // namespace gateways::paypal
