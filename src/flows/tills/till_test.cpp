// A shop's till on both engines: what is taken is paid and stands in one place, a drawer holds what
// its session says, nothing is taken twice, and a month is explained with its cash.
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <set>

#include "domain/till/drawer.h"
#include "flows/intents/drive_intent.h"
#include "flows/intents/open_intent.h"
#include "flows/operations/load_operator.h"
#include "flows/reconcile/prove_month.h"
#include "flows/refunds/refund_money.h"
#include "flows/tills/bill_code.h"
#include "flows/tills/give_receipt.h"
#include "flows/tills/pay_out.h"
#include "flows/tills/run_session.h"
#include "flows/tills/show_till.h"
#include "flows/tills/take_card.h"
#include "flows/tills/take_cash.h"
#include "tests/flows/aurora.h"
#include "tests/flows/bad_provider.h"
#include "tests/flows/payment_world.h"
#include "tests/flows/statement_file.h"
#include "tests/support/faulty_database.h"
#include "tests/support/shipped_rules.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::TillEntryKind;
using tests::BadProvider;
using tests::code_of;
using tests::kronor;

const std::string kDrawer = "kungsgatan-1";
const std::string kCash = "cash:kungsgatan-1";

Money money(std::string_view text) { return Money::parse(text, base::Currency()).value(); }
domain::CashCount count(std::string_view text) {
  return domain::read_cash_count(text, base::Currency()).value();
}
const domain::RuleBook& rules() { return formats::law::shipped_book(); }

class TillTest : public tests::PaymentWorld {
 protected:
  Result<TillResult> open(const std::string& key = "open", const std::string& text = "1000x1") {
    return open_till(store(), clock(), {kDrawer, count(text), "anna", key});
  }
  TakeCash::Chosen chosen(int n, std::string_view amount = "") {
    TakeCash::Chosen each{bill(n).account, bill_id(n), {}};
    if (!amount.empty()) each.amount = money(amount);
    return each;
  }
  TakeCash wish(std::vector<TakeCash::Chosen> bills, std::string_view tendered,
                const std::string& key) {
    return {.drawer = kDrawer,
            .bills = std::move(bills),
            .tendered = money(tendered),
            .actor = "anna",
            .request_key = key};
  }
  Result<TillResult> take(const TakeCash& request) {
    return take_cash(store(), clock(), rules(), request);
  }
  // `recount_above` is far away where nothing else is said: the first count closes.
  Result<domain::TillSession> close(const std::string& text, const std::string& reason = "",
                                    const std::string& key = "close",
                                    const std::string& recount_above = "1000000") {
    return close_till(
        store(), clock(),
        {kDrawer, count(text), reason, "anna", key, base::Decimal::parse(recount_above).value()});
  }
  Result<TillResult> undo(std::int64_t ordinal, const std::string& key) {
    return undo_taking(store(), clock(), {kDrawer, ordinal, "Wrong bill", "anna", key});
  }
  Result<TillResult> move(TillEntryKind kind, std::string_view amount, const std::string& key) {
    return move_cash(store(), clock(), {kDrawer, kind, money(amount), "", "anna", key});
  }
  TillView view() {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return show_till(*transaction, kDrawer).value();
  }
  // Empty where everything that is stored agrees with itself and the month is explained.
  std::string all_problems() {
    std::string text = problems();
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto proof = prove_month(*transaction, base::Month::parse("2026-11").value());
    if (!proof) return text + describe(proof.error());
    for (const auto& problem : proof->problems) text += describe(problem) + "\n";
    return text;
  }
  // Of the last session: "1 taking 500.00, ...".
  std::string receipts() {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto last = transaction->tills().list_sessions(drawer_id(kDrawer), 1).value().front();
    std::string text;
    const auto entries = transaction->tills().entries_of(last.drawer, last.number).value();
    for (const auto& entry : entries) {
      if (entry.receipt == 0) continue;
      Money sum(0, last.currency);
      for (const auto& part : entry.parts) sum += part.amount;
      text += (text.empty() ? "" : ", ") + std::to_string(entry.receipt) + " " +
              std::string(domain::to_text(entry.kind)) + " " + sum.to_decimal_string();
    }
    return text;
  }
  // So much may be paid back by one person alone.
  void let_alone(std::int64_t up_to) {
    formats::OperatorFile file = tests::aurora();
    file.value.refunds.alone_up_to = kronor(up_to);
    ASSERT_OK(load_operator(store(), clock(), file.value, tests::aurora_catalogue()));
  }
};

