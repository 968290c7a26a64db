#include "app/demo/practice_gateway.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text/beginning.h"
#include "support/json/parse.h"

namespace app::demo {
namespace {

namespace fs = std::filesystem;

using base::Json;
using base::Money;
using base::Result;
using domain::IntentState;
using domain::IntentUpdate;

constexpr std::string_view kWaiting = "waiting";
constexpr std::string_view kApproved = "approved";
constexpr std::string_view kDeclined = "declined";
constexpr std::string_view kCancelled = "cancelled";
// What a kept method is called: this, and the payment with which it was kept.
constexpr std::string_view kKept = "kept-";
constexpr std::string_view kKeptTitle = "•••• 4242";
constexpr std::string_view kKeptUntil = "2030-12";
constexpr std::int64_t kLifeMicros = 15 * 60 * base::kMicrosPerSecond;
constexpr std::int64_t kSoonMicros = 2 * base::kMicrosPerSecond;
constexpr std::int64_t kLateMicros = 12 * base::kMicrosPerSecond;

Json to_json(const PracticePayment& payment) {
  Json refunds = Json::array();
  for (const std::string& key : payment.refunds) refunds.push(key);
  return Json::object()
      .set("intent", payment.intent)
      .set("currency", payment.amount.currency().code())
      .set("amount", payment.amount.to_decimal_string())
      .set("refunded", payment.refunded.to_decimal_string())
      .set("decision", payment.decision)
      .set("description", payment.description)
      .set("language", payment.language)
      .set("return_url", payment.return_url)
      .set("created", payment.created.micros)
      .set("told", payment.told.micros)
      .set("refunds", std::move(refunds))
      .set("keeps", payment.keeps);
}

Result<PracticePayment> from_json(const Json& json) {
  PracticePayment payment;
  const auto currency = TRY(base::Currency::parse(json.text("currency")));
  payment.intent = json.text("intent");
  payment.amount = TRY(Money::parse(json.text("amount"), currency));
  payment.refunded = TRY(Money::parse(json.text("refunded"), currency));
  payment.decision = json.text("decision");
  payment.description = json.text("description");
  payment.language = json.text("language");
  payment.return_url = json.text("return_url");
  payment.created.micros = json.integer("created");
  payment.told.micros = json.integer("told");
  payment.keeps = json["keeps"] == Json(true);
  if (const auto* refunds = json["refunds"].as_array()) {
    for (const Json& key : *refunds) {
      if (const auto* text = key.as_string()) payment.refunds.push_back(*text);
    }
  }
  return payment;
}

bool has_refund(const PracticePayment& payment, const std::string& key) {
  return std::ranges::find(payment.refunds, key) != payment.refunds.end();
}

std::unexpected<base::Error> unknown(std::string_view intent) {
  return base::fail("practice_payment_unknown", "the practice provider has no such payment",
                    base::beginning(intent, 60));
}

}  // namespace

std::string PracticeGateway::folder_of(const std::string& data_dir) {
  return (fs::path(data_dir) / kPracticeName).string();
}

bool PracticeGateway::is_demo(const std::string& data_dir) {
  std::error_code error;
  return fs::is_directory(folder_of(data_dir), error);
}

Result<> PracticeGateway::make_demo(const std::string& data_dir) {
  std::error_code error;
  const std::string folder = folder_of(data_dir);
  fs::create_directories(folder, error);
  if (error) return base::fail("file_not_writable", error.message(), folder);
  return {};
}

// Only what is an id becomes a file's name.
Result<PracticePayment> PracticeGateway::read(std::string_view intent) const {
  const auto id = domain::IntentId::parse(intent);
  if (!id) return unknown(intent);
  std::ifstream in(fs::path(folder_) / (id->to_string() + ".json"), std::ios::binary);
  if (!in) return unknown(intent);
  std::ostringstream text;
  text << in.rdbuf();
  return from_json(TRY(json::parse(text.str())));
}

// Renamed into place, so that nobody reads half of it.
Result<> PracticeGateway::write(const PracticePayment& payment) const {
  const fs::path path = fs::path(folder_) / (payment.intent + ".json");
  const fs::path fresh = path.string() + ".new";
  std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
  out << to_json(payment).dump() << "\n";
  out.close();
  std::error_code error;
  if (out) fs::rename(fresh, path, error);
  if (!out || error) return base::fail("file_not_writable", "cannot be written", path.string());
  return {};
}

PracticePayment PracticeGateway::made_of(const ports::PaymentOrder& order, base::Instant now) {
  PracticePayment payment;
  payment.intent = order.intent;
  payment.amount = order.amount;
  payment.refunded = Money(0, order.amount.currency());
  payment.decision = kWaiting;
  payment.description = order.description;
  payment.language = order.payer.language;
  payment.return_url = order.return_url;
  payment.created = payment.told = now;
  payment.keeps = order.keep_method;
  return payment;
}

IntentUpdate PracticeGateway::update_of(const PracticePayment& payment) const {
  const base::Instant now = clock_.now();
  IntentUpdate update;
  update.provider_reference = payment.intent;
  if (payment.decision == kWaiting) {
    update.state =
        now - payment.created > kLifeMicros ? IntentState::kExpired : IntentState::kPending;
    update.action_url = public_url_ + "/practice/" + payment.intent;
  } else if (payment.decision == kCancelled) {
    update.state = IntentState::kCancelled;
  } else if (payment.decision == kDeclined) {
    update.state = IntentState::kFailed;
    update.code = kDeclined;
    update.decline = classify(update.code);
  } else if (now < payment.told) {
    update.state = IntentState::kAuthorised;
  } else {
    update.state =
        payment.refunded == payment.amount ? IntentState::kReversed : IntentState::kSettled;
    update.captured = payment.amount;
    update.refunded = payment.refunded;
  }
  if (payment.decision == kApproved) update.stored_title = kKeptTitle;
  if (payment.keeps && payment.decision == kApproved) {
    update.stored_method = std::string(kKept) + payment.intent;
    update.stored_until = kKeptUntil;
  }
  return update;
}

Result<IntentUpdate> PracticeGateway::said(const Result<PracticePayment>& payment) const {
  if (payment) return update_of(*payment);
  return IntentUpdate{.answered = false};
}

Result<PracticePayment> PracticeGateway::find(std::string_view intent) {
  const std::lock_guard lock(mutex_);
  return read(intent);
}

Result<PracticePayment> PracticeGateway::decide(std::string_view intent,
                                                PracticeDecision decision) {
  const std::lock_guard lock(mutex_);
  PracticePayment payment = TRY(read(intent));
  const base::Instant now = clock_.now();
  if (payment.decision != kWaiting || now - payment.created > kLifeMicros) return payment;
  const bool late = decision == PracticeDecision::kApproveTellLate;
  payment.decision = decision == PracticeDecision::kDecline ? kDeclined : kApproved;
  payment.told = late ? base::Instant{now.micros + kLateMicros} : now;
  TRY(write(payment));
  words_.push_back({{now.micros + (late ? kLateMicros : kSoonMicros)}, payment.intent});
  return payment;
}

std::vector<ports::Webhook> PracticeGateway::take_words() {
  const std::lock_guard lock(mutex_);
  const base::Instant now = clock_.now();
  std::vector<ports::Webhook> due;
  std::erase_if(words_, [&](const Word& word) {
    if (now < word.due) return false;
    due.push_back({.path = "/hooks/" + std::string(kPracticeName),
                   .host = {},
                   .headers = {},
                   .body = word.intent,
                   .received = now});
    return true;
  });
  return due;
}

Result<IntentUpdate> PracticeGateway::create(const ports::PaymentOrder& order) {
  const std::lock_guard lock(mutex_);
  if (const auto before = read(order.intent)) return update_of(*before);
  const PracticePayment payment = made_of(order, clock_.now());
  TRY(write(payment));
  return update_of(payment);
}

Result<IntentUpdate> PracticeGateway::confirm(const ports::PaymentConfirmation& back) {
  return status(back.payment);
}

// A method that was kept here is always good for the money.
Result<IntentUpdate> PracticeGateway::charge_stored(const ports::PaymentOrder& order) {
  const std::lock_guard lock(mutex_);
  if (const auto before = read(order.intent)) return update_of(*before);
  const std::string_view method = order.stored_method;
  const auto kept_with = method.starts_with(kKept) ? read(method.substr(kKept.size()))
                                                   : Result<PracticePayment>(unknown(method));
  if (!kept_with || !kept_with->keeps || kept_with->decision != kApproved) {
    return IntentUpdate{
        .state = IntentState::kFailed, .decline = domain::Decline::kStop, .code = "no_such_method"};
  }
  PracticePayment payment = made_of(order, clock_.now());
  payment.decision = kApproved;
  TRY(write(payment));
  return update_of(payment);
}

// It captures by itself.
Result<IntentUpdate> PracticeGateway::capture(const ports::PaymentChange& change) {
  return status(change);
}

Result<IntentUpdate> PracticeGateway::cancel(const ports::PaymentChange& change) {
  const std::lock_guard lock(mutex_);
  auto payment = read(change.provider_reference);
  if (payment && payment->decision == kWaiting) {
    payment->decision = kCancelled;
    TRY(write(*payment));
  }
  return said(payment);
}

Result<IntentUpdate> PracticeGateway::refund(const ports::PaymentChange& change) {
  const std::lock_guard lock(mutex_);
  auto payment = read(change.provider_reference);
  if (payment && !has_refund(*payment, change.idempotency_key)) {
    payment->refunds.push_back(change.idempotency_key);
    payment->refunded = std::min(payment->amount, payment->refunded + change.amount);
    TRY(write(*payment));
  }
  return said(payment);
}

Result<IntentUpdate> PracticeGateway::status(const ports::PaymentChange& change) {
  const std::lock_guard lock(mutex_);
  return said(read(change.provider_reference));
}

// Not signed, so it is only a reason to ask.
Result<ports::WebhookReading> PracticeGateway::verify_webhook(const ports::Webhook& webhook) {
  if (!domain::IntentId::parse(webhook.body)) {
    return base::fail("malformed_request", "the body is no payment's id");
  }
  ports::WebhookReading reading;
  reading.events.push_back({.intent = webhook.body, .update = {.must_ask = true}});
  reading.reply = "[accepted]";
  return reading;
}

domain::Decline PracticeGateway::classify(std::string_view code) const {
  return code == kDeclined ? domain::Decline::kNeedsCustomer : domain::Decline::kNone;
}

}  // namespace app::demo
