// Payments through gateways on both engines (D4): one debt is paid once, whichever way and however
// badly the provider behaves, and every krona stands in one place.
#include "flows/intents/apply_intent_update.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>

#include "flows/intents/drive_intent.h"
#include "flows/intents/open_intent.h"
#include "flows/intents/take_webhook.h"
#include "flows/intents/webhook_inbox.h"
#include "flows/payments/assign_payment.h"
#include "flows/payments/return_payment.h"
#include "flows/reconcile/prove_month.h"
#include "flows/refunds/refund_money.h"
#include "tests/flows/bad_provider.h"
#include "tests/flows/payment_world.h"

namespace flows {
namespace {

using base::Money;
using domain::IntentState;
using tests::BadProvider;
using tests::bgmax_file;
using tests::code_of;
using tests::kronor;
using Line = tests::BadProvider::Line;

constexpr std::int64_t kDay = 24 * 3600 * base::kMicrosPerSecond;

class IntentsTest : public tests::PaymentWorld {
 protected:
  OpenIntent request_of(int bill, std::int64_t kronor_asked, const std::string& key,
                        std::string gateway = "kort") {
    OpenIntent request;
    request.account = account(bill);
    request.parts = {{bill_id(bill), account(bill), kronor(kronor_asked)}};
    request.gateway = std::move(gateway);
    request.request_key = key;
    request.order.method = "card";
    request.order.description = "Aurora " + reference(bill);
    return request;
  }
  base::Result<ports::StoredIntent> open(int bill, std::int64_t kronor_asked,
                                         const std::string& key, std::string gateway = "kort",
                                         bool capture_now = true) {
    OpenIntent request = request_of(bill, kronor_asked, key, std::move(gateway));
    request.order.capture_now = capture_now;
    return open_intent(store(), clock(), gateways_, request);
  }
  ports::StoredIntent find(domain::IntentId id) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->intents().find(id).value().value();
  }
  // "settled 500.00 0.00": state, captured, refunded.
  std::string state_of(domain::IntentId id) {
    const domain::PaymentIntent intent = find(id).intent;
    return std::string(to_text(intent.state)) + " " + intent.captured.to_decimal_string() + " " +
           intent.refunded.to_decimal_string();
  }
  void deliver(BadProvider& provider, std::size_t word) {
    EXPECT_OK(take_webhook(store(), clock(), gateways_, provider.name(), provider.webhook(word)));
  }
  void deliver_all(BadProvider& provider) {
    for (std::size_t word = 0; word < provider.words(); ++word) deliver(provider, word);
  }
  void ask_all() {
    clock().set({clock().now().micros + 2 * kDay});
    ASSERT_OK(ask_intents(store(), clock(), gateways_, 1'000));
  }
  std::vector<ports::Event> events_of(int n) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->events().list(account(n), 0, 1'000).value();
  }
  std::int64_t events_of(int n, std::string_view kind) {
    return std::ranges::count_if(
        events_of(n), [&](const ports::Event& event) { return event.fact.kind == kind; });
  }
  // Whether an event of the account says so.
  bool tells(int n, std::string_view name, std::string_view value) {
    return std::ranges::any_of(events_of(n), [&](const ports::Event& event) {
      return event.fact.data.text(name) == value;
    });
  }
  base::Result<domain::Refund> propose(domain::PaymentId payment) {
    return propose_refund(store(), clock(),
                          {.payment = payment,
                           .amount = {},
                           .payee_account = "SE3550000000054910000003",
                           .payee_name = "Zoe",
                           .reason = "asked for it",
                           .actor = "anna"});
  }
  base::Result<domain::Refund> approve(const domain::Refund& refund) {
    return decide_refund(store(), clock(), {.refund = refund.id, .actor = "bengt"});
  }
  // The provider says no to what it was asked to give back.
  void refuse_refund(domain::IntentId id) {
    ports::StoredIntent stored = find(id);
    stored.intent.refund_asked = stored.intent.refund_ordered = stored.intent.refund_sent =
        stored.intent.refunded;
    ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
      return transaction.intents().update(stored);
    }));
  }
  // "holds" where what waits is what the ledger has in suspense.
  std::string suspense_proof() {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto day = base::Date::parse("2030-12-31").value();
    return age_suspense_at(*transaction, day).value().holds() ? "holds" : "differs";
  }
  static std::string at(const ports::StoredIntent& stored) {
    return stored.intent.provider_reference;
  }

  BadProvider card_{"kort"}, wallet_{"plånbok"};
  Gateways gateways_{{&card_, &wallet_}, {}};
};

TEST_P(IntentsTest, APaymentFromTheFirstTapToTheBooks) {
  add_bill(1, 500);
  const auto opened = open(1, 500, "a");
  ASSERT_OK(opened);
  EXPECT_EQ(state_of(opened->intent.id), "pending 0.00 0.00");
  EXPECT_EQ(told(1), "open 0.00 500.00");
  EXPECT_GT(bill(1).version, 1) << "those who look at the page see that it is under way";
  ASSERT_TRUE(card_.customer_approves(at(*opened)));
  deliver_all(card_);
  EXPECT_EQ(state_of(opened->intent.id), "settled 500.00 0.00");
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(balance("clearing:kort"), "500.00");
  EXPECT_EQ(balance("receivables"), "0.00");
  EXPECT_EQ(balance("suspense"), "0.00");
  const std::string after = dump();
  deliver_all(card_);
  EXPECT_EQ(dump(), after) << "told twice, it is the same";
  EXPECT_EQ(problems(), "");
}

