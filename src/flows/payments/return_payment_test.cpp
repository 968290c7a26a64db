// Returns whose payment nobody found, on both engines: which payments are suggested and why, a
// person's word which it is or that it is none of ours, taking that back, and what waits meanwhile.
// And what banks deduct on the way: evidence for the bill, and whose it is by the operator's rule.
#include "flows/payments/return_payment.h"

#include <algorithm>

#include "flows/payments/assign_payment.h"
#include "flows/payments/match_payments.h"
#include "flows/payments/payer_worklist.h"
#include "flows/payments/undo_allocation.h"
#include "flows/refunds/refund_money.h"
#include "ports/access.h"
#include "ports/catalogue.h"
#include "tests/flows/payment_world.h"

namespace flows {
namespace {

using tests::code_of;

// An entry of camt.053. Below zero: went back.
struct Told {
  int kronor = 500;
  std::string day = "2026-11-20";
  std::string bank_reference = {};
  std::string reference = {}, text = {}, payer = {}, account = {};
  std::string charges = {};  // The element as the bank writes it.
  std::string currency = "SEK";
};

std::string camt_file(const std::string& name, const std::vector<Told>& all) {
  std::string file = R"(<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">)"
                     "<BkToCstmrStmt><GrpHdr><MsgId>" +
                     name + "</MsgId><CreDtTm>2026-11-24T06:00:00</CreDtTm></GrpHdr><Stmt><Id>" +
                     name + "</Id><Acct><Id><Othr><Id>50501055</Id></Othr></Id></Acct>";
  for (const Told& told : all) {
    const bool back = told.kronor < 0;
    const std::string direction = back ? "DBIT" : "CRDT";
    const std::string amount =
        "<Amt Ccy=\"" + told.currency + "\">" + std::to_string(std::abs(told.kronor)) + ".00</Amt>";
    file += "<Ntry>" + amount + "<CdtDbtInd>" + direction +
            "</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>" + told.day +
            "</Dt></BookgDt><AcctSvcrRef>" + told.bank_reference +
            "</AcctSvcrRef><NtryDtls><TxDtls>" + amount + "<CdtDbtInd>" + direction +
            "</CdtDbtInd>" + told.charges + "<RltdPties>";
    if (!told.payer.empty()) file += "<Dbtr><Nm>" + told.payer + "</Nm></Dbtr>";
    if (!told.account.empty()) {
      file += "<DbtrAcct><Id><Othr><Id>" + told.account + "</Id></Othr></Id></DbtrAcct>";
    }
    file += "</RltdPties><RmtInf>";
    if (!told.text.empty()) file += "<Ustrd>" + told.text + "</Ustrd>";
    if (!told.reference.empty()) {
      file += "<Strd><CdtrRefInf><Ref>" + told.reference + "</Ref></CdtrRefInf></Strd>";
    }
    file += "</RmtInf>";
    if (back) file += "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>";
    file += "</TxDtls></NtryDtls></Ntry>";
  }
  return file + "</Stmt></BkToCstmrStmt></Document>";
}

class ReturnTest : public tests::PaymentWorld {
 protected:
  void tell(const std::string& name, const std::vector<Told>& all) {
    ASSERT_OK(import(camt_file(name, all), {}, name));
  }
  [[nodiscard]] ports::IncomingPayment named(const std::string& bank_reference) {
    for (const auto& each : payments("")) {
      if (each.bank_reference == bank_reference) return each;
    }
    ADD_FAILURE() << bank_reference;
    return {};
  }
  // "CAME2 CAME1": the payments that the return may have given back.
  [[nodiscard]] std::string suggested(const std::string& back) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    std::string text;
    const auto all = suggest_returned(*transaction, named(back)).value();
    for (const ReturnSuggestion& each : all) {
      text += (text.empty() ? "" : " ") + each.payment.bank_reference;
    }
    return text;
  }
  // "+payer.return.sum -payer.return.other_name" of the likeliest.
  [[nodiscard]] std::string reasons(const std::string& back) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    std::string text;
    const auto all = suggest_returned(*transaction, named(back)).value();
    if (all.empty()) return "none";
    for (const auto& reason : all.front().reasons) {
      text += (text.empty() ? "" : " ") + std::string(reason.speaks_for ? "+" : "-") +
              reason.key.substr(reason.key.rfind('.') + 1);
    }
    return text;
  }
  // The error's code, empty where it was done.
  [[nodiscard]] std::string settle(const std::string& back, const std::string& original,
                                   const std::string& reason = "the bank said so") {
    clock().set(clock().now() + 1'000'000);
    ReturnRequest request{.payment = named(back).id, .of = {}, .reason = reason, .actor = "anna"};
    if (!original.empty()) request.of = named(original).id;
    return code_of(return_payment(store(), clock(), request));
  }
  [[nodiscard]] std::string undo(const std::string& back) {
    clock().set(clock().now() + 1'000'000);
    return code_of(undo_allocation(store(), clock(),
                                   {.payment = named(back).id,
                                    .allocation = {},
                                    .reason = "it was another one",
                                    .actor = "anna"}));
  }
  [[nodiscard]] domain::RefundId proposed(const std::string& payment) {
    return propose_refund(store(), clock(),
                          {.payment = named(payment).id,
                           .payee_account = "SE3550000000054910000003",
                           .payee_name = "Eva Test",
                           .reason = "nobody knows it",
                           .actor = "anna"})
        .value()
        .id;
  }
  [[nodiscard]] std::string approve(domain::RefundId refund) {
    return code_of(decide_refund(store(), clock(), {.refund = refund, .actor = "bengt"}));
  }
  [[nodiscard]] std::string withdraw(domain::RefundId refund) {
    return code_of(withdraw_refund(store(), clock(),
                                   {.refund = refund, .reason = "it went back", .actor = "bengt"}));
  }
  [[nodiscard]] bool is_told_of_a_return(const std::string& payment) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto list = load_suggestions(*transaction, named(payment).id).value();
    bool told = !list.rows.front().suggestions.empty();
    for (const auto& each : list.rows.front().suggestions) {
      told = told && std::ranges::any_of(each.reasons, [](const auto& reason) {
               return reason.key == "payer.return.waits" && !reason.speaks_for;
             });
    }
    return told;
  }
  void set_rules(const domain::MatchingRules& rules) {
    ASSERT_OK(
        ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> base::Result<> {
          auto sellers = TRY(transaction.catalogue().list_operators());
          sellers.front().matching = rules;
          TRY(transaction.catalogue().save_operator(sellers.front(), clock().now()));
          return {};
        }));
  }
};

