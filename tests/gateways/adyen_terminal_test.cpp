// Adyen's terminals against their published description, and against one that keeps state and has
// bad manners: simulates answers that never come after the card was charged, a till that begins
// anew, answers to other messages, and customers who change their mind.
#include <gtest/gtest.h>

#include "gateways/psp/adyen_terminal/mapping.h"
#include "tests/gateways/orders.h"
#include "tests/gateways/peer.h"

namespace tests {
namespace {

using domain::Decline;
using domain::IntentState;

const base::Money kAmount = money(29990, "SEK");

ports::PaymentOrder order_of(const std::string& key) {
  ports::PaymentOrder order = tests::order_of("pint_1", kAmount, "card");
  order.channel = domain::PaymentChannel::kInPerson;
  order.idempotency_key = key;
  order.device = "V400m-324688179";
  return order;
}

class AdyenTerminalTest : public testing::Test {
 protected:
  void SetUp() override { NEEDS_CONTRACTS(); }
  void start(const std::string& kind) {
    peer = peer_for(kind, "adyen_terminal");
    terminal = gateway_at(
        "adyen_terminal",
        {{"url", peer->url()}, {"merchant_account", "TelcoSE"}, {"api_key", "env:terminal-key"}},
        client, clock);
    ASSERT_TRUE(terminal);
  }
  [[nodiscard]] std::int64_t charges() const { return peer->ask("/_state").integer("charges"); }
  // How the payment, not the question before it, is treated.
  void question_then(const std::string& manner) const {
    peer->next("");
    peer->next(manner);
  }
  void question_then_says(const base::Json& what) const {
    peer->next_says(base::Json::object());
    peer->next_says(what);
  }
  std::shared_ptr<Peer> peer;
  std::unique_ptr<ports::Gateway> terminal;
  ImpatientClient client;
  base::VirtualClock clock{*base::Instant::parse("2026-11-22T10:00:00Z")};
};

TEST_F(AdyenTerminalTest, EveryMessageFitsThePublishedDescription) {
  start("contract");
  const std::vector<std::string> operations = {"post /transactionstatus", "post /payment",
                                               "post /reversal", "post /abort"};
  auto order = order_of("till-1");
  EXPECT_TRUE(terminal->create(order));
  order.keep_method = true;
  EXPECT_TRUE(terminal->create(order));
  domain::IntentUpdate paid;
  paid.provider_reference = "V400m-324688179/A1B2C3/tx1.PSP/2026-11-22T10:00:05.000Z";
  EXPECT_TRUE(terminal->status(change_of(paid, "pint_1", kAmount, "k")));
  EXPECT_TRUE(terminal->cancel(change_of(paid, "pint_1", kAmount, "k")));
  EXPECT_TRUE(terminal->refund(change_of(paid, "pint_1", money(101, "SEK"), "k")));
  domain::IntentUpdate busy;
  busy.provider_reference = "V400m-busy/A1B2C3";
  EXPECT_TRUE(terminal->cancel(change_of(busy, "pint_1", kAmount, "k")));
  expect_no_violation(*peer, operations);

  const std::string path = "/merchants/M/devices/D/sync";
  const std::vector<std::pair<std::string, std::string>> key = {{"X-API-Key", "k"}};
  const auto message = [](const std::string& category, const std::string& request) {
    return R"({"SaleToPOIRequest":{"MessageHeader":{"ProtocolVersion":"3.0","MessageClass":)"
           R"("Service","MessageCategory":")" +
           category + R"(","MessageType":"Request","ServiceID":"1","SaleID":"s","POIID":"p"},")" +
           category + "Request\":" + request + "}}";
  };
  const std::vector<std::tuple<std::string, std::string, std::string>> rows = {
      {"Payment", R"({"SaleData":{}})", "SaleTransactionID"},
      {"Payment",
       R"({"SaleData":{"SaleTransactionID":{"TransactionID":"1","TimeStamp":)"
       R"("2026-11-22T10:00:00Z"}},"PaymentTransaction":{"AmountsReq":{"Currency":"SEK",)"
       R"("RequestedAmount":"1.00"}}})",
       "number"},
      {"TransactionStatus", R"({"MessageReference":{"ServiceID":"12345678901"}})", "pattern"},
      {"Abort", R"({"MessageReference":{}})", "AbortReason"},
      {"Reversal", R"({"ReversalReason":"MerchantCancel"})", "OriginalPOITransaction"}};
  for (const auto& [category, request, complaint] : rows) {
    std::string name = "post /" + category;
    std::ranges::transform(name, name.begin(), [](char c) {
      return 'A' <= c && c <= 'Z' ? static_cast<char>(c | 32) : c;
    });
    expect_canaries_die(*peer, {{name, path, key, message(category, request), complaint}}, {name});
  }
}