TEST_P(IntentsTest, TheSameKeyIsTheSamePayment) {
  add_bill(1, 500);
  const auto first = open(1, 500, "a");
  const auto again = open(1, 500, "a");
  ASSERT_OK(again);
  EXPECT_EQ(again->intent.id, first->intent.id);
  EXPECT_EQ(card_.orders(), 1);
  EXPECT_EQ(code_of(open(1, 400, "a")), "request_key_reused");
}

TEST_P(IntentsTest, NoMoreIsBeingPaidThanIsOwed) {
  add_bill(1, 500);
  const auto first = open(1, 300, "a");
  ASSERT_OK(first);
  const auto second = open(1, 300, "b", "plånbok");
  ASSERT_EQ(code_of(second), "already_being_paid");
  EXPECT_EQ(second.error().place, first->intent.id.to_string());
  EXPECT_OK(open(1, 200, "c", "plånbok"));
  EXPECT_EQ(code_of(open(1, 501, "d")), "amount_too_large");
  EXPECT_EQ(code_of(open(1, 500, "e", "nobody")), "gateway_unknown");
  // Stopped, its part is free again.
  ASSERT_OK(stop_intent(store(), clock(), gateways_, first->intent.id));
  EXPECT_EQ(state_of(first->intent.id), "cancelled 0.00 0.00");
  EXPECT_OK(open(1, 300, "f", "plånbok"));
}

TEST_P(IntentsTest, SilenceIsAskedAgainAndNeverPaidTwice) {
  add_bill(1, 500);
  for (const Line line : {Line::kRequestLost, Line::kAnswerLost}) {
    card_.line = line;
    ASSERT_OK(open(1, 500, "a"));
  }
  const auto opened = open(1, 500, "a");
  EXPECT_EQ(card_.orders(), 1);
  ASSERT_TRUE(card_.customer_approves("kort-1"));
  ask_all();
  EXPECT_EQ(state_of(opened->intent.id), "pending 0.00 0.00");
  EXPECT_GT(find(opened->intent.id).intent.asked, 0);
  card_.line = Line::kGood;
  ask_all();
  EXPECT_EQ(state_of(opened->intent.id), "settled 500.00 0.00");
  EXPECT_EQ(card_.orders(), 1);
  EXPECT_EQ(card_.holds_minor(), 50'000);
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(IntentsTest, PaidElsewhereMeanwhileIsStoppedOrGoesBack) {
  add_bill(1, 500);
  add_bill(2, 500);
  const auto stopped = open(1, 500, "a", "kort", false);
  const auto back = open(2, 500, "b");
  ASSERT_TRUE(card_.customer_approves(at(*stopped)));
  ASSERT_TRUE(card_.customer_approves(at(*back)));
  ASSERT_OK(import(bgmax_file({{500, reference(1), "1"}, {400, reference(2), "2"}})));
  deliver_all(card_);
  ask_all();
  EXPECT_EQ(state_of(stopped->intent.id), "cancelled 0.00 0.00") << "before it was captured";
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(state_of(back->intent.id), "settled 500.00 400.00") << "what is too much goes back";
  EXPECT_EQ(told(2), "settled 500.00 0.00");
  EXPECT_EQ(card_.holds_minor(), 10'000);
  EXPECT_EQ(balance("clearing:kort"), "100.00");
  EXPECT_EQ(balance("suspense"), "0.00");
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(problems(), "");
}

TEST_P(IntentsTest, ACardRefusedOnAPaidPageChangesNothing) {
  add_bill(1, 597);
  const auto opened = open(1, 597, "a");
  ASSERT_TRUE(card_.customer_approves(at(*opened)));
  card_.customer_tries_again(at(*opened), false);
  deliver_all(card_);
  deliver_all(card_);
  EXPECT_EQ(state_of(opened->intent.id), "settled 597.00 0.00");
  EXPECT_EQ(at(find(opened->intent.id)), at(*opened));
  ASSERT_OK(refund_intent(store(), clock(), gateways_, opened->intent.id, kronor(597)));
  EXPECT_EQ(card_.holds_minor(), 0);
  EXPECT_EQ(problems(), "");
}

// One page, two cards: the second payment goes back under its own name, whichever is told of first,
// however often, one by one or together, and though the first orders to give it back are lost.
TEST_P(IntentsTest, PaidTwiceAtTheProviderGoesBack) {
  for (int n = 1; n <= 3; ++n) {
    SCOPED_TRACE(n);
    add_bill(n, 898);
    const std::size_t before = card_.words();
    const auto opened = open(n, 898, std::to_string(n));
    ASSERT_OK(opened);
    ASSERT_TRUE(card_.customer_approves(at(*opened)));
    const std::string again = card_.customer_tries_again(at(*opened), true);
    std::vector<ProviderWord> words;
    for (std::size_t word = before; word < card_.words(); ++word) {
      const auto reading = card_.verify_webhook(card_.webhook(word));
      words.insert(words.end(), 2, {"kort", reading->events.front()});
    }
    if (n == 2) std::ranges::reverse(words);
    const auto take = [&](std::span<const ProviderWord> some) {
      ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
        const auto done = apply_words(transaction, clock().now(), some);
        return done ? base::Result<>() : std::unexpected(done.error());
      }));
    };
    for (std::size_t word = 0; n != 3 && word < words.size(); ++word) take({&words[word], 1});
    take(words);
    EXPECT_EQ(told(n), "settled 898.00 0.00");
    EXPECT_EQ(balance("clearing:kort"), kronor(898 * (n + 1)).to_decimal_string());
    EXPECT_EQ(suspense(), "898.00 paid_twice");
    ports::IntentFilter filter;
    filter.account = account(n);
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    EXPECT_EQ(transaction->intents().list(filter)->size(), 2u) << "a person sees both";
    card_.line = n == 1 ? Line::kRequestLost : Line::kAnswerLost;
    ask_all();
    card_.line = Line::kGood;
    ask_all();
    deliver_all(card_);
    ask_all();
    const std::string& kept = at(find(opened->intent.id));
    const std::string& gone = kept == again ? at(*opened) : again;
    EXPECT_EQ(state_of(opened->intent.id), "settled 898.00 0.00");
    EXPECT_EQ(card_.payments().at(kept).refunded, kronor(0));
    EXPECT_EQ(card_.payments().at(gone).refunded, kronor(898));
    EXPECT_EQ(balance("clearing:kort"), kronor(898 * n).to_decimal_string());
    EXPECT_EQ(balance("suspense"), "0.00");
    EXPECT_EQ(suspense(), "");
    EXPECT_EQ(card_.orders(), n) << "it was never ordered by us";
  }
  EXPECT_EQ(problems(), "");
}