TEST_P(TillTest, AShiftFromTheFloatToTheCount) {
  add_bill(1, 500);
  EXPECT_EQ(code_of(take(wish({chosen(1)}, "500", "a"))), "till_closed");
  ASSERT_OK(open());
  EXPECT_EQ(balance(kCash), "1000.00");
  EXPECT_EQ(balance("safe:main"), "-1000.00");
  const auto taken = take(wish({chosen(1)}, "600", "a"));
  ASSERT_OK(taken);
  EXPECT_EQ(taken->entry.change(), money("100"));
  EXPECT_EQ(taken->entry.receipt, 1);
  EXPECT_EQ(taken->entry.parts.front().paper, reference(1)) << "this bill has no paper";
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(balance(kCash), "1500.00");
  EXPECT_EQ(balance("receivables"), "0.00");
  EXPECT_EQ(payments("allocated").front().bank_account, kCash);
  EXPECT_EQ(all_problems(), "") << "while the drawer is open";
  const auto closed = close("1000x1 200x2", "A note of 100 is missing");
  ASSERT_OK(closed);
  EXPECT_EQ(closed->closing->expected, money("1500"));
  EXPECT_EQ(closed->closing->difference(), money("-100"));
  EXPECT_EQ(close("1000x1", "", "close")->number, 1) << "asked again, it is the same";
  EXPECT_EQ(balance("cash_difference"), "100.00");
  EXPECT_EQ(balance(kCash), "0.00") << "a closed drawer holds nothing";
  EXPECT_EQ(balance("safe:main"), "400.00");
  EXPECT_EQ(all_problems(), "");
}

// A count says nothing of what should be there, however often it is tried.
TEST_P(TillTest, TheCountIsBlindAndTheSecondOneIsFinal) {
  ASSERT_OK(open());
  const auto first = close("1000x1 100x1", "", "first", "50");
  ASSERT_OK(first);
  EXPECT_FALSE(first->closing) << "too far off: counted again, and nothing is told";
  EXPECT_EQ(balance(kCash), "1000.00") << "and nothing is booked";
  EXPECT_FALSE(close("1000x1 100x1", "", "first", "50")->closing) << "the same form, the same word";
  EXPECT_EQ(code_of(close("1000x1", "", "first", "50")), "request_key_reused")
      << "no other sum is tried by it";
  EXPECT_EQ(view().entries.back().tendered, money("1100"));
  const auto second = close("1000x1 200x1", "", "second", "50");
  ASSERT_OK(second);
  ASSERT_TRUE(second->closing) << "whatever it is";
  EXPECT_EQ(second->closing->difference(), money("200"));
  EXPECT_EQ(balance("cash_difference"), "-200.00");
  EXPECT_EQ(all_problems(), "");
}

TEST_P(TillTest, ACountIsVoidOnceMoneyHasMoved) {
  ASSERT_OK(open());
  EXPECT_FALSE(close("1000x1 100x1", "", "first", "50")->closing);
  ASSERT_OK(move_cash(store(), clock(),
                      {.drawer = kDrawer,
                       .kind = domain::TillEntryKind::kDrop,
                       .amount = money("500"),
                       .reason = {},
                       .actor = "anna",
                       .request_key = "drop"}));
  EXPECT_FALSE(close("500x1 100x1", "", "second", "50")->closing) << "a first count again";
  EXPECT_TRUE(close("500x1 100x1", "", "third", "50")->closing);
}

