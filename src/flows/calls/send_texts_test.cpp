// Text messages from the outbox, on both engines: sent once, looked for before a second try, given
// up where they cannot arrive, and what became of them in the account's story.
#include <gtest/gtest.h>

#include <deque>

#include "flows/calls/send_link.h"
#include "flows/calls/send_texts.h"
#include "flows/care/links.h"
#include "ports/calls.h"
#include "ports/events.h"
#include "ports/parties.h"
#include "ports/tills.h"
#include "ports/work.h"
#include "tests/flows/payment_world.h"
#include "tests/support/shipped_catalogue.h"

namespace flows {
namespace {

using base::Result;
using ports::TextOutcome;
using ports::TextState;
using tests::kronor;

// Takes what it is sent; says what it is told to say.
class Sender final : public ports::TextSender {
 public:
  std::string_view name() const override { return "twilio"; }
  Result<TextOutcome> send(const ports::TextOrder& order) override {
    ++sent;
    TextOutcome said{.state = TextState::kTaken, .reference = "SM1"};
    if (!says.empty()) {
      said = says.front();
      says.pop_front();
    }
    const bool arrives = said.state == TextState::kTaken || said.state == TextState::kUnknown;
    if (arrives && !loses) arrived.push_back(order);
    return said;
  }
  Result<std::optional<TextOutcome>> find(const ports::TextOrder& order) override {
    ++looks;
    for (const ports::TextOrder& each : arrived) {
      if (each.text == order.text) return TextOutcome{.state = TextState::kTaken};
    }
    return std::optional<TextOutcome>();
  }
  Result<TextOutcome> read_word(const ports::TextCallback&) const override { return TextOutcome{}; }

  std::deque<TextOutcome> says;
  bool loses = false;  // What is not answered did not arrive.
  int sent = 0, looks = 0;
  std::vector<ports::TextOrder> arrived;
};

class SendTextsTest : public tests::PaymentWorld {
 protected:
  void SetUp() override {
    PaymentWorld::SetUp();
    add_bill(1, 500);
    domain::Call call;
    call.id = call_;
    call.platform = "twilio";
    call.caller = "+46701234567";
    call.language = "sv";
    call.account = account(1);
    call.bill = bill_id(1);
    call.began = call.changed = clock().now();
    ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> Result<> {
      TRY(transaction.tills().calls().add(call));
      const LinkMessage message{.call = call_,
                                .account = account(1),
                                .bill = bill_id(1),
                                .to = call.caller,
                                .language = "sv",
                                .brand = "Aurora",
                                .sum = kronor(500)};
      return queue_link(transaction, message, clock().now());
    }));
  }
  CallTools tools() {
    return {.store = store(),
            .clock = clock(),
            .gateways = gateways_,
            .link_key = link_key_,
            .texts = locale::shipped_catalogue(),
            .speakers = speakers_,
            .line = line_,
            .public_url = "https://pay.example"};
  }
  // "sent 1 again 0 given up 0".
  std::string run() {
    const CallTools calls = tools();
    const auto report = send_texts({calls, sender_}, 10);
    if (!report) return report.error().code;
    return "sent " + std::to_string(report->sent) + " again " + std::to_string(report->to_repeat) +
           " given up " + std::to_string(report->given_up);
  }
  void set_phone(int n, const std::string& phone) {
    ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> Result<> {
      const auto owner = TRY(transaction.parties().find_account(account(n)));
      auto customers = TRY(transaction.parties().find_customers({&owner->customer, 1}));
      customers.front().party.phone = phone;
      const std::int64_t epoch = TRY(transaction.work().hold_epoch());
      return transaction.parties().update_customers(customers, {clock().now(), epoch});
    }));
  }
  void wait(std::int64_t seconds) { clock().set(clock().now() + seconds * base::kMicrosPerSecond); }
  // "delivered", of the messages that ended.
  std::string ends() {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    std::string text;
    const auto events = transaction->events().list(account(1), 0, 100).value();
    for (const auto& event : events) {
      if (event.fact.kind != "text_message_ended") continue;
      const base::Json& data = event.fact.data;
      text += (text.empty() ? "" : ", ") + data.text("state");
      if (!data.text("code").empty()) text += " " + data.text("code");
    }
    return text;
  }

  domain::CallId call_{base::IdBytes{7}};
  Sender sender_;
  Gateways gateways_;
  crypto::Key link_key_ = tests::test_master_key();
  locale::Speakers speakers_;
  CallLine line_;
};

TEST_P(SendTextsTest, SentOnceWithItsLinkAndItsCallback) {
  EXPECT_EQ(run(), "sent 1 again 0 given up 0");
  EXPECT_EQ(run(), "sent 0 again 0 given up 0");
  ASSERT_EQ(sender_.arrived.size(), 1U);
  const ports::TextOrder& order = sender_.arrived.front();
  EXPECT_EQ(order.to, "+46701234567");
  EXPECT_TRUE(order.text.contains("https://pay.example/b/")) << order.text;
  EXPECT_TRUE(order.callback_url.starts_with("https://pay.example/texts/twilio?m=out_"));
  EXPECT_TRUE(order.callback_url.ends_with("&a=" + account(1).to_string()));
  EXPECT_EQ(sender_.looks, 0) << "the first try need not look";
}

