// Adyen against its published description, and against one that keeps state and has bad manners:
// simulates answers that never come, the same request twice, refusals, and webhooks that are
// doubled, late, out of order, forged or another's.
#include <gtest/gtest.h>

#include <set>

#include "gateways/psp/adyen/mapping.h"
#include "support/crypto/mac.h"
#include "support/json/parse.h"
#include "tests/gateways/orders.h"
#include "tests/gateways/peer.h"

namespace tests {
namespace {

using domain::Decline;
using domain::IntentState;

// In this file everything is in Swedish kronor.
ports::PaymentOrder order_of(const std::string& intent, std::int64_t minor) {
  return tests::order_of(intent, money(minor, "SEK"), "card");
}
ports::PaymentChange change_of(const domain::IntentUpdate& update, const std::string& intent,
                               std::int64_t minor, const std::string& key) {
  return tests::change_of(update, intent, money(minor, "SEK"), key);
}

GatewaySettings settings_at(const Peer& peer, const std::string& capture = "immediate") {
  return {{"url", peer.url()},
          {"merchant_account", "TelcoSE"},
          {"api_key", "env:adyen-key"},
          {"hmac_key", "env:44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"},
          {"capture", capture}};
}

class AdyenTest : public testing::Test {
 protected:
  void SetUp() override { NEEDS_CONTRACTS(); }
  void start(const std::string& kind, const std::string& capture = "immediate") {
    peer = peer_for(kind, "adyen");
    adyen = gateway_at("adyen", settings_at(*peer, capture), client, clock);
    ASSERT_TRUE(adyen);
  }
  std::shared_ptr<Peer> peer;
  std::unique_ptr<ports::Gateway> adyen;
  ImpatientClient client;
  base::VirtualClock clock{*base::Instant::parse("2026-11-22T10:00:00Z")};
};

TEST_F(AdyenTest, EveryRequestFitsThePublishedDescription) {
  start("contract");
  const std::vector<std::string> operations = {"post /paymentLinks",
                                               "get /paymentLinks/{linkId}",
                                               "patch /paymentLinks/{linkId}",
                                               "post /payments",
                                               "post /payments/details",
                                               "post /payments/{paymentPspReference}/captures",
                                               "post /payments/{paymentPspReference}/cancels",
                                               "post /payments/{paymentPspReference}/refunds",
                                               "post /payments/{paymentPspReference}/reversals"};
  for (const std::string method :
       {"card", "applepay", "googlepay", "swish", "vipps", "mobilepay", "klarna", "paybybank"}) {
    ports::PaymentOrder order = order_of("pint_1", 29900);
    order.method = method;
    order.keep_method = true;
    order.expires = clock.now() + base::kMicrosPerDay;
    EXPECT_TRUE(adyen->create(order)) << method;
  }
  ports::PaymentOrder stored = order_of("pint_2", 29900);
  stored.stored_method = "8415718415172204";
  EXPECT_TRUE(adyen->charge_stored(stored));
  stored.channel = domain::PaymentChannel::kPhone;
  EXPECT_TRUE(adyen->charge_stored(stored));
  domain::IntentUpdate link, payment;
  link.provider_reference = "PL61C53A8B97E6915A";
  payment.provider_reference = "993617894903480A";
  EXPECT_TRUE(adyen->status(change_of(link, "pint_1", 29900, "a")));
  EXPECT_TRUE(adyen->cancel(change_of(link, "pint_1", 29900, "b")));
  const auto change = change_of(payment, "pint_1", 29900, "c");
  EXPECT_TRUE(adyen->confirm({change, {{"redirectResult", "eyJ"}}}));
  EXPECT_TRUE(adyen->capture(change));
  EXPECT_TRUE(adyen->cancel(change));
  EXPECT_TRUE(adyen->refund(change));
  const auto by_us = gateway_at("adyen", settings_at(*peer, "by_us"), client, clock);
  EXPECT_TRUE(by_us->cancel(change));
  expect_no_violation(*peer, operations);

  const std::vector<std::pair<std::string, std::string>> key = {{"X-API-Key", "k"}};
  const std::string decimal = R"({"merchantAccount":"M","reference":"r","returnUrl":"u",)"
                              R"("amount":{"currency":"SEK","value":"299.00"}})";
  const std::string payments = "/payments/993617894903480A/";
  expect_canaries_die(
      *peer,
      {{"post /paymentLinks", "/paymentLinks", key, decimal, "must be integer"},
       {"get /paymentLinks/{linkId}", "/paymentLinks/PL1", {}, "", "request"},
       {"patch /paymentLinks/{linkId}", "/paymentLinks/PL1", key, R"({"status":"paid"})", "status"},
       {"post /payments", "/payments", key, decimal, "must be integer"},
       {"post /payments", "/payments", key,
        R"({"merchantAccount":"M","reference":"r","returnUrl":"u","amount":{"currency":"SEK",)"
        R"("value":1},"paymentMethod":{"type":"scheme"},"shopperIpp":"x"})",
        "/shopperIpp"},
       {"post /payments/details", "/payments/details", key, "{}", "details"},
       {"post /payments/{paymentPspReference}/captures", payments + "captures", key, "{}",
        "amount"},
       {"post /payments/{paymentPspReference}/cancels", payments + "cancels", key, "{}",
        "merchantAccount"},
       {"post /payments/{paymentPspReference}/refunds", payments + "refunds", key, "{}", "amount"},
       {"post /payments/{paymentPspReference}/reversals", payments + "reversals", key, "{}",
        "merchantAccount"}},
      operations);
}

TEST_F(AdyenTest, WhatIsNotAnsweredIsPendingAndAskedAgainWithoutASecondCharge) {
  start("fake");
  ports::PaymentOrder order = order_of("pint_1", 29900);
  order.stored_method = "TOKEN1";
  int charges = 0;
  for (const std::string manner :
       {"stall_after", "hang_up_after", "garbage_after", "hang_up_before", "503", "429"}) {
    order.idempotency_key = manner;
    peer->next(manner);
    const auto first = adyen->charge_stored(order);
    ASSERT_TRUE(first) << manner;
    EXPECT_EQ(first->state, IntentState::kPending) << manner;
    EXPECT_FALSE(first->answered) << manner;
    EXPECT_FALSE(first->code.empty()) << manner;
    const auto again = adyen->charge_stored(order);
    EXPECT_EQ(again->state, IntentState::kSettled) << manner;
    EXPECT_EQ(again->captured, money(29900, "SEK"));
    charges += 1;
    EXPECT_EQ(peer->ask("/_state").integer("payments"), charges) << manner;
  }
  // The same key while the first request is still being worked on.
  peer->next_says("in_progress");
  order.idempotency_key = "busy";
  EXPECT_FALSE(adyen->charge_stored(order)->answered);
}

TEST_F(AdyenTest, RefusalsSayWhatTheyMeanForTheNextTry) {
  start("fake");
  ports::PaymentOrder order = order_of("pint_1", 29900);
  order.stored_method = "TOKEN1";
  const std::tuple<std::string, std::string, Decline> rows[] = {
      {"12", "Not enough balance", Decline::kRetryLater},
      {"6", "Expired Card", Decline::kStop},
      {"38", "Authentication required", Decline::kNeedsCustomer},
      {"7", "Invalid Amount", Decline::kOurMistake},
      {"999", "Something new", Decline::kRetryLater}};
  for (const auto& [code, reason, decline] : rows) {
    order.idempotency_key = "key-" + code;
    peer->next_says(base::Json().set("refuse", code).set("reason", reason));
    const auto update = adyen->charge_stored(order);
    ASSERT_TRUE(update);
    EXPECT_EQ(update->state, IntentState::kFailed);
    EXPECT_EQ(update->decline, decline) << code;
    EXPECT_EQ(update->code, code);
    const auto webhook = adyen->verify_webhook(peer->webhooks().front());
    ASSERT_TRUE(webhook);
    EXPECT_EQ(webhook->events.front().update.decline, decline) << reason;
  }
  EXPECT_EQ(peer->ask("/_state").integer("payments"), 0);
}

TEST_F(AdyenTest, ALinkIsPaidKeptRefundedAndToldByWebhooksInAnyOrder) {
  start("fake");
  ports::PaymentOrder order = order_of("pint_1", 29900);
  order.keep_method = true;
  const auto link = adyen->create(order);
  ASSERT_TRUE(link);
  EXPECT_EQ(link->state, IntentState::kPending);
  EXPECT_EQ(link->action_url, "https://pay.example/PL1AB");
  EXPECT_TRUE(link->expires);
  peer->ask("/_act", base::Json().set("pay", "PL1AB").set("refuse", "Not enough balance"));
  peer->ask("/_act", base::Json().set("pay", "PL1AB").set("keep", true));
  const auto paid = peer->webhooks();
  ASSERT_EQ(paid.size(), 4U);
  const auto good = adyen->verify_webhook(paid[0]);
  ASSERT_TRUE(good);
  EXPECT_EQ(good->reply, "[accepted]");
  const ports::WebhookEvent& event = good->events.front();
  EXPECT_EQ(event.intent, "pint_1");
  EXPECT_EQ(event.update.state, IntentState::kSettled);
  EXPECT_EQ(event.update.captured, money(29900, "SEK"));
  EXPECT_EQ(event.update.stored_method, "TOKEN1");
  EXPECT_EQ(event.update.stored_title, "•••• 4242");
  EXPECT_EQ(event.update.stored_until, "2030-03");
  const auto refused = adyen->verify_webhook(paid[1])->events.front().update;
  EXPECT_EQ(refused.state, IntentState::kPending);  // The link can still be paid.
  EXPECT_EQ(refused.decline, Decline::kRetryLater);
  EXPECT_EQ(refused.provider_reference, "");

  const auto first = change_of(event.update, "pint_1", 10000, "refund-1");
  EXPECT_EQ(adyen->refund(first)->state, IntentState::kPending);
  EXPECT_TRUE(adyen->refund(first)->answered);  // Asked twice, done once.
  EXPECT_TRUE(adyen->refund(change_of(event.update, "pint_1", 5000, "refund-2")));
  EXPECT_EQ(peer->ask("/_state").integer("refunded"), 15000);
  // Each twice and the newest first: by their names each counts once.
  std::map<std::string, std::int64_t> given_back;
  for (const ports::Webhook& webhook : peer->webhooks()) {
    const auto reading = adyen->verify_webhook(webhook);
    ASSERT_TRUE(reading);
    const auto& update = reading->events.front().update;
    EXPECT_EQ(update.provider_reference, event.update.provider_reference);
    given_back[update.event] = update.refunded_now->minor();
  }
  ASSERT_EQ(given_back.size(), 2U);
  EXPECT_EQ(given_back.begin()->second + given_back.rbegin()->second, 15000);
}

TEST_F(AdyenTest, AMethodWithItsOwnPageIsConfirmedByWhatTheCustomerBringsBack) {
  start("fake", "by_us");
  ports::PaymentOrder order = order_of("pint_1", 29900);
  order.method = "paybybank";
  const auto created = adyen->create(order);
  ASSERT_TRUE(created);
  EXPECT_EQ(created->state, IntentState::kPending);
  EXPECT_EQ(created->decline, Decline::kNone);
  EXPECT_EQ(created->action_url, "https://bank.example/" + created->provider_reference);
  const auto change = change_of(*created, "pint_1", 29900, "confirm");
  const auto forged = adyen->confirm({change, {{"redirectResult", "made up"}}});
  EXPECT_EQ(forged->state, IntentState::kPending);  // Anybody can open the page of return.
  EXPECT_FALSE(forged->answered);
  ports::PaymentChange real = change;
  real.idempotency_key = "confirm-2";
  const auto confirmed =
      adyen->confirm({real, {{"redirectResult", created->provider_reference}, {"other", "x"}}});
  EXPECT_EQ(confirmed->state, IntentState::kAuthorised);
  EXPECT_EQ(confirmed->authorised, money(29900, "SEK"));
  EXPECT_EQ(confirmed->captured, std::nullopt);
  EXPECT_TRUE(adyen->capture(change_of(*created, "pint_1", 29900, "capture")));
  const auto captured = adyen->verify_webhook(peer->webhooks().front());
  EXPECT_EQ(captured->events.front().update.state, IntentState::kSettled);
}

TEST_F(AdyenTest, ALinkThatIsOpenIsClosedAndOneThatIsPaidIsNot) {
  start("fake");
  const auto link = adyen->create(order_of("pint_1", 29900));
  const auto change = change_of(*link, "pint_1", 29900, "close");
  EXPECT_EQ(adyen->status(change)->state, IntentState::kPending);
  EXPECT_EQ(adyen->cancel(change)->state, IntentState::kCancelled);
  const auto other = adyen->create(order_of("pint_2", 29900));
  peer->ask("/_act", base::Json().set("pay", other->provider_reference));
  const auto late = adyen->cancel(change_of(*other, "pint_2", 29900, "close-2"));
  EXPECT_EQ(late->state, IntentState::kPending);
  EXPECT_EQ(late->decline, Decline::kOurMistake);
}

TEST_F(AdyenTest, OrdersThatAreWrongFailByOurMistake) {
  start("fake");
  ports::PaymentOrder order = order_of("pint_1", 29900);
  order.payer.reference = "x";  // Shorter than the description allows.
  const auto refused = adyen->create(order);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->state, IntentState::kFailed);
  EXPECT_EQ(refused->decline, Decline::kOurMistake);
  const int sent = client.sent();
  order.method = "pigeon";
  EXPECT_EQ(adyen->create(order).error().code, "bad_gateway_order");
  order = order_of("pint_1", 0);
  EXPECT_EQ(adyen->create(order).error().code, "bad_gateway_order");
  order.amount = base::Money(100, *base::Currency::parse("ISK"));
  EXPECT_EQ(adyen->create(order).error().code, "bad_gateway_order");
  EXPECT_EQ(adyen->refund(change_of(*refused, "pint_1", 1, "k")).error().code, "bad_gateway_order");
  EXPECT_EQ(client.sent(), sent);
  domain::IntentUpdate stranger;
  stranger.provider_reference = "NOBODY";
  const auto no = adyen->refund(change_of(stranger, "pint_1", 100, "k"));
  EXPECT_EQ(no->state, IntentState::kPending);
  EXPECT_EQ(no->decline, Decline::kOurMistake);
  EXPECT_EQ(no->code, "167");
}

// Every example that Adyen publishes, signed with our key.
TEST_F(AdyenTest, EveryPublishedWebhookIsRead) {
  start("fake");
  const auto description = json::parse(read_file(contracts_folder() + "/adyen/Webhooks-v1.json"),
                                       json::Fractions::kAsText);
  ASSERT_TRUE(description);
  const auto key =
      crypto::from_hex("44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056");
  int read = 0, about_payments = 0;
  for (const auto& [name, example] : *(*description)["components"]["examples"].as_object()) {
    const auto* items = example["value"]["notificationItems"].as_array();
    if (!items) continue;
    base::Json item = items->front()["NotificationRequestItem"];
    item.set("merchantAccountCode", "TelcoSE");
    const crypto::Digest signature = crypto::hmac_sha256(*key, gateways::adyen::signed_text(item));
    base::Json more = item["additionalData"];
    more.set("hmacSignature", crypto::to_base64(signature));
    item.set("additionalData", std::move(more));
    base::Json body, wrapped;
    wrapped.set("NotificationRequestItem", std::move(item));
    body.set("live", "false").set("notificationItems", base::Json::array().push(wrapped));
    ports::Webhook webhook;
    webhook.body = body.dump();
    const auto reading = adyen->verify_webhook(webhook);
    ASSERT_TRUE(reading) << name << " " << reading.error().text;
    read += 1;
    about_payments += static_cast<int>(reading->events.size());
  }
  EXPECT_GE(read, 39);
  EXPECT_GE(about_payments, 14);
}

TEST_F(AdyenTest, WebhooksOfOthersAreRefused) {
  start("fake");
  EXPECT_TRUE(adyen->create(order_of("pint_1", 29900)));
  peer->ask("/_act", base::Json().set("pay", "PL1AB"));
  const ports::Webhook good = peer->webhooks().front();
  const auto code_of = [&](const ports::Webhook& webhook) {
    const auto reading = adyen->verify_webhook(webhook);
    return reading ? std::string("accepted") : reading.error().code;
  };
  const auto with = [&](const std::string& from, const std::string& to) {
    ports::Webhook changed = good;
    const auto at = changed.body.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    changed.body.replace(at, from.size(), to);
    return changed;
  };
  EXPECT_EQ(code_of(good), "accepted");
  EXPECT_EQ(code_of(with("29900", "29901")), "webhook_signature_wrong");
  EXPECT_EQ(code_of(with("TelcoSE", "TelcoNO")), "webhook_signature_wrong");
  EXPECT_EQ(code_of(with("hmacSignature", "signature")), "webhook_signature_wrong");
  EXPECT_EQ(code_of(with("{\"live\"", "{\"live")), "webhook_malformed");
  EXPECT_EQ(code_of(with("notificationItems", "items")), "webhook_malformed");
  ports::Webhook large = good;
  large.body += std::string(1U << 20, ' ');
  EXPECT_EQ(code_of(large), "webhook_too_large");
  GatewaySettings settings = settings_at(*peer);
  settings["merchant_account"] = "TelcoNO";
  const auto other = gateway_at("adyen", settings, client, clock);
  EXPECT_EQ(other->verify_webhook(good).error().code, "webhook_other_merchant");
  settings = settings_at(*peer);
  settings["webhook_user"] = "anna";
  settings["webhook_password"] = "env:secret";
  const auto with_password = gateway_at("adyen", settings, client, clock);
  EXPECT_EQ(with_password->verify_webhook(good).error().code, "webhook_signature_wrong");
  ports::Webhook named = good;
  named.headers["authorization"] = "Basic YW5uYTpzZWNyZXQ=";
  EXPECT_TRUE(with_password->verify_webhook(named));
}

}  // namespace
}  // namespace tests