// What is not captured yet of a second payment is stopped.
TEST_P(IntentsTest, ApprovedTwiceAtTheProviderIsCapturedOnce) {
  add_bill(1, 898);
  const auto opened = open(1, 898, "a", "kort", false);
  ASSERT_TRUE(card_.customer_approves(at(*opened)));
  deliver_all(card_);
  const std::string again = card_.customer_tries_again(at(*opened), true);
  deliver_all(card_);
  ask_all();
  deliver_all(card_);
  EXPECT_EQ(state_of(opened->intent.id), "settled 898.00 0.00");
  EXPECT_EQ(card_.payments().at(again).state, IntentState::kCancelled);
  EXPECT_EQ(card_.holds_minor(), 89'800);
  EXPECT_EQ(problems(), "");
}

TEST_P(IntentsTest, AnotherSumThanAskedForIsBookedAndTold) {
  add_bill(1, 995);
  const auto opened = open(1, 995, "a");
  ASSERT_TRUE(card_.customer_pays(at(*opened), kronor(5)));
  deliver_all(card_);
  EXPECT_EQ(state_of(opened->intent.id), "settled 5.00 0.00");
  EXPECT_EQ(told(1), "open 5.00 990.00");
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto events = transaction->events().list(account(1), 0, 100).value();
  EXPECT_TRUE(std::ranges::any_of(events, [](const ports::Event& event) {
    return event.fact.kind == "intent_changed" && event.fact.data.text("captured") == "5.00" &&
           event.fact.data.text("amount") == "995.00";
  }));
  EXPECT_EQ(problems(), "");
}

// What comes is booked as it is; what is more than was asked for goes back.
TEST_P(IntentsTest, MoreThanWasAskedForGoesBack) {
  struct Row {
    std::int64_t owed, asked, came;
    std::string_view waits, end, bill;
  };
  const std::vector<Row> rows = {
      {995, 995, 996, "1.00 paid_too_much", "settled 996.00 1.00", "settled 995.00 0.00"},
      {995, 995, 1990, "995.00 paid_too_much", "settled 1990.00 995.00", "settled 995.00 0.00"},
      {995, 500, 995, "495.00 paid_too_much", "settled 995.00 495.00", "open 500.00 495.00"},
  };
  std::int64_t kept = 0;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    SCOPED_TRACE(row);
    const Row& each = rows[row];
    const int n = static_cast<int>(row) + 1;
    add_bill(n, each.owed);
    const auto opened = open(n, each.asked, std::to_string(n));
    ASSERT_OK(opened);
    ASSERT_TRUE(card_.customer_pays(at(*opened), kronor(each.came)));
    deliver_all(card_);
    EXPECT_EQ(suspense(), each.waits) << "a person sees it until it went back";
    EXPECT_TRUE(tells(n, "captured", kronor(each.came).to_decimal_string()));
    ask_all();
    deliver_all(card_);
    EXPECT_EQ(state_of(opened->intent.id), each.end);
    EXPECT_EQ(told(n), each.bill);
    EXPECT_EQ(suspense(), "");
    kept += std::min(each.asked, each.came);
    EXPECT_EQ(balance("clearing:kort"), kronor(kept).to_decimal_string());
    EXPECT_EQ(card_.holds_minor(), kronor(kept).minor());
  }
  EXPECT_EQ(problems(), "");
}