// Each came and was paid with it; what goes back then names nothing that leads to it.
TEST_P(ReturnTest, WhatMayHaveGoneBackIsSuggestedTheLikeliestFirst) {
  tell("came", {{500, "2026-11-02", "CAME1", "", "", "Anna Ek", "1111"},
                {500, "2026-11-10", "CAME2", "", "", "Bo Alm", "2222"},
                {500, "2026-11-18", "CAME3", "", "", "Cilla Dahl", "3333"},
                {500, "2026-11-22", "CAME4", "", "", "Cilla Dahl", "3333"},
                {501, "2026-11-18", "OTHER", "", "", "Anna Ek", "1111"},
                {500, "2026-11-25", "LATER", "", "", "Anna Ek", "1111"}});
  struct Case {
    std::string what;
    Told back;
    std::string suggested, reasons;
  };
  const std::vector<Case> cases = {
      {"nothing is said: the nearest days first",
       {-500, "2026-11-23", "BACK1"},
       "CAME4 CAME3 CAME2",
       "+sum +days"},
      {"the payer's name",
       {.kronor = -500, .day = "2026-11-23", .bank_reference = "BACK2", .payer = "EK ANNA"},
       "CAME1 CAME4 CAME3",
       "+sum +name +days"},
      {"the payer's account",
       {.kronor = -500, .day = "2026-11-23", .bank_reference = "BACK3", .account = "2222"},
       "CAME2 CAME4 CAME3",
       "+sum +account +days"},
      {"another sum: none", {-499, "2026-11-23", "BACK4"}, "", "none"},
      {"before all of them: none", {-500, "2026-11-01", "BACK5"}, "", "none"},
  };
  for (const Case& each : cases) {
    tell(each.what, {each.back});
    const std::string back = each.back.bank_reference;
    EXPECT_EQ(suggested(back), each.suggested) << each.what;
    EXPECT_EQ(reasons(back), each.reasons) << each.what;
  }
  // Money that came has no such suggestions.
  EXPECT_EQ(suggested("CAME1"), "");
}

