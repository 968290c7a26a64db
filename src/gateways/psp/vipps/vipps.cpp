#include "gateways/psp/vipps/vipps.h"

#include <array>
#include <charconv>

#include "gateways/psp/exchange/token.h"
#include "gateways/psp/vipps/mapping.h"
#include "support/crypto/mac.h"

namespace gateways::vipps {
namespace {

using domain::IntentUpdate;

constexpr std::size_t kKeyLengthMax = 40;
// Vipps repeats a webhook for seven days.
constexpr std::int64_t kWebhookDaysMax = 8;
constexpr std::int64_t kPaymentSeconds = 600;  // So long the app waits for the customer.
constexpr std::int64_t kRetryDaysMax = 14;

constexpr std::array<std::string_view, 2> kMethods = {"vipps", "mobilepay"};
constexpr std::array<std::string_view, 3> kCurrencies = {"DKK", "EUR", "NOK"};
constexpr std::array<SettingKey, 8> kSettings = {{
    {"url", SettingKind::kText, true, "https://apitest.vipps.no", "Where Vipps MobilePay answers"},
    {"client_id", SettingKind::kText, true, "", "The sales unit's client id"},
    {"client_secret", SettingKind::kSecret, true, "", "The sales unit's client secret"},
    {"subscription_key", SettingKind::kSecret, true, "", "The sales unit's subscription key"},
    {"merchant_serial_number", SettingKind::kText, true, "", "The sales unit's number"},
    {"webhook_secret", SettingKind::kSecret, true, "", "What registering the webhook answered"},
    {"agreement_url", SettingKind::kText, false, "", "Where customers look at their agreement"},
    {"retry_days", SettingKind::kText, true, "3", "How long Vipps tries a charge, 0 to 14 days"},
}};

class Vipps final : public ports::Gateway {
 public:
  Vipps(Parts parts, std::int64_t retry_days)
      : parts_(std::move(parts)),
        retry_days_(retry_days),
        client_(parts_.http, parts_.clock, [this] { return token_request(); }) {}

  [[nodiscard]] std::string_view name() const override { return kind().name; }
  [[nodiscard]] bool captures_by_itself() const override { return false; }

  [[nodiscard]] base::Result<IntentUpdate> create(const ports::PaymentOrder& order) override {
    TRY(check_order(order, kCurrencies));
    if (order.keep_method) return create_agreement(order);
    const auto body = TRY(payment_body(order));
    const auto answer = TRY(send("POST", "/epayment/v1/payments", body, order.idempotency_key));
    if (answer.status == 409) {
      // The payment is there already, ordered with another key.
      ports::PaymentChange change;
      change.provider_reference = reference_of(order.intent);
      return status(change);
    }
    IntentUpdate update = read_created(answer, order);
    if (update.state == domain::IntentState::kPending) {
      update.expires = parts_.clock.now() + kPaymentSeconds * base::kMicrosPerSecond;
    }
    return update;
  }

  [[nodiscard]] base::Result<IntentUpdate> confirm(
      const ports::PaymentConfirmation& confirmation) override {
    return status(confirmation.payment);  // What the customer brings back is not signed.
  }

  [[nodiscard]] base::Result<IntentUpdate> charge_stored(
      const ports::PaymentOrder& order) override {
    TRY(check_order(order, kCurrencies));
    const base::Json body = charge_body(order, first_due(parts_.clock.now()), retry_days_);
    const auto answer = TRY(send("POST", agreement_path(order.stored_method) + "/charges", body,
                                 order.idempotency_key));
    if (answer.status == 409) {
      // Ordered before, perhaps yesterday for another day: then that charge counts.
      ports::PaymentChange change;
      change.provider_reference = order.stored_method + "/" + reference_of(order.intent);
      return status(change);
    }
    return read_charge_ordered(answer, order);
  }

  [[nodiscard]] base::Result<IntentUpdate> capture(const ports::PaymentChange& change) override {
    return this->change(change, "/capture");
  }

  [[nodiscard]] base::Result<IntentUpdate> cancel(const ports::PaymentChange& change) override {
    TRY(check_change(change));
    const auto charge = charge_of(change.provider_reference);
    const std::string path = charge ? charge_path(*charge) : payment_path(change) + "/cancel";
    const auto answer = TRY(send(charge ? "DELETE" : "POST", path, {}, change.idempotency_key));
    return read_change(answer, change.provider_reference);
  }

  [[nodiscard]] base::Result<IntentUpdate> refund(const ports::PaymentChange& change) override {
    return this->change(change, "/refund");
  }

  [[nodiscard]] base::Result<IntentUpdate> status(const ports::PaymentChange& change) override {
    const std::string& reference = change.provider_reference;
    const auto charge = charge_of(reference);
    const auto answer =
        TRY(send("GET", charge ? charge_path(*charge) : payment_path(change), {}, ""));
    if (!answer.is_good()) return unanswered(answer, reference);
    if (!charge) return read_payment(answer, reference);
    IntentUpdate update = read_charge(answer, reference);
    if (answer.body.text("type") == "INITIAL" && update.state == domain::IntentState::kSettled) {
      update.stored_method = charge->agreement;
      update.stored_title = "Vipps MobilePay";
    }
    return update;
  }

