#include "gateways/psp/adyen/adyen.h"

#include <algorithm>
#include <array>

#include "gateways/psp/adyen/mapping.h"
#include "support/crypto/mac.h"

namespace gateways::adyen {
namespace {

using domain::IntentUpdate;

constexpr std::size_t kKeyLengthMax = 64;
// What a customer may bring back from a bank's or method's page.
constexpr std::array<std::string_view, 4> kDetails = {"redirectResult", "payload", "MD", "PaRes"};

constexpr std::array<std::string_view, 8> kMethodNames = {
    "card", "applepay", "googlepay", "swish", "vipps", "mobilepay", "klarna", "paybybank"};
// Adyen counts Icelandic krónur with two decimals: not taken here.
constexpr std::array<std::string_view, 10> kCurrencies = {"CHF", "CZK", "DKK", "EUR", "GBP",
                                                          "HUF", "NOK", "PLN", "SEK", "USD"};
constexpr std::array<SettingKey, 7> kSettings = {{
    {"url", SettingKind::kText, true, "https://checkout-test.adyen.com/v71",
     "Where Checkout answers; the live address has a prefix of the operator's own"},
    {"merchant_account", SettingKind::kText, true, "", "The merchant account's code"},
    {"api_key", SettingKind::kSecret, true, "", "The API key"},
    {"hmac_key", SettingKind::kSecret, true, "", "The webhook's HMAC key, hexadecimal"},
    {"webhook_user", SettingKind::kText, false, "", "The webhook's user name, where it has one"},
    {"webhook_password", SettingKind::kSecret, false, "", "And its password"},
    {"capture", SettingKind::kText, true, "immediate",
     "immediate or by_us, as the merchant account is set"},
}};

bool is_link(std::string_view reference) { return reference.starts_with("PL"); }

class Adyen final : public ports::Gateway {
 public:
  Adyen(Parts parts, std::string hmac_key)
      : parts_(std::move(parts)), hmac_key_(std::move(hmac_key)) {
    account_.merchant = parts_.settings.text("merchant_account");
    account_.capture =
        parts_.settings.text("capture") == "by_us" ? Capture::kByUs : Capture::kImmediate;
  }

  [[nodiscard]] std::string_view name() const override { return kind().name; }
  [[nodiscard]] bool captures_by_itself() const override {
    return account_.capture == Capture::kImmediate;
  }

  [[nodiscard]] base::Result<IntentUpdate> create(const ports::PaymentOrder& order) override {
    TRY(check_order(order, kCurrencies));
    const Method* method = find_method(order.method);
    if (!method) {
      return base::fail("bad_gateway_order", "Adyen has no such method here", order.method);
    }
    const bool told = order.channel == domain::PaymentChannel::kPhone;  // The link goes by SMS.
    if (method->by_link || told) {
      const auto answer =
          TRY(post("/paymentLinks", link_body(order, *method, account_), order.idempotency_key));
      return read_link(answer);
    }
    const auto answer =
        TRY(post("/payments", payment_body(order, *method, account_), order.idempotency_key));
    IntentUpdate update = read_payment(answer, order.amount, account_.capture);
    // To be sent on to the method's page is how it begins, not a refusal.
    if (update.state == domain::IntentState::kPending) update.decline = domain::Decline::kNone;
    return update;
  }

  [[nodiscard]] base::Result<IntentUpdate> confirm(
      const ports::PaymentConfirmation& confirmation) override {
    base::Json details;
    for (const std::string_view name : kDetails) {
      const auto found = confirmation.details.find(std::string(name));
      if (found != confirmation.details.end()) details.set(name, found->second);
    }
    if (details.is_null()) return status(confirmation.payment);
    const base::Json body = base::Json().set("details", std::move(details));
    const auto answer =
        TRY(post("/payments/details", body, confirmation.payment.idempotency_key + "-confirm"));
    IntentUpdate update = read_payment(answer, confirmation.payment.total, account_.capture);
    // Details that are not understood say nothing about the payment: anybody can open that page.
    if (update.decline == domain::Decline::kOurMistake) update = unanswered(answer);
    return update;
  }

  [[nodiscard]] base::Result<IntentUpdate> charge_stored(
      const ports::PaymentOrder& order) override {
    TRY(check_order(order, kCurrencies));
    const auto answer = TRY(post("/payments", stored_body(order, account_), order.idempotency_key));
    return read_payment(answer, order.amount, account_.capture);
  }

  [[nodiscard]] base::Result<IntentUpdate> capture(const ports::PaymentChange& change) override {
    return this->change(change, "/captures", true);
  }

  [[nodiscard]] base::Result<IntentUpdate> cancel(const ports::PaymentChange& change) override {
    if (!is_link(change.provider_reference)) {
      // What was captured at once can't be cancelled: then it is refunded.
      const bool captured = account_.capture == Capture::kImmediate;
      return this->change(change, captured ? "/reversals" : "/cancels", false);
    }
    const base::Json body = base::Json().set("status", "expired");
    ports::HttpRequest request = json_request("PATCH", link_url(change), body);
    authorise(request);
    const auto answer = TRY(ask(parts_.http, request));
    IntentUpdate update = read_link(answer);
    if (update.state == domain::IntentState::kExpired) {
      update.state = domain::IntentState::kCancelled;
    } else if (update.decline == domain::Decline::kOurMistake) {
      // A link that was paid meanwhile can't be closed.
      update = refused_change(update.code, update.text);
    }
    return update;
  }

