// Refunds on both engines, from the wish to the bank's confirmation or return: four eyes, nothing
// twice, and books that explain every krona on the way.
#include "flows/refunds/refund_money.h"

#include "flows/operations/load_operator.h"
#include "flows/reconcile/prove_month.h"
#include "flows/refunds/refund_file.h"
#include "ports/events.h"
#include "ports/refunds.h"
#include "tests/flows/aurora.h"
#include "tests/flows/payment_world.h"
#include "tests/flows/statement_file.h"

namespace flows {
namespace {

using domain::Refund;
using domain::RefundState;
using tests::code_of;
using tests::kronor;
using tests::statement_file;

class RefundTest : public tests::PaymentWorld {
 protected:
  void SetUp() override {
    PaymentWorld::SetUp();
    add_bill(1, 500);
    ASSERT_OK(import(statement_file(
        {.opening = 0,
         .entries = {{650, "2026-11-20", "R1", "", reference(1)}, {70, "2026-11-20", "R2"}},
         .closing = 720})));
  }
  base::Result<Refund> propose(std::int64_t amount) {
    return propose_refund(store(), clock(),
                          {.account = account(1),
                           .amount = kronor(amount),
                           .reason = "Asked for it",
                           .actor = "anna"});
  }
  base::Result<Refund> approve(const Refund& refund, const std::string& by = "bengt") {
    return decide_refund(store(), clock(), {.refund = refund.id, .actor = by});
  }
  Refund sent(std::int64_t amount) {
    const auto refund = propose(amount).value();
    EXPECT_OK(approve(refund));
    EXPECT_OK(send_refunds(store(), clock(), {.actor = "bengt"}));
    return kept(refund.id);
  }
  Refund kept(domain::RefundId id) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->payments().refunds().find(id).value().value();
  }
  std::string state(domain::RefundId id) { return std::string(to_text(kept(id).state)); }
  // Empty where the month holds.
  std::string month() {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto proof = prove_month(*transaction, base::Month::parse("2026-11").value());
    if (!proof) return describe(proof.error());
    std::string text;
    for (const auto& problem : proof->problems) text += describe(problem) + "\n";
    return text;
  }
};

TEST_P(RefundTest, FromTheWishToTheBank) {
  EXPECT_EQ(credit(1), "150.00");
  const auto refund = propose(150);
  ASSERT_OK(refund);
  EXPECT_EQ(refund->payee_account, "SE3550000000054910000003");
  EXPECT_EQ(refund->payee_name, "Ebba Ek");
  EXPECT_EQ(credit(1), "150.00");
  EXPECT_EQ(code_of(approve(*refund, "anna")), "approver_is_asker");
  ASSERT_OK(approve(*refund));
  EXPECT_EQ(credit(1), "0.00");
  EXPECT_EQ(balance("clearing:refunds"), "-150.00");
  EXPECT_EQ(code_of(approve(*refund)), "refund_decided");
  const auto batch = send_refunds(store(), clock(), {.actor = "bengt"});
  ASSERT_OK(batch);
  EXPECT_EQ(batch->refunds, 1);
  EXPECT_EQ(batch->amount, kronor(150));
  EXPECT_EQ(state(refund->id), "sent");
  EXPECT_EQ(code_of(send_refunds(store(), clock(), {.actor = "bengt"})), "nothing_to_send");
  const std::string debit =
      statement_file({.id = "S2",
                      .opening = 720,
                      .entries = {{-150, "2026-11-23", "R9", refund->end_to_end_id()}},
                      .closing = 570,
                      .day = "2026-11-23"});
  ASSERT_OK(import(debit, {}, "debit.xml"));
  ASSERT_OK(import(debit, {.take_anyway = true}, "again.xml"));
  EXPECT_EQ(state(refund->id), "confirmed");
  EXPECT_EQ(balance("clearing:refunds"), "0.00");
  EXPECT_EQ(balance("bank_other"), "0.00");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(month(), "");
}

TEST_P(RefundTest, TheOrderIsTheSameWheneverItIsAskedFor) {
  const Refund refund = sent(150);
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  for (int time = 0; time < 2; ++time) {
    const auto order = order_of_batch(*transaction, refund.batch);
    ASSERT_OK(order);
    EXPECT_EQ(order->created.micros, clock().now().micros);
    ASSERT_EQ(order->transfers.size(), 1U);
    std::string text;
    ASSERT_OK(order->transfers.front().transfers.for_each(
        [&](const domain::CreditTransfer& each) -> base::Result<> {
          text += each->end_to_end_id.text() + " " + each->amount.to_decimal_string() + " " +
                  each->payee.name + " " + domain::text_of(*each->payee.account);
          return {};
        }));
    EXPECT_EQ(text, refund.end_to_end_id() + " 150.00 Ebba Ek SE3550000000054910000003");
  }
  EXPECT_EQ(code_of(order_of_batch(*transaction, {})), "refund_batch_not_found");
}

// From which account, where nobody says it.
TEST_P(RefundTest, TheOnlyAccountThatFitsPays) {
  const auto refund = propose(150);
  ASSERT_OK(approve(*refund));
  const auto with = [&](const std::string& iban, const std::vector<std::string>& others) {
    domain::Operator seller = tests::aurora().value;
    seller.payee.iban = iban;
    seller.bank_accounts = others;
    EXPECT_OK(load_operator(store(), clock(), seller, tests::aurora_catalogue()));
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto ours = paying_accounts(seller);
    return ours.empty() ? std::string() : ours.front();
  };
  const std::string one = "SE4550000000058398257466", two = "SE3550000000054910000003";
  EXPECT_EQ(with("", {}), "5050-1055");
  EXPECT_EQ(with(one, {two}), one);
  EXPECT_EQ(with("", {one, two}), one);
  EXPECT_EQ(code_of(send_refunds(store(), clock(), {.actor = "bengt"})), "several_bank_accounts");
  EXPECT_EQ(state(refund->id), "approved");
  EXPECT_EQ(with("", {two}), two);
  const auto batch = send_refunds(store(), clock(), {.actor = "bengt"});
  ASSERT_OK(batch);
  EXPECT_EQ(batch->bank_account, two);
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto file = refund_file(*transaction, batch->id);
  ASSERT_OK(file);
  EXPECT_TRUE(file->contains("<IBAN>" + two + "</IBAN>")) << *file;
}

TEST_P(RefundTest, WhatCannotBeProposed) {
  EXPECT_EQ(code_of(propose(151)), "credit_not_enough");
  ASSERT_OK(propose(100));
  EXPECT_EQ(code_of(propose(100)), "credit_not_enough");
  EXPECT_EQ(code_of(propose(0)), "amount_not_positive");
  EXPECT_EQ(code_of(propose_refund(store(), clock(),
                                   {.account = account(1), .reason = "", .actor = "anna"})),
            "missing_reason");
  EXPECT_EQ(code_of(propose_refund(store(), clock(),
                                   {.account = account(9), .reason = "x", .actor = "anna"})),
            "unknown_account");
  EXPECT_EQ(code_of(propose_refund(
                store(), clock(),
                {.account = account(1), .payee_account = "12", .reason = "x", .actor = "anna"})),
            "bad_payee_account");
  EXPECT_EQ(code_of(decide_refund(store(), clock(), {.refund = {}, .actor = "bengt"})),
            "refund_not_found");
}

TEST_P(RefundTest, ARefusedOneLeavesTheCreditAlone) {
  const auto refund = propose(150).value();
  ASSERT_OK(
      decide_refund(store(), clock(), {.refund = refund.id, .approve = false, .actor = "anna"}));
  EXPECT_EQ(state(refund.id), "refused");
  EXPECT_EQ(credit(1), "150.00");
  ASSERT_OK(propose(150));
}

std::string rejected(const std::string& end_to_end_id) {
  return R"(<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>
<GrpHdr><MsgId>P1</MsgId><CreDtTm>2026-11-23T06:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId>
</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>M1</OrgnlPmtInfId><TxInfAndSts>
<OrgnlEndToEndId>)" +
         end_to_end_id + R"(</OrgnlEndToEndId><TxSts>RJCT</TxSts>
<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>)";
}