// What its provider is asked for is not paid back by the bank as well; where the provider refuses,
// it is. What we have paid back by the bank is not asked of the provider.
TEST_P(IntentsTest, ProviderAndBankPayBackOnce) {
  add_bill(1, 399);
  const auto opened = open(1, 399, "a");
  ASSERT_TRUE(card_.customer_pays(at(*opened), kronor(500)));
  card_.is_slow = true;
  deliver_all(card_);
  const domain::PaymentId waiting = payments("suspense").at(0).id;
  EXPECT_EQ(code_of(propose(waiting)), "refund_asked_of_provider");
  ask_all();
  EXPECT_EQ(code_of(propose(waiting)), "refund_asked_of_provider") << "it is on its way";
  refuse_refund(opened->intent.id);
  EXPECT_EQ(suspense(), "101.00 paid_too_much");
  const auto refund = propose(waiting);
  ASSERT_OK(refund);
  // Asked for once more by a person, before the refund is approved.
  ASSERT_OK(refund_intent(store(), clock(), gateways_, opened->intent.id, kronor(1)));
  EXPECT_EQ(code_of(approve(*refund)), "refund_asked_of_provider");
  refuse_refund(opened->intent.id);
  ASSERT_OK(approve(*refund));
  EXPECT_EQ(code_of(refund_intent(store(), clock(), gateways_, opened->intent.id, kronor(400))),
            "refund_too_large");
  ASSERT_OK(send_refunds(store(), clock(), {.actor = "bengt"}));
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(balance("clearing:refunds"), "-101.00");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(suspense_proof(), "holds");
  // The bill's own money still goes back by the provider, and nothing of what the bank paid.
  card_.is_slow = false;
  ASSERT_OK(refund_intent(store(), clock(), gateways_, opened->intent.id, kronor(399)));
  EXPECT_EQ(told(1), "open 0.00 399.00");
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(suspense_proof(), "holds");
}

// A provider gives back by itself what we pay back by the bank: it is booked and told, whatever was
// done by then, and a person settles it.
TEST_P(IntentsTest, WhatWentBackTwiceIsSeenUntilItIsSettled) {
  struct Row {
    std::string_view name;
    bool is_sent;
    std::string_view timeline_events;
  };
  const std::vector<Row> rows = {{"approved", false, "1"}, {"sent", true, "1"}};
  int n = 0;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    add_bill(++n, 399);
    const auto opened = open(n, 399, std::to_string(n));
    ASSERT_TRUE(card_.customer_pays(at(*opened), kronor(500)));
    card_.is_slow = true;
    deliver_all(card_);
    ask_all();
    refuse_refund(opened->intent.id);
    const auto refund = propose(payments("suspense").at(0).id);
    ASSERT_OK(refund);
    ASSERT_OK(approve(*refund));
    if (row.is_sent) ASSERT_OK(send_refunds(store(), clock(), {.actor = "bengt"}));
    ASSERT_TRUE(card_.bank_takes_back(at(*opened)));
    deliver_all(card_);
    EXPECT_EQ(state_of(opened->intent.id), "reversed 500.00 500.00");
    EXPECT_EQ(told(n), "open 0.00 399.00");
    EXPECT_EQ(suspense(), "-101.00 paid_back_twice");
    EXPECT_EQ(std::to_string(events_of(n, "intent_paid_back_twice")), row.timeline_events);
    EXPECT_NE(problems().find("payment_gives_back_more"), std::string::npos);
    EXPECT_EQ(suspense_proof(), "holds");
    const ports::IncomingPayment twice = payments("suspense").at(0);
    if (row.is_sent) {
      ASSERT_OK(return_payment(store(), clock(),
                               {.payment = twice.id, .of = {}, .reason = "lost", .actor = "anna"}));
      EXPECT_EQ(balance("bank_other"), "101.00");
    } else {
      EXPECT_EQ(code_of(send_refunds(store(), clock(), {.actor = "bengt"})),
                "refund_gone_by_provider");
      ASSERT_OK(withdraw_refund(store(), clock(),
                                {.refund = refund->id, .reason = "gone", .actor = "bengt"}));
      EXPECT_EQ(suspense(), "101.00 refund_withdrawn, -101.00 paid_back_twice");
      ASSERT_OK(return_payment(
          store(), clock(),
          {.payment = twice.id, .of = refund->payment, .reason = "gone", .actor = "anna"}));
    }
    EXPECT_EQ(suspense(), "");
    EXPECT_EQ(balance("clearing:kort"), "0.00");
    EXPECT_EQ(balance("suspense"), "0.00");
    EXPECT_EQ(problems(), "");
    EXPECT_EQ(suspense_proof(), "holds");
  }
}

