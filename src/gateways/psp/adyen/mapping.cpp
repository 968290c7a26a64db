#include "gateways/psp/adyen/mapping.h"

#include <algorithm>
#include <array>

namespace gateways::adyen {
namespace {

using domain::Decline;
using domain::IntentState;
using domain::IntentUpdate;

constexpr std::array<Method, 8> kMethods = {{{"card", "scheme"},
                                             {"applepay", "applepay"},
                                             {"googlepay", "googlepay"},
                                             {"swish", "swish"},
                                             {"vipps", "vipps"},
                                             {"mobilepay", "mobilepay", false},
                                             {"klarna", "klarna", false},
                                             {"paybybank", "paybybank", false}}};

struct Refusal {
  std::string_view code, text;
  Decline decline;
};

// The provider's list of refusal reasons. What is not here may work another day.
constexpr std::array<Refusal, 42> kRefusals = {{
    {"2", "Refused", Decline::kRetryLater},
    {"3", "Referral", Decline::kNeedsCustomer},
    {"4", "Acquirer Error", Decline::kRetryLater},
    {"5", "Blocked Card", Decline::kStop},
    {"6", "Expired Card", Decline::kStop},
    {"7", "Invalid Amount", Decline::kOurMistake},
    {"8", "Invalid Card Number", Decline::kStop},
    {"9", "Issuer Unavailable", Decline::kRetryLater},
    {"10", "Not supported", Decline::kStop},
    {"11", "3D Not Authenticated", Decline::kNeedsCustomer},
    {"12", "Not enough balance", Decline::kRetryLater},
    {"14", "Acquirer Fraud", Decline::kStop},
    {"15", "Cancelled", Decline::kNeedsCustomer},
    {"16", "Shopper Cancelled", Decline::kNeedsCustomer},
    {"17", "Invalid Pin", Decline::kNeedsCustomer},
    {"18", "Pin tries exceeded", Decline::kNeedsCustomer},
    {"19", "Pin validation not possible", Decline::kNeedsCustomer},
    {"20", "FRAUD", Decline::kStop},
    {"21", "Not Submitted", Decline::kRetryLater},
    {"22", "FRAUD-CANCELLED", Decline::kStop},
    {"23", "Transaction Not Permitted", Decline::kStop},
    {"24", "CVC Declined", Decline::kNeedsCustomer},
    {"25", "Restricted Card", Decline::kStop},
    {"26", "Revocation Of Auth", Decline::kStop},
    {"27", "Declined Non Generic", Decline::kRetryLater},
    {"28", "Withdrawal amount exceeded", Decline::kRetryLater},
    {"29", "Withdrawal count exceeded", Decline::kRetryLater},
    {"31", "Issuer Suspected Fraud", Decline::kStop},
    {"32", "AVS Declined", Decline::kNeedsCustomer},
    {"33", "Card requires online pin", Decline::kNeedsCustomer},
    {"34", "No checking account available on Card", Decline::kNeedsCustomer},
    {"35", "No savings account available on Card", Decline::kNeedsCustomer},
    {"36", "Mobile PIN required", Decline::kNeedsCustomer},
    {"37", "Contactless fallback", Decline::kNeedsCustomer},
    {"38", "Authentication required", Decline::kNeedsCustomer},
    {"39", "RReq not received from DS", Decline::kNeedsCustomer},
    {"40", "Current AID is in Penalty Box.", Decline::kNeedsCustomer},
    {"41", "CVM Required Restart Payment", Decline::kNeedsCustomer},
    {"42", "3DS Authentication Error", Decline::kNeedsCustomer},
    {"43", "Online PIN required", Decline::kNeedsCustomer},
    {"44", "Try another interface", Decline::kNeedsCustomer},
    {"46", "Blocked to prevent excessive retry fees", Decline::kStop},
}};

void set_if(base::Json& to, std::string_view name, const std::string& value) {
  if (!value.empty()) to.set(name, value);
}

// What link and payment have in common.
base::Json order_body(const ports::PaymentOrder& order, const Account& account) {
  base::Json body;
  body.set("merchantAccount", account.merchant);
  body.set("amount", amount_json(order.amount));
  body.set("reference", order.intent);
  set_if(body, "returnUrl", order.return_url);
  set_if(body, "shopperReference", order.payer.reference);
  set_if(body, "shopperEmail", order.payer.email);
  set_if(body, "telephoneNumber", order.payer.phone);
  set_if(body, "countryCode", order.payer.country);
  if (!order.payer.language.empty()) {
    const std::string& country = order.payer.country;
    body.set("shopperLocale",
             country.empty() ? order.payer.language : order.payer.language + "-" + country);
  }
  if (order.keep_method) body.set("recurringProcessingModel", "UnscheduledCardOnFile");
  return body;
}

// Authorised money: ours at once where Adyen captures by itself.
void authorise(IntentUpdate& update, base::Money amount, Capture capture) {
  update.state = capture == Capture::kImmediate ? IntentState::kSettled : IntentState::kAuthorised;
  update.authorised = amount;
  if (capture == Capture::kImmediate) update.captured = amount;
}

void take_action(IntentUpdate& update, const base::Json& action) {
  update.action_qr = action.text("qrCodeData");
  // A page that must be opened by POST can't be a link.
  const std::string method = action.text("method", "GET");
  if (method == "GET") update.action_url = action.text("url");
}

// Adyen is still at work on the first request with this key, or in trouble.
bool is_passing(const Answer& answer) {
  const auto found = answer.headers.find("transient-error");
  return (found != answer.headers.end() && found->second == "true") ||
         answer.body.text("errorCode") == "704" || answer.status == 409;
}

// "3/2030" as a month; empty for anything else.
std::string month_of(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == text.npos || slash == 0 || slash > 2) return {};
  const std::string month = std::string(text.substr(slash + 1)) + (slash == 1 ? "-0" : "-") +
                            std::string(text.substr(0, slash));
  return base::Month::parse(month) ? month : std::string();
}

// The token and the title of a method that Adyen kept, from a webhook or an answer.
void take_stored(IntentUpdate& update, const base::Json& more) {
  for (const std::string_view name :
       {"tokenization.storedPaymentMethodId", "recurring.recurringDetailReference"}) {
    if (update.stored_method.empty()) update.stored_method = more.text(name);
  }
  const std::string last = more.text("cardSummary");
  if (!update.stored_method.empty() && !last.empty()) {
    update.stored_title = "•••• " + last;
  }
  if (!update.stored_method.empty()) update.stored_until = month_of(more.text("expiryDate"));
}

// The whole table of events, from here to read_item().
enum class Meaning {
  kAuthorised,
  kCaptured,
  kCaptureFailed,
  kCancelled,
  kReversed,
  kExpired,
  kGivenBack,
  kTakenBack,  // What was given back came to us again.
};
struct EventRow {
  std::string_view code;
  Meaning meaning;
};
constexpr std::array<EventRow, 14> kEvents = {{
    {"AUTHORISATION", Meaning::kAuthorised},
    {"CAPTURE", Meaning::kCaptured},
    {"CAPTURE_FAILED", Meaning::kCaptureFailed},
    {"CANCELLATION", Meaning::kCancelled},
    {"TECHNICAL_CANCEL", Meaning::kCancelled},
    {"CANCEL_OR_REFUND", Meaning::kReversed},
    {"OFFER_CLOSED", Meaning::kExpired},
    {"EXPIRE", Meaning::kExpired},
    {"REFUND", Meaning::kGivenBack},
    {"CHARGEBACK", Meaning::kGivenBack},
    {"SECOND_CHARGEBACK", Meaning::kGivenBack},
    {"REFUND_FAILED", Meaning::kTakenBack},
    {"REFUNDED_REVERSED", Meaning::kTakenBack},
    {"CHARGEBACK_REVERSED", Meaning::kTakenBack},
}};

void read_refusal(IntentUpdate& update, const base::Json& item, Meaning meaning) {
  update.text = item.text("reason");
  if (meaning != Meaning::kAuthorised) {
    update.decline = Decline::kOurMistake;
    return;
  }
  update.decline = classify(update.text);
  // On a link the customer may try again; a payment of its own is over.
  const bool open = !item["additionalData"].text("paymentLinkId").empty();
  update.state = open ? IntentState::kPending : IntentState::kFailed;
  // The link stays the payment's name, not the attempt that came to nothing.
  if (open) update.provider_reference.clear();
}

void read_success(IntentUpdate& update, const base::Json& item, Meaning meaning, base::Money amount,
                  Capture capture) {
  switch (meaning) {
    case Meaning::kAuthorised:
      authorise(update, amount, capture);
      return take_stored(update, item["additionalData"]);
    case Meaning::kCaptured:
      update.state = IntentState::kSettled;
      update.captured = amount;
      return;
    case Meaning::kCaptureFailed:
      update.state = IntentState::kReversed;
      update.decline = Decline::kRetryLater;
      return;
    case Meaning::kCancelled: update.state = IntentState::kCancelled; return;
    case Meaning::kReversed:
      if (item["additionalData"].text("modification.action") == "refund") {
        update.refunded_now = amount;
      } else {
        update.state = IntentState::kCancelled;
      }
      return;
    case Meaning::kExpired: update.state = IntentState::kExpired; return;
    case Meaning::kGivenBack:
      update.refunded_now = amount;
      if (item.text("eventCode") != "REFUND") update.decline = Decline::kStop;
      return;
    case Meaning::kTakenBack: update.refunded_now = -amount; return;
  }
}

}  // namespace