TEST_P(RefundTest, WhatTheBankRejectsIsCreditAgain) {
  const Refund refund = sent(150);
  ASSERT_OK(import(rejected(refund.end_to_end_id()), {}, "p.xml"));
  EXPECT_EQ(state(refund.id), "rejected");
  EXPECT_EQ(kept(refund.id).why, "AC04");
  EXPECT_EQ(credit(1), "150.00");
  EXPECT_EQ(balance("clearing:refunds"), "0.00");
  ASSERT_OK(import(rejected(refund.end_to_end_id()) + "\n", {}, "again.xml"));
  EXPECT_EQ(credit(1), "150.00");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(month(), "");
}

TEST_P(RefundTest, WhatComesBackIsCreditAgain) {
  const Refund refund = sent(150);
  tests::StatementEntry back{150, "2026-11-25", "R10", refund.end_to_end_id()};
  back.returned = true;
  ASSERT_OK(
      import(statement_file({.id = "S2",
                             .opening = 720,
                             .entries = {{-150, "2026-11-23", "R9", refund.end_to_end_id()}, back},
                             .closing = 720,
                             .day = "2026-11-25"}),
             {}, "back.xml"));
  EXPECT_EQ(state(refund.id), "returned");
  EXPECT_EQ(credit(1), "150.00");
  EXPECT_EQ(balance("clearing:refunds"), "0.00");
  EXPECT_EQ(suspense(), "70.00 no_reference");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(month(), "");
}