// Parts go back out of suspense, then out of the bill: what is left is seen all the time.
TEST_P(IntentsTest, WhatIsLeftOfSuspenseIsSeen) {
  struct Row {
    std::int64_t back;  // So much by then.
    std::string_view waits, bill, state, open;
  };
  const std::vector<Row> rows = {
      {50, "52.00 paid_too_much", "settled 498.00 0.00", "suspense", "52.00"},
      {70, "32.00 paid_too_much", "settled 498.00 0.00", "suspense", "32.00"},
      {102, "", "settled 498.00 0.00", "returned", "0.00"},
      {300, "", "open 300.00 198.00", "returned", "0.00"},
      {600, "", "open 0.00 498.00", "returned", "0.00"}};
  for (const std::size_t first : {0U, 1U, 2U, 3U, 4U}) {
    SCOPED_TRACE(first);
    const int n = static_cast<int>(first) + 1;
    add_bill(n, 498);
    const auto opened = open(n, 498, std::to_string(n));
    const auto says = [&](std::int64_t back) {
      ASSERT_OK(ports::run_in_transaction(
          store(), [&](ports::Transaction& transaction) -> base::Result<> {
            TRY(apply_intent_update(transaction, {.recorded = clock().now()}, opened->intent.id,
                                    {.state = IntentState::kSettled,
                                     .provider_reference = at(*opened),
                                     .captured = kronor(600),
                                     .refunded = kronor(back)}));
            return {};
          }));
    };
    for (std::size_t at = first; at < rows.size(); ++at) {
      const Row& row = rows[at];
      SCOPED_TRACE(row.back);
      says(row.back);
      EXPECT_EQ(suspense(), row.waits);
      EXPECT_EQ(told(n), row.bill);
      const auto transaction = store().begin(ports::TransactionKind::kRead).value();
      const auto more = transaction->payments().find_payment(
          find(opened->intent.id).intent.payments.at(1).payment);
      EXPECT_EQ((*more)->state, row.state);
      EXPECT_EQ((*more)->open().to_decimal_string(), row.open);
      EXPECT_EQ(problems(), "");
      EXPECT_EQ(suspense_proof(), "holds");
    }
    EXPECT_EQ(balance("clearing:kort"), "0.00");
  }
}

// A person assigns what is left after a part went back.
TEST_P(IntentsTest, WhatIsLeftOfSuspenseIsAssigned) {
  add_bill(1, 498);
  add_bill(2, 52);
  const auto opened = open(1, 498, "a");
  card_.is_slow = true;
  ASSERT_TRUE(card_.customer_pays(at(*opened), kronor(600)));
  deliver_all(card_);
  card_.says_went_back(at(*opened), kronor(50));
  ask_all();
  ask_all();
  const auto waiting = payments("suspense");
  ASSERT_EQ(waiting.size(), 1U);
  ASSERT_OK(assign_payment(store(), clock(),
                           {.payment = waiting[0].id,
                            .account = account(2),
                            .bill = bill_id(2),
                            .amount = {},
                            .reason = "customer asked",
                            .actor = "agent"}));
  EXPECT_EQ(told(2), "settled 52.00 0.00");
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(balance("suspense"), "0.00");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(suspense_proof(), "holds");
}

// A second payment on the page goes back whole, whatever it comes to.
TEST_P(IntentsTest, ASecondPaymentOfAnotherSumGoesBack) {
  int n = 0;
  for (const std::int64_t second : {1, 596, 598, 5'970}) {
    SCOPED_TRACE(second);
    add_bill(++n, 597);
    const auto opened = open(n, 597, std::to_string(n));
    ASSERT_OK(opened);
    ASSERT_TRUE(card_.customer_approves(at(*opened)));
    const std::string again = card_.customer_tries_again(at(*opened), true, kronor(second));
    deliver_all(card_);
    EXPECT_EQ(suspense(), kronor(second).to_decimal_string() + " paid_twice");
    ask_all();
    deliver_all(card_);
    EXPECT_EQ(state_of(opened->intent.id), "settled 597.00 0.00");
    EXPECT_EQ(card_.payments().at(again).refunded, kronor(second));
    EXPECT_EQ(told(n), "settled 597.00 0.00");
    EXPECT_EQ(balance("clearing:kort"), kronor(597 * n).to_decimal_string());
    EXPECT_EQ(suspense(), "");
  }
  EXPECT_EQ(problems(), "");
}

// The order was never answered, the payer stopped it, and it is approved all the same: nothing of
// it stays. What a terminal says yes to stays: its payer stood before it.
TEST_P(IntentsTest, WhatItsPayerStoppedGoesBackWhenItComesAllTheSame) {
  struct Row {
    std::string_view name;
    domain::PaymentChannel channel;
    bool captured_at_once;
    std::string_view when_told, end, bill;
  };
  const std::vector<Row> rows = {
      {"captured at once", domain::PaymentChannel::kOnline, true, "settled 500.00 0.00",
       "reversed 500.00 500.00", "open 0.00 500.00"},
      {"authorised only", domain::PaymentChannel::kOnline, false, "authorised 0.00 0.00",
       "cancelled 0.00 0.00", "open 0.00 500.00"},
      {"at a terminal", domain::PaymentChannel::kInPerson, true, "settled 500.00 0.00",
       "settled 500.00 0.00", "settled 500.00 0.00"},
  };
  int n = 0;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    add_bill(++n, 500);
    OpenIntent request = request_of(n, 500, std::to_string(n));
    request.order.capture_now = row.captured_at_once;
    request.order.channel = row.channel;
    card_.line = Line::kAnswerLost;
    const auto opened = open_intent(store(), clock(), gateways_, request);
    ASSERT_OK(opened);
    const domain::IntentId id = opened->intent.id;
    ASSERT_OK(stop_intent(store(), clock(), gateways_, id));
    ASSERT_TRUE(card_.customer_approves("kort-" + std::to_string(n)));
    card_.line = Line::kGood;
    deliver_all(card_);
    EXPECT_EQ(state_of(id), row.when_told);
    ask_all();
    deliver_all(card_);
    ask_all();
    EXPECT_EQ(state_of(id), row.end);
    EXPECT_EQ(told(n), row.bill);
    EXPECT_EQ(suspense(), "");
  }
  EXPECT_EQ(balance("clearing:kort"), "500.00");
  EXPECT_EQ(card_.holds_minor(), kronor(500).minor());
  EXPECT_EQ(problems(), "");
}

