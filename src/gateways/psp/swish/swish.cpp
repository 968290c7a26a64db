#include "gateways/psp/swish/swish.h"

#include <array>

#include "gateways/psp/swish/mapping.h"

namespace gateways::swish {
namespace {

using domain::IntentUpdate;

constexpr std::int64_t kLifeSeconds = 180;
constexpr std::int64_t kLeastMinor = 100;  // One krona.

constexpr std::array<std::string_view, 1> kMethods = {"swish"};
constexpr std::array<std::string_view, 1> kCurrencies = {"SEK"};
constexpr std::array<SettingKey, 6> kSettings = {{
    {"url", SettingKind::kText, true, "https://mss.cpc.getswish.net", "Where Swish answers"},
    {"payee", SettingKind::kText, true, "", "Our Swish number, 123 and seven digits"},
    {"certificate", SettingKind::kFile, true, "", "The file of the client certificate"},
    {"certificate_key", SettingKind::kFile, true, "", "The file of its key"},
    {"authority", SettingKind::kFile, false, "", "The file of the authority that Swish answers by"},
    {"callback_url", SettingKind::kText, true, "", "Where Swish tells us of a refund"},
}};

class Swish final : public ports::Gateway {
 public:
  explicit Swish(Parts parts) : parts_(std::move(parts)), payee_(parts_.settings.text("payee")) {}

  [[nodiscard]] std::string_view name() const override { return kind().name; }

  [[nodiscard]] base::Result<IntentUpdate> create(const ports::PaymentOrder& order) override {
    TRY(check_order(order, kCurrencies));
    if (order.amount.minor() < kLeastMinor) {
      return base::fail("bad_gateway_order", "Swish takes one krona or more", order.intent);
    }
    const std::string id = key_digits(order.idempotency_key);
    const auto answer = TRY(send("PUT", "/v2/paymentrequests/" + id, payment_body(order, payee_)));
    if (is_there_already(answer)) return ask_payment({id, {}});
    IntentUpdate update = read_created(answer, id, order.return_url);
    update.expires = parts_.clock.now() + kLifeSeconds * base::kMicrosPerSecond;
    return update;
  }

  [[nodiscard]] base::Result<IntentUpdate> confirm(
      const ports::PaymentConfirmation& confirmation) override {
    return status(confirmation.payment);
  }

  [[nodiscard]] base::Result<IntentUpdate> charge_stored(const ports::PaymentOrder&) override {
    return base::fail("gateway_cannot", "Swish keeps no methods");
  }

  [[nodiscard]] base::Result<IntentUpdate> capture(const ports::PaymentChange&) override {
    return base::fail("gateway_cannot", "Swish takes the money at once");
  }

  [[nodiscard]] base::Result<IntentUpdate> cancel(const ports::PaymentChange& change) override {
    TRY(check_change(change));
    const Name name = Name::parse(change.provider_reference);
    base::Json patch;
    patch.set("op", "replace").set("path", "/status").set("value", "cancelled");
    ports::HttpRequest request = request_of("PATCH", payment_path(name), {});
    request.headers.emplace_back("Content-Type", "application/json-patch+json");
    request.body = base::Json::array().push(std::move(patch)).dump();
    const auto answer = TRY(ask(parts_.http, request));
    if (answer.says_nothing()) return unanswered(answer, name.to_text());
    // Refused where it was paid or has ended meanwhile: then that is how it stands.
    return ask_payment(name);
  }

  [[nodiscard]] base::Result<IntentUpdate> refund(const ports::PaymentChange& change) override {
    TRY(check_change(change));
    Name name = Name::parse(change.provider_reference);
    const auto payment = TRY(send("GET", payment_path(name), {}));
    const std::string reference = payment.body.text("paymentReference");
    if (!payment.is_good() || reference.empty()) return unanswered(payment, name.to_text());
    const std::string id = key_digits(change.idempotency_key);
    const auto taken =
        TRY(send("PUT", "/v2/refunds/" + id,
                 refund_body(change, payee_, reference, parts_.settings.text("callback_url"))));
    if (taken.says_nothing()) return unanswered(taken, name.to_text());
    if (!taken.is_good() && !is_there_already(taken)) {
      IntentUpdate update = refused_change(error_code(taken), "");
      update.decline = swish::classify(update.code);
      return update;
    }
    name.add_refund(id);
    return ask_payment(name);
  }

  [[nodiscard]] base::Result<IntentUpdate> status(const ports::PaymentChange& change) override {
    return ask_payment(Name::parse(change.provider_reference));
  }

  [[nodiscard]] base::Result<ports::WebhookReading> verify_webhook(
      const ports::Webhook& webhook) override {
    const base::Json body = TRY(webhook_body(webhook));
    auto event = TRY(read_callback(body, payee_));
    ports::WebhookReading reading;
    reading.events.push_back(std::move(event));
    return reading;
  }

  [[nodiscard]] domain::Decline classify(std::string_view code) const override {
    return swish::classify(code);
  }

 private:
  [[nodiscard]] ports::HttpRequest request_of(std::string method, const std::string& path,
                                              const base::Json& body) const {
    const Settings& settings = parts_.settings;
    ports::HttpRequest request =
        json_request(std::move(method), settings.text("url") + "/swish-cpcapi/api" + path, body);
    request.certificate = settings.text("certificate");
    request.certificate_key = settings.text("certificate_key");
    request.authority = settings.text("authority");
    return request;
  }

  base::Result<Answer> send(std::string method, const std::string& path, const base::Json& body) {
    return ask(parts_.http, request_of(std::move(method), path, body));
  }

  [[nodiscard]] static std::string payment_path(const Name& name) {
    return "/v1/paymentrequests/" + url_part(name.payment);
  }

  base::Result<IntentUpdate> ask_payment(const Name& name) {
    const auto answer = TRY(send("GET", payment_path(name), {}));
    if (!answer.is_good()) return unanswered(answer, name.to_text());
    IntentUpdate update = read_payment(answer, name.to_text());
    for (const std::string& refund : name.refunds) {
      const auto became = TRY(send("GET", "/v1/refunds/" + url_part(refund), {}));
      take_refund(update, became);
    }
    return update;
  }

  Parts parts_;
  std::string payee_;
};

base::Result<std::unique_ptr<ports::Gateway>> make(Parts parts) {
  const std::string& payee = parts.settings.text("payee");
  if (payee.size() != 10 || payee.find_first_not_of("0123456789") != payee.npos) {
    return base::fail("bad_gateway_setting", "a Swish number has ten digits", "payee");
  }
  return std::make_unique<Swish>(std::move(parts));
}

}  // namespace

const Kind& kind() {
  static constexpr Kind kKind{"swish", "Swish", kMethods, kCurrencies, kSettings, make};
  return kKind;
}

}  // namespace gateways::swish