// From a desk: to the number that the customer has, as long as something is left to pay.
TEST_P(SendTextsTest, ALinkThatSomebodyAtADeskSends) {
  const auto send = [&](int n) {
    return tests::code_of(
        send_link_by_text(store(), clock(), link_key_, {account(n), bill_id(n), "anna"}));
  };
  EXPECT_EQ(run(), "sent 1 again 0 given up 0") << "the caller's";
  EXPECT_EQ(send(1), "no_phone_number");
  set_phone(1, "+46709999967");
  EXPECT_EQ(send(1), "");
  EXPECT_EQ(send(1), "") << "within a minute it is the same";
  EXPECT_EQ(run(), "sent 1 again 0 given up 0");
  EXPECT_EQ(sender_.arrived.back().to, "+46709999967");
  EXPECT_TRUE(sender_.arrived.back().text.contains("https://pay.example/b/"));
  wait(60);
  EXPECT_EQ(send(1), "");
  // The number is the customer's when it is sent.
  set_phone(1, "+46708888867");
  EXPECT_EQ(run(), "sent 1 again 0 given up 0");
  EXPECT_EQ(sender_.arrived.back().to, "+46708888867");
  wait(60);
  ASSERT_OK(import(tests::bgmax_file({{500, reference(1), "1"}})));
  EXPECT_EQ(send(1), "bill_not_payable");
  EXPECT_EQ(send(9), "bill_not_found");
}

TEST_P(SendTextsTest, WhatWasNotAnsweredIsLookedForFirst) {
  sender_.says = {{.state = TextState::kUnknown, .code = "http_no_answer"}};
  EXPECT_EQ(run(), "sent 0 again 1 given up 0");
  EXPECT_EQ(run(), "sent 0 again 0 given up 0") << "not at once";
  wait(6);
  EXPECT_EQ(run(), "sent 1 again 0 given up 0");
  EXPECT_EQ(sender_.sent, 1) << "it had arrived";
  EXPECT_EQ(sender_.looks, 1);
}

TEST_P(SendTextsTest, WhatDidNotArriveIsSentAgain) {
  sender_.loses = true;
  sender_.says = {{.state = TextState::kUnknown, .code = "http_no_answer"}};
  EXPECT_EQ(run(), "sent 0 again 1 given up 0");
  sender_.loses = false;
  wait(6);
  EXPECT_EQ(run(), "sent 1 again 0 given up 0");
  EXPECT_EQ(sender_.arrived.size(), 1U);
}

// Killed between the sending and the note of it: the lease runs out, and the next one looks.
TEST_P(SendTextsTest, AKilledServerSendsNoSecondMessage) {
  std::vector<ports::OutboxMessage> leased;
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> Result<> {
    const auto now = clock().now();
    leased = TRY(transaction.work().lease_messages({&kLinkMessageTopic, 1},
                                                   {now, now + 60 * base::kMicrosPerSecond, 10}));
    return {};
  }));
  ASSERT_EQ(leased.size(), 1U);
  const auto text = text_of_link_message(tools(), leased.front().payload);
  ASSERT_OK(text);
  sender_.arrived.push_back({text->to, text->text, ""});
  EXPECT_EQ(run(), "sent 0 again 0 given up 0");
  wait(61);
  EXPECT_EQ(run(), "sent 1 again 0 given up 0");
  EXPECT_EQ(sender_.sent, 0);
}

TEST_P(SendTextsTest, TheProvidersWaitIsKept) {
  sender_.says = {{.state = TextState::kLater, .code = "20429", .wait_seconds = 40}};
  EXPECT_EQ(run(), "sent 0 again 1 given up 0");
  wait(39);
  EXPECT_EQ(run(), "sent 0 again 0 given up 0");
  wait(2);
  EXPECT_EQ(run(), "sent 1 again 0 given up 0");
}

TEST_P(SendTextsTest, GivenUpWhereItCannotArriveOrNobodyWantsItAnyMore) {
  sender_.says = {{.state = TextState::kRefused, .code = "21610"}};
  EXPECT_EQ(run(), "sent 0 again 0 given up 1");
  EXPECT_EQ(ends(), "refused 21610");
  wait(100'000);
  EXPECT_EQ(run(), "sent 0 again 0 given up 0");
  EXPECT_EQ(sender_.sent, 1);
}

TEST_P(SendTextsTest, WhatBecameOfItIsToldOnce) {
  EXPECT_EQ(run(), "sent 1 again 0 given up 0");
  const TextWord word{domain::OutboxId(base::IdBytes{9}), account(1)};
  const TextOutcome rows[] = {{.state = TextState::kTaken, .reference = "SM1"},
                              {.state = TextState::kDelivered, .reference = "SM1"},
                              {.state = TextState::kDelivered, .reference = "SM1"},
                              {.state = TextState::kLater, .reference = "SM2", .code = "30003"}};
  for (const TextOutcome& each : rows) {
    ASSERT_OK(take_text_word(store(), clock(), "twilio", word, each));
  }
  EXPECT_EQ(ends(), "delivered, not_reached 30003");
  EXPECT_EQ(problems(), "");
}

TELGIRO_ON_BOTH_ENGINES(SendTextsTest);

}  // namespace
}  // namespace flows