TEST_P(ReturnTest, APersonsWordBooksItAsIfItHadBeenFound) {
  add_bill(1, 300);
  add_bill(2, 500);
  tell("came", {{450, "2026-11-10", "CAME1", reference(1)}, {500, "2026-11-10", "CAME2"}});
  tell("back", {{-450, "2026-11-23", "BACK1"}});
  ASSERT_EQ(told(1), "settled 300.00 0.00");
  ASSERT_EQ(credit(1), "150.00");
  ASSERT_EQ(suspense(), "-450.00 return_not_found, 500.00 no_reference");
  EXPECT_EQ(settle("BACK1", "CAME1"), "");
  EXPECT_EQ(told(1), "open 0.00 300.00");
  EXPECT_EQ(credit(1), "0.00");
  EXPECT_EQ(suspense(), "500.00 no_reference");
  EXPECT_EQ(named("CAME1").state, "returned");
  EXPECT_EQ(named("BACK1").return_of, named("CAME1").id);
  EXPECT_EQ(balance("receivables"), "800.00");
  EXPECT_EQ(balance("suspense"), "-500.00");
  EXPECT_EQ(problems(), "");
  // Said again it is so already, and nothing is booked.
  const std::string before = dump();
  EXPECT_EQ(settle("BACK1", "CAME1"), "");
  EXPECT_EQ(dump(), before);
  // Taken back, both wait; the bill stays owed until somebody assigns the payment.
  EXPECT_EQ(undo("BACK1"), "");
  EXPECT_EQ(told(1), "open 0.00 300.00");
  EXPECT_EQ(suspense(), "-450.00 return_not_found, 450.00 undone, 500.00 no_reference");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(undo("BACK1"), "allocation_not_found");
  EXPECT_EQ(settle("BACK1", "CAME1"), "");
  EXPECT_EQ(problems(), "");
}

// One that a file found by itself is undone in the same way.
TEST_P(ReturnTest, AReturnThatWasFoundByItselfCanBeTakenBack) {
  add_bill(1, 500);
  tell("came", {{500, "2026-11-10", "CAME0001", reference(1)}});
  tell("back", {{.kronor = -500, .bank_reference = "BACK1", .text = "Retur CAME0001"}});
  ASSERT_EQ(told(1), "open 0.00 500.00");
  EXPECT_EQ(named("BACK1").return_of, named("CAME0001").id);
  EXPECT_EQ(undo("BACK1"), "");
  EXPECT_EQ(suspense(), "-500.00 return_not_found, 500.00 undone");
  EXPECT_EQ(problems(), "");
}

TEST_P(ReturnTest, WhatCannotBeTheReturnsPaymentIsRefused) {
  tell("came", {{500, "2026-11-10", "CAME1"},
                {400, "2026-11-10", "LESS"},
                {500, "2026-11-24", "LATER"},
                {600, "2026-11-10", "CAME6"}});
  tell("euros",
       {{.kronor = 500, .day = "2026-11-10", .bank_reference = "EUROS", .currency = "EUR"}});
  tell("back", {{-500, "2026-11-23", "BACK1"}, {-600, "2026-11-23", "BACK6"}});
  ASSERT_EQ(settle("BACK6", "CAME6"), "");
  struct Case {
    std::string back, original, code;
  };
  const std::vector<Case> cases = {
      {"CAME1", "LESS", "not_a_return"},        {"BACK1", "LESS", "return_of_other_sum"},
      {"BACK1", "LATER", "original_is_later"},  {"BACK1", "EUROS", "other_currency"},
      {"BACK1", "BACK1", "original_is_return"}, {"BACK1", "CAME6", "already_returned"},
      {"BACK6", "CAME1", "return_settled"},     {"BACK6", "", "return_settled"},
  };
  const std::string before = dump();
  for (const Case& each : cases) {
    EXPECT_EQ(settle(each.back, each.original), each.code) << each.back << " " << each.original;
  }
  EXPECT_EQ(settle("BACK1", "CAME1", ""), "missing_reason");
  EXPECT_EQ(code_of(return_payment(store(), clock(),
                                   {.payment = domain::PaymentId(base::IdBytes{9}),
                                    .of = {},
                                    .reason = "why",
                                    .actor = "anna"})),
            "payment_not_found");
  EXPECT_EQ(dump(), before);
}