TEST_P(TillTest, WhatACountMayBeOff) {
  struct Row {
    const char* counted;
    const char* recount_above;
    bool closes;
  };
  const Row rows[] = {
      {"1000x1", "0", true},        {"1000x1 10x1", "0", false},      {"1000x1 10x1", "10", true},
      {"1000x1 20x1", "10", false}, {"500x1 200x2 50x1", "50", true}, {"500x1 200x2", "50", false}};
  int n = 0;
  for (const Row& row : rows) {
    const std::string key = std::to_string(++n);
    SCOPED_TRACE(std::string(row.counted) + " above " + row.recount_above);
    ASSERT_OK(open("open " + key));
    const auto closed = close(row.counted, "", "close " + key, row.recount_above);
    ASSERT_OK(closed);
    EXPECT_EQ(closed->closing.has_value(), row.closes);
    if (!row.closes) ASSERT_OK(close(row.counted, "", "again " + key, row.recount_above));
  }
}

TEST_P(TillTest, OneSessionADrawer) {
  const auto first = open();
  ASSERT_OK(first);
  EXPECT_EQ(open()->session, first->session) << "the same key is the same session";
  const auto other = open_till(store(), clock(), {kDrawer, {}, "bengt", "other"});
  ASSERT_EQ(code_of(other), "till_open");
  EXPECT_EQ(other.error().place, "anna");
  EXPECT_OK(open_till(store(), clock(), {"kungsgatan-2", {}, "bengt", "other"}));
  EXPECT_EQ(code_of(open_till(store(), clock(), {"nowhere", {}, "bengt", "x"})),
            "drawer_not_found");
  ASSERT_OK(close("1000x1"));
  EXPECT_EQ(open("again")->session.number, 2);
}

TEST_P(TillTest, WhatIsTakenOfSeveralBills) {
  add_debt(1, {.kronor = 300, .name = "Ebba Ek"});
  add_debt(2, {.kronor = 200, .of_account = 1, .due = "2026-12-15"});
  add_debt(3, {.kronor = 400, .name = "Nils Gran"});
  ASSERT_OK(open());
  // Rounded: 499.60 is 500 in coins, and the bills get what was chosen.
  ASSERT_OK(take(wish({chosen(1), chosen(2, "199.60")}, "500", "a")));
  EXPECT_EQ(told(1), "settled 300.00 0.00");
  EXPECT_EQ(told(2), "open 199.60 0.40");
  EXPECT_EQ(balance("rounding"), "-0.40");
  EXPECT_EQ(balance(kCash), "1500.00");
  // A part, where it was agreed that it is one.
  TakeCash part = wish({chosen(3)}, "100", "b");
  EXPECT_EQ(code_of(take(part)), "tendered_too_little");
  part.part_is_fine = true;
  ASSERT_OK(take(part));
  EXPECT_EQ(told(3), "open 100.00 300.00");
  // More than is owed, and no change is wanted.
  TakeCash more = wish({chosen(3)}, "350", "c");
  more.rest_to_credit = true;
  ASSERT_OK(take(more));
  EXPECT_EQ(told(3), "settled 400.00 0.00");
  EXPECT_EQ(credit(3), "50.00");
  EXPECT_EQ(code_of(take(wish({chosen(3)}, "1", "d"))), "bill_not_payable");
  EXPECT_EQ(code_of(take(wish({chosen(2), chosen(2)}, "1", "e"))), "bill_twice");
  EXPECT_EQ(all_problems(), "");
}

TEST_P(TillTest, AskedAgainItIsTheSameReceiptAndNumbersHaveNoGaps) {
  for (int n = 1; n <= 3; ++n) add_bill(n, 500);
  ASSERT_OK(open());
  const auto first = take(wish({chosen(1)}, "500", "a"));
  ASSERT_OK(first);
  EXPECT_EQ(code_of(take(wish({chosen(1)}, "500", "b"))), "bill_not_payable");
  EXPECT_EQ(code_of(take(wish({chosen(2)}, "499", "c"))), "tendered_too_little");
  EXPECT_EQ(take(wish({chosen(1)}, "500", "a"))->entry, first->entry);
  EXPECT_EQ(code_of(take(wish({chosen(2)}, "500", "a"))), "request_key_reused");
  EXPECT_EQ(code_of(take(wish({chosen(1)}, "600", "a"))), "request_key_reused");
  EXPECT_EQ(code_of(undo(2, "a")), "request_key_reused");
  EXPECT_EQ(code_of(take(wish({chosen(2)}, "500", ""))), "missing_request_key");
  EXPECT_EQ(take(wish({chosen(2)}, "500", "d"))->entry.receipt, 2);
  ASSERT_OK(close("1000x2"));
  EXPECT_EQ(take(wish({chosen(1)}, "500", "a"))->entry, first->entry) << "also when it is closed";
  ASSERT_OK(open("next"));
  EXPECT_EQ(take(wish({chosen(3)}, "500", "e"))->entry.receipt, 3);
  EXPECT_EQ(all_problems(), "");
}

