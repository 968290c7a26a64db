// Vipps MobilePay against its published description, and against one that keeps state and has bad
// manners: simulates answers that never come, tokens that end early, payments that were ordered
// twice, charges that fail, and webhooks that are doubled, forged, old or another's.
#include <gtest/gtest.h>

#include "gateways/psp/vipps/mapping.h"
#include "tests/gateways/orders.h"
#include "tests/gateways/peer.h"

namespace tests {
namespace {

using domain::Decline;
using domain::IntentState;

const base::Money kAmount = money(29900, "NOK");

ports::PaymentOrder order_of(const std::string& intent) {
  ports::PaymentOrder order = tests::order_of(intent, kAmount, "vipps");
  order.payer.phone = "+47 912 34 567";
  return order;
}

GatewaySettings settings_at(const std::string& url) {
  return {{"url", url},
          {"client_id", "shop"},
          {"client_secret", "env:hush"},
          {"subscription_key", "env:subscription"},
          {"merchant_serial_number", "123456"},
          {"webhook_secret", "env:hook-secret"},
          {"agreement_url", "https://telgiro.example/agreement"}};
}

class VippsTest : public testing::Test {
 protected:
  void SetUp() override { NEEDS_CONTRACTS(); }
  void start(const std::string& kind) {
    peer = peer_for(kind, "vipps");
    vipps = gateway_at("vipps", settings_at(peer->url()), client, clock);
    ASSERT_TRUE(vipps);
  }
  void payment_becomes(const std::string& reference, const std::string& state) const {
    peer->ask("/_act", base::Json().set("payment", reference).set("to", state));
  }
  void charge_becomes(const std::string& charge, const std::string& status,
                      const std::string& reason = "") const {
    base::Json act = base::Json().set("charge", charge).set("status", status);
    peer->ask("/_act", act.set("reason", reason));
  }
  std::shared_ptr<Peer> peer;
  std::unique_ptr<ports::Gateway> vipps;
  ImpatientClient client;
  base::VirtualClock clock{*base::Instant::parse("2026-11-22T10:00:00Z")};
};

TEST_F(VippsTest, EveryRequestFitsThePublishedDescription) {
  start("contract");
  const std::string payment = "/epayment/v1/payments", agreement = "/recurring/v3/agreements";
  const std::string charges = agreement + "/{agreementId}/charges";
  const std::vector<std::string> operations = {"post /accesstoken/get",
                                               "post " + payment,
                                               "get " + payment + "/{reference}",
                                               "post " + payment + "/{reference}/capture",
                                               "post " + payment + "/{reference}/cancel",
                                               "post " + payment + "/{reference}/refund",
                                               "post " + agreement,
                                               "post " + charges,
                                               "get " + charges + "/{chargeId}",
                                               "delete " + charges + "/{chargeId}",
                                               "post " + charges + "/{chargeId}/capture",
                                               "post " + charges + "/{chargeId}/refund"};
  for (const auto channel : {domain::PaymentChannel::kOnline, domain::PaymentChannel::kPhone,
                             domain::PaymentChannel::kInPerson}) {
    ports::PaymentOrder order = order_of("pint_01hq3v7c8d9e0f1g2h3j4k5m6n");
    order.channel = channel;
    EXPECT_TRUE(vipps->create(order));
  }
  ports::PaymentOrder kept = order_of("pint_2");
  kept.keep_method = true;
  EXPECT_TRUE(vipps->create(kept));
  kept.stored_method = "agr_5kSeqzFAMkfBbc";
  EXPECT_TRUE(vipps->charge_stored(kept));
  for (const std::string reference : {"pint-0001-0001", "agr_5kSeqzFAMkfBbc/chr-1"}) {
    domain::IntentUpdate update;
    update.provider_reference = reference;
    const auto change = change_of(update, "pint_1", kAmount, "key");
    EXPECT_TRUE(vipps->status(change));
    EXPECT_TRUE(vipps->capture(change));
    EXPECT_TRUE(vipps->cancel(change));
    EXPECT_TRUE(vipps->refund(change));
  }
  expect_no_violation(*peer, operations);

  const std::vector<std::pair<std::string, std::string>> headers = {
      {"Authorization", "Bearer t"},
      {"Ocp-Apim-Subscription-Key", "k"},
      {"Merchant-Serial-Number", "123456"},
      {"Idempotency-Key", "k"}};
  const auto unkeyed = std::vector(headers.begin(), headers.end() - 1);
  const std::string decimal = R"({"modificationAmount":{"currency":"NOK","value":"1.00"}})";
  const std::string one = payment + "/pint-0001", charge = agreement + "/agr_1/charges/chr-1";
  expect_canaries_die(
      *peer,
      {{"post /accesstoken/get", "/accesstoken/get", {}, "", "client_id"},
       {"post " + payment, payment, headers,
        R"({"amount":{"currency":"SEK","value":1},"paymentMethod":{"type":"WALLET"},)"
        R"("reference":"pint-0001","userFlow":"QR"})",
        "currency"},
       {"post " + payment, payment, headers,
        R"({"amount":{"currency":"NOK","value":1},"paymentMethod":{"type":"WALLET"},)"
        R"("reference":"pint-0001","userFlow":"QR","processingMode":"x"})",
        "/processingMode"},
       {"get " + payment + "/{reference}", payment + "/x", unkeyed, "", "request"},
       {"post " + payment + "/{reference}/capture", one + "/capture", headers, decimal, "value"},
       {"post " + payment + "/{reference}/cancel", one + "/cancel", unkeyed, "", "idempotency"},
       {"post " + payment + "/{reference}/refund", one + "/refund", headers, decimal, "value"},
       {"post " + agreement, agreement, headers, R"({"pricing":{}})", "required"},
       {"post " + charges, agreement + "/agr_1/charges", headers,
        R"({"amount":1,"transactionType":"DIRECT_CAPTURE","description":"d","due":"x",)"
        R"("retryDays":50})",
        "retryDays"},
       {"get " + charges + "/{chargeId}", charge, {}, "", "request"},
       {"delete " + charges + "/{chargeId}", charge, unkeyed, "", "idempotency"},
       {"post " + charges + "/{chargeId}/capture", charge + "/capture", headers, "{}", "amount"},
       {"post " + charges + "/{chargeId}/refund", charge + "/refund", headers, "{}", "amount"}},
      operations);
}

TEST_F(VippsTest, APaymentIsAuthorisedCapturedAndGivenBack) {
  start("fake");
  const auto created = vipps->create(order_of("pint_00000001"));
  ASSERT_TRUE(created);
  EXPECT_EQ(created->state, IntentState::kPending);
  EXPECT_EQ(created->provider_reference, "pint-00000001");
  EXPECT_EQ(created->action_url, "https://app.example/pint-00000001");
  EXPECT_EQ(created->expires, base::Instant::parse("2026-11-22T10:10:00Z"));
  const auto change = change_of(*created, "pint_00000001", kAmount, "capture");
  EXPECT_EQ(vipps->confirm({change, {{"status", "paid"}}})->state, IntentState::kPending);
  payment_becomes("pint-00000001", "AUTHORIZED");
  EXPECT_EQ(vipps->status(change)->state, IntentState::kAuthorised);
  EXPECT_EQ(vipps->capture(change)->state, IntentState::kSettled);
  EXPECT_EQ(vipps->capture(change)->captured, kAmount);  // Asked twice, done once.
  const auto part = change_of(*created, "pint_00000001", money(10000, "NOK"), "refund-1");
  EXPECT_EQ(vipps->refund(part)->state, IntentState::kSettled);
  EXPECT_EQ(vipps->status(part)->refunded, money(10000, "NOK"));
  EXPECT_EQ(vipps->cancel(change_of(*created, "", kAmount, "cancel"))->decline,
            Decline::kOurMistake);
  const auto rest = change_of(*created, "pint_00000001", money(19900, "NOK"), "refund-2");
  EXPECT_EQ(vipps->refund(rest)->state, IntentState::kReversed);
  EXPECT_EQ(peer->ask("/_state").integer("captured"), 29900);
  EXPECT_EQ(peer->ask("/_state").integer("refunded"), 29900);

  std::map<std::string, domain::IntentUpdate> said;
  for (ports::Webhook& webhook : peer->webhooks()) {
    webhook.received = clock.now();
    const auto reading = vipps->verify_webhook(webhook);
    ASSERT_TRUE(reading) << reading.error().code;
    EXPECT_EQ(reading->events[0].update.provider_reference, "pint-00000001");
    said[reading->events[0].update.event] = reading->events[0].update;
  }
  ASSERT_EQ(said.size(), 4U);  // Authorised, captured, and two refunds with names of their own.
  const auto asks = [](const auto& row) { return row.second.must_ask; };
  EXPECT_EQ(std::ranges::count_if(said, asks), 2);  // How much went back is asked for.
}

TEST_F(VippsTest, WhatIsNotAnsweredIsPendingAndAskedAgainWithoutASecondPayment) {
  start("fake");
  int payments = 0;
  EXPECT_TRUE(vipps->create(order_of("pint_warm_up")));  // Fetches the token.
  for (const std::string manner :
       {"stall_after", "hang_up_after", "garbage_after", "hang_up_before", "503", "429"}) {
    const auto order = order_of("pint_" + std::to_string(++payments) + "_some");
    peer->next(manner);
    const auto first = vipps->create(order);
    ASSERT_TRUE(first) << manner;
    EXPECT_FALSE(first->answered) << manner;
    EXPECT_EQ(first->state, IntentState::kPending) << manner;
    EXPECT_EQ(first->provider_reference, "") << manner;
    EXPECT_TRUE(vipps->create(order)->answered) << manner;
    EXPECT_EQ(peer->ask("/_state").integer("payments"), payments + 1) << manner;
  }
  // Ordered again with another key, it is the payment that is there.
  auto order = order_of("pint_1_some");
  payment_becomes("pint-1-some", "AUTHORIZED");
  order.idempotency_key = "another";
  EXPECT_EQ(vipps->create(order)->state, IntentState::kAuthorised);
  EXPECT_EQ(peer->ask("/_state").integer("payments"), payments + 1);
  for (const std::string code : {"6160", "6260", "6280"}) {
    peer->next_says(base::Json().set("problem", code).set("status", 400));
    EXPECT_FALSE(vipps->create(order_of("pint_passing_" + code))->answered) << code;
  }
}

TEST_F(VippsTest, ATokenThatEndsEarlyIsFetchedAnew) {
  start("fake");
  EXPECT_TRUE(vipps->create(order_of("pint_00000001"))->answered);
  EXPECT_TRUE(vipps->create(order_of("pint_00000002"))->answered);
  EXPECT_EQ(peer->ask("/_state").integer("tokens"), 1);
  peer->ask("/_act", base::Json().set("revoke", true));
  EXPECT_TRUE(vipps->create(order_of("pint_00000003"))->answered);
  clock.set(clock.now() + 3600 * base::kMicrosPerSecond);
  EXPECT_TRUE(vipps->create(order_of("pint_00000004"))->answered);
  EXPECT_EQ(peer->ask("/_state").integer("tokens"), 4);
  peer->next("503");
  clock.set(clock.now() + 3600 * base::kMicrosPerSecond);
  const auto update = vipps->create(order_of("pint_00000005"));  // No token, so no payment.
  EXPECT_FALSE(update->answered);
  EXPECT_EQ(peer->ask("/_state").integer("payments"), 4);
  auto settings = settings_at(peer->url());
  settings["client_secret"] = "env:wrong";
  const auto stranger = gateway_at("vipps", settings, client, clock);
  EXPECT_EQ(stranger->create(order_of("pint_00000006"))->decline, Decline::kOurMistake);
}

TEST_F(VippsTest, AnAgreementIsKeptAndCharged) {
  start("fake");
  auto order = order_of("pint_00000001");
  order.keep_method = true;
  const auto created = vipps->create(order);
  ASSERT_TRUE(created);
  EXPECT_EQ(created->provider_reference, "agr_1/pint-00000001");
  EXPECT_EQ(created->action_url, "https://app.example/agr_1");
  const auto change = change_of(*created, "pint_00000001", kAmount, "k");
  EXPECT_EQ(vipps->status(change)->state, IntentState::kPending);
  charge_becomes("pint-00000001", "CHARGED");
  const auto paid = vipps->status(change);
  EXPECT_EQ(paid->state, IntentState::kSettled);
  EXPECT_EQ(paid->captured, kAmount);
  EXPECT_EQ(paid->stored_method, "agr_1");

  const std::tuple<std::string, std::string, IntentState, Decline> rows[] = {
      {"CHARGED", "", IntentState::kSettled, Decline::kNone},
      {"FAILED", "user_action_required", IntentState::kFailed, Decline::kNeedsCustomer},
      {"FAILED", "charge_amount_too_high", IntentState::kFailed, Decline::kNeedsCustomer},
      {"FAILED", "non_technical_error", IntentState::kFailed, Decline::kStop},
      {"FAILED", "technical_error", IntentState::kFailed, Decline::kRetryLater},
      {"CANCELLED", "", IntentState::kCancelled, Decline::kNone},
      {"PROCESSING", "", IntentState::kPending, Decline::kNone}};
  int number = 1;
  for (const auto& [status, reason, state, decline] : rows) {
    auto later = order_of("pint_0000000" + std::to_string(++number));
    later.stored_method = "agr_1";
    peer->next("hang_up_after");
    const auto silent = vipps->charge_stored(later);
    EXPECT_FALSE(silent->answered);
    const auto charged = vipps->charge_stored(later);
    const std::string charge = "pint-0000000" + std::to_string(number);
    EXPECT_EQ(charged->provider_reference, "agr_1/" + charge);
    charge_becomes(charge, status, reason);
    const auto became = vipps->status(change_of(*charged, later.intent, kAmount, "k"));
    EXPECT_EQ(became->state, state) << status << reason;
    EXPECT_EQ(became->decline, decline) << status << reason;
  }
  EXPECT_EQ(peer->ask("/_state").integer("charges"), number);
  // Ordered again the next day, for another day: it is the charge that is there.
  auto later = order_of("pint_00000002");
  later.stored_method = "agr_1";
  clock.set(clock.now() + base::kMicrosPerDay);
  EXPECT_EQ(vipps->charge_stored(later)->state, IntentState::kSettled);
  EXPECT_EQ(peer->ask("/_state").integer("charges"), number);
  EXPECT_TRUE(vipps->refund(change_of(*paid, "", kAmount, "refund"))->answered);
  EXPECT_EQ(vipps->status(change)->state, IntentState::kReversed);
  const auto webhooks = peer->webhooks();
  const auto told = vipps->verify_webhook(webhooks.back());
  ASSERT_TRUE(told);
  EXPECT_TRUE(told->events[0].update.must_ask);
  EXPECT_EQ(told->events[0].intent, "pint_00000001");
}

TEST_F(VippsTest, WebhooksOfOthersAreRefused) {
  start("fake");
  EXPECT_TRUE(vipps->create(order_of("pint_00000001")));
  payment_becomes("pint-00000001", "AUTHORIZED");
  ports::Webhook good = peer->webhooks().front();
  good.received = clock.now();
  const auto code_of = [&](const auto& spoil) {
    ports::Webhook webhook = good;
    spoil(webhook);
    const auto reading = vipps->verify_webhook(webhook);
    return reading ? std::string("accepted") : reading.error().code;
  };
  using W = ports::Webhook&;
  EXPECT_EQ(code_of([](W) {}), "accepted");
  EXPECT_EQ(code_of([](W w) { w.body.replace(w.body.find("29900"), 5, "29901"); }),
            "webhook_signature_wrong");
  EXPECT_EQ(code_of([](W w) { w.host = "elsewhere.example"; }), "webhook_signature_wrong");
  EXPECT_EQ(code_of([](W w) { w.path = "/hooks/vipps"; }), "webhook_signature_wrong");
  EXPECT_EQ(code_of([](W w) { w.headers["x-ms-date"] = "Mon, 23 Nov 2026 10:00:00 GMT"; }),
            "webhook_signature_wrong");
  EXPECT_EQ(code_of([](W w) { w.headers.clear(); }), "webhook_signature_wrong");
  EXPECT_EQ(code_of([](W w) { w.received = w.received + 9 * base::kMicrosPerDay; }),
            "webhook_too_old");
  EXPECT_EQ(code_of([](W w) { w.body += std::string(1U << 20, ' '); }), "webhook_too_large");
  EXPECT_EQ(code_of([](W w) { w.body = "[]"; }), "webhook_malformed");
  auto settings = settings_at(peer->url());
  settings["merchant_serial_number"] = "654321";
  const auto other = gateway_at("vipps", settings, client, clock);
  EXPECT_EQ(other->verify_webhook(good).error().code, "webhook_other_merchant");
}

// The vector that Vipps publishes: it is signed right, and it speaks of no payment.
TEST(VippsWebhooks, AreSignedAsPublished) {
  ImpatientClient client;
  const base::VirtualClock clock({});
  auto settings = settings_at("https://api.vipps.no");
  settings["webhook_secret"] =
      "env:A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKXCIcrLoHncVJKDILsQSxS6NWCccwWm6r6FhGKhiHTBsG2wo/"
      "xU6FY/A==";
  const auto vipps = gateway_at("vipps", settings, client, clock);
  ports::Webhook webhook;
  webhook.path = "/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63";
  webhook.host = "webhook.site";
  webhook.body = R"({"some-unique-content":"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world"})";
  webhook.headers = {{"x-ms-date", "Thu, 30 Mar 2023 08:38:32 GMT"},
                     {"x-ms-content-sha256", "lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4="},
                     {"authorization",
                      "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                      "agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U="}};
  webhook.received = *base::Instant::parse("2023-03-30T09:00:00Z");
  EXPECT_EQ(vipps->verify_webhook(webhook).error().code, "webhook_malformed");
  webhook.body += " ";
  EXPECT_EQ(vipps->verify_webhook(webhook).error().code, "webhook_signature_wrong");
}

TEST(VippsWebhooks, EachEventHasItsMeaning) {
  struct Row {
    std::string name;
    bool success;
    IntentState state;
    bool must_ask;
  };
  const Row rows[] = {{"AUTHORIZED", true, IntentState::kAuthorised, false},
                      {"CAPTURED", true, IntentState::kSettled, false},
                      {"CAPTURED", false, IntentState::kPending, false},
                      {"REFUNDED", true, IntentState::kPending, true},
                      {"CANCELLED", true, IntentState::kPending, true},
                      {"ABORTED", true, IntentState::kCancelled, false},
                      {"TERMINATED", true, IntentState::kCancelled, false},
                      {"EXPIRED", true, IntentState::kExpired, false},
                      {"SOMETHING_NEW", true, IntentState::kPending, true}};
  for (const Row& row : rows) {
    base::Json body = base::Json().set("name", row.name).set("success", row.success);
    base::Json amount = base::Json().set("currency", "NOK").set("value", 29900);
    body.set("reference", "pint-00000001").set("amount", amount);
    const auto event = gateways::vipps::read_event(body);
    ASSERT_TRUE(event && *event) << row.name;
    EXPECT_EQ((*event)->update.state, row.state) << row.name;
    EXPECT_EQ((*event)->update.must_ask, row.must_ask) << row.name;
    EXPECT_EQ((*event)->update.decline, row.success ? Decline::kNone : Decline::kOurMistake);
  }
}

TEST(VippsCharges, AreDueTomorrowWhereTheAgreementIs) {
  const auto due = [](const char* now) {
    return gateways::vipps::first_due(*base::Instant::parse(now)).to_string();
  };
  EXPECT_EQ(due("2026-11-22T10:00:00Z"), "2026-11-23");
  EXPECT_EQ(due("2026-11-22T20:59:59Z"), "2026-11-23");
  EXPECT_EQ(due("2026-11-22T21:30:00Z"), "2026-11-24");  // In summer Helsinki has the next day.
  EXPECT_EQ(due("2026-12-31T22:00:00Z"), "2027-01-02");
}

TEST(VippsNames, HoldLettersDigitsAndHyphens) {
  using gateways::vipps::reference_of;
  EXPECT_EQ(reference_of("pint_01hq3v7c8d"), "pint-01hq3v7c8d");
  EXPECT_EQ(reference_of("a"), "telgiro-a");
  EXPECT_EQ(reference_of(std::string(60, 'a')).size(), 32U);
  EXPECT_NE(reference_of("pint/1234567"), reference_of("pint+1234567"));
}

}  // namespace
}  // namespace tests