TEST_P(ReturnTest, AReturnOfNothingOfOursLeavesForTheHouse) {
  tell("back", {{-70, "2026-11-23", "BACK1"}});
  ASSERT_EQ(suspense(), "-70.00 return_not_found");
  EXPECT_EQ(settle("BACK1", ""), "");
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(balance("suspense"), "0.00");
  EXPECT_EQ(balance("bank_other"), "70.00");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(settle("BACK1", ""), "");  // Said again.
  EXPECT_EQ(balance("bank_other"), "70.00");
  EXPECT_EQ(undo("BACK1"), "");
  EXPECT_EQ(suspense(), "-70.00 return_not_found");
  EXPECT_EQ(balance("bank_other"), "0.00");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(settle("BACK1", ""), "");
  EXPECT_EQ(problems(), "");
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto audit = transaction->access().list_audit(10).value();
  std::string actions;
  for (const auto& row : audit) actions = row.action + " " + actions;
  EXPECT_EQ(actions, "payment.return payment.undo payment.return ");
}

// The payment came, was undone, and its return waits beside it.
TEST_P(ReturnTest, APaymentIsNotBookedWhileAReturnOfItWaits) {
  add_debt(1, {.kronor = 613, .name = "Anna Lindkvist"});
  add_debt(2, {.kronor = 847, .name = "Erik Ohlsson"});
  // Sure enough to be booked by name and amount, each; of one a return stands.
  tell("back", {{.kronor = -613,
                 .day = "2026-11-27",
                 .bank_reference = "BACK1",
                 .payer = "Anna Lindkvist"}});
  const std::string annas = "Faktura, kund Anna Lindkvist, OCR " + ocr(1);
  const std::string eriks = "Faktura, kund Erik Ohlsson, OCR " + ocr(2);
  tell("came", {{613, "2026-11-26", "CAME1", "", annas, "Anna Lindkvist"},
                {847, "2026-11-26", "CAME2", "", eriks, "Erik Ohlsson"}});
  EXPECT_EQ(told(1), "open 0.00 613.00");
  EXPECT_EQ(told(2), "settled 847.00 0.00");
  EXPECT_TRUE(is_told_of_a_return("CAME1"));
  // Once it is settled otherwise, nothing speaks against it any more.
  EXPECT_EQ(settle("BACK1", ""), "");
  EXPECT_FALSE(is_told_of_a_return("CAME1"));
  ASSERT_OK(match_payments(store(), clock(), {}));
  EXPECT_EQ(told(1), "settled 613.00 0.00");
  EXPECT_EQ(problems(), "");
}

// The newest returns that nobody has settled are others.
TEST_P(ReturnTest, AReturnAmongVeryManyIsSeen) {
  add_debt(1, {.kronor = 613, .name = "Anna Lindkvist"});
  tell("back", {{.kronor = -613,
                 .day = "2026-11-26",
                 .bank_reference = "BACK1",
                 .payer = "Anna Lindkvist"}});
  std::vector<Told> many;
  for (int n = 0; n < 1'001; ++n) {
    many.push_back({-7, "2026-11-27", "MANY" + std::to_string(n)});
  }
  tell("many", many);
  const std::string annas = "Faktura, kund Anna Lindkvist, OCR " + ocr(1);
  tell("came", {{613, "2026-11-26", "CAME1", "", annas, "Anna Lindkvist"}});
  EXPECT_EQ(told(1), "open 0.00 613.00");
}

TEST_P(ReturnTest, AProposedRefundOfWhatWentBackIsNotApproved) {
  struct Case {
    std::string what, came, back_text, by_hand;
  };
  const std::vector<Case> cases = {
      {"found by itself", "CAME0001", "Retur CAME0001", ""},
      {"by hand", "CAME0002", "", "CAME0002"},
  };
  int kronor = 500;
  for (const Case& each : cases) {
    tell(each.came, {{++kronor, "2026-11-10", each.came}});
    const auto refund = proposed(each.came);
    const std::string back = "BACK" + each.came;
    tell(back, {{-kronor, "2026-11-20", back, "", each.back_text}});
    if (!each.by_hand.empty()) {
      EXPECT_EQ(settle(back, each.by_hand), "") << each.what;
    }
    EXPECT_EQ(named(each.came).state, "returned") << each.what;
    EXPECT_EQ(approve(refund), "refund_of_returned") << each.what;
    EXPECT_EQ(named(each.came).state, "returned") << each.what;
    EXPECT_EQ(problems(), "") << each.what;
  }
  // One that waits may be of it, until it is settled otherwise.
  tell("came", {{600, "2026-11-10", "CAME0003"}});
  const auto refund = proposed("CAME0003");
  tell("back", {{-600, "2026-11-20", "BACK3"}});
  EXPECT_EQ(approve(refund), "refund_of_returned");
  EXPECT_EQ(settle("BACK3", ""), "");
  EXPECT_EQ(approve(refund), "");
  EXPECT_EQ(problems(), "");
}