  [[nodiscard]] base::Result<IntentUpdate> refund(const ports::PaymentChange& change) override {
    return this->change(change, "/refunds", true);
  }

  [[nodiscard]] base::Result<IntentUpdate> status(const ports::PaymentChange& change) override {
    if (!is_link(change.provider_reference)) {
      // Checkout can't be asked about a payment: what becomes of it is told by webhook.
      Answer nothing;
      nothing.problem = "told_by_webhook";
      return unanswered(nothing, change.provider_reference);
    }
    ports::HttpRequest request = json_request("GET", link_url(change), {});
    authorise(request);
    const auto answer = TRY(ask(parts_.http, request));
    if (!answer.is_good()) return unanswered(answer, change.provider_reference);
    return read_link(answer);
  }

  [[nodiscard]] base::Result<ports::WebhookReading> verify_webhook(
      const ports::Webhook& webhook) override {
    const base::Json body = TRY(webhook_body(webhook));
    TRY(check_sender(webhook));
    const auto* items = body["notificationItems"].as_array();
    if (!items || items->empty()) {
      return base::fail("webhook_malformed", "the webhook holds no items");
    }
    ports::WebhookReading reading;
    reading.reply = "[accepted]";
    for (const base::Json& wrapped : *items) {
      const base::Json& item = wrapped["NotificationRequestItem"];
      TRY(check_item(item));
      auto event = TRY(read_item(item, account_.capture));
      if (event) reading.events.push_back(*std::move(event));
    }
    return reading;
  }

  [[nodiscard]] domain::Decline classify(std::string_view code) const override {
    return adyen::classify(code);
  }

 private:
  void authorise(ports::HttpRequest& request) const {
    request.headers.emplace_back("X-API-Key", parts_.settings.text("api_key"));
  }

  [[nodiscard]] std::string link_url(const ports::PaymentChange& change) const {
    return parts_.settings.text("url") + "/paymentLinks/" + url_part(change.provider_reference);
  }

  base::Result<Answer> post(std::string_view path, const base::Json& body, std::string_view key) {
    ports::HttpRequest request =
        json_request("POST", parts_.settings.text("url") + std::string(path), body);
    authorise(request);
    request.headers.emplace_back("Idempotency-Key", fitted_key(key, kKeyLengthMax));
    return ask(parts_.http, request);
  }

  base::Result<IntentUpdate> change(const ports::PaymentChange& change, std::string_view what,
                                    bool with_amount) {
    TRY(check_change(change));
    if (is_link(change.provider_reference)) {
      return base::fail("bad_gateway_order", "the link has not been paid yet", change.intent);
    }
    const std::string path = "/payments/" + url_part(change.provider_reference);
    const auto answer =
        TRY(post(path + std::string(what), change_body(change, with_amount, account_),
                 change.idempotency_key));
    return read_change(answer, change.provider_reference);
  }

  [[nodiscard]] base::Result<> check_sender(const ports::Webhook& webhook) const {
    const std::string& user = parts_.settings.text("webhook_user");
    if (user.empty()) return {};
    const std::string wanted =
        "Basic " + crypto::to_base64(user + ":" + parts_.settings.text("webhook_password"));
    if (crypto::equal(webhook_header(webhook, "authorization"), wanted)) return {};
    return base::fail("webhook_signature_wrong", "the webhook's name and password are wrong");
  }

  [[nodiscard]] base::Result<> check_item(const base::Json& item) const {
    const crypto::Digest signature = crypto::hmac_sha256(hmac_key_, signed_text(item));
    const std::string wanted = crypto::to_base64(signature);
    if (!crypto::equal(item["additionalData"].text("hmacSignature"), wanted)) {
      return base::fail("webhook_signature_wrong", "the webhook is not signed with our key");
    }
    if (item.text("merchantAccountCode") != account_.merchant) {
      return base::fail("webhook_other_merchant", "the webhook is of another merchant account");
    }
    return {};
  }

  Parts parts_;
  std::string hmac_key_;
  Account account_;
};

base::Result<std::unique_ptr<ports::Gateway>> make(Parts parts) {
  const auto key = crypto::from_hex(parts.settings.text("hmac_key"));
  if (!key) {
    return base::fail("bad_gateway_setting", "the HMAC key must be hexadecimal", "hmac_key");
  }
  const std::string& capture = parts.settings.text("capture");
  if (capture != "immediate" && capture != "by_us") {
    return base::fail("bad_gateway_setting", "capture is immediate or by_us", "capture");
  }
  return std::make_unique<Adyen>(std::move(parts), *key);
}

}  // namespace

const Kind& kind() {
  static constexpr Kind kKind{"adyen", "Adyen", kMethodNames, kCurrencies, kSettings, make};
  return kKind;
}

}  // namespace gateways::adyen