// Sums that cannot be true change nothing, and the account's timeline says once that they are told.
TEST_P(IntentsTest, WhatCannotBeTrueIsSeenByPeople) {
  add_bill(1, 500);
  const auto opened = open(1, 500, "a");
  ASSERT_TRUE(card_.customer_pays(at(*opened), kronor(500)));
  card_.says_went_back(at(*opened), kronor(501));
  for (int day = 0; day < 3; ++day) ask_all();
  EXPECT_EQ(state_of(opened->intent.id), "pending 0.00 0.00");
  EXPECT_EQ(events_of(1, "intent_contradicted"), 1);
  EXPECT_TRUE(tells(1, "code", "intent_sum_impossible"));
  EXPECT_EQ(problems(), "");
}

// The rest is asked back while a part is on its way without an answer: both go, each once.
TEST_P(IntentsTest, TheRestGoesBackAfterAnUnansweredPart) {
  for (const Line line : {Line::kRequestLost, Line::kAnswerLost}) {
    for (const bool is_slow : {false, true}) {
      const int n = 1 + (line == Line::kAnswerLost ? 2 : 0) + (is_slow ? 1 : 0);
      SCOPED_TRACE(n);
      add_bill(n, 995);
      const auto opened = open(n, 995, std::to_string(n));
      ASSERT_TRUE(card_.customer_approves(at(*opened)));
      deliver_all(card_);
      card_.is_slow = is_slow;
      card_.line = line;
      ASSERT_OK(refund_intent(store(), clock(), gateways_, opened->intent.id, kronor(100)));
      ASSERT_OK(refund_intent(store(), clock(), gateways_, opened->intent.id, kronor(895)));
      card_.line = Line::kGood;
      ask_all();
      ask_all();
      card_.settle_down();
      deliver_all(card_);
      EXPECT_EQ(state_of(opened->intent.id), "reversed 995.00 995.00");
      EXPECT_EQ(card_.payments().at(at(*opened)).refunded, kronor(995));
      card_.is_slow = false;
    }
  }
  EXPECT_EQ(balance("clearing:kort"), "0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(IntentsTest, MoneyThatGoesBackIsOwedAgain) {
  add_bill(1, 500);
  const auto opened = open(1, 500, "a");
  ASSERT_TRUE(card_.customer_approves(at(*opened)));
  deliver_all(card_);
  ASSERT_OK(refund_intent(store(), clock(), gateways_, opened->intent.id, kronor(200)));
  EXPECT_EQ(state_of(opened->intent.id), "settled 500.00 200.00");
  EXPECT_EQ(told(1), "open 300.00 200.00");
  EXPECT_EQ(code_of(refund_intent(store(), clock(), gateways_, opened->intent.id, kronor(301))),
            "refund_too_large");
  ASSERT_TRUE(card_.bank_takes_back(at(*opened)));
  deliver_all(card_);
  EXPECT_EQ(state_of(opened->intent.id), "reversed 500.00 500.00");
  EXPECT_EQ(told(1), "open 0.00 500.00");
  EXPECT_EQ(balance("clearing:kort"), "0.00");
  EXPECT_EQ(balance("suspense"), "0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(IntentsTest, WhatAnAgentMovedGoesBackToo) {
  add_bill(1, 500);
  add_bill(2, 500);
  card_.is_slow = true;
  const auto opened = open(1, 500, "a");
  ASSERT_TRUE(card_.customer_approves(at(*opened)));
  ASSERT_OK(import(bgmax_file({{500, reference(1), "1"}})));
  deliver_all(card_);
  const auto waiting = payments("suspense");
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].reason, "paid_twice");
  // While the refund is under way an agent assigns the money to another bill.
  ASSERT_OK(assign_payment(store(), clock(),
                           {.payment = waiting[0].id,
                            .account = account(2),
                            .bill = bill_id(2),
                            .amount = {},
                            .reason = "customer asked",
                            .actor = "agent"}));
  EXPECT_EQ(told(2), "settled 500.00 0.00");
  ask_all();
  card_.settle_down();
  deliver_all(card_);
  EXPECT_EQ(state_of(opened->intent.id), "reversed 500.00 500.00");
  EXPECT_EQ(told(2), "open 0.00 500.00");
  EXPECT_EQ(balance("suspense"), "0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(IntentsTest, RefusalsAreKeptWithWhatTheyMean) {
  add_bill(1, 500);
  const auto opened = open(1, 500, "a");
  ASSERT_TRUE(card_.customer_declines(at(*opened)));
  deliver_all(card_);
  const domain::PaymentIntent intent = find(opened->intent.id).intent;
  EXPECT_EQ(intent.state, IntentState::kFailed);
  EXPECT_EQ(intent.decline, domain::Decline::kRetryLater);
  EXPECT_EQ(intent.code, "no money");
  EXPECT_FALSE(intent.ask_at);
  EXPECT_OK(open(1, 500, "b"));
}

// Words that come together say what they say one after the other: the same rows, whatever else is
// among them.
TEST_P(IntentsTest, ManyWordsInOneTransaction) {
  std::vector<ProviderWord> words;
  for (int n = 1; n <= 4; ++n) {
    add_bill(n, 500);
    const auto opened = open(n, 500, std::to_string(n));
    ASSERT_OK(opened);
    ASSERT_TRUE(card_.customer_approves(at(*opened)));
  }
  // One goes back at once; one was paid at the bank meanwhile, and is paid twice.
  ASSERT_TRUE(card_.bank_takes_back("kort-2"));
  ASSERT_OK(import(bgmax_file({{500, reference(3), "1"}})));
  for (std::size_t word = 0; word < card_.words(); ++word) {
    const auto reading = card_.verify_webhook(card_.webhook(word));
    words.push_back({"kort", reading->events.front()});
    if (word % 2 == 0) words.push_back(words.back());
  }
  words.push_back({"kort", {"intent_00000000000000000000000000", words.front().event.update}});
  words.back().event.update.provider_reference = "kort-99";
  std::vector<WordOutcome> outcomes;
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
    auto done = apply_words(transaction, clock().now(), words);
    if (done) outcomes = *std::move(done);
    return done ? base::Result<>() : std::unexpected(done.error());
  }));
  ASSERT_EQ(outcomes.size(), words.size());
  EXPECT_FALSE(outcomes.back().intent);
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(told(2), "open 0.00 500.00");
  EXPECT_EQ(told(3), "settled 500.00 0.00");
  EXPECT_EQ(told(4), "settled 500.00 0.00");
  EXPECT_EQ(balance("clearing:kort"), "1500.00");
  EXPECT_EQ(suspense(), "500.00 paid_twice");
  const std::string after = dump();
  deliver_all(card_);
  EXPECT_EQ(dump(), after) << "told again, one by one, it is the same";
  EXPECT_EQ(problems(), "");
}