TEST_P(RefundTest, AnotherAmountConfirmsNothing) {
  const Refund refund = sent(150);
  ASSERT_OK(import(statement_file({.id = "S2",
                                   .opening = 720,
                                   .entries = {{-149, "2026-11-23", "R9", refund.end_to_end_id()}},
                                   .closing = 571,
                                   .day = "2026-11-23"}),
                   {}, "other.xml"));
  EXPECT_EQ(state(refund.id), "sent");
  EXPECT_EQ(balance("bank_other"), "149.00");
  EXPECT_EQ(balance("clearing:refunds"), "-150.00");
  EXPECT_EQ(month(), "");
}

TEST_P(RefundTest, MoneyInSuspenseGoesBackToItsPayer) {
  const auto waiting = payments("suspense").front();
  const auto refund = propose_refund(
      store(), clock(), {.payment = waiting.id, .reason = "Not ours", .actor = "anna"});
  ASSERT_OK(refund);
  EXPECT_EQ(refund->amount, kronor(70));
  EXPECT_EQ(refund->payee_account, "SE3550000000054910000003");
  ASSERT_OK(approve(*refund));
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(balance("suspense"), "0.00");
  EXPECT_EQ(balance("clearing:refunds"), "-70.00");
  ASSERT_OK(send_refunds(store(), clock(), {.actor = "bengt"}));
  ASSERT_OK(import(rejected(refund->end_to_end_id()), {}, "p.xml"));
  EXPECT_EQ(suspense(), "70.00 refund_rejected");
  EXPECT_EQ(balance("clearing:refunds"), "0.00");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(month(), "");
}

TEST_P(RefundTest, WithdrawnBeforeItIsInAFile) {
  const auto withdraw = [&](const Refund& refund, const std::string& reason = "She stays",
                            const std::string& by = "anna") {
    return withdraw_refund(store(), clock(), {refund.id, reason, by});
  };
  const Refund refund = propose(150).value();
  EXPECT_EQ(code_of(withdraw(refund)), "refund_not_approved");
  ASSERT_OK(approve(refund));
  EXPECT_EQ(credit(1), "0.00");
  EXPECT_EQ(code_of(withdraw(refund, "")), "missing_reason");
  EXPECT_EQ(code_of(withdraw(refund, "She stays", "command")), "person_not_named");
  ASSERT_OK(withdraw(refund));
  EXPECT_EQ(state(refund.id), "withdrawn");
  EXPECT_EQ(credit(1), "150.00");
  EXPECT_EQ(balance("clearing:refunds"), "0.00");
  EXPECT_EQ(code_of(withdraw(refund)), "refund_decided");
  EXPECT_EQ(code_of(approve(refund)), "refund_decided");
  EXPECT_EQ(code_of(send_refunds(store(), clock(), {.actor = "bengt"})), "nothing_to_send");
  const auto events = [&] {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->events().list(account(1), 0, 100).value();
  }();
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events.back().fact.kind, "credit_refund_withdrawn");
  EXPECT_EQ(events.back().fact.text, "She stays");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(month(), "");
  // The same credit may go another time; once it is in a file, it is the bank's.
  const Refund other = sent(150);
  EXPECT_EQ(code_of(withdraw(other)), "refund_in_file");
  EXPECT_TRUE(withdraw(other).error().text.contains(other.batch.to_string()));
  EXPECT_EQ(month(), "");
}

TEST_P(RefundTest, MoneyOfSuspenseThatIsWithdrawnWaitsAgain) {
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto waiting = transaction->payments().list_payments({.state = "suspense"}).value();
  ASSERT_EQ(waiting.size(), 1U);
  const auto refund = propose_refund(store(), clock(),
                                     {.payment = waiting.front().id,
                                      .payee_account = "SE3550000000054910000003",
                                      .payee_name = "Ebba Ek",
                                      .reason = "Not ours",
                                      .actor = "anna"});
  ASSERT_OK(refund);
  ASSERT_OK(approve(*refund));
  EXPECT_EQ(suspense(), "");
  ASSERT_OK(withdraw_refund(store(), clock(), {refund->id, "It is ours", "bengt"}));
  EXPECT_EQ(suspense(), "70.00 refund_withdrawn");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(month(), "");
}

// Above the limit two people are named; the command line alone is nobody.
TEST_P(RefundTest, CommandsThatNameNobodyAreNoSecondPerson) {
  const RefundRequest wish{
      .account = account(1), .amount = kronor(100), .reason = "Asked for it", .actor = "command"};
  EXPECT_EQ(code_of(propose_refund(store(), clock(), wish)), "person_not_named");
  const Refund refund = propose(100).value();
  EXPECT_EQ(code_of(approve(refund, "command")), "person_not_named");
  EXPECT_EQ(state(refund.id), "proposed");
  EXPECT_EQ(credit(1), "150.00");
  ASSERT_OK(approve(refund, "bengt"));
}

TELGIRO_ON_BOTH_ENGINES(RefundTest);

}  // namespace
}  // namespace flows
