// A month is explained to the last krona, on both engines: banks by their statements, suspense by
// open payments, receivables by bills; and what does not hold is named with the rows that make it.
#include "flows/reconcile/prove_month.h"

#include "flows/payments/assign_payment.h"
#include "ports/ledger.h"
#include "ports/reconciliation.h"
#include "tests/flows/payment_world.h"
#include "tests/flows/statement_file.h"

namespace flows {
namespace {

using tests::bgmax_file;
using tests::statement_file;

class MonthProofTest : public tests::PaymentWorld {
 protected:
  // "SE45... 1000.00 450.00 1450.00 1450.00; ..., suspense 10.00 10.00; ..." and the problems.
  std::string told(std::string_view month = "2026-11") {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto proof = prove_month(*transaction, base::Month::parse(month).value());
    if (!proof) return describe(proof.error());
    std::string text;
    for (const auto& bank : proof->banks) {
      text += bank.bank_account + " " + bank.opening.to_decimal_string() + " " +
              bank.entries.to_decimal_string() + " " + bank.closing.to_decimal_string() + " " +
              bank.ledger.to_decimal_string() + "; ";
    }
    for (const auto& line : proof->lines) {
      text += line.name + " " + line.ledger.to_decimal_string() + " " +
              line.rows.to_decimal_string() + "; ";
    }
    for (const auto& problem : proof->problems) text += problem.code + " ";
    EXPECT_EQ(proof->holds(), proof->problems.empty());
    return text;
  }
  std::string aged(std::string_view day) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto answer = age_suspense_at(*transaction, base::Date::parse(day).value());
    if (!answer) return describe(answer.error());
    std::string text;
    for (const auto& sum : answer->report.sums) {
      text += sum.bucket + " " + sum.reason + " " + sum.open.to_decimal_string() + "; ";
    }
    return text + (answer->holds() ? "holds" : "differs");
  }
};

TEST_P(MonthProofTest, EveryKronaOfAStatement) {
  add_bill(1, 500);
  add_bill(2, 300);
  ASSERT_OK(import(statement_file({.opening = 1'000,
                                   .entries = {{500, "2026-11-20", "R1", "", reference(1)},
                                               {400, "2026-11-20", "R2", "", reference(2)},
                                               {70, "2026-11-20", "R3"},
                                               {-250, "2026-11-20", "R4", "", "", "Hyra"}},
                                   .closing = 1'720})));
  EXPECT_EQ(told(),
            "SE4550000000058398257466 1000.00 720.00 1720.00 1720.00; "
            "suspense 70.00 70.00; receivables 0.00 0.00; prepayment 100.00 100.00; ");
  EXPECT_EQ(balance("bank_other"), "250.00");
  EXPECT_EQ(balance("bank_opening:SE4550000000058398257466"), "-1000.00");
  EXPECT_EQ(problems(), "");
  // October knew nothing of it.
  EXPECT_EQ(told("2026-10"), "SE4550000000058398257466 0.00 0.00 0.00 0.00; ");
}

// One deposit of the giro number, in its own file and as a sum in the account's statement.
TEST_P(MonthProofTest, ADepositOfTheGiroIsTheSameMoney) {
  const std::string giro = bgmax_file({{300, reference(1), "1"}, {50, "", "2"}});
  const auto sum = [](std::int64_t kronor, std::string_view words) {
    return statement_file(
        {.entries = {{kronor, "2026-11-20", "L1", "", "", std::string(words)}}, .closing = kronor});
  };
  add_bill(1, 300);
  ASSERT_OK(import(sum(350, "BG 5050-1055"), {}, "first.xml"));
  EXPECT_EQ(told(),
            "SE4550000000058398257466 0.00 350.00 350.00 350.00; suspense 350.00 350.00; "
            "receivables 300.00 300.00; prepayment 0.00 0.00; giro_deposit_waits ");
  ASSERT_OK(import(giro, {}, "giro.txt"));
  const std::string expected =
      "50501055 0.00 0.00 0.00 0.00; SE4550000000058398257466 0.00 350.00 350.00 350.00; "
      "suspense 50.00 50.00; receivables 0.00 0.00; prepayment 0.00 0.00; ";
  EXPECT_EQ(told(), expected);
  EXPECT_EQ(problems(), "");
  // Told again, it is known.
  ASSERT_OK(import(giro, {.take_anyway = true}, "again.txt"));
  ASSERT_OK(import(sum(350, "BG 5050-1055"), {.take_anyway = true}, "again.xml"));
  EXPECT_EQ(told(), expected);
}

TEST_P(MonthProofTest, ASumThatIsNotTheDepositStays) {
  ASSERT_OK(import(bgmax_file({{50, "", "2"}}), {}, "giro.txt"));
  ASSERT_OK(import(statement_file({.entries = {{50, "2026-11-20", "L1", "", "", "Hyra"},
                                               {49, "2026-11-20", "L2", "", "", "5050-1055"}},
                                   .closing = 99})));
  EXPECT_EQ(told(),
            "50501055 0.00 50.00 50.00 50.00; SE4550000000058398257466 0.00 99.00 99.00 99.00; "
            "suspense 149.00 149.00; giro_deposit_waits ");
}

// More went back than came: the giro's day is below zero, and the account pays it.
TEST_P(MonthProofTest, APayoutOfTheGiroIsTheSameMoney) {
  ASSERT_OK(import(bgmax_file({{-40, "", "3"}}), {}, "giro.txt"));
  ASSERT_OK(
      import(statement_file({.opening = 100,
                             .entries = {{-40, "2026-11-20", "L1", "", "", "Bankgiro 5050-1055"}},
                             .closing = 60})));
  EXPECT_EQ(told(),
            "50501055 0.00 0.00 0.00 0.00; SE4550000000058398257466 100.00 -40.00 60.00 60.00; "
            "suspense -40.00 -40.00; ");
  EXPECT_EQ(balance("bank_other"), "0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(MonthProofTest, InterestIsTheHousesEitherWay) {
  const auto entry = [](std::string_view amount, std::string_view way, std::string_view reversal) {
    return "<Ntry><Amt Ccy=\"SEK\">" + std::string(amount) + "</Amt><CdtDbtInd>" +
           std::string(way) + "</CdtDbtInd><RvslInd>" + std::string(reversal) +
           "</RvslInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><BkTxCd><Domn>"
           "<Cd>ACMT</Cd><Fmly><Cd>MDOP</Cd><SubFmlyCd>INTR</SubFmlyCd></Fmly></Domn></BkTxCd>"
           "</Ntry>";
  };
  const auto balance_of = [](std::string_view kind, std::string_view amount) {
    return "<Bal><Tp><CdOrPrtry><Cd>" + std::string(kind) +
           "</Cd></CdOrPrtry></Tp><Amt Ccy=\"SEK\">" + std::string(amount) +
           "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>";
  };
  ASSERT_OK(import(
      "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt>"
      "<Id>S</Id><Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id></Acct>" +
      balance_of("OPBD", "100.00") + balance_of("CLBD", "107.00") +
      entry("12.00", "CRDT", "false") + entry("3.00", "DBIT", "false") +
      entry("2.00", "DBIT", "true") + "</Stmt></BkToCstmrStmt></Document>"));
  EXPECT_EQ(told(), "SE4550000000058398257466 100.00 7.00 107.00 107.00; ");
  EXPECT_EQ(balance("bank_interest"), "-7.00");
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(problems(), "");
}

TEST_P(MonthProofTest, OverlappingStatementsCountOnce) {
  const tests::StatementText whole{
      .opening = 0,
      .entries = {{100, "2026-11-18", "R1"}, {-30, "2026-11-19", "R2"}},
      .closing = 70,
      .day = "2026-11-19"};
  tests::StatementText second = whole;
  second.id = "S2";
  second.opening = 100;
  second.entries = {{-30, "2026-11-19", "R2"}, {5, "2026-11-20", "R3"}};
  second.closing = 75;
  second.day = "2026-11-20";
  const std::string expected =
      "SE4550000000058398257466 0.00 75.00 75.00 75.00; suspense 105.00 105.00; ";
  ASSERT_OK(import(statement_file(second), {}, "second.xml"));
  ASSERT_OK(import(statement_file(whole), {}, "whole.xml"));
  ASSERT_OK(import(statement_file(whole), {.take_anyway = true}, "again.xml"));
  EXPECT_EQ(told(), expected);
  EXPECT_EQ(balance("bank_opening:SE4550000000058398257466"), "0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(MonthProofTest, AMissingStatementIsNamed) {
  ASSERT_OK(import(statement_file({.opening = 0,
                                   .entries = {{100, "2026-11-10", "R1"}},
                                   .closing = 100,
                                   .day = "2026-11-10"})));
  ASSERT_OK(import(
      statement_file(
          {.id = "S3", .opening = 160, .entries = {{10, "2026-11-20", "R3"}}, .closing = 170}),
      {}, "third.xml"));
  EXPECT_EQ(told(),
            "SE4550000000058398257466 0.00 110.00 170.00 110.00; suspense 110.00 110.00; "
            "statement_missing bank_differs ");
  ASSERT_OK(import(statement_file({.id = "S2",
                                   .opening = 100,
                                   .entries = {{60, "2026-11-15", "R2"}},
                                   .closing = 160,
                                   .day = "2026-11-15"}),
                   {}, "second.xml"));
  EXPECT_EQ(told(), "SE4550000000058398257466 0.00 170.00 170.00 170.00; suspense 170.00 170.00; ");
}

TEST_P(MonthProofTest, SuspenseAsItWasOnADay) {
  add_bill(1, 500);
  EXPECT_EQ(counts(bgmax_file({{500, "", "1", "2026-11-02"},
                               {40, "123", "2", "2026-11-20"},
                               {-40, "", "3", "2026-11-25"},
                               {60, "", "4", "2026-11-25"}})),
            "4 new 0 known 0 left out");
  EXPECT_EQ(aged("2026-11-01"), "holds");
  EXPECT_EQ(aged("2026-11-20"), "0-7 unknown_reference 40.00; 8-30 no_reference 500.00; holds");
  EXPECT_EQ(aged("2026-12-20"),
            "8-30 no_reference 60.00; 8-30 return_not_found -40.00; 8-30 unknown_reference 40.00; "
            "31-60 no_reference 500.00; holds");
  const auto waiting = payments("suspense");
  ASSERT_OK(assign_payment(store(), clock(),
                           {.payment = waiting.front().id,
                            .account = account(1),
                            .bill = bill_id(1),
                            .reason = "Called",
                            .actor = "anna"}));
  EXPECT_EQ(aged("2026-12-20"),
            "8-30 no_reference 60.00; 8-30 return_not_found -40.00; 8-30 unknown_reference 40.00; "
            "holds");
  EXPECT_EQ(told(),
            "50501055 0.00 560.00 560.00 560.00; suspense 60.00 60.00; "
            "receivables 0.00 0.00; prepayment 0.00 0.00; ");
}

TEST_P(MonthProofTest, WhatWasChangedBehindTheBooksIsNamed) {
  add_bill(1, 500);
  ASSERT_OK(import(bgmax_file({{200, reference(1), "1"}})));
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
    domain::Posting::Head head;
    head.id = domain::PostingId(base::IdBytes{9, 9});
    head.account = account(1);
    head.kind = "payment";
    head.effective = base::Date::parse("2026-11-21").value();
    const domain::Posting posting =
        domain::Posting::make(
            head, {{"suspense", tests::kronor(10)}, {"receivables", tests::kronor(-10)}})
            .value();
    return transaction.ledger().append({&posting, 1});
  }));
  EXPECT_EQ(told(),
            "50501055 0.00 200.00 200.00 200.00; suspense -10.00 0.00; "
            "receivables 290.00 300.00; prepayment 0.00 0.00; "
            "proof_line_differs proof_line_differs account_receivables_differ ");
  EXPECT_EQ(aged("2026-11-30"), "differs");
}

TELGIRO_ON_BOTH_ENGINES(MonthProofTest);

}  // namespace
}  // namespace flows