TEST_P(ReturnTest, AnApprovedRefundOfWhatWentBackIsNotSent) {
  tell("came", {{500, "2026-11-10", "CAME0001"}, {70, "2026-11-10", "CAME0002"}});
  const auto gone = proposed("CAME0001");
  const auto other = proposed("CAME0002");
  ASSERT_EQ(approve(gone), "");
  tell("back", {{-500, "2026-11-20", "BACK1", "", "Retur CAME0001"}});
  EXPECT_EQ(suspense(), "-500.00 return_not_found, 70.00 no_reference");
  EXPECT_EQ(settle("BACK1", "CAME0001"), "payment_paid_out");
  EXPECT_EQ(code_of(send_refunds(store(), clock(), {.actor = "bengt"})), "refund_of_returned");
  ASSERT_EQ(approve(other), "");
  const auto batch = send_refunds(store(), clock(), {.actor = "bengt"});
  ASSERT_OK(batch);
  EXPECT_EQ(batch->amount, tests::kronor(70));
  EXPECT_EQ(withdraw(gone), "");
  EXPECT_EQ(settle("BACK1", "CAME0001"), "");
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(problems(), "");
}

// As an earlier version may have left it: both went out.
TEST_P(ReturnTest, VerifyNamesReturnsThatDoNotCancel) {
  tell("came", {{500, "2026-11-10", "CAME0001"}, {300, "2026-11-10", "CAME0002"}});
  tell("back", {{-300, "2026-11-20", "BACK2", "", "Retur CAME0002"}});
  const auto refund = proposed("CAME0001");
  ASSERT_EQ(approve(refund), "");
  tell("again", {{-500, "2026-11-20", "BACK1"}});
  EXPECT_EQ(problems(), "");
  const auto write = [&](const ports::IncomingPayment& payment, domain::PaymentId of) {
    ASSERT_OK(
        ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> base::Result<> {
          TRY(transaction.payments().update_payment(payment));
          return of.is_nil() ? base::Result<>()
                             : transaction.payments().set_return_of(payment.id, of);
        }));
  };
  auto back = named("BACK1");
  back.state = "returned";
  write(back, named("CAME0001").id);
  EXPECT_NE(problems().find("return_differs_from_payment"), std::string::npos);
  EXPECT_NE(problems().find("refund_of_returned_payment"), std::string::npos);
  // What is withdrawn then does not wait as if it had never gone back.
  EXPECT_EQ(code_of(send_refunds(store(), clock(), {.actor = "bengt"})), "refund_of_returned");
  EXPECT_EQ(withdraw(refund), "");
  EXPECT_EQ(named("CAME0001").state, "returned");
  EXPECT_EQ(problems(), "");
  auto original = named("CAME0002");
  original.state = "suspense";
  write(original, {});
  EXPECT_NE(problems().find("return_differs_from_payment"), std::string::npos);
}

// The bank's own charge stands beside the return that it was for.
TEST_P(ReturnTest, ABanksChargeIsNoPaymentsReturn) {
  add_debt(1, {.kronor = 30, .name = "Anna Lindkvist"});
  tell("came", {{500, "2026-11-10", "CAME0001"}, {30, "2026-11-10", "CAME0002"}});
  Told back{-530, "2026-11-20", "BACK1", "", "Retur CAME0001"};
  back.charges =
      "<AmtDtls><InstdAmt><Amt Ccy=\"SEK\">500.00</Amt></InstdAmt></AmtDtls><Chrgs><Rcrd><Amt "
      "Ccy=\"SEK\">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>";
  tell("back", {back});
  ASSERT_EQ(suspense(), "-30.00 bank_charges, 30.00 no_reference");
  const auto charge = payments("suspense").front().amount.is_negative()
                          ? payments("suspense").front()
                          : payments("suspense").back();
  const auto say = [&](domain::PaymentId of) {
    clock().set(clock().now() + 1'000'000);
    return code_of(return_payment(
        store(), clock(), {.payment = charge.id, .of = of, .reason = "why", .actor = "anna"}));
  };
  {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    EXPECT_TRUE(suggest_returned(*transaction, charge).value().empty());
  }
  EXPECT_EQ(say(named("CAME0002").id), "return_is_charge");
  // Nor does it keep money of its sum from being booked.
  const std::string annas = "Faktura, kund Anna Lindkvist, OCR " + ocr(1);
  tell("annas", {{30, "2026-11-26", "CAME0003", "", annas, "Anna Lindkvist"}});
  EXPECT_EQ(told(1), "settled 30.00 0.00");
  EXPECT_EQ(say({}), "");
  EXPECT_EQ(balance("bank_charges"), "30.00");
  EXPECT_EQ(code_of(undo_allocation(
                store(), clock(),
                {.payment = charge.id, .allocation = {}, .reason = "no", .actor = "anna"})),
            "");
  EXPECT_EQ(suspense(), "-30.00 bank_charges, 30.00 no_reference");
  EXPECT_EQ(problems(), "");
}