  [[nodiscard]] base::Result<ports::WebhookReading> verify_webhook(
      const ports::Webhook& webhook) override {
    const base::Json body = TRY(webhook_body(webhook));
    TRY(check_signature(webhook));
    if (body.text("msn", parts_.settings.text("merchant_serial_number")) !=
        parts_.settings.text("merchant_serial_number")) {
      return base::fail("webhook_other_merchant", "the webhook is of another sales unit");
    }
    ports::WebhookReading reading;
    auto event = TRY(read_event(body));
    if (event) reading.events.push_back(*std::move(event));
    return reading;
  }

  [[nodiscard]] domain::Decline classify(std::string_view code) const override {
    return vipps::classify(code);
  }

 private:
  [[nodiscard]] static std::string agreement_path(std::string_view agreement) {
    return "/recurring/v3/agreements/" + url_part(agreement);
  }
  [[nodiscard]] static std::string charge_path(const ChargeName& name) {
    return agreement_path(name.agreement) + "/charges/" + url_part(name.charge);
  }
  [[nodiscard]] static std::string payment_path(const ports::PaymentChange& change) {
    return "/epayment/v1/payments/" + url_part(change.provider_reference);
  }

  void add_system(ports::HttpRequest& request) const {
    const Settings& settings = parts_.settings;
    request.headers.emplace_back("Ocp-Apim-Subscription-Key", settings.text("subscription_key"));
    request.headers.emplace_back("Merchant-Serial-Number", settings.text("merchant_serial_number"));
    request.headers.emplace_back("Vipps-System-Name", "telgiro");
    request.headers.emplace_back("Vipps-System-Version", "1");
  }

  [[nodiscard]] ports::HttpRequest token_request() const {
    ports::HttpRequest request =
        json_request("POST", parts_.settings.text("url") + "/accesstoken/get", {});
    request.headers.emplace_back("client_id", parts_.settings.text("client_id"));
    request.headers.emplace_back("client_secret", parts_.settings.text("client_secret"));
    add_system(request);
    return request;
  }

  base::Result<Answer> send(std::string method, const std::string& path, const base::Json& body,
                            std::string_view key) {
    ports::HttpRequest request =
        json_request(std::move(method), parts_.settings.text("url") + path, body);
    add_system(request);
    if (!key.empty()) {
      request.headers.emplace_back("Idempotency-Key", fitted_key(key, kKeyLengthMax));
    }
    return client_.ask(std::move(request));
  }

  base::Result<IntentUpdate> create_agreement(const ports::PaymentOrder& order) {
    const std::string& url = parts_.settings.text("agreement_url");
    if (url.empty()) {
      return base::fail("gateway_cannot", "agreements need the setting agreement_url",
                        order.intent);
    }
    const auto answer = TRY(send("POST", "/recurring/v3/agreements", agreement_body(order, url),
                                 order.idempotency_key));
    return read_agreement(answer);
  }

  base::Result<IntentUpdate> change(const ports::PaymentChange& change, std::string_view what) {
    TRY(check_change(change));
    const auto charge = charge_of(change.provider_reference);
    const std::string path = charge ? charge_path(*charge) : payment_path(change);
    const base::Json body = charge ? charge_change_body(change) : change_body(change.amount);
    const auto answer = TRY(send("POST", path + std::string(what), body, change.idempotency_key));
    return read_change(answer, change.provider_reference);
  }

  [[nodiscard]] base::Result<> check_signature(const ports::Webhook& webhook) const {
    const crypto::Digest hash = crypto::sha256(webhook.body);
    const std::string content = crypto::to_base64(hash);
    const std::string date = webhook_header(webhook, "x-ms-date");
    const std::string text =
        "POST\n" + webhook.path + "\n" + date + ";" + webhook.host + ";" + content;
    const crypto::Digest signature =
        crypto::hmac_sha256(parts_.settings.text("webhook_secret"), text);
    const std::string wanted =
        "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" +
        crypto::to_base64(signature);
    if (!crypto::equal(webhook_header(webhook, "x-ms-content-sha256"), content) ||
        !crypto::equal(webhook_header(webhook, "authorization"), wanted)) {
      return base::fail("webhook_signature_wrong", "the webhook is not signed with our secret");
    }
    const auto signed_at = TRY(http_date(date));
    if (webhook.received - signed_at > kWebhookDaysMax * base::kMicrosPerDay) {
      return base::fail("webhook_too_old", "the webhook was signed long ago");
    }
    return {};
  }

  Parts parts_;
  std::int64_t retry_days_;
  TokenClient client_;
};

base::Result<std::unique_ptr<ports::Gateway>> make(Parts parts) {
  const std::string days = parts.settings.text("retry_days");
  std::int64_t retry_days = -1;
  const auto [end, problem] = std::from_chars(days.data(), days.data() + days.size(), retry_days);
  if (problem != std::errc() || end != days.data() + days.size() || retry_days < 0 ||
      retry_days > kRetryDaysMax) {
    return base::fail("bad_gateway_setting", "Vipps tries a charge 0 to 14 days", "retry_days");
  }
  return std::make_unique<Vipps>(std::move(parts), retry_days);
}

}  // namespace

const Kind& kind() {
  static constexpr Kind kKind{"vipps", "Vipps MobilePay", kMethods, kCurrencies, kSettings, make};
  return kKind;
}

}  // namespace gateways::vipps
