#include "gateways/psp/paypal/mapping.h"

#include <algorithm>
#include <array>

namespace gateways::paypal {
namespace {

using domain::Decline;
using domain::IntentState;
using domain::IntentUpdate;

constexpr std::size_t kDescriptionMax = 127;

struct Row {
  std::string_view issue;
  Decline decline;
};
// What is not here is a mistake in what we sent.
constexpr std::array<Row, 17> kIssues = {{
    {"INSTRUMENT_DECLINED", Decline::kNeedsCustomer},
    {"PAYER_ACTION_REQUIRED", Decline::kNeedsCustomer},
    {"PAYER_CANNOT_PAY", Decline::kNeedsCustomer},
    {"ORDER_NOT_APPROVED", Decline::kNeedsCustomer},
    {"ORDER_EXPIRED", Decline::kNeedsCustomer},
    {"CARD_EXPIRED", Decline::kStop},
    {"PAYER_ACCOUNT_RESTRICTED", Decline::kStop},
    {"PAYER_ACCOUNT_LOCKED_OR_CLOSED", Decline::kStop},
    {"COMPLIANCE_VIOLATION", Decline::kStop},
    {"TOKEN_ID_NOT_FOUND", Decline::kStop},
    {"VAULT_ID_NOT_FOUND", Decline::kStop},
    {"AGREEMENT_ALREADY_CANCELLED", Decline::kStop},
    {"BILLING_AGREEMENT_NOT_FOUND", Decline::kStop},
    {"TRANSACTION_REFUSED", Decline::kRetryLater},
    {"TRANSACTION_LIMIT_EXCEEDED", Decline::kRetryLater},
    {"MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED", Decline::kRetryLater},
    {"REDIRECT_PAYER_FOR_ALTERNATE_FUNDING", Decline::kNeedsCustomer},
}};

const base::Json& first(const base::Json& list) {
  static const base::Json kNone;
  const auto* items = list.as_array();
  return items && !items->empty() ? items->front() : kNone;
}

std::string link_of(const base::Json& body) {
  const auto* links = body["links"].as_array();
  for (const std::string_view wanted : {"payer-action", "approve"}) {
    if (!links) break;
    for (const base::Json& link : *links) {
      if (link.text("rel") == wanted) return link.text("href");
    }
  }
  return {};
}

void take_capture(IntentUpdate& update, const base::Json& capture) {
  const std::string status = capture.text("status");
  update.code = "capture_" + status;
  const auto amount = amount_of(capture["amount"]);
  update.fee = amount_of(capture["seller_receivable_breakdown"]["paypal_fee"]);
  if (status == "DECLINED" || status == "FAILED") {
    update.state = IntentState::kFailed;
    update.decline = Decline::kRetryLater;
  } else if (status == "COMPLETED" || status == "PARTIALLY_REFUNDED" || status == "REFUNDED") {
    update.state = status == "REFUNDED" ? IntentState::kReversed : IntentState::kSettled;
    update.captured = amount;
    if (!amount) update.answered = false;
  } else if (status != "PENDING") {
    // Completed, but without saying what: ask for all of it.
    update.answered = false;
  }
}

std::optional<base::Money> refunds_of(const base::Json& payments) {
  std::optional<base::Money> sum;
  const auto* refunds = payments["refunds"].as_array();
  if (!refunds) return sum;
  for (const base::Json& refund : *refunds) {
    const auto amount = amount_of(refund["amount"]);
    if (refund.text("status") != "COMPLETED" || !amount) continue;
    if (sum && sum->currency() != amount->currency()) return std::nullopt;
    sum = sum ? *sum + *amount : *amount;
  }
  return sum;
}

void take_stored(IntentUpdate& update, const base::Json& body) {
  update.stored_method = body["payment_source"]["paypal"]["attributes"]["vault"].text("id");
  if (!update.stored_method.empty()) update.stored_title = "PayPal";
}

}  // namespace

base::Json amount_json(base::Money amount) {
  base::Json json;
  json.set("currency_code", amount.currency().code());
  return json.set("value", amount.to_decimal_string());
}

std::optional<base::Money> amount_of(const base::Json& said) {
  const auto currency = base::Currency::parse(said.text("currency_code"));
  if (!currency) return std::nullopt;
  const auto amount = base::Money::parse(said.text("value"), *currency);
  if (!amount) return std::nullopt;
  return *amount;
}

base::Json order_body(const ports::PaymentOrder& order) {
  base::Json unit;
  unit.set("custom_id", order.intent).set("invoice_id", order.intent);
  if (!order.description.empty() && order.description.size() <= kDescriptionMax) {
    unit.set("description", order.description);
  }
  unit.set("amount", amount_json(order.amount));
  base::Json paypal;
  if (!order.stored_method.empty()) {
    paypal.set("vault_id", order.stored_method);
  } else {
    base::Json context;
    context.set("return_url", order.return_url).set("cancel_url", order.return_url);
    context.set("user_action", "PAY_NOW").set("shipping_preference", "NO_SHIPPING");
    context.set("payment_method_preference", "IMMEDIATE_PAYMENT_REQUIRED");
    if (order.payer.language.size() == 2 && order.payer.country.size() == 2) {
      context.set("locale", order.payer.language + "-" + order.payer.country);
    }
    paypal.set("experience_context", std::move(context));
    if (order.keep_method) {
      base::Json vault;
      vault.set("store_in_vault", "ON_SUCCESS").set("usage_type", "MERCHANT");
      paypal.set("attributes", base::Json::object().set("vault", std::move(vault)));
    }
  }
  base::Json body;
  body.set("intent", "CAPTURE");
  body.set("purchase_units", base::Json::array().push(std::move(unit)));
  return body.set("payment_source", base::Json::object().set("paypal", std::move(paypal)));
}

base::Json refund_body(const ports::PaymentChange& change) {
  return base::Json::object()
      .set("amount", amount_json(change.amount))
      .set("custom_id", change.intent);
}

std::string issue_of(const base::Json& body) {
  return first(body["details"]).text("issue", body.text("name"));
}

std::string capture_id(const base::Json& order) {
  return first(first(order["purchase_units"])["payments"]["captures"]).text("id");
}

IntentUpdate read_order(const Answer& answer) {
  IntentUpdate update;
  const base::Json& body = answer.body;
  update.provider_reference = body.text("id");
  const std::string status = body.text("status");
  const base::Json& unit = first(body["purchase_units"]);
  if (status == "CREATED" || status == "SAVED" || status == "PAYER_ACTION_REQUIRED") {
    update.action_url = link_of(body);
  } else if (status == "APPROVED") {
    update.state = IntentState::kAuthorised;
    update.authorised = amount_of(unit["amount"]);
  } else if (status == "VOIDED") {
    update.state = IntentState::kCancelled;
  } else if (status == "COMPLETED") {
    take_capture(update, first(unit["payments"]["captures"]));
    update.refunded = refunds_of(unit["payments"]);
    take_stored(update, body);
  } else {
    update.answered = false;
    update.code = status;
  }
  if (update.provider_reference.empty()) update.answered = false;
  return update;
}

IntentUpdate read_refusal(const Answer& answer, std::string reference, bool by_us) {
  const std::string issue = issue_of(answer.body);
  if (answer.says_nothing() || answer.status == 409 || issue == "PREVIOUS_REQUEST_IN_PROGRESS") {
    return unanswered(answer, std::move(reference));
  }
  IntentUpdate update = refused_order(issue, answer.body.text("message"));
  update.provider_reference = std::move(reference);
  update.decline = classify(issue);
  if (update.decline == Decline::kNeedsCustomer && !by_us) {
    // The order is open still: the customer chooses another source and goes on.
    update.state = issue == "ORDER_EXPIRED" ? IntentState::kExpired : IntentState::kPending;
    update.action_url = link_of(answer.body);
  }
  return update;
}

IntentUpdate read_refund(const Answer& answer, const ports::PaymentChange& change) {
  const std::string issue = issue_of(answer.body);
  if (answer.says_nothing() || answer.status == 409 || issue == "PREVIOUS_REQUEST_IN_PROGRESS") {
    return unanswered(answer, change.provider_reference);
  }
  if (!answer.is_good()) return refused_change(issue, answer.body.text("message"));
  IntentUpdate update = change_taken(change.provider_reference);
  const std::string status = answer.body.text("status");
  if (status == "FAILED" || status == "CANCELLED") {
    update.decline = Decline::kRetryLater;
    update.code = "refund_" + status;
  } else if (status == "COMPLETED") {
    update.event = "refund/" + answer.body.text("id");
    update.refunded = amount_of(answer.body["seller_payable_breakdown"]["total_refunded_amount"]);
    const auto amount = amount_of(answer.body["amount"]);
    if (!update.refunded) update.refunded_now = amount ? *amount : change.amount;
  } else if (status != "PENDING") {
    update.answered = false;
  }
  return update;
}

Decline classify(std::string_view code) {
  const auto* found = std::ranges::find(kIssues, code, &Row::issue);
  return found == kIssues.end() ? Decline::kOurMistake : found->decline;
}

bool is_of_paypal(std::string_view url) {
  constexpr std::string_view kScheme = "https://";
  if (!url.starts_with(kScheme)) return false;
  url.remove_prefix(kScheme.size());
  const std::string_view host = url.substr(0, url.find_first_of("/?#"));
  const bool plain = std::ranges::all_of(host, [](char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-' || c == '.';
  });
  return plain && host.ends_with(".paypal.com");
}

namespace {

void take_event(IntentUpdate& update, const std::string& type, const base::Json& resource) {
  const auto amount = amount_of(resource["amount"]);
  if (type == "CHECKOUT.ORDER.APPROVED") {
    update.state = IntentState::kAuthorised;
    update.authorised = amount_of(first(resource["purchase_units"])["amount"]);
  } else if (type == "CHECKOUT.PAYMENT-APPROVAL.REVERSED") {
    update.state = IntentState::kCancelled;
  } else if (type == "PAYMENT.CAPTURE.COMPLETED") {
    update.state = IntentState::kSettled;
    update.captured = amount;
    update.fee = amount_of(resource["seller_receivable_breakdown"]["paypal_fee"]);
  } else if (type == "PAYMENT.CAPTURE.DENIED" || type == "PAYMENT.CAPTURE.DECLINED") {
    update.state = IntentState::kFailed;
    update.decline = Decline::kRetryLater;
  } else if (type == "PAYMENT.CAPTURE.REFUNDED") {
    update.refunded = amount_of(resource["seller_payable_breakdown"]["total_refunded_amount"]);
    if (!update.refunded) {
      update.refunded_now = amount;
      update.event = "refund/" + resource.text("id");  // As the answer to the refund names it.
    }
  } else if (type == "PAYMENT.CAPTURE.REVERSED") {
    update.refunded_now = amount;
    update.decline = Decline::kStop;
  }
}

}  // namespace

base::Result<std::optional<ports::WebhookEvent>> read_event(const base::Json& body) {
  const std::string type = body.text("event_type");
  const bool ours = type.starts_with("PAYMENT.CAPTURE.") || type == "CHECKOUT.ORDER.APPROVED" ||
                    type == "CHECKOUT.PAYMENT-APPROVAL.REVERSED";
  if (body.text("id").empty() || type.empty()) {
    return base::fail("webhook_malformed", "the webhook has no name or says nothing", type);
  }
  if (!ours) return std::nullopt;
  const base::Json& resource = body["resource"];
  ports::WebhookEvent event;
  event.update.event = body.text("id");
  event.update.code = type;
  event.intent = resource.text("custom_id", first(resource["purchase_units"]).text("custom_id"));
  event.update.provider_reference = type == "CHECKOUT.ORDER.APPROVED"
                                        ? resource.text("id")
                                        : resource["supplementary_data"]["related_ids"].text(
                                              "order_id", resource.text("order_id"));
  take_event(event.update, type, resource);
  const bool said = event.update.captured || type != "PAYMENT.CAPTURE.COMPLETED";
  const bool named = !event.intent.empty() || !event.update.provider_reference.empty();
  if (!said || !named) {
    return base::fail("webhook_malformed", "the webhook names no payment or no amount", type);
  }
  return event;
}

}  // namespace gateways::paypal
