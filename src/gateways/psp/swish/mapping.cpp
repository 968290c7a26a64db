#include "gateways/psp/swish/mapping.h"

#include <algorithm>
#include <array>

namespace gateways::swish {
namespace {

using domain::Decline;
using domain::IntentState;
using domain::IntentUpdate;

constexpr std::size_t kReferenceMax = 35;
constexpr std::size_t kMessageMax = 50;
const base::Currency kKrona = *base::Currency::parse("SEK");

struct Row {
  std::string_view code;
  Decline decline;
};
// What is not here is a mistake in what we sent.
constexpr std::array<Row, 14> kCodes = {{
    {"ACMT03", Decline::kNeedsCustomer},      // The payer has no Swish.
    {"ACMT01", Decline::kNeedsCustomer},      // Nor has this number.
    {"AM03", Decline::kRetryLater},           // The payer's bank is in trouble.
    {"AM04", Decline::kRetryLater},           // Not enough money.
    {"AM21", Decline::kRetryLater},           // The payer's limit for now.
    {"BANKIDCL", Decline::kNeedsCustomer},    // They cancelled the signing.
    {"BANKIDONGOING", Decline::kRetryLater},  // They sign something else right now.
    {"BANKIDUNKN", Decline::kRetryLater},
    {"FF10", Decline::kRetryLater},     // A bank's trouble.
    {"RF07", Decline::kRetryLater},     // Declined by the bank.
    {"RP06", Decline::kRetryLater},     // Another request waits for this payer.
    {"TM01", Decline::kNeedsCustomer},  // Not approved within three minutes.
    {"VR01", Decline::kStop},           // Too young.
    {"VR02", Decline::kStop},           // Not the person who must pay.
}};

bool is_hexadecimal(std::string_view text) {
  return text.size() == 32 && text.find_first_not_of("0123456789ABCDEF") == text.npos;
}

// The bytes of the character at `at` that the app shows; 0: it does not.
std::size_t shown(std::string_view text, std::size_t at) {
  constexpr std::string_view kPlain = "!?=(),.-:; ";
  constexpr std::array<std::string_view, 6> kLetters = {"å", "ä", "ö", "Å", "Ä", "Ö"};
  const char c = text[at];
  if (('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9')) return 1;
  if (kPlain.contains(c)) return 1;
  const bool letter = std::ranges::find(kLetters, text.substr(at, 2)) != kLetters.end();
  return letter ? 2 : 0;
}

}  // namespace

std::string Name::to_text() const {
  std::string text = payment;
  for (const std::string& refund : refunds) text += "+" + refund;
  return text;
}

Name Name::parse(std::string_view text) {
  Name name;
  const std::size_t end = std::min(text.find('+'), text.size());
  name.payment = text.substr(0, end);
  for (std::size_t at = end; at < text.size();) {
    const std::size_t next = std::min(text.find('+', at + 1), text.size());
    name.refunds.emplace_back(text.substr(at + 1, next - at - 1));
    at = next;
  }
  return name;
}

void Name::add_refund(const std::string& id) {
  if (std::ranges::find(refunds, id) == refunds.end()) refunds.push_back(id);
}

std::string reference_of(std::string_view intent) {
  std::string reference(intent);
  std::ranges::replace(reference, '_', '-');
  return fitted_key(reference, kReferenceMax);
}

std::string intent_of(std::string_view reference) {
  std::string intent(reference);
  if (const auto at = intent.find('-'); at != intent.npos) intent[at] = '_';
  return intent;
}

std::string message_of(std::string_view text) {
  std::string message;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size() && characters < kMessageMax;) {
    const std::size_t size = shown(text, at);
    if (size > 0) {
      message += text.substr(at, size);
      ++characters;
    }
    at += std::max<std::size_t>(size, 1);
  }
  return message;
}

base::Json payment_body(const ports::PaymentOrder& order, std::string_view payee) {
  base::Json body;
  body.set("payeePaymentReference", reference_of(order.intent));
  body.set("callbackUrl", order.callback_url);
  body.set("payeeAlias", payee);
  body.set("amount", order.amount.to_decimal_string());
  body.set("currency", "SEK");
  body.set("message", message_of(order.description));
  if (order.channel == domain::PaymentChannel::kPhone) {
    std::string alias;
    std::ranges::copy_if(order.payer.phone, std::back_inserter(alias),
                         [](char c) { return '0' <= c && c <= '9'; });
    body.set("payerAlias", alias);  // The app asks by itself.
  }
  return body;
}