TEST_P(IntentsTest, WordsOfNobodyAreCountedAndAnswered) {
  add_bill(1, 500);
  const auto opened = open(1, 500, "a");
  ASSERT_TRUE(card_.customer_approves(at(*opened)));
  // The other provider never heard of it.
  EXPECT_EQ(code_of(take_webhook(store(), clock(), gateways_, "plånbok", card_.webhook(0))),
            "webhook_malformed");
  EXPECT_EQ(code_of(take_webhook(store(), clock(), gateways_, "x", card_.webhook(0))),
            "gateway_unknown");
  EXPECT_EQ(state_of(opened->intent.id), "pending 0.00 0.00");
}

TELGIRO_ON_BOTH_ENGINES(IntentsTest);

// --- Whatever happens in whatever order.

// A life of a few bills at two providers and the bank, made from a seed: taps, lost requests, lost
// answers, late and doubled words, stops, refunds, recalls. When all has been heard, the truth of
// the providers' books is the truth of ours.
class Life {
 public:
  explicit Life(std::uint64_t seed) : random_(seed) {}

  int up_to(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most + 1)); }
  bool one_in(int count) { return up_to(count - 1) == 0; }

 private:
  std::mt19937_64 random_;
};

class RandomPayments : public IntentsTest {
 protected:
  static constexpr int kBills = 3;