TEST_P(TillTest, AMistakeIsUndoneInTheSameSession) {
  add_bill(1, 500);
  ASSERT_OK(open());
  TakeCash more = wish({chosen(1, "499.60")}, "600", "a");
  more.rest_to_credit = true;
  ASSERT_OK(take(more));
  EXPECT_EQ(credit(1), "100.40");
  EXPECT_EQ(code_of(undo_taking(store(), clock(), {kDrawer, 2, "", "anna", "u"})),
            "missing_reason");
  EXPECT_EQ(code_of(undo(1, "u")), "not_a_taking");
  const auto storno = undo(2, "u");
  ASSERT_OK(storno);
  EXPECT_EQ(storno->entry.cash, money("-600"));
  EXPECT_EQ(storno->entry.receipt, 2);
  EXPECT_EQ(undo(2, "u")->entry, storno->entry);
  EXPECT_EQ(code_of(undo(2, "v")), "already_undone");
  EXPECT_EQ(told(1), "open 0.00 500.00");
  EXPECT_EQ(credit(1), "0.00");
  EXPECT_EQ(balance(kCash), "1000.00");
  EXPECT_EQ(all_problems(), "");
  // What has left the drawer meanwhile cannot be given back.
  ASSERT_OK(take(wish({chosen(1)}, "500", "b")));
  ASSERT_OK(move(TillEntryKind::kDrop, "1400", "m"));
  EXPECT_EQ(code_of(undo(4, "w")), "drawer_too_little");
  EXPECT_EQ(code_of(move(TillEntryKind::kDrop, "101", "n")), "drawer_too_little");
  ASSERT_OK(move(TillEntryKind::kPayIn, "400", "o"));
  EXPECT_EQ(move(TillEntryKind::kPayIn, "400", "o")->entry.ordinal, 6);
  ASSERT_OK(undo(4, "w"));
  ASSERT_OK(close(""));
  EXPECT_EQ(all_problems(), "");
}

TEST_P(TillTest, ADebtThatIsBeingPaidElsewhereIsNotTakenTwice) {
  add_bill(1, 500);
  ASSERT_OK(open());
  BadProvider online("kort"), terminal("adyen_terminal");
  const Gateways gateways({&online, &terminal}, {});
  OpenIntent other;
  other.account = account(1);
  other.parts = {{bill_id(1), account(1), kronor(300)}};
  other.gateway = "kort";
  other.request_key = "page";
  other.order.method = "card";
  const auto under_way = open_intent(store(), clock(), gateways, other);
  ASSERT_OK(under_way);
  for (const bool by_card : {false, true}) {
    const auto refused =
        by_card ? keep_card(store(), clock(), gateways, {kDrawer, {chosen(1)}, "sv", "anna", "a"})
                : take(wish({chosen(1)}, "500", "a"));
    ASSERT_EQ(code_of(refused), "already_being_paid");
    EXPECT_EQ(refused.error().place, under_way->intent.id.to_string());
  }
  EXPECT_OK(take(wish({chosen(1, "200")}, "200", "part")));  // What is free is taken.
  ASSERT_OK(stop_intent(store(), clock(), gateways, under_way->intent.id));
  EXPECT_OK(take(wish({chosen(1)}, "300", "b")));
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(all_problems(), "");
}