TEST_F(AdyenTerminalTest, ACardIsChargedOnceWhateverBecomesOfTheAnswer) {
  start("fake");
  std::int64_t expected = 0;
  for (const std::string manner : {"stall_after", "hang_up_after", "garbage_after"}) {
    const auto order = order_of("till-" + manner);
    question_then(manner);
    const auto first = terminal->create(order);
    ASSERT_TRUE(first) << manner;
    EXPECT_EQ(first->state, IntentState::kPending) << manner;
    EXPECT_FALSE(first->answered) << manner;
    EXPECT_EQ(charges(), ++expected) << manner;
    // Asked for: it was paid.
    clock.set(clock.now() + base::kMicrosPerSecond);
    const auto found = terminal->create(order);
    EXPECT_EQ(found->state, IntentState::kSettled) << manner;
    EXPECT_EQ(found->captured, kAmount) << manner;
    // The till lost power, and whoever is there now asks.
    const auto asked = terminal->status(change_of(*found, "pint_1", kAmount, "k"));
    EXPECT_EQ(asked->state, IntentState::kSettled) << manner;
    EXPECT_EQ(charges(), expected) << manner;
  }
  for (const std::string manner : {"hang_up_before", "503", "429"}) {
    const auto order = order_of("till-" + manner);
    question_then(manner);
    const auto lost = terminal->create(order);
    EXPECT_FALSE(lost->answered) << manner;
    EXPECT_EQ(lost->provider_reference, "") << manner;
    EXPECT_EQ(terminal->create(order)->state, IntentState::kSettled) << manner;
    EXPECT_EQ(charges(), ++expected) << manner;
  }
  domain::IntentUpdate unheard;
  unheard.provider_reference = "V400m-324688179/UNHEARD";
  const auto never = terminal->status(change_of(unheard, "pint_1", kAmount, "k"));
  EXPECT_EQ(never->state, IntentState::kFailed);
  EXPECT_EQ(never->decline, Decline::kRetryLater);
  // While the terminal can't be asked, nothing is sent to it.
  peer->next("503");
  EXPECT_FALSE(terminal->create(order_of("till-unasked"))->answered);
  EXPECT_EQ(charges(), expected);
}

TEST_F(AdyenTerminalTest, RefusalsSayWhatTheyMean) {
  start("fake");
  const std::tuple<std::string, IntentState, Decline> rows[] = {
      {"Refusal", IntentState::kFailed, Decline::kNeedsCustomer},
      {"Cancel", IntentState::kCancelled, Decline::kNeedsCustomer},
      {"Aborted", IntentState::kCancelled, Decline::kNeedsCustomer},
      {"Busy", IntentState::kFailed, Decline::kRetryLater},
      {"UnreachableHost", IntentState::kFailed, Decline::kRetryLater},
      {"MessageFormat", IntentState::kFailed, Decline::kOurMistake},
      {"InProgress", IntentState::kPending, Decline::kNone},
      {"SomethingNew", IntentState::kFailed, Decline::kRetryLater}};
  for (const auto& [condition, state, decline] : rows) {
    question_then_says(base::Json().set("refuse", condition));
    const auto order = order_of("till-" + condition);
    const auto refused = terminal->create(order);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->state, state) << condition;
    EXPECT_EQ(refused->decline, decline) << condition;
    EXPECT_EQ(terminal->create(order)->state, state) << condition;  // And is not tried again.
  }
  EXPECT_EQ(charges(), 0);
}

TEST_F(AdyenTerminalTest, WhatIsNotAboutThisPaymentIsNoAnswer) {
  start("fake");
  base::Json header = base::Json().set("ServiceID", "OTHER");
  question_then_says(base::Json().set("header", header));
  const auto other = terminal->create(order_of("till-1"));
  EXPECT_FALSE(other->answered);
  EXPECT_EQ(terminal->create(order_of("till-1"))->state, IntentState::kSettled);
  EXPECT_EQ(charges(), 1);
  // Less was authorised than was asked for.
  question_then_says(base::Json().set("partly", 100));
  EXPECT_EQ(terminal->create(order_of("till-2"))->captured, money(10000, "SEK"));
  auto nowhere = order_of("till-3");
  nowhere.device = "";
  EXPECT_EQ(terminal->create(nowhere).error().code, "bad_gateway_order");
  domain::IntentUpdate strange;
  strange.provider_reference = "PSP";
  EXPECT_EQ(terminal->refund(change_of(strange, "pint_1", kAmount, "k")).error().code,
            "bad_gateway_order");
  EXPECT_EQ(terminal->charge_stored(order_of("k")).error().code, "gateway_cannot");
  EXPECT_EQ(terminal->verify_webhook({}).error().code, "gateway_cannot");
}

