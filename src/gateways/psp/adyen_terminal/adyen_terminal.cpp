#include "gateways/psp/adyen_terminal/adyen_terminal.h"

#include <array>

#include "gateways/psp/adyen_terminal/mapping.h"

namespace gateways::adyen_terminal {
namespace {

using domain::IntentState;
using domain::IntentUpdate;

// A customer looks for their card, and types a PIN twice.
constexpr std::chrono::milliseconds kPatience{150'000};
constexpr std::size_t kServiceIdMax = 10;

constexpr std::array<std::string_view, 3> kMethods = {"card", "applepay", "googlepay"};
constexpr std::array<std::string_view, 9> kCurrencies = {"CHF", "CZK", "DKK", "EUR", "GBP",
                                                         "NOK", "PLN", "SEK", "USD"};
constexpr std::array<SettingKey, 4> kSettings = {{
    {"url", SettingKind::kText, true, "https://device-api-test.adyen.com/v1",
     "Where Adyen's cloud answers for the terminals"},
    {"merchant_account", SettingKind::kText, true, "", "The merchant account's code"},
    {"api_key", SettingKind::kSecret, true, "", "The API key"},
    {"sale_id", SettingKind::kText, true, "telgiro", "How we are called at the terminals"},
}};

class AdyenTerminal final : public ports::Gateway {
 public:
  explicit AdyenTerminal(Parts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] std::string_view name() const override { return kind().name; }

  [[nodiscard]] base::Result<IntentUpdate> create(const ports::PaymentOrder& order) override {
    TRY(check_order(order, kCurrencies));
    if (order.device.empty() || order.device.contains('/')) {
      return base::fail("bad_gateway_order", "a payment in person needs a terminal", order.intent);
    }
    const Name name{order.device, service_id(order.idempotency_key), {}, {}};
    // It may have been sent before, by us or by whoever we were before a crash.
    Standing standing = TRY(ask_standing(name, order.amount.currency()));
    if (standing.found) {
      // Not told: then it is not known to be there, and is ordered again, which asks first.
      const bool told = standing.update.answered;
      if (!told) standing.update.provider_reference.clear();
      return standing.update;
    }
    const Header header = header_of("Payment", name.service, name.device);
    const auto answer = TRY(send(name, payment_message(header, order, parts_.clock.now())));
    return read_payment(answer, name, order.amount.currency());
  }

  [[nodiscard]] base::Result<IntentUpdate> confirm(
      const ports::PaymentConfirmation& confirmation) override {
    return status(confirmation.payment);
  }

  [[nodiscard]] base::Result<IntentUpdate> charge_stored(const ports::PaymentOrder&) override {
    return base::fail("gateway_cannot", "at a terminal somebody is there with their card");
  }

  [[nodiscard]] base::Result<IntentUpdate> capture(const ports::PaymentChange&) override {
    return base::fail("gateway_cannot", "a terminal takes the money at once");
  }

  // What is still under way is stopped; what was paid is reversed.
  [[nodiscard]] base::Result<IntentUpdate> cancel(const ports::PaymentChange& change) override {
    TRY(check_change(change));
    const Name name = TRY(Name::parse(change.provider_reference));
    if (!name.transaction.empty()) return reverse(name, change);
    IntentUpdate update = TRY(status(change));
    if (update.state == IntentState::kSettled) {
      const Name paid = TRY(Name::parse(update.provider_reference));
      return reverse(paid, change);
    }
    if (update.code == "InProgress") {
      const Header header =
          header_of("Abort", service_id(change.idempotency_key + "-abort"), name.device);
      TRY(send(name, abort_message(header, name)));
    }
    return update;
  }

  [[nodiscard]] base::Result<IntentUpdate> refund(const ports::PaymentChange& change) override {
    TRY(check_change(change));
    const Name name = TRY(Name::parse(change.provider_reference));
    if (name.transaction.empty()) {
      return refused_change("not_paid", "the terminal has not said that it was paid");
    }
    return reverse(name, change);
  }

  [[nodiscard]] base::Result<IntentUpdate> status(const ports::PaymentChange& change) override {
    const Name name = TRY(Name::parse(change.provider_reference));
    Standing standing = TRY(ask_standing(name, change.total.currency()));
    if (!standing.found) {
      // It never got there, so nothing was paid.
      standing.update.state = IntentState::kFailed;
      standing.update.decline = domain::Decline::kRetryLater;
    }
    return standing.update;
  }

  [[nodiscard]] base::Result<ports::WebhookReading> verify_webhook(const ports::Webhook&) override {
    return base::fail("gateway_cannot", "webhooks of terminals come as those of Adyen");
  }

  [[nodiscard]] domain::Decline classify(std::string_view code) const override {
    return adyen_terminal::classify(code);
  }

 private:
  [[nodiscard]] static std::string service_id(std::string_view key) {
    return key_digits(key).substr(0, kServiceIdMax);
  }

  [[nodiscard]] Header header_of(std::string category, std::string service,
                                 std::string device) const {
    return {std::move(category), std::move(service), parts_.settings.text("sale_id"),
            std::move(device)};
  }

  base::Result<Answer> send(const Name& name, std::string message) {
    const Settings& settings = parts_.settings;
    ports::HttpRequest request = json_request("POST",
                                              settings.text("url") + "/merchants/" +
                                                  url_part(settings.text("merchant_account")) +
                                                  "/devices/" + url_part(name.device) + "/sync",
                                              {});
    request.headers.emplace_back("Content-Type", "application/json");
    request.headers.emplace_back("X-API-Key", settings.text("api_key"));
    request.body = std::move(message);
    request.timeout = kPatience;
    return ask(parts_.http, request);
  }

  base::Result<Standing> ask_standing(const Name& name, base::Currency currency) {
    // Each question has a name of its own, else the terminal would answer the last one again.
    const std::string asked_at = parts_.clock.now().to_string();
    const Header header =
        header_of("TransactionStatus", service_id(name.service + "?" + asked_at), name.device);
    const auto answer = TRY(send(name, status_message(header, name)));
    return read_status(answer, header, name, currency);
  }

  base::Result<IntentUpdate> reverse(const Name& name, const ports::PaymentChange& change) {
    const Header header = header_of("Reversal", service_id(change.idempotency_key), name.device);
    const auto answer = TRY(send(name, reversal_message(header, name, change, parts_.clock.now())));
    return read_reversal(answer, header, name);
  }

  Parts parts_;
};

base::Result<std::unique_ptr<ports::Gateway>> make(Parts parts) {
  return std::make_unique<AdyenTerminal>(std::move(parts));
}

}  // namespace

const Kind& kind() {
  static constexpr Kind kKind{"adyen_terminal", "Adyen terminals", kMethods,
                              kCurrencies,      kSettings,         make};
  return kKind;
}

}  // namespace gateways::adyen_terminal