base::Json refund_body(const ports::PaymentChange& change, std::string_view payee,
                       std::string_view payment, std::string_view callback_url) {
  base::Json body;
  body.set("originalPaymentReference", payment);
  body.set("payerPaymentReference", reference_of(change.intent));
  body.set("callbackUrl", callback_url);
  body.set("payerAlias", payee);  // Now it is we who pay.
  body.set("amount", change.amount.to_decimal_string());
  return body.set("currency", "SEK");
}

base::Result<base::Money> amount_of(const base::Json& said) {
  std::string text;
  if (const std::int64_t* whole = said.as_integer()) text = std::to_string(*whole);
  if (const std::string* written = said.as_string()) text = *written;
  if (auto amount = base::Money::parse(text, kKrona)) return *amount;
  return base::fail("amount_not_understood", "the provider's amount is none of ours");
}

std::string error_code(const Answer& answer) {
  const auto* list = answer.body.as_array();
  const base::Json& error = list && !list->empty() ? list->front() : answer.body;
  return error.text("errorCode");
}

bool is_there_already(const Answer& answer) {
  return answer.status == 422 && error_code(answer) == "RP09";
}

IntentUpdate read_created(const Answer& answer, std::string reference,
                          std::string_view return_url) {
  if (answer.says_nothing()) return unanswered(answer);
  if (!answer.is_good()) {
    const std::string code = error_code(answer);
    IntentUpdate update = refused_order(code, "");
    update.decline = classify(code);
    return update;
  }
  IntentUpdate update;
  update.provider_reference = std::move(reference);
  const auto token = answer.headers.find("paymentrequesttoken");
  if (token != answer.headers.end()) {
    update.action_url = "swish://paymentrequest?token=" + url_part(token->second) +
                        "&callbackurl=" + url_part(return_url);
    update.action_qr = "D" + token->second;
  }
  return update;
}

IntentUpdate read_payment(const Answer& answer, std::string reference) {
  IntentUpdate update;
  update.provider_reference = std::move(reference);
  const std::string status = answer.body.text("status");
  update.code = answer.body.text("errorCode");
  update.text = answer.body.text("errorMessage");
  const auto amount = amount_of(answer.body["amount"]);
  if (status == "PAID" && amount) {
    update.state = IntentState::kSettled;
    update.authorised = update.captured = *amount;
  } else if (status == "CANCELLED") {
    update.state = IntentState::kCancelled;
  } else if (status == "DECLINED") {
    update.state = IntentState::kFailed;
    update.decline = Decline::kNeedsCustomer;
  } else if (status == "ERROR" && update.code == "TM01") {
    update.state = IntentState::kExpired;
  } else if (status == "ERROR" && update.code != "DS24" && !update.code.empty()) {
    update.state = IntentState::kFailed;
    update.decline = classify(update.code);
  } else if (status != "CREATED") {
    // DS24: the banks were asked and did not answer. Nobody knows yet.
    update.answered = false;
  }
  return update;
}

void take_refund(IntentUpdate& update, const Answer& refund) {
  const std::string status = refund.body.text("status");
  const std::string code = refund.body.text("errorCode");
  const auto amount = amount_of(refund.body["amount"]);
  if (!refund.is_good()) {
    update.answered = false;
  } else if (status == "PAID" && amount) {
    update.refunded = update.refunded ? *update.refunded + *amount : *amount;
    if (update.captured && *update.refunded >= *update.captured) {
      update.state = IntentState::kReversed;
    }
  } else if (status == "ERROR" && !code.empty() && code != "DS24") {
    update.code = code;
    update.text = refund.body.text("errorMessage");
    update.decline = classify(code);
  }
}

Decline classify(std::string_view code) {
  const auto* found = std::ranges::find(kCodes, code, &Row::code);
  return found == kCodes.end() ? Decline::kOurMistake : found->decline;
}

base::Result<ports::WebhookEvent> read_callback(const base::Json& body, std::string_view payee) {
  const std::string id = body.text("id");
  if (!is_hexadecimal(id)) {
    return base::fail("webhook_malformed", "the callback names no payment");
  }
  const bool refund = !body["originalPaymentReference"].is_null();
  if (body.text(refund ? "payerAlias" : "payeeAlias") != payee) {
    return base::fail("webhook_other_merchant", "the callback is of another Swish number");
  }
  ports::WebhookEvent event;
  event.update.must_ask = true;
  event.update.code = refund ? "refund" : "payment";
  event.update.event =
      std::string(refund ? "refund/" : "payment/") + id + "/" + body.text("status");
  if (refund) {
    event.intent = intent_of(body.text("payerPaymentReference"));
  } else {
    event.intent = intent_of(body.text("payeePaymentReference"));
    event.update.provider_reference = id;
  }
  return event;
}

}  // namespace gateways::swish