const Method* find_method(std::string_view name) {
  const auto* found = std::ranges::find(kMethods, name, &Method::name);
  return found == kMethods.end() ? nullptr : found;
}

base::Json amount_json(base::Money amount) {
  base::Json json;
  json.set("currency", amount.currency().code()).set("value", amount.minor());
  return json;
}

base::Json link_body(const ports::PaymentOrder& order, const Method& method,
                     const Account& account) {
  base::Json body = order_body(order, account);
  body.set("allowedPaymentMethods", base::Json::array().push(method.type));
  body.set("reusable", false);
  set_if(body, "description", order.description);
  if (order.expires) body.set("expiresAt", order.expires->to_string());
  body.set("storePaymentMethodMode", order.keep_method ? "enabled" : "disabled");
  return body;
}

base::Json payment_body(const ports::PaymentOrder& order, const Method& method,
                        const Account& account) {
  base::Json body = order_body(order, account);
  body.set("paymentMethod", base::Json::object().set("type", method.type));
  body.set("channel", "Web");
  body.set("shopperInteraction", "Ecommerce");
  set_if(body, "shopperIP", order.payer.ip);
  set_if(body, "shopperStatement", order.description);
  if (order.keep_method) body.set("storePaymentMethod", true);
  return body;
}

base::Json stored_body(const ports::PaymentOrder& order, const Account& account) {
  const bool by_phone = order.channel == domain::PaymentChannel::kPhone;
  base::Json body = order_body(order, account);
  base::Json method;
  method.set("type", "scheme").set("storedPaymentMethodId", order.stored_method);
  body.set("paymentMethod", std::move(method));
  body.set("shopperInteraction", by_phone ? "Moto" : "ContAuth");
  body.set("recurringProcessingModel", by_phone ? "CardOnFile" : "UnscheduledCardOnFile");
  set_if(body, "shopperStatement", order.description);
  return body;
}

