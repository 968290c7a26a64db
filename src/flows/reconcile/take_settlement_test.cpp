// Settlements on both engines: kept once, matched with the bank to the cent whichever comes first,
// and a month that is explained all the way.
#include "flows/reconcile/take_settlement.h"

#include "flows/intents/apply_intent_update.h"
#include "flows/intents/drive_intent.h"
#include "flows/intents/open_intent.h"
#include "flows/intents/rename_intent.h"
#include "flows/reconcile/prove_month.h"
#include "ports/ledger.h"
#include "tests/flows/bad_provider.h"
#include "tests/flows/payment_world.h"
#include "tests/flows/statement_file.h"

namespace flows {
namespace {

using tests::kronor;
using tests::statement_file;

class SettlementTest : public tests::PaymentWorld {
 protected:
  // A payment of 500 and a fee of 5, of which the provider says that so much is paid out.
  static std::string file(const std::string& payout = "495.00") {
    return R"({"settlements": [{"provider": "card", "payout": "po_1", "currency": "SEK",
      "amount": ")" +
           payout + R"(", "day": "2026-11-20", "lines": [{"kind": "payment",
      "reference": "70001", "gross": "500.00", "fee": "5.00", "net": "495.00",
      "day": "2026-11-18"}]}]})";
  }
  // "495.00 paid", "495.00 waits" and the problems.
  std::string take(const std::string& bytes,
                   const SettlementTerms& terms = {.actor = "anna", .take_anyway = true}) {
    const auto taken = take_settlements(store(), clock(), bytes, terms);
    if (!taken) return describe(taken.error());
    std::string text;
    for (const auto& each : *taken) {
      text += each.row.amount.to_decimal_string() + (each.row.paid_day ? " paid" : " waits") +
              (each.was_known ? " known" : "") + (each.is_refused ? " refused" : "");
      for (const auto& problem : each.problems) text += " " + problem.code;
    }
    return text;
  }
  std::string payout(std::int64_t amount = 495, const std::string& words = "PAYOUT PO 1") {
    return statement_file({.opening = 0,
                           .entries = {{amount, "2026-11-21", "R1", "", "", words}},
                           .closing = amount,
                           .day = "2026-11-21"});
  }
  std::string waiting() {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return std::to_string(
        transaction->payments().reconciliation().settlements(true, 10).value().size());
  }
  std::string month() {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto proof = prove_month(*transaction, base::Month::parse("2026-11").value());
    if (!proof) return describe(proof.error());
    std::string text;
    for (const auto& problem : proof->problems) text += describe(problem) + "\n";
    return text;
  }
};

TEST_P(SettlementTest, TheSettlementComesFirst) {
  EXPECT_EQ(take(file()), "495.00 waits settlement_payment_unknown");
  EXPECT_EQ(balance("clearing:card"), "-5.00");
  EXPECT_EQ(balance("provider_fees:card"), "5.00");
  EXPECT_EQ(waiting(), "1");
  EXPECT_EQ(month(), "");
  ASSERT_OK(import(payout()));
  EXPECT_EQ(waiting(), "0");
  EXPECT_EQ(balance("clearing:card"), "-500.00");
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(take(file()), "495.00 paid known");
  EXPECT_EQ(balance("clearing:card"), "-500.00");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(month(), "");
}

TEST_P(SettlementTest, TheBankComesFirst) {
  ASSERT_OK(import(payout()));
  EXPECT_EQ(suspense(), "495.00 no_reference");
  EXPECT_EQ(take(file()), "495.00 paid settlement_payment_unknown");
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(balance("suspense"), "0.00");
  EXPECT_EQ(month(), "");
}

TEST_P(SettlementTest, WhatDoesNotMeetWaits) {
  const struct {
    std::int64_t kronor;
    std::string words;
  } rows[] = {{494, "PAYOUT PO 1"}, {495, "PAYOUT"}};
  EXPECT_EQ(take(file()), "495.00 waits settlement_payment_unknown");
  for (const auto& row : rows) ASSERT_OK(import(payout(row.kronor, row.words), {}, row.words));
  EXPECT_EQ(waiting(), "1");
}

TEST_P(SettlementTest, OneThatContradictsItselfIsNotKept) {
  EXPECT_EQ(take(file("500.00")),
            "500.00 waits refused settlement_sum_differs settlement_payment_unknown");
  EXPECT_EQ(balance("provider_fees:card"), "0.00");
  EXPECT_EQ(waiting(), "0");
  EXPECT_EQ(take(file()), "495.00 waits settlement_payment_unknown");
  std::string changed = file("490.00");
  changed.replace(changed.find("\"5.00\""), 6, "\"10.00\"");
  changed.replace(changed.rfind("495.00"), 6, "490.00");
  EXPECT_EQ(take(changed), "495.00 waits known refused settlement_changed");
}

