#include "gateways/psp/vipps/mapping.h"

#include <algorithm>
#include <array>

namespace gateways::vipps {
namespace {

using domain::Decline;
using domain::IntentState;
using domain::IntentUpdate;

constexpr std::size_t kReferenceMin = 8;
constexpr std::size_t kReferenceMax = 50;
constexpr std::size_t kDescriptionMax = 100;
constexpr std::size_t kDescriptionMin = 3;
constexpr std::size_t kProductMax = 45;

base::Json amount_json(base::Money amount) {
  base::Json json;
  json.set("currency", amount.currency().code()).set("value", amount.minor());
  return json;
}

// At most `size_max` bytes, not cut within a character.
std::string cut(std::string_view text, std::size_t size_max) {
  std::size_t size = std::min(text.size(), size_max);
  while (size < text.size() && size > 0 && (text[size] & 0xC0) == 0x80) --size;
  return std::string(text.substr(0, size));
}

std::string described(const ports::PaymentOrder& order) {
  return order.description.size() < kDescriptionMin ? order.intent
                                                    : cut(order.description, kDescriptionMax);
}

std::string digits_of(std::string_view phone) {
  std::string digits;
  std::ranges::copy_if(phone, std::back_inserter(digits),
                       [](char c) { return '0' <= c && c <= '9'; });
  return digits;
}

// The number that Vipps gives an error, wherever it stands; else the problem's title.
std::string error_code(const base::Json& body) {
  for (const std::string_view name : {"errorCode", "ErrorCode", "code"}) {
    if (const std::int64_t* number = body[name].as_integer()) return std::to_string(*number);
    if (const std::string code = body.text(name); !code.empty()) return code;
  }
  return body.text("title");
}

// Nothing is decided yet: ask again with the same key.
bool is_passing(const Answer& answer) {
  constexpr std::array<std::string_view, 3> kCodes = {"6160", "6260", "6280"};
  return answer.status == 423 || std::ranges::find(kCodes, error_code(answer.body)) != kCodes.end();
}

std::string detail_of(const Answer& answer) {
  return answer.body.text("detail", answer.body.text("title"));
}

std::optional<base::Money> sum_of(const base::Json& aggregate, std::string_view name) {
  const base::Json& said = aggregate[name];
  const auto amount = minor_amount(said["value"], said.text("currency"));
  if (!amount) return std::nullopt;
  return *amount;
}

// A payment stays "authorised" after it was captured or given back: the sums say how far it came.
void take_sums(IntentUpdate& update, const base::Json& aggregate) {
  update.authorised = sum_of(aggregate, "authorizedAmount");
  update.captured = sum_of(aggregate, "capturedAmount");
  update.refunded = sum_of(aggregate, "refundedAmount");
  const auto cancelled = sum_of(aggregate, "cancelledAmount");
  if (!update.authorised || !update.captured || !update.refunded || !cancelled) {
    update.answered = false;
    return;
  }
  if (update.captured->minor() > 0) {
    const bool all_back = update.refunded->minor() >= update.captured->minor();
    update.state = all_back ? IntentState::kReversed : IntentState::kSettled;
  } else {
    const bool gone = cancelled->minor() > 0 && cancelled->minor() >= update.authorised->minor();
    update.state = gone ? IntentState::kCancelled : IntentState::kAuthorised;
  }
}

struct ChargeState {
  std::string_view name;
  IntentState state;
};
constexpr std::array<ChargeState, 10> kChargeStates = {{
    {"PENDING", IntentState::kPending},
    {"DUE", IntentState::kPending},
    {"PROCESSING", IntentState::kPending},
    {"RESERVED", IntentState::kAuthorised},
    {"CHARGED", IntentState::kSettled},
    {"PARTIALLY_CAPTURED", IntentState::kSettled},
    {"PARTIALLY_REFUNDED", IntentState::kSettled},
    {"REFUNDED", IntentState::kReversed},
    {"FAILED", IntentState::kFailed},
    {"CANCELLED", IntentState::kCancelled},
}};

}  // namespace

std::string reference_of(std::string_view intent) {
  std::string reference(intent);
  std::ranges::replace(reference, '_', '-');
  const std::string fitted = fitted_key(reference, kReferenceMax);
  return fitted.size() < kReferenceMin ? "telgiro-" + fitted : fitted;
}

std::optional<ChargeName> charge_of(std::string_view reference) {
  const std::size_t slash = reference.find('/');
  if (slash == reference.npos) return std::nullopt;
  return ChargeName{std::string(reference.substr(0, slash)),
                    std::string(reference.substr(slash + 1))};
}

base::Result<base::Json> payment_body(const ports::PaymentOrder& order) {
  base::Json body;
  body.set("amount", amount_json(order.amount));
  body.set("paymentMethod", base::Json::object().set("type", "WALLET"));
  body.set("reference", reference_of(order.intent));
  body.set("paymentDescription", described(order));
  const std::string phone = digits_of(order.payer.phone);
  if (order.channel == domain::PaymentChannel::kPhone) {
    if (phone.size() < 10 || phone.size() > 15) {
      return base::fail("bad_gateway_order",
                        "the app is asked by telephone number, with the country's code",
                        order.intent);
    }
    body.set("userFlow", "PUSH_MESSAGE");
    body.set("customer", base::Json::object().set("phoneNumber", phone));
  } else if (order.channel == domain::PaymentChannel::kInPerson) {
    body.set("userFlow", "QR");
    body.set("customerInteraction", "CUSTOMER_PRESENT");
    body.set("qrFormat", base::Json::object().set("format", "TEXT/TARGETURL"));
  } else {
    body.set("userFlow", "WEB_REDIRECT");
    body.set("returnUrl", order.return_url);
  }
  return body;
}

base::Json change_body(base::Money amount) {
  return base::Json::object().set("modificationAmount", amount_json(amount));
}

base::Json agreement_body(const ports::PaymentOrder& order, std::string_view agreement_url) {
  base::Json pricing, interval, charge, body;
  // The bills differ from month to month; the customer sets how much a charge may be.
  pricing.set("type", "VARIABLE").set("currency", order.amount.currency().code());
  pricing.set("suggestedMaxAmount",
              std::clamp<std::int64_t>(order.amount.minor() * 2, 100, 2'000'000));
  interval.set("unit", "MONTH").set("count", 1);
  charge.set("amount", order.amount.minor()).set("description", described(order));
  charge.set("transactionType", "DIRECT_CAPTURE").set("orderId", reference_of(order.intent));
  charge.set("externalId", order.intent);
  body.set("pricing", std::move(pricing)).set("interval", std::move(interval));
  body.set("initialCharge", std::move(charge));
  body.set("merchantRedirectUrl", order.return_url);
  body.set("merchantAgreementUrl", agreement_url);
  body.set("productName", cut(described(order), kProductMax));
  if (const std::string phone = digits_of(order.payer.phone); !phone.empty()) {
    body.set("phoneNumber", cut(phone, 15));
  }
  return body;
}

base::Json charge_body(const ports::PaymentOrder& order, base::Date due, std::int64_t retry_days) {
  base::Json body;
  body.set("amount", order.amount.minor()).set("transactionType", "DIRECT_CAPTURE");
  body.set("description", cut(described(order), kProductMax));
  body.set("due", due.to_string()).set("retryDays", retry_days);
  body.set("orderId", reference_of(order.intent)).set("externalId", order.intent);
  return body;
}

base::Json charge_change_body(const ports::PaymentChange& change) {
  base::Json body;
  return body.set("amount", change.amount.minor()).set("description", change.intent);
}

base::Date first_due(base::Instant now) {
  // The days in Oslo and Helsinki begin up to three hours before those of UTC.
  const base::Instant there = now + 3 * 3600 * base::kMicrosPerSecond;
  return base::Date::from_days(static_cast<std::int32_t>(there.micros / base::kMicrosPerDay) + 1);
}

IntentUpdate read_created(const Answer& answer, const ports::PaymentOrder& order) {
  if (answer.says_nothing() || is_passing(answer)) return unanswered(answer);
  if (!answer.is_good()) return refused_order(error_code(answer.body), detail_of(answer));
  IntentUpdate update;
  update.provider_reference = reference_of(order.intent);
  update.answered = answer.body.text("reference") == update.provider_reference;
  const bool in_person = order.channel == domain::PaymentChannel::kInPerson;
  (in_person ? update.action_qr : update.action_url) = answer.body.text("redirectUrl");
  return update;
}

IntentUpdate read_agreement(const Answer& answer) {
  // 409: it was drafted before with this key, and its answer is not told again.
  const bool drafted = answer.status == 409;
  if (drafted || answer.says_nothing() || is_passing(answer)) return unanswered(answer);
  if (!answer.is_good()) return refused_order(error_code(answer.body), detail_of(answer));
  IntentUpdate update;
  const std::string agreement = answer.body.text("agreementId");
  const std::string charge = answer.body.text("chargeId");
  if (agreement.empty() || charge.empty()) return unanswered(answer);
  update.provider_reference = agreement + "/" + charge;
  update.action_url = answer.body.text("vippsConfirmationUrl");
  return update;
}

IntentUpdate read_charge_ordered(const Answer& answer, const ports::PaymentOrder& order) {
  if (answer.says_nothing() || is_passing(answer)) return unanswered(answer);
  if (!answer.is_good()) return refused_order(error_code(answer.body), detail_of(answer));
  return change_taken(order.stored_method + "/" +
                      answer.body.text("chargeId", reference_of(order.intent)));
}

IntentUpdate read_payment(const Answer& answer, std::string reference) {
  IntentUpdate update;
  update.provider_reference = std::move(reference);
  const std::string state = answer.body.text("state");
  update.code = state;
  if (state == "AUTHORIZED") {
    take_sums(update, answer.body["aggregate"]);
  } else if (state == "ABORTED" || state == "TERMINATED") {
    update.state = IntentState::kCancelled;
  } else if (state == "EXPIRED") {
    update.state = IntentState::kExpired;
  } else if (state == "CREATED") {
    update.action_url = answer.body.text("redirectUrl");
  } else {
    update.answered = false;
  }
  return update;
}

IntentUpdate read_charge(const Answer& answer, std::string reference) {
  IntentUpdate update;
  update.provider_reference = std::move(reference);
  const std::string status = answer.body.text("status");
  const auto* known = std::ranges::find(kChargeStates, status, &ChargeState::name);
  update.code = status;
  if (known == kChargeStates.end()) {
    update.answered = false;
    return update;
  }
  update.state = known->state;
  const base::Json& summary = answer.body["summary"];
  const std::string currency = answer.body.text("currency");
  if (const auto captured = minor_amount(summary["captured"], currency)) {
    update.captured = *captured;
  }
  if (const auto refunded = minor_amount(summary["refunded"], currency)) {
    update.refunded = *refunded;
  }
  if (update.state == IntentState::kFailed) {
    update.code = answer.body.text("failureReason");
    update.text = answer.body.text("failureDescription");
    update.decline = classify(update.code);
  }
  return update;
}

IntentUpdate read_change(const Answer& answer, std::string reference) {
  if (answer.says_nothing() || is_passing(answer)) {
    return unanswered(answer, std::move(reference));
  }
  if (!answer.is_good()) return refused_change(error_code(answer.body), detail_of(answer));
  if (answer.body.is_null()) return change_taken(std::move(reference));  // Of an agreement.
  return read_payment(answer, std::move(reference));
}

Decline classify(std::string_view code) {
  if (code == "user_action_required" || code == "charge_amount_too_high" || code == "7010") {
    return Decline::kNeedsCustomer;
  }
  if (code == "non_technical_error") return Decline::kStop;
  const bool ours = code == "6100" || (code.size() == 4 && code.starts_with('5'));
  return ours ? Decline::kOurMistake : Decline::kRetryLater;
}

namespace {

// An agreement's event says that something changed; what, is asked for.
ports::WebhookEvent agreement_event(const base::Json& body, const std::string& type) {
  ports::WebhookEvent event;
  const std::string charge = body.text("chargeId");
  event.intent = body.text("chargeExternalId");
  event.update.must_ask = true;
  event.update.event = type + "/" + charge + "/" + body.text("occurred");
  event.update.code = type;
  event.update.provider_reference = body.text("agreementId") + "/" + charge;
  return event;
}

void take_payment_event(IntentUpdate& update, const std::string& name, base::Money amount) {
  if (name == "AUTHORIZED") {
    update.state = IntentState::kAuthorised;
    update.authorised = amount;
  } else if (name == "CAPTURED") {
    update.state = IntentState::kSettled;
    update.captured = amount;
  } else if (name == "EXPIRED") {
    update.state = IntentState::kExpired;
  } else if (name == "ABORTED" || name == "TERMINATED") {
    update.state = IntentState::kCancelled;
  } else {
    // "REFUNDED", too: the sum so far is Vipps's to say. And "CANCELLED": after a capture it is
    // only the rest that is cancelled.
    update.must_ask = true;
  }
}

}  // namespace

base::Result<std::optional<ports::WebhookEvent>> read_event(const base::Json& body) {
  const std::string type = body.text("eventType");
  if (type.starts_with("recurring.charge-")) return agreement_event(body, type);
  const std::string name = body.text("name"), reference = body.text("reference");
  if (!type.empty() || name == "CREATED") return std::nullopt;
  const base::Json& said = body["amount"];
  const auto amount = minor_amount(said["value"], said.text("currency"));
  const bool* success = body["success"].as_bool();
  if (name.empty() || reference.empty() || !amount || !success) {
    return base::fail("webhook_malformed", "the webhook names no payment or no outcome", name);
  }
  ports::WebhookEvent event;
  IntentUpdate& update = event.update;
  update.provider_reference = reference;
  update.event = name + "/" + reference + "/" +
                 body.text("idempotencyKey", body.text("pspReference")) + "/" +
                 (*success ? "true" : "false");
  update.code = name;
  if (*success) {
    take_payment_event(update, name, *amount);
  } else {
    update.decline = Decline::kOurMistake;
  }
  return event;
}

}  // namespace gateways::vipps