base::Json change_body(const ports::PaymentChange& change, bool with_amount,
                       const Account& account) {
  base::Json body;
  body.set("merchantAccount", account.merchant);
  if (with_amount) body.set("amount", amount_json(change.amount));
  body.set("reference", change.intent);
  return body;
}

IntentUpdate read_link(const Answer& answer) {
  if (answer.says_nothing() || is_passing(answer)) return unanswered(answer);
  if (!answer.is_good()) {
    return refused_order(answer.body.text("errorCode"), answer.body.text("message"));
  }
  IntentUpdate update;
  update.provider_reference = answer.body.text("id");
  update.action_url = answer.body.text("url");
  if (const auto expires = base::Instant::parse(answer.body.text("expiresAt"))) {
    update.expires = *expires;
  }
  const std::string status = answer.body.text("status");
  if (status == "expired") update.state = IntentState::kExpired;
  // What became of a link that was paid stands in the webhook of its payment.
  const bool known = status == "active" || status == "expired" || status == "completed" ||
                     status == "paid" || status == "paymentPending";
  if (!known || update.provider_reference.empty()) update.answered = false;
  return update;
}

IntentUpdate read_payment(const Answer& answer, base::Money amount, Capture capture) {
  if (answer.says_nothing() || is_passing(answer)) return unanswered(answer);
  if (!answer.is_good()) {
    return refused_order(answer.body.text("errorCode"), answer.body.text("message"));
  }
  IntentUpdate update;
  update.provider_reference = answer.body.text("pspReference");
  const std::string result = answer.body.text("resultCode");
  const base::Json& said = answer.body["amount"];
  if (result == "Authorised" || result == "PartiallyAuthorised") {
    const auto paid = minor_amount(said["value"], said.text("currency"));
    authorise(update, paid ? *paid : amount, capture);
    take_stored(update, answer.body["additionalData"]);
  } else if (result == "Refused" || result == "Error") {
    update.state = IntentState::kFailed;
    update.code = answer.body.text("refusalReasonCode");
    update.text = answer.body.text("refusalReason");
    update.decline = classify(update.code);
  } else if (result == "Cancelled") {
    update.state = IntentState::kCancelled;
  } else if (result == "RedirectShopper" || result == "PresentToShopper" ||
             result == "IdentifyShopper" || result == "ChallengeShopper") {
    take_action(update, answer.body["action"]);
    update.decline = Decline::kNeedsCustomer;
    const bool way_on = !update.action_url.empty() || !update.action_qr.empty();
    // Without a way on nobody can approve it, and nothing is paid.
    if (!way_on) update.state = IntentState::kFailed;
  } else if (result != "Pending" && result != "Received") {
    update.answered = false;
    update.code = result;
  }
  return update;
}

