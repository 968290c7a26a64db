// PayPal against its published descriptions, and against one that keeps state and has bad manners:
// simulates answers that never come, orders captured twice, sources that are declined, and webhooks
// that are doubled, forged, old, or that PayPal does not answer for.
#include <gtest/gtest.h>

#include "gateways/psp/paypal/mapping.h"
#include "tests/gateways/orders.h"
#include "tests/gateways/peer.h"

namespace tests {
namespace {

using domain::Decline;
using domain::IntentState;

const base::Money kAmount = money(29900, "SEK");

ports::PaymentOrder order_of(const std::string& intent) {
  return tests::order_of(intent, kAmount, "paypal");
}

GatewaySettings settings_at(const std::string& url) {
  return {{"url", url},
          {"client_id", "shop"},
          {"client_secret", "env:hush"},
          {"webhook_id", "WEBHOOK1"}};
}

class PayPalTest : public testing::Test {
 protected:
  void SetUp() override { NEEDS_CONTRACTS(); }
  void start(const std::string& kind) {
    peer = peer_for(kind, "paypal");
    paypal = gateway_at("paypal", settings_at(peer->url()), client, clock);
    ASSERT_TRUE(paypal);
  }
  void approve(const domain::IntentUpdate& order) const {
    peer->ask("/_act", base::Json().set("approve", order.provider_reference));
  }
  // The webhooks so far, as they arrive now.
  [[nodiscard]] std::vector<ports::Webhook> arrived() const {
    auto all = peer->webhooks();
    for (ports::Webhook& webhook : all) webhook.received = clock.now();
    return all;
  }
  std::shared_ptr<Peer> peer;
  std::unique_ptr<ports::Gateway> paypal;
  ImpatientClient client;
  base::VirtualClock clock{*base::Instant::parse("2026-11-22T10:00:00Z")};
};

TEST_F(PayPalTest, EveryRequestFitsThePublishedDescription) {
  start("contract");
  const std::string orders = "/v2/checkout/orders",
                    verify = "/v1/notifications/verify-webhook-signature";
  const std::vector<std::string> operations = {
      "post " + orders, "get " + orders + "/{id}", "post " + orders + "/{id}/capture",
      "post /v2/payments/captures/{capture_id}/refund", "post " + verify};
  auto order = order_of("pint_1");
  EXPECT_TRUE(paypal->create(order));
  order.keep_method = true;
  EXPECT_TRUE(paypal->create(order));
  order.stored_method = "VAULT1";
  EXPECT_TRUE(paypal->charge_stored(order));
  domain::IntentUpdate made;
  made.provider_reference = "5O190127TN364715T";
  const auto change = change_of(made, "pint_1", kAmount, "k");
  EXPECT_TRUE(paypal->status(change));
  EXPECT_TRUE(paypal->capture(change));
  EXPECT_TRUE(paypal->refund(change));
  ports::Webhook webhook;
  webhook.received = clock.now();
  webhook.body = R"({"id":"WH-1","event_type":"PAYMENT.CAPTURE.DENIED",)"
                 R"("resource":{"custom_id":"pint_1"}})";
  webhook.headers = {{"paypal-transmission-id", "69cd13f0-d67a-11e5-baa3-778b53f4ae55"},
                     {"paypal-transmission-time", "2026-11-22T10:00:00Z"},
                     {"paypal-transmission-sig", "lmI95Jx3Y9nhR5SJWlHVIWpg4AgFk7n9bCHSRxbrd8A=="},
                     {"paypal-auth-algo", "SHA256withRSA"},
                     {"paypal-cert-url", "https://api.paypal.com/certs/CERT-1"}};
  EXPECT_TRUE(paypal->verify_webhook(webhook));
  expect_no_violation(*peer, operations);
}

TEST_F(PayPalTest, RequestsThatDoNotFitAreRefused) {
  start("contract");
  const std::string orders = "/v2/checkout/orders",
                    verify = "/v1/notifications/verify-webhook-signature";
  const std::vector<std::pair<std::string, std::string>> token = {{"Authorization", "Bearer t"}};
  const std::string refund = "/v2/payments/captures/2GG279541U471931P/refund";
  const std::string one = orders + "/5O190127TN364715T";
  expect_canaries_die(
      *peer,
      {{"post " + orders, orders, token,
        R"({"intent":"PAY","purchase_units":[{"amount":{"currency_code":"EURO","value":1}}]})",
        "intent"},
       {"post " + orders, orders, token,
        R"({"intent":"CAPTURE","purchase_units":[{"amount":{"currency_code":"EUR",)"
        R"("value":"1.00"},"customId":"x"}]})",
        "/customId"},
       {"get " + orders + "/{id}", one, {}, "", "request"},
       {"post " + orders + "/{id}/capture", one + "/capture", token,
        R"({"payment_source":{"paypal":{"vault_id":1}}})", "vault_id"},
       {"post /v2/payments/captures/{capture_id}/refund", refund, token,
        R"({"amount":{"currency_code":"EUR","value":1}})", "value"},
       {"post " + verify, verify, token, R"({"auth_algo":"x"})", "required"}},
      {"post " + orders, "get " + orders + "/{id}", "post " + orders + "/{id}/capture",
       "post /v2/payments/captures/{capture_id}/refund", "post " + verify});
}

TEST_F(PayPalTest, AnOrderIsApprovedCapturedAndGivenBack) {
  start("fake");
  auto order = order_of("pint_1");
  order.keep_method = true;
  const auto created = paypal->create(order);
  ASSERT_TRUE(created);
  EXPECT_EQ(created->state, IntentState::kPending);
  EXPECT_EQ(created->action_url, "https://paypal.example/" + created->provider_reference);
  const auto change = change_of(*created, "pint_1", kAmount, "k");
  EXPECT_EQ(paypal->confirm({change, {{"token", "x"}}})->state, IntentState::kPending);
  EXPECT_EQ(paypal->capture(change)->state, IntentState::kPending);  // Not approved yet.
  approve(*created);
  EXPECT_EQ(paypal->status(change)->state, IntentState::kAuthorised);
  auto later = change;
  later.idempotency_key = "k2";
  const auto paid = paypal->confirm({later, {}});
  EXPECT_EQ(paid->state, IntentState::kSettled);
  EXPECT_EQ(paid->captured, kAmount);
  EXPECT_EQ(paid->fee, money(847, "SEK"));
  EXPECT_EQ(paid->stored_method, "VAULT1");
  later.idempotency_key = "another";
  EXPECT_EQ(paypal->capture(later)->state, IntentState::kSettled);  // Captured once.
  EXPECT_EQ(paypal->cancel(change)->state, IntentState::kSettled);  // Too late.
  const auto part = change_of(*created, "pint_1", money(10000, "SEK"), "refund-1");
  EXPECT_EQ(paypal->refund(part)->refunded, money(10000, "SEK"));
  EXPECT_EQ(paypal->refund(part)->refunded, money(10000, "SEK"));
  EXPECT_EQ(paypal->status(change)->refunded, money(10000, "SEK"));
  EXPECT_EQ(paypal->refund(change_of(*created, "", kAmount, "refund-2"))->decline,
            Decline::kOurMistake);
  const base::Json state = peer->ask("/_state");
  EXPECT_EQ(state.integer("captures"), 1);
  EXPECT_EQ(state.integer("refunds"), 1);
  std::map<std::string, IntentState> said;
  for (const ports::Webhook& webhook : arrived()) {
    const auto reading = paypal->verify_webhook(webhook);
    ASSERT_TRUE(reading) << reading.error().code;
    EXPECT_EQ(reading->events[0].intent, "pint_1");
    EXPECT_FALSE(reading->events[0].update.must_ask);
    said[reading->events[0].update.event] = reading->events[0].update.state;
  }
  EXPECT_EQ(said.size(), 3U);  // Approved, captured and given back; each was said twice.
}

TEST_F(PayPalTest, WhatIsNotAnsweredIsPendingAndAskedAgainWithoutASecondCapture) {
  start("fake");
  EXPECT_TRUE(paypal->create(order_of("pint_warm_up")));  // Fetches the token.
  int captures = 0;
  for (const std::string manner :
       {"stall_after", "hang_up_after", "garbage_after", "hang_up_before", "503", "429"}) {
    auto order = order_of("pint_" + manner);
    order.stored_method = "VAULT1";
    peer->next(manner);
    const auto first = paypal->charge_stored(order);
    ASSERT_TRUE(first) << manner;
    EXPECT_FALSE(first->answered) << manner;
    EXPECT_EQ(first->state, IntentState::kPending) << manner;
    EXPECT_EQ(paypal->charge_stored(order)->state, IntentState::kSettled) << manner;
    EXPECT_EQ(peer->ask("/_state").integer("captures"), ++captures) << manner;
  }
  auto order = order_of("pint_busy");
  order.stored_method = "VAULT1";
  peer->next_says(base::Json().set("issue", "PREVIOUS_REQUEST_IN_PROGRESS"));
  EXPECT_FALSE(paypal->charge_stored(order)->answered);
}

TEST_F(PayPalTest, RefusalsSayWhatTheyMeanForTheNextTry) {
  start("fake");
  const auto created = paypal->create(order_of("pint_1"));
  approve(*created);
  const auto change = change_of(*created, "pint_1", kAmount, "k");
  struct Row {
    std::string issue;
    IntentState with_customer, without;
    Decline decline;
  };
  const Row rows[] = {
      {"INSTRUMENT_DECLINED", IntentState::kPending, IntentState::kFailed, Decline::kNeedsCustomer},
      {"ORDER_EXPIRED", IntentState::kExpired, IntentState::kFailed, Decline::kNeedsCustomer},
      {"PAYER_ACCOUNT_RESTRICTED", IntentState::kFailed, IntentState::kFailed, Decline::kStop},
      {"TRANSACTION_REFUSED", IntentState::kFailed, IntentState::kFailed, Decline::kRetryLater},
      {"CURRENCY_NOT_SUPPORTED", IntentState::kFailed, IntentState::kFailed, Decline::kOurMistake}};
  for (const Row& row : rows) {
    peer->next_says(base::Json().set("issue", row.issue));
    const auto here = paypal->capture(change);
    EXPECT_EQ(here->state, row.with_customer) << row.issue;
    EXPECT_EQ(here->decline, row.decline) << row.issue;
    peer->next_says(base::Json().set("issue", row.issue));
    auto order = order_of("pint_2");
    order.stored_method = "VAULT1";
    EXPECT_EQ(paypal->charge_stored(order)->state, row.without) << row.issue;
  }
  auto gone = order_of("pint_3");
  gone.stored_method = "GONE";
  EXPECT_EQ(paypal->charge_stored(gone)->decline, Decline::kStop);
  EXPECT_EQ(peer->ask("/_state").integer("captures"), 0);
  EXPECT_EQ(paypal->cancel(change)->state, IntentState::kCancelled);
  peer->next_says(base::Json().set("capture", "PENDING"));
  EXPECT_EQ(paypal->capture(change)->state, IntentState::kPending);
  EXPECT_EQ(paypal->cancel(change)->state, IntentState::kPending);  // It is under way.
}

TEST_F(PayPalTest, WebhooksThatPayPalDoesNotKnowAreRefused) {
  start("fake");
  const auto created = paypal->create(order_of("pint_1"));
  approve(*created);
  const ports::Webhook good = arrived().front();
  const auto code_of = [&](const auto& spoil) {
    ports::Webhook webhook = good;
    spoil(webhook);
    const auto reading = paypal->verify_webhook(webhook);
    return reading ? std::string("accepted") : reading.error().code;
  };
  using W = ports::Webhook&;
  const std::string wrong = "webhook_signature_wrong";
  EXPECT_EQ(code_of([](W) {}), "accepted");
  EXPECT_EQ(code_of([](W w) { w.body.replace(w.body.find("299.00"), 6, "299.01"); }), wrong);
  EXPECT_EQ(code_of([](W w) { w.headers["paypal-transmission-id"] = "tr-WH-other"; }), wrong);
  EXPECT_EQ(code_of([](W w) { w.headers.erase("paypal-transmission-sig"); }), wrong);
  EXPECT_EQ(code_of([](W w) { w.headers["paypal-cert-url"] = "https://evil.example/c"; }), wrong);
  EXPECT_EQ(code_of([](W w) { w.received = w.received + 5 * base::kMicrosPerDay; }),
            "webhook_too_old");
  EXPECT_EQ(code_of([](W w) { w.body += std::string(1U << 20, ' '); }), "webhook_too_large");
  EXPECT_EQ(code_of([](W w) { w.body = "{"; }), "webhook_malformed");
  auto settings = settings_at(peer->url());
  settings["webhook_id"] = "WEBHOOK2";
  const auto other = gateway_at("paypal", settings, client, clock);
  EXPECT_EQ(other->verify_webhook(good).error().code, wrong);
  peer->next("503");
  const auto unsure = paypal->verify_webhook(good);
  ASSERT_TRUE(unsure);
  EXPECT_TRUE(unsure->events[0].update.must_ask);
  EXPECT_EQ(unsure->events[0].update.state, IntentState::kPending);
  EXPECT_EQ(unsure->events[0].update.authorised, std::nullopt);
  EXPECT_EQ(unsure->events[0].update.provider_reference, created->provider_reference);
}

TEST(PayPalCertificates, AreOfPayPalsOwnDomain) {
  const std::pair<std::string, bool> rows[] = {
      {"https://api.paypal.com/v1/notifications/certs/C", true},
      {"https://api.sandbox.paypal.com/c", true},
      {"http://api.paypal.com/c", false},
      {"https://paypal.com.evil.example/c", false},
      {"https://evilpaypal.com/c", false},
      {"https://evil.example/.paypal.com", false},
      {"https://evil.example#.paypal.com", false},
      {"https://user@evil.example:443/.paypal.com", false},
      {"https://api.paypal.com@evil.example/c", false},
      {"", false}};
  for (const auto& [url, good] : rows) {
    EXPECT_EQ(gateways::paypal::is_of_paypal(url), good) << url;
  }
}

TEST(PayPalAmounts, AreExactText) {
  using gateways::paypal::amount_json, gateways::paypal::amount_of;
  const std::pair<std::int64_t, std::string> rows[] = {
      {1, "0.01"}, {100, "1.00"}, {29990, "299.90"}, {900719925474, "9007199254.74"}};
  for (const auto& [minor, text] : rows) {
    EXPECT_EQ(amount_json(money(minor, "EUR")).text("value"), text);
    EXPECT_EQ(amount_of(amount_json(money(minor, "EUR"))), money(minor, "EUR"));
  }
  for (const std::string text : {"1.001", "1e2", "", "NaN", "1,00"}) {
    EXPECT_EQ(amount_of(base::Json().set("currency_code", "EUR").set("value", text)), std::nullopt)
        << text;
  }
}

}  // namespace
}  // namespace tests