TEST_F(AdyenTerminalTest, WhatWasPaidIsReversedAndWhatIsUnderWayIsStopped) {
  start("fake");
  const auto paid = terminal->create(order_of("till-1"));
  ASSERT_TRUE(paid);
  EXPECT_TRUE(paid->provider_reference.ends_with("/tx1.PSP/2026-11-22T10:00:05.000Z"));
  EXPECT_EQ(paid->stored_title, "•••• 9999");
  EXPECT_TRUE(terminal->refund(change_of(*paid, "pint_1", money(10000, "SEK"), "r"))->answered);
  // The answer was lost; whoever cancels finds that it was paid, and reverses it.
  question_then("hang_up_after");
  EXPECT_FALSE(terminal->create(order_of("till-2"))->answered);
  const auto found = terminal->create(order_of("till-2"));
  domain::IntentUpdate unpaid = *found;  // As it was named before it was known to be paid.
  const auto end = found->provider_reference.find('/', found->provider_reference.find('/') + 1);
  unpaid.provider_reference.resize(end);
  const auto cancelled = terminal->cancel(change_of(unpaid, "pint_1", kAmount, "c"));
  EXPECT_EQ(cancelled->state, IntentState::kPending);
  EXPECT_EQ(cancelled->decline, Decline::kNone);
  EXPECT_EQ(peer->ask("/_state").integer("reversals"), 2);
  peer->next_says(base::Json().set("refuse", "NotAllowed"));
  EXPECT_EQ(terminal->refund(change_of(*paid, "pint_1", kAmount, "r2"))->decline,
            Decline::kOurMistake);
  question_then_says(base::Json().set("in_progress", true));
  EXPECT_TRUE(terminal->create(order_of("till-3")));
  const auto waiting = terminal->create(order_of("till-3"));
  EXPECT_EQ(waiting->state, IntentState::kPending);
  EXPECT_EQ(waiting->code, "InProgress");
  EXPECT_TRUE(terminal->cancel(change_of(*waiting, "pint_1", kAmount, "stop")));
  EXPECT_EQ(peer->ask("/_state").integer("aborted"), 1);
}

TEST(AdyenTerminalMessages, HoldAmountsDigitByDigit) {
  const gateways::adyen_terminal::Header header{"Payment", "1", "telgiro", "p"};
  const std::pair<std::int64_t, std::string> rows[] = {
      {1, "0.01"}, {100, "1.00"}, {29990, "299.90"}, {900719925474, "9007199254.74"}};
  for (const auto& [minor, text] : rows) {
    auto order = order_of("k");
    order.amount = money(minor, "EUR");
    const std::string message = payment_message(header, order, {});
    EXPECT_TRUE(message.contains("\"RequestedAmount\":" + text + "}")) << message;
  }
}

TEST(AdyenTerminalMessages, OfACardTheLastFourAreKeptAndNothingElse) {
  const std::pair<std::string, std::string> rows[] = {{"541333 **** 9999", "•••• 9999"},
                                                      {"411111******1142", "•••• 1142"},
                                                      {"************0000", "•••• 0000"},
                                                      {"4111111111111142", "•••• 1142"},
                                                      {"9999", ""},
                                                      {"541333 **** 99", ""},
                                                      {"541333 ********", ""},
                                                      {"", ""}};
  for (const auto& [masked, title] : rows) {
    base::Json amounts, instrument, payment, response;
    amounts.set("Currency", "SEK").set("AuthorizedAmount", "1.00");
    instrument.set("CardData", base::Json().set("MaskedPan", masked));
    payment.set("Response", base::Json().set("Result", "Success"));
    payment.set("PaymentResult", base::Json()
                                     .set("AmountsResp", std::move(amounts))
                                     .set("PaymentInstrumentData", std::move(instrument)));
    response.set("MessageHeader", base::Json().set("ServiceID", "1"));
    response.set("PaymentResponse", std::move(payment));
    gateways::Answer answer{.status = 200, .body = {}, .problem = {}};
    answer.body.set("SaleToPOIResponse", std::move(response));
    const gateways::adyen_terminal::Name name{"p", "1", {}, {}};
    const auto update = read_payment(answer, name, money(1, "SEK").currency());
    EXPECT_EQ(update.state, IntentState::kSettled) << masked;
    EXPECT_EQ(update.stored_title, title) << masked;
    EXPECT_EQ(update.stored_method, "") << masked;
  }
}

}  // namespace
}  // namespace tests