IntentUpdate read_change(const Answer& answer, std::string reference) {
  if (answer.says_nothing() || is_passing(answer)) {
    return unanswered(answer, std::move(reference));
  }
  if (!answer.is_good()) {
    return refused_change(answer.body.text("errorCode"), answer.body.text("message"));
  }
  IntentUpdate update = change_taken(std::move(reference));
  update.answered = answer.body.text("status") == "received";
  return update;
}

Decline classify(std::string_view code) {
  const auto* found = std::ranges::find_if(
      kRefusals, [&](const Refusal& row) { return row.code == code || row.text == code; });
  return found == kRefusals.end() ? Decline::kRetryLater : found->decline;
}

std::string signed_text(const base::Json& item) {
  const base::Json& amount = item["amount"];
  const std::int64_t* value = amount["value"].as_integer();
  std::string text;
  for (const std::string_view name :
       {"pspReference", "originalReference", "merchantAccountCode", "merchantReference"}) {
    text += item.text(name) + ":";
  }
  text += (value ? std::to_string(*value) : "") + ":" + amount.text("currency") + ":";
  return text + item.text("eventCode") + ":" + item.text("success");
}

base::Result<std::optional<ports::WebhookEvent>> read_item(const base::Json& item,
                                                           Capture capture) {
  const std::string code = item.text("eventCode");
  const auto* row = std::ranges::find(kEvents, code, &EventRow::code);
  if (row == kEvents.end()) return std::nullopt;
  const std::string reference = item.text("pspReference");
  const std::string success = item.text("success");
  if (reference.empty() || (success != "true" && success != "false")) {
    return base::fail("webhook_malformed", "the item names no payment or no outcome", code);
  }
  ports::WebhookEvent event;
  event.intent = item.text("merchantReference");
  IntentUpdate& update = event.update;
  update.event = code + "/" + reference + "/" + success;
  update.code = code;
  const std::string original = item.text("originalReference");
  update.provider_reference = original.empty() ? reference : original;
  if (success == "false") {
    read_refusal(update, item, row->meaning);
    return event;
  }
  const base::Json& said = item["amount"];
  const auto amount = minor_amount(said["value"], said.text("currency"));
  if (!amount) {
    return base::fail("webhook_malformed", "the item's amount is none of ours", code);
  }
  read_success(update, item, row->meaning, *amount, capture);
  return event;
}

}  // namespace gateways::adyen