TEST_P(TillTest, ATerminalThatSaidYesToATillWithoutPower) {
  add_bill(1, 500);
  add_bill(2, 100);
  ASSERT_OK(open());
  BadProvider terminal("adyen_terminal");
  const Gateways gateways({&terminal}, {});
  const TakeCard request{kDrawer, {chosen(1)}, "sv", "anna", "card"};
  const auto kept = keep_card(store(), clock(), gateways, request);
  ASSERT_OK(kept);
  const domain::IntentId id = kept->entry.intent;
  // The terminal is asked, the customer pays, and the till hears nothing of it.
  terminal.line = BadProvider::Line::kAnswerLost;
  ASSERT_OK(drive_intent(store(), clock(), gateways, id));
  ASSERT_TRUE(terminal.customer_approves("adyen_terminal-1"));
  EXPECT_EQ(told(1), "open 0.00 500.00");
  // Whoever tries in its stead is told who is at it.
  EXPECT_EQ(code_of(take(wish({chosen(1)}, "500", "cash"))), "already_being_paid");
  EXPECT_EQ(
      code_of(keep_card(store(), clock(), gateways, {kDrawer, {chosen(2)}, "sv", "anna", "card2"})),
      "terminal_busy");
  EXPECT_EQ(code_of(close("1000x1")), "terminal_busy");
  // The till comes back: the same key shows the same payment, and asking settles it.
  EXPECT_EQ(keep_card(store(), clock(), gateways, request)->entry.intent, id);
  terminal.line = BadProvider::Line::kGood;
  ASSERT_OK(drive_intent(store(), clock(), gateways, id));
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(terminal.orders(), 1) << "charged once";
  EXPECT_EQ(terminal.holds_minor(), 50'000);
  EXPECT_EQ(view().cards.front().intent.state, domain::IntentState::kSettled);
  EXPECT_EQ(balance(kCash), "1000.00") << "a card moves no cash";
  ASSERT_OK(close("1000x1"));
  EXPECT_EQ(receipts(), "1 card_paid 500.00") << "at the latest when the drawer is closed";
  EXPECT_EQ(all_problems(), "");
}

// One series for cash and cards.
TEST_P(TillTest, CardsHaveReceiptsWithoutGapsToo) {
  for (int n = 1; n <= 4; ++n) add_bill(n, 100);
  ASSERT_OK(open());
  BadProvider terminal("adyen_terminal");
  const Gateways gateways({&terminal}, {});
  const auto pay_by_card = [&](int n, bool comes) {
    const std::string key = "card " + std::to_string(n);
    const auto kept =
        keep_card(store(), clock(), gateways, {kDrawer, {chosen(n)}, "sv", "anna", key});
    EXPECT_OK(kept);
    EXPECT_OK(drive_intent(store(), clock(), gateways, kept->entry.intent));
    const std::string at = "adyen_terminal-" + std::to_string(terminal.orders());
    EXPECT_TRUE(comes ? terminal.customer_approves(at) : terminal.customer_declines(at));
    EXPECT_EQ(code_of(give_receipt(store(), clock(), {kDrawer, 0, kept->entry.ordinal, "anna"})),
              "card_not_paid")
        << "nothing is known yet";
    EXPECT_OK(drive_intent(store(), clock(), gateways, kept->entry.intent));
    return kept->entry.ordinal;
  };
  ASSERT_OK(take(wish({chosen(1)}, "100", "cash")));
  const std::int64_t first = pay_by_card(2, true), declined = pay_by_card(3, false);
  const GiveReceipt wanted{kDrawer, 0, first, "anna"};
  const auto given = give_receipt(store(), clock(), wanted);
  ASSERT_OK(given);
  EXPECT_EQ(given->entry.receipt, 2);
  EXPECT_EQ(give_receipt(store(), clock(), wanted)->entry, given->entry) << "asked for again";
  EXPECT_EQ(code_of(give_receipt(store(), clock(), {kDrawer, 0, declined, "anna"})),
            "card_not_paid");
  EXPECT_EQ(code_of(give_receipt(store(), clock(), {kDrawer, 0, 1, "anna"})),
            "till_entry_not_found");
  EXPECT_EQ(code_of(give_receipt(store(), clock(), {kDrawer, 7, 1, "anna"})),
            "till_session_not_found");
  pay_by_card(4, true);
  ASSERT_OK(take(wish({chosen(3)}, "100", "cash 2")));
  ASSERT_OK(close("1000x1 200x1"));
  EXPECT_EQ(receipts(), "1 taking 100.00, 2 card_paid 100.00, 3 taking 100.00, 4 card_paid 100.00");
  EXPECT_EQ(all_problems(), "");
}

TEST_P(TillTest, CardsNeedATerminalAndOneAccount) {
  add_bill(1, 500);
  add_bill(2, 500);
  ASSERT_OK(open());
  const Gateways none;
  EXPECT_EQ(code_of(keep_card(store(), clock(), none, {kDrawer, {chosen(1)}, "sv", "anna", "a"})),
            "no_terminal");
  BadProvider terminal("adyen_terminal");
  const Gateways gateways({&terminal}, {});
  EXPECT_EQ(code_of(keep_card(store(), clock(), gateways,
                              {kDrawer, {chosen(1), chosen(2)}, "sv", "anna", "a"})),
            "several_accounts_at_terminal");
  EXPECT_EQ(terminal.orders(), 0);
  EXPECT_EQ(view().entries.size(), 1u);
}

TEST_P(TillTest, CreditIsPaidBackInCashWithASecondPerson) {
  add_bill(1, 500);
  ASSERT_OK(import(tests::bgmax_file({{620, reference(1), "B1", "2026-11-01"}})));
  ASSERT_EQ(credit(1), "120.00");
  ASSERT_OK(open());
  const auto pay = [&](std::string_view amount, const std::string& key) {
    return pay_out(store(), clock(), rules(),
                   {kDrawer, account(1), money(amount), "Moves abroad", "anna", key});
  };
  const auto asked = pay("70", "a");
  ASSERT_OK(asked);
  EXPECT_FALSE(asked->till) << "nobody may pay back alone";
  EXPECT_EQ(pay("70", "a")->refund.id, asked->refund.id);
  EXPECT_EQ(view().refunds.size(), 1u);
  const auto hand_over = [&](const std::string& drawer, const std::string& key) {
    return pay_out_approved(store(), clock(), rules(), {drawer, asked->refund.id, "anna", key});
  };
  EXPECT_EQ(code_of(hand_over(kDrawer, "b")), "refund_not_ready");
  EXPECT_EQ(code_of(decide_refund(store(), clock(), {asked->refund.id, true, "anna"})),
            "approver_is_asker");
  ASSERT_OK(decide_refund(store(), clock(), {asked->refund.id, true, "bengt"}));
  EXPECT_EQ(all_problems(), "") << "on its way";
  EXPECT_EQ(code_of(send_refunds(store(), clock(), {.actor = "bengt"})), "nothing_to_send")
      << "a bank has nothing to do with it";
  ASSERT_OK(open_till(store(), clock(), {"kungsgatan-2", {}, "cia", "o2"}));
  EXPECT_EQ(code_of(hand_over("kungsgatan-2", "b")), "refund_not_ready");
  const auto paid = hand_over(kDrawer, "b");
  ASSERT_OK(paid);
  EXPECT_EQ(paid->till->entry.cash, money("-70"));
  EXPECT_EQ(hand_over(kDrawer, "b")->till->entry, paid->till->entry);
  EXPECT_EQ(code_of(hand_over(kDrawer, "c")), "refund_not_ready") << "once";
  EXPECT_EQ(balance(kCash), "930.00");
  EXPECT_EQ(credit(1), "50.00");
  let_alone(60);
  EXPECT_EQ(code_of(pay("51", "d")), "credit_not_enough");
  const auto alone = pay("49.60", "e");
  ASSERT_OK(alone);
  ASSERT_TRUE(alone->till);
  EXPECT_EQ(alone->till->entry.cash, money("-50")) << "rounded to coins";
  EXPECT_EQ(pay("49.60", "e")->till->entry, alone->till->entry);
  EXPECT_EQ(credit(1), "0.40");
  EXPECT_TRUE(view().refunds.empty());
  EXPECT_EQ(all_problems(), "");
}

TEST_P(TillTest, WhatASafeBringsToTheBankIsClearedByItsEntry) {
  add_bill(1, 500);
  ASSERT_OK(move_safe(store(), clock(), {"main", money("-1000"), "change 7", "anna"}));
  ASSERT_OK(open());
  EXPECT_EQ(balance("safe:main"), "0.00");
  ASSERT_OK(take(wish({chosen(1)}, "500", "a")));
  ASSERT_OK(close("1000x1 500x1"));
  const MoveSafe deposit{"main", money("1400"), "BAG4711", "anna"};
  const auto more = move_safe(store(), clock(), {"main", money("1500.01"), "BAG4710", "anna"});
  ASSERT_EQ(code_of(more), "safe_too_little");
  EXPECT_TRUE(more.error().text.contains("1500.00")) << more.error().text;
  ASSERT_OK(move_safe(store(), clock(), deposit));
  ASSERT_OK(move_safe(store(), clock(), deposit));
  EXPECT_EQ(code_of(move_safe(store(), clock(), {"main", money("1"), "BAG4711", "anna"})),
            "request_key_reused");
  EXPECT_EQ(code_of(move_safe(store(), clock(), {"main", money("1"), "", "anna"})),
            "missing_reference");
  EXPECT_EQ(code_of(move_safe(store(), clock(), {"cellar", money("1"), "B", "anna"})),
            "safe_not_found");
  EXPECT_EQ(balance("safe:main"), "100.00");
  EXPECT_EQ(balance("clearing:cash"), "1400.00");
  EXPECT_EQ(all_problems(), "") << "on its way to the bank";
  ASSERT_OK(import(tests::statement_file(
      {.opening = 0,
       .entries = {{1400, "2026-11-03", "D1", "", "", "Cash deposit BAG4711"}},
       .closing = 1400,
       .day = "2026-11-03"})));
  EXPECT_EQ(balance("clearing:cash"), "0.00");
  EXPECT_EQ(balance("suspense"), "0.00");
  EXPECT_EQ(all_problems(), "");
}

TEST_P(TillTest, WhoeverStandsThereIsFoundByWhatTheyHave) {
  add_debt(1, {.kronor = 300, .name = "Ebba Ek", .due = "2026-12-15"});
  add_debt(2, {.kronor = 200, .of_account = 1, .due = "2026-12-01"});
  std::string code;
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> Result<> {
    code = TRY(code_of_bill(transaction, clock(), account(1), bill_id(1))).digits;
    return {};
  }));
  const auto find = [&](const std::string& text) {
    return find_debtors(store(), clock(), {"anna", text});
  };
  const auto by_code = find(domain::show_bill_code(code));
  ASSERT_OK(by_code);
  ASSERT_EQ(by_code->size(), 1u);
  EXPECT_TRUE(by_code->front().by_code);
  EXPECT_EQ(by_code->front().meant, bill_id(1));
  ASSERT_EQ(by_code->front().debts.size(), 2u) << "what else they owe is shown";
  EXPECT_EQ(by_code->front().debts.front().bill.id, bill_id(2)) << "the longest due first";
  const auto by_reference = find(ocr(2));
  ASSERT_OK(by_reference);
  ASSERT_EQ(by_reference->size(), 1u);
  EXPECT_EQ(by_reference->front().meant, bill_id(2));
  EXPECT_TRUE(find("Nobody Atall")->empty());
  // Who types codes that are none is told to wait.
  for (int n = 0; n < 5; ++n) {
    const std::string nine = std::to_string(987'654'000 + n);
    EXPECT_TRUE(find(nine + domain::bill_code_check_digit(nine))->empty());
  }
  EXPECT_EQ(code_of(find(code)), "bill_code_tries");
  EXPECT_OK(find(ocr(2)));  // Other ways are open.
}

