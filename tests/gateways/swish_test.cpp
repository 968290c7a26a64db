// Swish against one that keeps state, has bad manners and reads by our description of the contract:
// simulates answers that never come, payments that end in every way, and callbacks from anybody.
#include <gtest/gtest.h>

#include "gateways/psp/swish/mapping.h"
#include "support/json/parse.h"
#include "tests/gateways/orders.h"
#include "tests/gateways/peer.h"

namespace tests {
namespace {

using domain::Decline;
using domain::IntentState;

const base::Money kAmount = money(29990, "SEK");
const std::string kIntent = "pint_01hq3v7c8d9e0f1g2h3j4k5m6n";

ports::PaymentOrder order_of(const std::string& key) {
  ports::PaymentOrder order = tests::order_of(kIntent, kAmount, "swish");
  order.idempotency_key = key;
  return order;
}

GatewaySettings settings_at(const std::string& url) {
  return {{"url", url},
          {"payee", "1231181189"},
          {"certificate", "/etc/telgiro/swish.pem"},
          {"certificate_key", "/etc/telgiro/swish.key"},
          {"callback_url", "https://telgiro.example/hooks/swish"}};
}

class SwishTest : public testing::Test {
 protected:
  void SetUp() override {
    peer = peer_for("fake", "swish");
    swish = gateway_at("swish", settings_at(peer->url()), client, clock);
    ASSERT_TRUE(swish);
  }
  // The newest payment or refund ends so.
  void becomes(const std::string& kind, const std::string& status,
               const std::string& code = "") const {
    base::Json act = base::Json().set("kind", kind).set("status", status);
    peer->ask("/_act", act.set("errorCode", code));
  }
  std::shared_ptr<Peer> peer;
  std::unique_ptr<ports::Gateway> swish;
  ImpatientClient client;
  base::VirtualClock clock{*base::Instant::parse("2026-11-22T10:00:00Z")};
};

TEST_F(SwishTest, ATapOpensTheAppAndThePaymentIsAskedFor) {
  const auto created = swish->create(order_of("tap-1"));
  ASSERT_TRUE(created);
  EXPECT_EQ(created->state, IntentState::kPending);
  EXPECT_EQ(created->provider_reference.size(), 32U);
  const std::string token = "token-" + created->provider_reference.substr(0, 4);
  EXPECT_EQ(created->action_qr, "D" + token);
  EXPECT_EQ(created->action_url, "swish://paymentrequest?token=" + token +
                                     "&callbackurl=https%3A%2F%2Ftelgiro.example%2Fb%2Fx%2Fpaid");
  EXPECT_EQ(created->expires, base::Instant::parse("2026-11-22T10:03:00Z"));
  const auto change = change_of(*created, kIntent, kAmount, "k");
  EXPECT_EQ(swish->status(change)->state, IntentState::kPending);
  becomes("paymentrequests", "PAID");
  const auto paid = swish->status(change);
  EXPECT_EQ(paid->state, IntentState::kSettled);
  EXPECT_EQ(paid->captured, kAmount);
  EXPECT_EQ(swish->cancel(change)->state, IntentState::kSettled);  // Too late.
}

TEST_F(SwishTest, APaymentEndsInEveryWay) {
  struct Row {
    std::string status, code;
    IntentState state;
    bool answered;
    Decline decline;
  };
  const Row rows[] = {{"DECLINED", "", IntentState::kFailed, true, Decline::kNeedsCustomer},
                      {"CANCELLED", "", IntentState::kCancelled, true, Decline::kNone},
                      {"ERROR", "TM01", IntentState::kExpired, true, Decline::kNone},
                      {"ERROR", "RF07", IntentState::kFailed, true, Decline::kRetryLater},
                      {"ERROR", "BANKIDCL", IntentState::kFailed, true, Decline::kNeedsCustomer},
                      {"ERROR", "VR02", IntentState::kFailed, true, Decline::kStop},
                      {"ERROR", "DS24", IntentState::kPending, false, Decline::kNone},
                      {"ERROR", "", IntentState::kPending, false, Decline::kNone},
                      {"BEWILDERED", "", IntentState::kPending, false, Decline::kNone}};
  int number = 0;
  for (const Row& row : rows) {
    const auto created = swish->create(order_of("tap-" + std::to_string(++number)));
    becomes("paymentrequests", row.status, row.code);
    const auto became = swish->status(change_of(*created, kIntent, kAmount, "k"));
    ASSERT_TRUE(became);
    EXPECT_EQ(became->state, row.state) << row.status << row.code;
    EXPECT_EQ(became->answered, row.answered) << row.status << row.code;
    EXPECT_EQ(became->decline, row.decline) << row.status << row.code;
  }
  const auto open = swish->create(order_of("to be cancelled"));
  EXPECT_EQ(swish->cancel(change_of(*open, kIntent, kAmount, "k"))->state, IntentState::kCancelled);
}

TEST_F(SwishTest, WhatIsNotAnsweredIsPendingAndAskedAgainWithoutASecondPayment) {
  int payments = 0;
  for (const std::string manner :
       {"stall_after", "hang_up_after", "garbage_after", "hang_up_before", "503", "429"}) {
    peer->next(manner);
    const auto first = swish->create(order_of(manner));
    ASSERT_TRUE(first) << manner;
    EXPECT_FALSE(first->answered) << manner;
    EXPECT_EQ(first->state, IntentState::kPending) << manner;
    const auto again = swish->create(order_of(manner));
    EXPECT_TRUE(again->answered) << manner;
    EXPECT_EQ(first->provider_reference, "") << manner;
    EXPECT_EQ(again->provider_reference.size(), 32U) << manner;
    EXPECT_EQ(peer->ask("/_state").integer("payments"), ++payments) << manner;
  }
}

TEST_F(SwishTest, ARefundIsDoneOnceAndToldWhenItIsThere) {
  const auto created = swish->create(order_of("tap"));
  becomes("paymentrequests", "PAID");
  const auto change = change_of(*created, kIntent, money(10000, "SEK"), "refund-1");
  const auto taken = swish->refund(change);
  ASSERT_TRUE(taken);
  EXPECT_TRUE(taken->answered);
  EXPECT_EQ(taken->refunded, std::nullopt);
  becomes("refunds", "PAID");
  const auto webhook = peer->webhooks().front();
  const auto told = swish->verify_webhook(webhook);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->events[0].intent, kIntent);
  EXPECT_TRUE(told->events[0].update.must_ask);
  EXPECT_EQ(told->events[0].update.code, "refund");
  const auto there = swish->status(change_of(*taken, kIntent, kAmount, "k"));
  EXPECT_EQ(there->state, IntentState::kSettled);
  EXPECT_EQ(there->refunded, money(10000, "SEK"));
  auto again = change_of(*taken, kIntent, money(10000, "SEK"), "refund-1");
  EXPECT_EQ(swish->refund(again)->provider_reference, taken->provider_reference);
  EXPECT_EQ(peer->ask("/_state").integer("refunds"), 1);
  const auto rest = swish->refund(change_of(*taken, kIntent, money(19990, "SEK"), "refund-2"));
  becomes("refunds", "PAID");
  const auto all = swish->status(change_of(*rest, kIntent, kAmount, "k"));
  EXPECT_EQ(all->state, IntentState::kReversed);
  EXPECT_EQ(all->refunded, kAmount);
  const auto failing = swish->refund(change_of(*rest, kIntent, money(100, "SEK"), "refund-3"));
  becomes("refunds", "ERROR", "AM04");
  EXPECT_EQ(swish->status(change_of(*failing, kIntent, kAmount, "k"))->decline,
            Decline::kRetryLater);
  const auto more = change_of(*created, kIntent, money(50000, "SEK"), "refund-4");
  EXPECT_EQ(swish->refund(more)->decline, Decline::kOurMistake);
}

TEST_F(SwishTest, ACallbackOnlyMakesUsAsk) {
  const auto created = swish->create(order_of("tap"));
  becomes("paymentrequests", "PAID");
  const ports::Webhook good = peer->webhooks().front();
  const auto reading = swish->verify_webhook(good);
  ASSERT_TRUE(reading);
  const domain::IntentUpdate& update = reading->events[0].update;
  EXPECT_TRUE(update.must_ask);
  EXPECT_EQ(update.state, IntentState::kPending);
  EXPECT_EQ(update.captured, std::nullopt);
  EXPECT_EQ(update.provider_reference, created->provider_reference);
  EXPECT_EQ(reading->events[0].intent, kIntent);
  const std::pair<std::string, std::string> rows[] = {
      {R"({"id": "1", "payeeAlias": "1231181189"})", "webhook_malformed"},
      {R"({"id": "11111111111111111111111111111111", "payeeAlias": "1230000000"})",
       "webhook_other_merchant"},
      {R"({"payeeAlias": "1231181189"})", "webhook_malformed"},
      {"{", "webhook_malformed"},
      {std::string(1U << 20, ' '), "webhook_too_large"}};
  for (const auto& [body, code] : rows) {
    ports::Webhook webhook = good;
    webhook.body = body;
    EXPECT_EQ(swish->verify_webhook(webhook).error().code, code) << body.substr(0, 80);
  }
}

TEST_F(SwishTest, OrdersThatAreWrongAreNotSentAndRefusalsAreRead) {
  auto order = order_of("tap");
  order.amount = money(99, "SEK");
  EXPECT_EQ(swish->create(order).error().code, "bad_gateway_order");
  order.amount = money(100, "EUR");
  EXPECT_EQ(swish->create(order).error().code, "bad_gateway_order");
  EXPECT_EQ(swish->charge_stored(order).error().code, "gateway_cannot");
  EXPECT_EQ(client.sent(), 0);
  order.amount = money(100, "SEK");
  order.callback_url = "http://telgiro.example";
  EXPECT_EQ(swish->create(order)->decline, Decline::kOurMistake);
  peer->next_says(base::Json().set("refuse", "ACMT03"));
  const auto refused = swish->create(order_of("no swish"));
  EXPECT_EQ(refused->state, IntentState::kFailed);
  EXPECT_EQ(refused->decline, Decline::kNeedsCustomer);
  auto by_phone = order_of("phone");
  by_phone.channel = domain::PaymentChannel::kPhone;
  by_phone.payer.phone = "+46 70 123 45 67";
  EXPECT_TRUE(swish->create(by_phone)->action_url.empty());  // The app asks by itself.
}

// Remembers what would have been sent.
class RecordingClient final : public ports::HttpClient {
 public:
  [[nodiscard]] base::Result<ports::HttpAnswer> send(const ports::HttpRequest& request) override {
    last = request;
    return ports::HttpAnswer{201, {}, ""};
  }
  ports::HttpRequest last;
};

TEST(SwishRequests, CarryTheClientCertificateAndExactAmounts) {
  RecordingClient client;
  const base::VirtualClock clock({});
  auto settings = settings_at("https://cpc.getswish.net");
  settings["authority"] = "/etc/telgiro/swish-root.pem";
  const auto swish = gateway_at("swish", settings, client, clock);
  EXPECT_TRUE(swish->create(order_of("tap")));
  EXPECT_EQ(client.last.certificate, "/etc/telgiro/swish.pem");
  EXPECT_EQ(client.last.certificate_key, "/etc/telgiro/swish.key");
  EXPECT_EQ(client.last.authority, "/etc/telgiro/swish-root.pem");
  EXPECT_TRUE(client.last.body.contains(R"("amount":"299.90")")) << client.last.body;
  using gateways::swish::amount_of;
  EXPECT_EQ(amount_of(base::Json(100)), money(10000, "SEK"));
  EXPECT_EQ(amount_of(base::Json("299.9")), kAmount);
  for (const std::string text : {"299.905", "1e2", "", "-"}) {
    EXPECT_FALSE(amount_of(base::Json(text))) << text;
  }
}

TEST(SwishTexts, HoldWhatTheAppShows) {
  using gateways::swish::message_of;
  EXPECT_EQ(message_of("Faktura 1001, förfallen!"), "Faktura 1001, förfallen!");
  EXPECT_EQ(message_of("a<b>\"c\"\n€é"), "abc");
  EXPECT_EQ(message_of(std::string(60, 'a')), std::string(50, 'a'));
  EXPECT_EQ(gateways::swish::intent_of(gateways::swish::reference_of(kIntent)), kIntent);
}

}  // namespace
}  // namespace tests