// A bill's number leads to the payment, and something else speaks against it.
TEST_P(ReturnTest, ALaterOrAnothersPaymentIsNotGivenBackByItself) {
  add_bill(1, 500);
  add_bill(2, 400);
  add_bill(3, 300);
  tell("came", {{500, "2026-11-22", "CAME0001", reference(1)},
                {400, "2026-11-10", "CAME0002", reference(2), "", "Anna Ek", "1111"},
                {300, "2026-11-10", "CAME0003", reference(3), "", "Anna Ek", "1111"}});
  tell("back", {{-500, "2026-11-10", "BACK1", "", reference(1)},
                {-400, "2026-11-20", "BACK2", "", reference(2), "Zoltan Kiss", "2222"},
                {-300, "2026-11-20", "BACK3", "", reference(3), "EK ANNA", "2222"}});
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(told(2), "settled 400.00 0.00");
  EXPECT_EQ(told(3), "open 0.00 300.00");  // Another account of hers.
  EXPECT_EQ(settle("BACK1", "CAME0001"), "original_is_later");
  // A person may know better than the names.
  EXPECT_EQ(suggested("BACK2"), "CAME0002");
  EXPECT_EQ(settle("BACK2", "CAME0002"), "");
  EXPECT_EQ(told(2), "open 0.00 400.00");
  EXPECT_EQ(problems(), "");
}

// What nothing was assigned of waits for the same as before.
TEST_P(ReturnTest, UndoneBothWaitForWhatTheyWaitedFor) {
  tell("came", {{500, "2026-11-10", "CAME1"}});
  tell("back", {{-500, "2026-11-20", "BACK1"}});
  ASSERT_EQ(settle("BACK1", "CAME1"), "");
  EXPECT_EQ(undo("BACK1"), "");
  EXPECT_EQ(suspense(), "-500.00 return_not_found, 500.00 no_reference");
  EXPECT_EQ(problems(), "");
}

TEST_P(ReturnTest, AReturnLessAChargeIsShownWithItsPayment) {
  tell("came", {{500, "2026-11-10", "CAME0001"}, {500, "2026-11-10", "CAME0002"}});
  tell("back", {{-475, "2026-11-20", "BACK1", "", "Retur CAME0001"}});
  EXPECT_EQ(suggested("BACK1"), "CAME0001");
  EXPECT_EQ(reasons("BACK1"), "-less +reference +days");
  EXPECT_EQ(settle("BACK1", "CAME0001"), "return_of_other_sum");
}

std::string charges(const std::string& more) {
  return "<Chrgs><Rcrd><Amt Ccy=\"SEK\">5.00</Amt>" + more + "</Rcrd></Chrgs>";
}

