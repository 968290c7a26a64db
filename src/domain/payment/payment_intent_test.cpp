// What providers' words do to an intent: twice, late, out of order, contradicting, or none at all
// (D4).
#include "domain/payment/payment_intent.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

using base::Money;
using enum IntentState;

Money kr(std::int64_t kronor) { return Money(kronor * 100, base::Currency()); }
const base::Instant kNow = {1'000'000'000};
const BillId kBill(base::IdBytes{1});

PaymentIntent intent() {
  auto made = make_intent(IntentId(base::IdBytes{7}), AccountId(base::IdBytes{3}),
                          {{kBill, AccountId(base::IdBytes{3}), kr(500)}}, kNow);
  return *std::move(made);
}

IntentUpdate says(IntentState state) { return {.state = state}; }
IntentUpdate captured(std::int64_t kronor) {
  IntentUpdate update = says(kSettled);
  update.captured = kr(kronor);
  return update;
}
IntentUpdate refunded(std::int64_t kronor) {
  IntentUpdate update = says(kReversed);
  update.refunded = kr(kronor);
  return update;
}
// One refund, where no sum is said; below zero: it came to us again.
IntentUpdate gave_back(std::int64_t kronor) {
  static int events = 0;
  IntentUpdate update = says(kPending);
  update.event = "refund " + std::to_string(++events);
  update.refunded_now = kr(kronor);
  return update;
}
IntentUpdate silence() { return {.answered = false}; }

// "settled 500.00 0.00 ask": state, captured, refunded, and whether the provider is asked again.
std::string told(const PaymentIntent& intent) {
  return std::string(to_text(intent.state)) + " " + intent.captured.to_decimal_string() + " " +
         intent.refunded.to_decimal_string() + (intent.ask_at ? " ask" : "");
}

struct Story {
  std::vector<IntentUpdate> words;
  std::string_view end;
};

TEST(PaymentIntent, WordsInAnyOrderLeadToWhatIsTrue) {
  const std::vector<Story> stories = {
      {{}, "created 0.00 0.00 ask"},
      {{silence()}, "pending 0.00 0.00 ask"},
      {{says(kPending), says(kAuthorised)}, "authorised 0.00 0.00 ask"},
      {{says(kAuthorised), says(kPending)}, "authorised 0.00 0.00 ask"},
      {{says(kSettled)}, "settled 500.00 0.00"},
      {{says(kSettled), says(kSettled), says(kAuthorised), says(kPending)}, "settled 500.00 0.00"},
      {{says(kFailed)}, "failed 0.00 0.00"},
      {{says(kFailed), says(kExpired)}, "failed 0.00 0.00"},
      {{says(kSettled), says(kFailed)}, "settled 500.00 0.00"},
      // Money wins: what is said to be over may yet have been paid.
      {{says(kCancelled), says(kSettled)}, "settled 500.00 0.00"},
      // A word that contradicts an end is asked about, not believed.
      {{says(kCancelled), says(kAuthorised)}, "cancelled 0.00 0.00 ask"},
      {{says(kCancelled), says(kAuthorised), says(kCancelled)}, "cancelled 0.00 0.00"},
      {{captured(200), captured(500), captured(200)}, "settled 500.00 0.00"},
      // More than was asked for is as true.
      {{captured(501)}, "settled 501.00 0.00"},
      {{captured(500), captured(750), captured(500)}, "settled 750.00 0.00"},
      {{captured(750), refunded(250)}, "settled 750.00 250.00"},
      {{captured(750), refunded(750)}, "reversed 750.00 750.00"},
      {{says(kSettled), refunded(100)}, "settled 500.00 100.00"},
      {{says(kSettled), refunded(100), refunded(500), refunded(100)}, "reversed 500.00 500.00"},
      // The refund was heard of before the payment.
      {{refunded(500)}, "reversed 500.00 500.00"},
      {{says(kSettled), gave_back(100), gave_back(100)}, "settled 500.00 200.00"},
      {{says(kSettled), gave_back(100), gave_back(400)}, "reversed 500.00 500.00"},
      {{gave_back(100), says(kSettled)}, "settled 500.00 100.00"},
      {{says(kReversed), says(kSettled)}, "reversed 500.00 500.00"},
      {{says(kSettled), silence()}, "settled 500.00 0.00 ask"},
  };
  for (std::size_t row = 0; row < stories.size(); ++row) {
    PaymentIntent told_of = intent();
    for (const IntentUpdate& word : stories[row].words) {
      ASSERT_TRUE(apply_update(told_of, word, kNow)) << row;
    }
    EXPECT_EQ(told(told_of), stories[row].end) << row;
  }
}

TEST(PaymentIntent, WhatCameWithEachWordIsToldOnce) {
  PaymentIntent told_of = intent();
  EXPECT_EQ(apply_update(told_of, captured(200), kNow)->captured, kr(200));
  EXPECT_EQ(apply_update(told_of, captured(200), kNow)->captured, kr(0));
  EXPECT_FALSE(apply_update(told_of, captured(200), kNow)->changed);
  EXPECT_EQ(apply_update(told_of, captured(500), kNow)->captured, kr(300));
  EXPECT_EQ(apply_update(told_of, refunded(500), kNow)->refunded, kr(500));
  EXPECT_EQ(apply_update(told_of, refunded(500), kNow)->refunded, kr(0));
}

// The name of the payment that holds money stays, whatever is said of others.
TEST(PaymentIntent, KeepsTheNameOfThePaymentThatHoldsMoney) {
  const auto of = [](IntentUpdate word, std::string name, bool unasked = true) {
    if (unasked) word.event = "of " + name;
    word.provider_reference = std::move(name);
    return word;
  };
  struct Row {
    std::vector<IntentUpdate> words;
    std::string_view name, end;
  };
  const std::vector<Row> rows = {
      {{of(says(kPending), "PAGE"), of(captured(500), "GOOD")}, "GOOD", "settled 500.00 0.00"},
      {{of(captured(500), "GOOD"), of(says(kFailed), "REFUSED")}, "GOOD", "settled 500.00 0.00"},
      {{of(captured(500), "GOOD"), of(says(kPending), "REFUSED")}, "GOOD", "settled 500.00 0.00"},
      {{of(captured(500), "GOOD"), of(captured(500), "OTHER")}, "GOOD", "settled 500.00 0.00"},
      {{of(captured(500), "GOOD"), of(refunded(100), "OTHER")}, "GOOD", "settled 500.00 0.00"},
      {{of(captured(500), "GOOD"), of(refunded(100), "GOOD")}, "GOOD", "settled 500.00 100.00"},
      {{of(says(kAuthorised), "GOOD"), of(says(kFailed), "REFUSED")},
       "GOOD",
       "authorised 0.00 0.00 ask"},
      // What was refused first names nothing that holds money.
      {{of(says(kFailed), "REFUSED"), of(captured(500), "GOOD")}, "GOOD", "settled 500.00 0.00"},
      {{of(says(kAuthorised), "GONE"), of(says(kExpired), "GONE"), of(captured(500), "GOOD")},
       "GOOD",
       "settled 500.00 0.00"},
      // The answer to a question of ours is of the payment that we asked about.
      {{of(captured(500), "GOOD"), of(says(kPending), "GOOD+BACK", false)},
       "GOOD+BACK",
       "settled 500.00 0.00"},
  };
  for (std::size_t row = 0; row < rows.size(); ++row) {
    PaymentIntent told_of = intent();
    for (const IntentUpdate& word : rows[row].words) {
      ASSERT_TRUE(apply_update(told_of, word, kNow)) << row;
    }
    EXPECT_EQ(told_of.provider_reference, rows[row].name) << row;
    EXPECT_EQ(told(told_of), rows[row].end) << row;
  }
}

TEST(PaymentIntent, PartsThatAreToldByThemselvesAddUp) {
  PaymentIntent told_of = intent();
  ASSERT_TRUE(apply_update(told_of, says(kSettled), kNow));
  EXPECT_EQ(apply_update(told_of, gave_back(100), kNow)->refunded, kr(100));
  EXPECT_EQ(apply_update(told_of, gave_back(400), kNow)->refunded, kr(400));
  EXPECT_EQ(told(told_of), "reversed 500.00 500.00");
  EXPECT_EQ(apply_update(told_of, gave_back(-400), kNow)->refunded, kr(-400));
  EXPECT_EQ(told(told_of), "settled 500.00 100.00");
  // Without a name it may be the same again.
  IntentUpdate nameless = gave_back(400);
  nameless.event.clear();
  EXPECT_EQ(apply_update(told_of, nameless, kNow)->refunded, kr(0));
  EXPECT_EQ(apply_update(told_of, gave_back(-101), kNow).error().code, "intent_sum_impossible");
}

TEST(PaymentIntent, WhatCannotBeTrueIsRefusedAndChangesNothing) {
  IntentUpdate euro = says(kSettled);
  euro.captured = Money(50'000, *base::Currency::parse("EUR"));
  const std::vector<std::pair<IntentUpdate, std::string_view>> rows = {
      {refunded(501), "intent_sum_impossible"},
      {gave_back(501), "intent_sum_impossible"},
      {gave_back(-100), "intent_sum_impossible"},
      {euro, "intent_currency_differs"},
  };
  for (const auto& [word, code] : rows) {
    PaymentIntent told_of = intent();
    const auto outcome = apply_update(told_of, word, kNow);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, code);
    EXPECT_EQ(told(told_of), "created 0.00 0.00 ask");
    EXPECT_EQ(told_of.version, 1);
  }
}

TEST(PaymentIntent, SilenceIsAskedAboutWithGrowingGaps) {
  PaymentIntent told_of = intent();
  std::int64_t before = 0;
  for (int times = 0; times < 8; ++times) {
    ASSERT_TRUE(apply_update(told_of, silence(), kNow));
    const std::int64_t gap = told_of.ask_at->micros - kNow.micros;
    EXPECT_GT(gap, before);
    before = gap;
  }
  EXPECT_EQ(told_of.asked, 8);
  ASSERT_TRUE(apply_update(told_of, says(kPending), kNow));
  EXPECT_EQ(told_of.asked, 0);
  // Unsigned words only make us ask at once.
  IntentUpdate anybody = says(kSettled);
  anybody.must_ask = true;
  ASSERT_TRUE(apply_update(told_of, anybody, kNow));
  EXPECT_EQ(told(told_of), "pending 0.00 0.00 ask");
  EXPECT_EQ(told_of.ask_at, kNow);
}

TEST(PaymentIntent, NextStep) {
  PaymentIntent told_of = intent();
  EXPECT_EQ(next_step(told_of, true), IntentStep::kOrder);
  told_of.provider_reference = "P1";
  EXPECT_EQ(next_step(told_of, true), IntentStep::kAsk);
  told_of.state = kAuthorised;
  EXPECT_EQ(next_step(told_of, true), IntentStep::kAsk);
  EXPECT_EQ(next_step(told_of, false), IntentStep::kCapture);
  told_of.stopping = true;
  EXPECT_EQ(next_step(told_of, false), IntentStep::kCancel);
  ASSERT_TRUE(apply_update(told_of, says(kSettled), kNow));
  EXPECT_EQ(next_step(told_of, false), IntentStep::kNothing);
  told_of.refund_asked = told_of.refund_ordered = kr(100);
  EXPECT_EQ(next_step(told_of, false), IntentStep::kRefund);
  told_of.refund_sent = kr(100);
  EXPECT_EQ(next_step(told_of, false), IntentStep::kAsk);
}

TEST(PaymentIntent, IsMadeOfSomething) {
  const AccountId account(base::IdBytes{3});
  const auto code_of = [&](std::vector<IntentPart> parts) {
    const auto made = make_intent(IntentId(base::IdBytes{7}), account, std::move(parts), kNow);
    return made ? std::string() : made.error().code;
  };
  const BillId other(base::IdBytes{2});
  EXPECT_EQ(code_of({}), "intent_is_empty");
  EXPECT_EQ(code_of({{kBill, account, kr(0)}}), "intent_amount_not_positive");
  EXPECT_EQ(code_of({{kBill, account, kr(1)}, {kBill, account, kr(1)}}), "intent_bill_twice");
  EXPECT_EQ(code_of({{kBill, account, kr(1)},
                     {other, account, Money(100, *base::Currency::parse("EUR"))}}),
            "other_currency");
  EXPECT_EQ(code_of({{kBill, account, kr(1)}, {other, account, kr(2)}}), "");
}

}  // namespace
}  // namespace domain