  void live(std::uint64_t seed) {
    Life life(seed);
    const int first = bills_ + 1;
    for (int n = 0; n < kBills; ++n) add_bill(++bills_, 100 * (1 + life.up_to(8)));
    std::vector<domain::IntentId> intents;
    std::size_t heard[2] = {card_.words(), wallet_.words()};
    BadProvider* providers[] = {&card_, &wallet_};
    const int steps = 10 + life.up_to(30);
    for (int step = 0; step < steps; ++step) {
      const int which = life.up_to(1);
      BadProvider& provider = *providers[which];
      provider.line =
          life.one_in(3) ? (life.one_in(2) ? Line::kRequestLost : Line::kAnswerLost) : Line::kGood;
      provider.is_slow = life.one_in(3);
      act(life, first + life.up_to(kBills - 1), provider, heard[which], intents,
          std::to_string(seed) + "/" + std::to_string(step));
      clock().set({clock().now().micros + life.up_to(3'600) * base::kMicrosPerSecond});
    }
    settle(heard);
    compare(first, intents);
  }

  void act(Life& life, int bill_number, BadProvider& provider, std::size_t first_word,
           std::vector<domain::IntentId>& intents, const std::string& key) {
    const std::vector<std::string> references = references_of(provider, intents);
    const auto any = [&]() -> const std::string& {
      return references[static_cast<std::size_t>(
          life.up_to(static_cast<int>(references.size()) - 1))];
    };
    const auto any_intent = [&] {
      return intents[static_cast<std::size_t>(life.up_to(static_cast<int>(intents.size()) - 1))];
    };
    switch (life.up_to(9)) {
      case 0:
      case 1: {
        const Money rest = bill(bill_number).rest();
        if (rest.minor() < 100) return;
        const std::int64_t whole = rest.minor() / 100;
        const auto opened = open(bill_number, life.one_in(3) ? (whole + 1) / 2 : whole, key,
                                 std::string(provider.name()), life.one_in(2));
        if (opened) intents.push_back(opened->intent.id);
        return;
      }
      case 2:
      case 3:
        if (references.empty()) return;
        // Some pages let their customers choose what they pay.
        if (life.one_in(8)) provider.customer_pays(any(), kronor(1 + life.up_to(1'500)));
        provider.customer_approves(any());
        return;
      case 4:
        if (!references.empty() && life.one_in(2)) provider.customer_declines(any());
        if (!references.empty() && life.one_in(4)) provider.time_runs_out(any());
        return;
      case 5:
        if (provider.words() > first_word) {
          deliver(provider, first_word + static_cast<std::size_t>(life.up_to(
                                             static_cast<int>(provider.words() - first_word) - 1)));
        }
        return;
      case 6: {
        const auto asked = ask_intents(store(), clock(), gateways_, 10);
        ASSERT_OK(asked);
        return;
      }
      case 7:
        if (!intents.empty() && life.one_in(2)) {
          static_cast<void>(stop_intent(store(), clock(), gateways_, any_intent()));
        }
        provider.settle_down();
        return;
      case 8: {
        if (intents.empty()) return;
        const domain::IntentId id = any_intent();
        const Money amount = kronor(1 + life.up_to(life.one_in(2) ? 99 : 999));
        static_cast<void>(refund_intent(store(), clock(), gateways_, id, amount));
        if (!references.empty() && life.one_in(3)) provider.bank_takes_back(any());
        return;
      }
      case 9:
        ASSERT_OK(import(bgmax_file({{100 * (1 + life.up_to(4)), reference(bill_number), key}}), {},
                         key));
        return;
    }
  }

  // Those of this life.
  static std::vector<std::string> references_of(const BadProvider& provider,
                                                const std::vector<domain::IntentId>& intents) {
    std::vector<std::string> found;
    for (const auto& [reference, payment] : provider.payments()) {
      const auto id = domain::IntentId::parse(payment.intent);
      if (id && std::ranges::find(intents, *id) != intents.end()) found.push_back(reference);
    }
    return found;
  }

  // The lines are good again, and everybody hears everything.
  void settle(const std::size_t (&heard)[2]) {
    for (BadProvider* provider : {&card_, &wallet_}) {
      provider->line = Line::kGood;
      provider->is_slow = false;
    }
    for (int round = 0; round < 4; ++round) {
      for (BadProvider* provider : {&card_, &wallet_}) provider->settle_down();
      ask_all();
      BadProvider* const providers[] = {&card_, &wallet_};
      for (std::size_t which = 0; which < 2; ++which) {
        for (std::size_t word = providers[which]->words(); word-- > heard[which];) {
          deliver(*providers[which], word);
        }
      }
    }
  }

  void compare(int first, const std::vector<domain::IntentId>& intents) {
    for (BadProvider* provider : {&card_, &wallet_}) {
      const std::string clearing = balance("clearing:" + std::string(provider->name()));
      EXPECT_EQ(clearing, Money(provider->holds_minor(), base::Currency()).to_decimal_string());
      for (const std::string& reference : references_of(*provider, intents)) {
        const BadProvider::Payment& payment = provider->payments().at(reference);
        const auto id = domain::IntentId::parse(payment.intent);
        const domain::PaymentIntent ours = find(*id).intent;
        std::string end(to_text(ours.state));
        if (ours.state == IntentState::kSettled && !ours.refunded.is_zero()) end = "partly back";
        ends_[*id] = std::move(end);
        EXPECT_EQ(ours.captured, payment.captured) << reference;
        EXPECT_EQ(ours.refunded, payment.refunded) << reference;
        if (ours.state == IntentState::kSettled || ours.state == IntentState::kReversed) continue;
        EXPECT_TRUE(payment.captured.is_zero()) << reference;
        if (payment.state == IntentState::kPending) continue;
        EXPECT_EQ(to_text(ours.state), to_text(payment.state)) << reference;
      }
    }
    for (int n = first; n <= bills_; ++n) {
      const domain::Bill owed = bill(n);
      EXPECT_LE(owed.paid, owed.total) << "bill " << n << " was paid twice";
    }
    // What came too much by a provider went back; only the bank's is anybody's to decide.
    for (const auto& payment : payments("suspense")) {
      EXPECT_FALSE(payment.bank_account.starts_with("clearing:")) << payment.reason;
    }
  }

  // How the payments ended, to see that every way was gone.
  std::map<domain::IntentId, std::string> ends_;
  int bills_ = 0;
};

TEST_P(RandomPayments, EveryKronaStandsInOnePlace) {
  const bool is_soak = std::getenv("TELGIRO_SOAK") != nullptr;
  const bool is_sqlite = GetParam() == storage::sql::Engine::kSqlite;
  const std::uint64_t lives = !is_soak ? 40 : is_sqlite ? 100'000 : 10'000;
  for (std::uint64_t seed = 1; seed <= lives; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    live(seed);
    // The whole of what is stored grows with each life.
    if (seed == lives || seed % 1'000 == 0) {
      EXPECT_EQ(problems(), "");
    }
    if (HasFailure()) return;
  }
  std::map<std::string, int> ends;
  for (const auto& [intent, end] : ends_) ++ends[end];
  for (const char* end : {"settled", "partly back", "reversed", "failed", "cancelled"}) {
    EXPECT_GT(ends[end], 0) << end;
  }
}

TELGIRO_ON_BOTH_ENGINES(RandomPayments);

}  // namespace
}  // namespace flows