// --- Power that fails, at every write and around every commit.

class TillCrashTest : public TillTest {
 protected:
  // Takes on another store of the same database that dies at a point; 0: it lives. The points.
  std::int64_t run(std::int64_t die_at, const std::function<Result<>(ports::Store&)>& work) {
    const auto faults = std::make_shared<tests::Faults>();
    crypto::SeededRandom seeded(1);
    storage::SqlStore other(std::make_unique<tests::FaultyDatabase>(database().open(), faults),
                            tests::test_master_key(), seeded);
    faults->arm(die_at, tests::kill_process());
    EXPECT_OK(work(other));
    return faults->count();
  }
  // Whether it died. SQLite and libpq are opened anew in the child.
  bool dies(std::int64_t at, const std::function<Result<>(ports::Store&)>& work) {
    const pid_t child = fork();
    if (child == 0) {
      static_cast<void>(run(at, work));
      _exit(0);
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  }
};

TEST_P(TillCrashTest, ATillThatLosesPowerHasTakenItOrHasNot) {
  constexpr int kBills = 12;
  for (int n = 1; n <= kBills; ++n) add_bill(n, 500);
  ASSERT_OK(open());
  const auto work_of = [&](int n) {
    TakeCash request = wish({chosen(n, "499.60")}, "600", "a" + std::to_string(n));
    request.rest_to_credit = true;
    return [this, request](ports::Store& other) -> Result<> {
      TRY(take_cash(other, clock(), rules(), request));
      return {};
    };
  };
  const std::int64_t points = run(0, work_of(1));
  ASSERT_GT(points, 8);
  // Points spread over the whole transaction, the last before and after its commit.
  std::set<std::int64_t> asked = {1, points - 1, points};
  for (int n = 2; n + 3 <= kBills; ++n) asked.insert(points * n / kBills);
  int n = 1;
  int kept = 0;
  for (const std::int64_t at : asked) {
    ++n;
    ASSERT_TRUE(dies(at, work_of(n))) << at;
    const bool was_taken = told(n) != "open 0.00 500.00";
    kept += was_taken ? 1 : 0;
    EXPECT_EQ(was_taken, at == points) << "all of it or nothing, at " << at;
    EXPECT_EQ(all_problems(), "") << at;
    // The till comes back and asks again.
    run(0, work_of(n));
    EXPECT_EQ(told(n), "open 499.60 0.40");
    EXPECT_EQ(view().entries.back().receipt, n);
  }
  EXPECT_EQ(kept, 1);
  EXPECT_EQ(balance(kCash), std::to_string(1000 + 600 * n) + ".00");
  EXPECT_EQ(all_problems(), "");
}

// --- Days of a shop as they come.

std::int64_t next(std::int64_t receipts, const TillResult& done) {
  EXPECT_EQ(done.entry.receipt, receipts + 1);
  return done.entry.receipt;
}

TEST_P(TillTest, WhateverAShopDoesEveryKronaIsExplained) {
  constexpr int kBills = 24;
  for (int n = 1; n <= kBills; ++n) add_bill(n, 100 * n);
  let_alone(10'000);
  std::minstd_rand dice(7);
  int key = 0;
  std::int64_t receipts = 0;
  for (int day = 0; day < 3; ++day) {
    ASSERT_OK(open("open " + std::to_string(day)));
    for (int step = 0; step < 14; ++step) {
      const int n = static_cast<int>(dice() % kBills) + 1;
      const std::string id = std::to_string(++key);
      const std::string tendered = std::to_string(dice() % 2'000 + 1);
      base::Result<> done;
      switch (dice() % 5) {
        case 0:
        case 1: {
          TakeCash request = wish({chosen(n)}, tendered, id);
          request.part_is_fine = dice() % 2 == 0;
          request.rest_to_credit = dice() % 2 == 0;
          const auto taken = take(request);
          if (!taken) break;
          receipts = next(receipts, *taken);
          EXPECT_EQ(take(request)->entry, taken->entry);
          break;
        }
        case 2: {
          const auto storno = undo(static_cast<std::int64_t>(dice() % 12) + 1, id);
          if (storno) receipts = next(receipts, *storno);
          break;
        }
        case 3:
          static_cast<void>(
              move(dice() % 2 == 0 ? TillEntryKind::kDrop : TillEntryKind::kPayIn, tendered, id));
          break;
        default: {
          const auto paid = pay_out(store(), clock(), rules(),
                                    {kDrawer, account(n), {}, "Asked for it", "anna", id});
          if (paid) receipts = next(receipts, *paid->till);
        }
      }
      EXPECT_EQ(view().sums.expected.to_decimal_string(), balance(kCash));
    }
    const Money there = view().sums.expected + kronor(day - 1);
    ASSERT_OK(close(std::max(there, kronor(0)).to_decimal_string(), "Counted twice",
                    "close " + std::to_string(day)));
    EXPECT_EQ(balance(kCash), "0.00");
    EXPECT_EQ(all_problems(), "") << "day " << day;
  }
  EXPECT_GT(receipts, 8);
}

TELGIRO_ON_BOTH_ENGINES(TillTest);
TELGIRO_ON_BOTH_ENGINES(TillCrashTest);

}  // namespace
}  // namespace flows