// A payment of ours of 500 at the provider; the answer's id is its reference there.
TEST_P(SettlementTest, WhatIsNotOursIsNamedAndNotKept) {
  add_bill(1, 500);
  tests::BadProvider provider("card");
  const Gateways gateways({&provider}, {});
  OpenIntent request;
  request.account = account(1);
  request.parts = {{bill_id(1), account(1), kronor(500)}};
  request.gateway = "card";
  request.request_key = "a";
  request.order.method = "card";
  const auto opened = open_intent(store(), clock(), gateways, request);
  ASSERT_OK(opened);
  const std::string ours = opened->intent.id.to_string();
  const auto told = [&](const std::string& payout, const std::string& merchant,
                        const std::string& reference, const std::string& currency,
                        const std::string& account) {
    return R"({"settlements": [{"provider": "card", "merchant": ")" + merchant +
           R"(", "payout": ")" + payout + R"(", "currency": ")" + currency +
           R"(", "amount": "495.00", "bank_account": ")" + account +
           R"(", "day": "2026-11-20", "lines": [{"kind": "payment", "reference": ")" + reference +
           R"(", "gross": "500.00", "fee": "5.00", "net": "495.00",
           "day": "2026-11-18"}]}]})";
  };
  const std::string own(tests::kOwnIban);
  const SettlementTerms strict{.actor = "anna", .merchants = {{"card", {"M1"}}}};
  const struct {
    std::string_view what;
    std::string file, answer;
  } rows[] = {
      {"another merchant", told("po_2", "M2", ours, "SEK", own),
       "495.00 waits refused settlement_merchant_unknown"},
      {"a payment that we do not know", told("po_2", "M1", "70001", "SEK", own),
       "495.00 waits refused settlement_payment_unknown"},
      {"no payment at all", told("po_2", "M1", "", "SEK", own),
       "495.00 waits refused settlement_payment_unknown"},
      {"another currency", told("po_2", "M1", ours, "EUR", own),
       "495.00 waits refused settlement_currency_differs"},
      {"somebody else's account", told("po_2", "M1", ours, "SEK", "SE3550000000054910000003"),
       "495.00 waits refused settlement_account_foreign"},
      {"all that is ours", told("po_1", "M1", ours, "SEK", own), "495.00 waits"},
      {"the same file again", told("po_1", "M1", ours, "SEK", own), "495.00 waits known"},
      {"the same payment in another payout", told("po_2", "M1", ours, "SEK", own),
       "495.00 waits refused settlement_line_settled"},
  };
  for (const auto& row : rows) EXPECT_EQ(take(row.file, strict), row.answer) << row.what;
  EXPECT_EQ(waiting(), "1");
  EXPECT_EQ(balance("provider_fees:card"), "5.00");
  // Somebody has looked: what is not known is taken, and what contradicts never.
  SettlementTerms anyway = strict;
  anyway.take_anyway = true;
  EXPECT_EQ(take(told("po_3", "M2", "70001", "SEK", own), anyway),
            "495.00 waits settlement_merchant_unknown settlement_payment_unknown");
  EXPECT_EQ(take(told("po_4", "M1", ours, "EUR", own), anyway),
            "495.00 waits refused settlement_currency_differs settlement_line_settled");
  EXPECT_EQ(waiting(), "2");
}

// A customer tried two cards on one page, and the name of the refused one was kept: the settlement
// tells, a person puts it right, and what goes back goes to the card that paid.
TEST_P(SettlementTest, APaymentThatIsCalledOtherwiseIsToldAndPutRight) {
  add_bill(1, 500);
  tests::BadProvider provider("card");
  const Gateways gateways({&provider}, {});
  OpenIntent request;
  request.account = account(1);
  request.parts = {{bill_id(1), account(1), kronor(500)}};
  request.gateway = "card";
  request.request_key = "a";
  request.order.method = "card";
  const auto opened = open_intent(store(), clock(), gateways, request);
  ASSERT_OK(opened);
  const domain::IntentId id = opened->intent.id;
  ASSERT_TRUE(provider.customer_approves("card-1"));
  ASSERT_OK(drive_intent(store(), clock(), gateways, id));
  const std::string refused = provider.customer_tries_again("card-1", false);
  ASSERT_OK(
      ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> base::Result<> {
        auto stored = TRY(hold_intent(transaction, id));
        stored.intent.provider_reference = refused;
        return transaction.intents().update(stored);
      }));
  std::string settled = file();
  settled.replace(settled.find("70001"), 5, "card-1");
  EXPECT_EQ(take(settled, {.actor = "anna"}), "495.00 waits settlement_payment_named_otherwise");
  const auto rename = [&](const std::string& reference, const std::string& reason) {
    return tests::code_of(rename_intent(store(), clock(), {id, reference, reason, "anna"}));
  };
  const struct {
    std::string reference, reason, code;
  } rows[] = {
      {"card-1", "", "missing_reason"},
      {"card-77", "Looked there", "intent_name_unknown"},
      {refused, "Looked there", "intent_name_unknown"},
      {"card-1", "Looked there", ""},
      {"card-1", "Looked there", "intent_name_unknown"},
  };
  for (const auto& row : rows) EXPECT_EQ(rename(row.reference, row.reason), row.code) << row.code;
  settled.replace(settled.find("po_1"), 4, "po_2");
  settled.replace(settled.find("2026-11-18"), 10, "2026-11-19");
  EXPECT_EQ(take(settled, {.actor = "anna"}), "495.00 waits");
  ASSERT_OK(refund_intent(store(), clock(), gateways, id, kronor(500)));
  EXPECT_EQ(provider.payments().at("card-1").refunded, kronor(500));
  EXPECT_EQ(problems(), "");
}

TELGIRO_ON_BOTH_ENGINES(SettlementTest);

}  // namespace
}  // namespace flows