TEST_P(ReturnTest, WhatTheBankDeductedExplainsAShortSum) {
  struct Case {
    std::string what, charges;
    std::string kept;    // What the payment keeps of it.
    std::string ours;    // The bill, where the operator bears it,
    std::string theirs;  // and where the customer does.
  };
  const std::string deducted = "<Br>CRED</Br><ChrgInclInd>true</ChrgInclInd>";
  const std::string sent = "<AmtDtls><InstdAmt><Amt Ccy=\"SEK\">500.00</Amt></InstdAmt></AmtDtls>";
  const std::string whole = "<AmtDtls><InstdAmt><Amt Ccy=\"SEK\">495.00</Amt></InstdAmt></AmtDtls>";
  const std::vector<Case> cases = {
      {"deducted", charges(deducted), "5.00", "settled 500.00 0.00", "open 495.00 5.00"},
      {"who bears it is not said", charges(""), "5.00", "settled 500.00 0.00", "open 495.00 5.00"},
      {"what was sent says so", sent + charges("<Br>DEBT</Br>"), "5.00", "settled 500.00 0.00",
       "open 495.00 5.00"},
      {"booked apart", charges("<ChrgInclInd>false</ChrgInclInd>"), "0.00", "open 495.00 5.00",
       "open 495.00 5.00"},
      {"the payer's own", charges("<Br>DEBT</Br>"), "0.00", "open 495.00 5.00", "open 495.00 5.00"},
      {"not of what was sent", whole + charges(deducted), "0.00", "open 495.00 5.00",
       "open 495.00 5.00"},
  };
  int n = 0;
  for (const bool is_ours : {true, false}) {
    set_rules({.bears_charges = is_ours});
    for (const Case& each : cases) {
      add_bill(++n, 500);
      const std::string name = "C" + std::to_string(n);
      Told told_so{495, "2026-11-20", name, reference(n)};
      told_so.charges = each.charges;
      tell(name, {told_so});
      EXPECT_EQ(named(name).charges().to_decimal_string(), each.kept) << each.what;
      EXPECT_EQ(told(n), is_ours ? each.ours : each.theirs) << each.what;
    }
  }
  EXPECT_EQ(balance("bank_charges"), "15.00");
  EXPECT_EQ(problems(), "");
  // The payment goes back: the charge is no longer ours.
  EXPECT_EQ(undo("C1"), "");
  EXPECT_EQ(told(1), "open 0.00 500.00");
  EXPECT_EQ(balance("bank_charges"), "10.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(ReturnTest, WhatTheBankDeductedIsBorneWhereAPersonAssigns) {
  struct Row {
    std::string_view what;
    int came;
    std::string taken;
    std::string_view bill;
  };
  const Row rows[] = {
      {"as with accept", 495, "5.00", "settled 500.00 0.00"},
      {"more than a bank takes", 440, "60.00", "open 440.00 60.00"},
  };
  set_rules({.automatic = false, .bears_charges = true});
  int n = 0;
  for (const Row& row : rows) {
    add_bill(++n, 500);
    const std::string name = "H" + std::to_string(n);
    Told told_so{row.came, "2026-11-20", name};
    told_so.charges = "<Chrgs><Rcrd><Amt Ccy=\"SEK\">" + row.taken + "</Amt></Rcrd></Chrgs>";
    tell(name, {told_so});
    AssignRequest request;
    request.payment = named(name).id;
    request.account = account(n);
    request.bill = bill_id(n);
    request.reason = "she said so";
    request.actor = "anna";
    SCOPED_TRACE(std::string(row.what));
    ASSERT_OK(assign_payment(store(), clock(), request));
    EXPECT_EQ(told(n), row.bill);
  }
  EXPECT_EQ(balance("bank_charges"), "5.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(ReturnTest, WhatTheBankDeductedFindsTheBill) {
  add_debt(1, {.kronor = 500, .name = "Anna Lindkvist"});
  add_debt(2, {.kronor = 495, .name = "Erik Ohlsson"});
  set_rules({.automatic = false, .bears_charges = true});
  Told annas{495, "2026-11-27", "CAME1", "", "", "Anna Lindkvist"};
  annas.charges = charges("<ChrgInclInd>true</ChrgInclInd>");
  tell("came", {annas});
  const auto first = [&] {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return load_suggestions(*transaction, named("CAME1").id)
        .value()
        .rows.front()
        .suggestions.front();
  }();
  ASSERT_EQ(first.bills.size(), 1U);
  EXPECT_EQ(first.bills.front().id, bill_id(1));
  EXPECT_GT(first.millionths, 990'000);
  EXPECT_TRUE(std::ranges::any_of(first.reasons, [](const auto& reason) {
    return reason.key == "payer.amount.charged" && reason.amount == tests::kronor(5);
  }));
  ASSERT_OK(
      accept_candidate(store(), clock(), {named("CAME1").id, first.code, "she said so", "anna"}));
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(balance("bank_charges"), "5.00");
  EXPECT_EQ(problems(), "");
}

TELGIRO_ON_BOTH_ENGINES(ReturnTest);

}  // namespace
}  // namespace flows
