// Fees of providers on both engines (R22): what is said with a payment and again in a settlement
// stands once in the books, whichever is right in the end, and the month is proved.
#include "flows/intents/book_fee.h"

#include "flows/intents/apply_intent_update.h"
#include "flows/intents/open_intent.h"
#include "flows/reconcile/prove_month.h"
#include "flows/reconcile/take_settlement.h"
#include "tests/flows/bad_provider.h"
#include "tests/flows/payment_world.h"

namespace flows {
namespace {

using base::Money;
using tests::kronor;

TEST(FeeToBook, TheSettlementTakesThePlaceOfWhatWasSaid) {
  using ports::FeeState;
  const struct {
    std::string_view what;
    std::optional<FeeState> state;
    std::int64_t told, booked;
  } rows[] = {
      {"nothing was said before", {}, 5, 5},
      {"the same was said with the payment", FeeState{kronor(5), {}}, 5, 0},
      {"less was said", FeeState{kronor(4), {}}, 5, 1},
      {"more was said", FeeState{kronor(7), {}}, 5, -2},
      {"a refund's fee comes later", FeeState{kronor(5), kronor(5)}, 2, 2},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(fee_to_book(row.state, kronor(row.told)), kronor(row.booked)) << row.what;
  }
}

class BookFeeTest : public tests::PaymentWorld {
 protected:
  // A bill of 500 kronor, paid by card; the provider says the fee in kronor, or nothing (0).
  domain::IntentId pay(int bill, std::int64_t fee) {
    add_bill(bill, 500);
    OpenIntent request;
    request.account = account(bill);
    request.parts = {{bill_id(bill), account(bill), kronor(500)}};
    request.gateway = "kort";
    request.request_key = "a";
    request.order.method = "card";
    const auto opened = open_intent(store(), clock(), gateways_, request);
    EXPECT_OK(opened);
    const domain::IntentId id = opened->intent.id;
    say(id, fee);
    return id;
  }
  void say(domain::IntentId id, std::int64_t fee) {
    domain::IntentUpdate update{.state = domain::IntentState::kSettled};
    update.captured = kronor(500);
    if (fee != 0) update.fee = kronor(fee);
    EXPECT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
      const auto applied =
          apply_intent_update(transaction, {.recorded = clock().now()}, id, update);
      return applied ? base::Result<>() : std::unexpected(applied.error());
    }));
  }
  // One payment and its fee, and a fee of the provider's own.
  std::string settle(domain::IntentId id, std::string_view fee, std::string_view net,
                     std::string_view payout) {
    const std::string file =
        R"({"settlements": [{"provider": "kort", "merchant": "M1", "payout": "po_1",)"
        R"("currency": "SEK", "amount": ")" +
        std::string(payout) +
        R"(", "day": "2026-11-20", "lines": [{"kind": "payment", "reference": ")" + id.to_string() +
        R"(", "gross": "500.00", "fee": ")" + std::string(fee) + R"(", "net": ")" +
        std::string(net) +
        R"(", "day": "2026-11-18"}, {"kind": "fee", "reference": "", "gross": "0.00",)"
        R"("fee": "10.00", "net": "-10.00", "day": "2026-11-18"}]}]})";
    const auto taken = take_settlements(store(), clock(), file, {.actor = "anna"});
    return taken ? balance("provider_fees:kort") : describe(taken.error());
  }
  std::string month() {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto proof = prove_month(*transaction, base::Month::parse("2026-11").value());
    if (!proof) return describe(proof.error());
    std::string text;
    for (const auto& problem : proof->problems) text += describe(problem) + "\n";
    return text;
  }

  tests::BadProvider card_{"kort"};
  Gateways gateways_{{&card_}, {}};
};

TEST_P(BookFeeTest, SaidWithThePaymentItIsBookedAtOnceAndOnce) {
  const domain::IntentId id = pay(1, 5);
  EXPECT_EQ(balance("provider_fees:kort"), "5.00");
  EXPECT_EQ(balance("clearing:kort"), "495.00");
  say(id, 5);
  EXPECT_EQ(balance("provider_fees:kort"), "5.00");
  say(id, 6);
  EXPECT_EQ(balance("provider_fees:kort"), "6.00") << "the provider knows better now";
  EXPECT_EQ(month(), "");
  EXPECT_EQ(problems(), "");
}

TEST_P(BookFeeTest, SaidAgainInTheSettlementItIsNotBookedAgain) {
  const domain::IntentId id = pay(1, 5);
  EXPECT_EQ(settle(id, "5.00", "495.00", "485.00"), "15.00");
  EXPECT_EQ(month(), "");
  EXPECT_EQ(settle(id, "5.00", "495.00", "485.00"), "15.00") << "a known settlement";
  say(id, 7);
  EXPECT_EQ(balance("provider_fees:kort"), "15.00") << "the settlement has said it for good";
  EXPECT_EQ(balance("clearing:kort"), "485.00") << "what the provider still has to pay out";
  EXPECT_EQ(problems(), "");
}

TEST_P(BookFeeTest, WhatTheSettlementSaysCounts) {
  const domain::IntentId id = pay(1, 5);
  EXPECT_EQ(settle(id, "4.00", "496.00", "486.00"), "14.00");
  EXPECT_EQ(month(), "");
}

TEST_P(BookFeeTest, NotSaidWithThePaymentItIsBookedWithTheSettlement) {
  const domain::IntentId id = pay(1, 0);
  EXPECT_EQ(balance("provider_fees:kort"), "0.00");
  EXPECT_EQ(settle(id, "5.00", "495.00", "485.00"), "15.00");
  EXPECT_EQ(month(), "");
}

TELGIRO_ON_BOTH_ENGINES(BookFeeTest);

}  // namespace
}  // namespace flows
