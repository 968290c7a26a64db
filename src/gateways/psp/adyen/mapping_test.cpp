// What Adyen's webhooks and answers mean, as tables; the signature's published vector.
#include "gateways/psp/adyen/mapping.h"

#include <gtest/gtest.h>

#include "support/crypto/mac.h"
#include "support/json/parse.h"

namespace gateways::adyen {
namespace {

using domain::Decline;
using domain::IntentState;

const base::Currency kEur = *base::Currency::parse("EUR");

TEST(AdyenWebhooks, AreSignedAsPublished) {
  const auto item = json::parse(
      R"({"pspReference": "pspReference", "originalReference": "originalReference",
          "merchantAccountCode": "merchantAccount", "merchantReference": "reference",
          "amount": {"currency": "EUR", "value": 1000}, "eventCode": "REPORT_AVAILABLE",
          "success": "true"})");
  ASSERT_TRUE(item);
  const auto key =
      crypto::from_hex("DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00");
  const crypto::Digest signature = crypto::hmac_sha256(*key, signed_text(*item));
  EXPECT_EQ(crypto::to_base64(signature), "ZNBPtI+oDyyRrLyD1XirkKnQgIAlFc07Vj27TeHsDRE=");
  EXPECT_FALSE(*read_item(*item, Capture::kImmediate));  // It concerns no payment.
}

base::Json item_of(const std::string& code, const std::string& success) {
  base::Json item;
  item.set("eventCode", code).set("success", success).set("pspReference", "CHANGE");
  item.set("originalReference", code == "AUTHORISATION" ? "" : "PAYMENT");
  item.set("merchantReference", "pint_1");
  base::Json amount;
  amount.set("currency", "EUR").set("value", 1000);
  return item.set("amount", std::move(amount));
}

TEST(AdyenWebhooks, EachEventHasItsMeaning) {
  struct Row {
    std::string code, success;
    Capture capture;
    IntentState state;
    Decline decline;
    int captured, given_back;  // 0: not said.
  };
  constexpr Capture kNow = Capture::kImmediate, kLater = Capture::kByUs;
  const Row rows[] = {
      {"AUTHORISATION", "true", kNow, IntentState::kSettled, Decline::kNone, 1000, 0},
      {"AUTHORISATION", "true", kLater, IntentState::kAuthorised, Decline::kNone, 0, 0},
      {"AUTHORISATION", "false", kNow, IntentState::kFailed, Decline::kRetryLater, 0, 0},
      {"CAPTURE", "true", kLater, IntentState::kSettled, Decline::kNone, 1000, 0},
      {"CAPTURE", "false", kLater, IntentState::kPending, Decline::kOurMistake, 0, 0},
      {"CAPTURE_FAILED", "true", kLater, IntentState::kReversed, Decline::kRetryLater, 0, 0},
      {"CANCELLATION", "true", kLater, IntentState::kCancelled, Decline::kNone, 0, 0},
      {"TECHNICAL_CANCEL", "true", kLater, IntentState::kCancelled, Decline::kNone, 0, 0},
      {"CANCEL_OR_REFUND", "true", kNow, IntentState::kCancelled, Decline::kNone, 0, 0},
      {"OFFER_CLOSED", "true", kNow, IntentState::kExpired, Decline::kNone, 0, 0},
      {"REFUND", "true", kNow, IntentState::kPending, Decline::kNone, 0, 1000},
      {"REFUND", "false", kNow, IntentState::kPending, Decline::kOurMistake, 0, 0},
      {"REFUND_FAILED", "true", kNow, IntentState::kPending, Decline::kNone, 0, -1000},
      {"REFUNDED_REVERSED", "true", kNow, IntentState::kPending, Decline::kNone, 0, -1000},
      {"CHARGEBACK", "true", kNow, IntentState::kPending, Decline::kStop, 0, 1000},
      {"CHARGEBACK_REVERSED", "true", kNow, IntentState::kPending, Decline::kNone, 0, -1000}};
  for (const Row& row : rows) {
    const std::string what = row.code + " " + row.success;
    const auto event = read_item(item_of(row.code, row.success), row.capture);
    ASSERT_TRUE(event && *event) << what;
    const domain::IntentUpdate& update = (*event)->update;
    EXPECT_EQ((*event)->intent, "pint_1");
    EXPECT_EQ(update.provider_reference, row.code == "AUTHORISATION" ? "CHANGE" : "PAYMENT");
    EXPECT_EQ(update.event, row.code + "/CHANGE/" + row.success);
    EXPECT_EQ(update.state, row.state) << what;
    EXPECT_EQ(update.decline, row.decline) << what;
    EXPECT_EQ(update.captured ? update.captured->minor() : 0, row.captured) << what;
    EXPECT_EQ(update.refunded_now ? update.refunded_now->minor() : 0, row.given_back) << what;
    EXPECT_TRUE(update.answered && !update.must_ask);
  }
}

// Each card that is tried on a page is a payment of its own; one that was refused there is no name
// for the page's.
TEST(AdyenWebhooks, EachTryOnAPageHasItsName) {
  const std::pair<std::string, std::string> rows[] = {{"true", "CHANGE"}, {"false", ""}};
  for (const auto& [success, name] : rows) {
    base::Json item = item_of("AUTHORISATION", success);
    item.set("additionalData", base::Json::object().set("paymentLinkId", "PL1"));
    const auto event = read_item(item, Capture::kImmediate);
    ASSERT_TRUE(event && *event) << success;
    EXPECT_EQ((*event)->update.provider_reference, name) << success;
    EXPECT_EQ((*event)->update.event, "AUTHORISATION/CHANGE/" + success);
  }
}

// The day of an event is not signed, and says nothing: an event is the same one by its name,
// however old it calls itself, so that it has its effect once, and then none.
TEST(AdyenWebhooks, AnOldDayMakesNoOtherEvent) {
  const auto told = [](const std::string& day) {
    base::Json item = item_of("CAPTURE", "true");
    if (!day.empty()) item.set("eventDate", day);
    const auto event = read_item(item, Capture::kImmediate);
    EXPECT_TRUE(event && *event) << day;
    const domain::IntentUpdate& update = (*event)->update;
    return update.event + " " + std::string(to_text(update.state)) + " " + signed_text(item);
  };
  const std::string now = told("2026-11-22T10:00:00+01:00");
  const std::string days[] = {"2019-01-01T00:00:00+01:00", "2099-12-31T23:59:59Z", "long ago", ""};
  for (const std::string& day : days) EXPECT_EQ(told(day), now) << day;
}

TEST(AdyenWebhooks, WhatIsBrokenIsRefused) {
  const std::pair<std::string, base::Json> rows[] = {
      {"pspReference", ""}, {"success", "maybe"}, {"success", true}, {"amount", nullptr}};
  for (const auto& [name, value] : rows) {
    const auto event =
        read_item(item_of("AUTHORISATION", "true").set(name, value), Capture::kImmediate);
    ASSERT_FALSE(event) << name;
    EXPECT_EQ(event.error().code, "webhook_malformed") << name;
  }
}

TEST(AdyenAnswers, EachResultHasItsMeaning) {
  struct Row {
    std::string body;
    IntentState state;
    bool answered;
    Decline decline;
  };
  const std::string redirect =
      R"({"resultCode": "RedirectShopper", "action": {"method": "GET", "url": "https://b"}})";
  const Row rows[] = {
      {R"({"resultCode": "Authorised"})", IntentState::kSettled, true, Decline::kNone},
      {R"({"resultCode": "Pending"})", IntentState::kPending, true, Decline::kNone},
      {R"({"resultCode": "Received"})", IntentState::kPending, true, Decline::kNone},
      {R"({"resultCode": "Cancelled"})", IntentState::kCancelled, true, Decline::kNone},
      {R"({"resultCode": "Refused", "refusalReasonCode": "6"})", IntentState::kFailed, true,
       Decline::kStop},
      {R"({"resultCode": "Error", "refusalReasonCode": "4"})", IntentState::kFailed, true,
       Decline::kRetryLater},
      {redirect, IntentState::kPending, true, Decline::kNeedsCustomer},
      {R"({"resultCode": "IdentifyShopper", "action": {"type": "threeDS2"}})", IntentState::kFailed,
       true, Decline::kNeedsCustomer},
      {R"({"resultCode": "SomethingNew"})", IntentState::kPending, false, Decline::kNone},
      {"{}", IntentState::kPending, false, Decline::kNone}};
  for (const Row& row : rows) {
    const Answer answer{200, *json::parse(row.body), ""};
    const auto update = read_payment(answer, base::Money(1000, kEur), Capture::kImmediate);
    EXPECT_EQ(update.state, row.state) << row.body;
    EXPECT_EQ(update.answered, row.answered) << row.body;
    EXPECT_EQ(update.decline, row.decline) << row.body;
  }
  // What was authorised may be less than what was ordered.
  const Answer part{200, *json::parse(R"({"resultCode": "PartiallyAuthorised",
      "amount": {"currency": "EUR", "value": 400}})"),
                    ""};
  EXPECT_EQ(read_payment(part, base::Money(1000, kEur), Capture::kByUs).authorised,
            base::Money(400, kEur));
}

TEST(AdyenRefusals, MeanTheSameByNumberAndByText) {
  const std::tuple<std::string, std::string, Decline> rows[] = {
      {"2", "Refused", Decline::kRetryLater},
      {"5", "Blocked Card", Decline::kStop},
      {"11", "3D Not Authenticated", Decline::kNeedsCustomer},
      {"20", "FRAUD", Decline::kStop},
      {"26", "Revocation Of Auth", Decline::kStop},
      {"28", "Withdrawal amount exceeded", Decline::kRetryLater},
      {"", "", Decline::kRetryLater}};
  for (const auto& [code, text, decline] : rows) {
    EXPECT_EQ(classify(code), decline) << code;
    EXPECT_EQ(classify(text), decline) << text;
  }
}

}  // namespace
}  // namespace gateways::adyen
