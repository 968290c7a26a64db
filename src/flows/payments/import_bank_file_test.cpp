// Bank files on both engines: what payments do to bills, what waits in suspense, that the same
// money never counts twice however it is told, and that the books explain every krona (R52).
#include "flows/payments/import_bank_file.h"

#include <set>
#include <thread>
#include <utility>

#include "flows/payments/assign_payment.h"
#include "flows/payments/undo_allocation.h"
#include "ports/credits.h"
#include "tests/flows/payment_world.h"

namespace flows {
namespace {

using tests::bgmax_file;
using tests::code_of;
using tests::kronor;

class BankImportTest : public tests::PaymentWorld {};

TEST_P(BankImportTest, PaymentsFindTheirBills) {
  for (int n = 1; n <= 6; ++n) add_bill(n, 500);
  const auto report = import(bgmax_file({{500, reference(1), "1"},
                                         {200, reference(2), "2"},
                                         {550, reference(3), "3"},
                                         {500, "00000" + reference(4), "4"},
                                         {500, reference(4), "5"},
                                         {100, "", "6"},
                                         {100, "123", "7"}}));
  ASSERT_OK(report);
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(told(2), "open 200.00 300.00");
  EXPECT_EQ(told(3), "settled 500.00 0.00");
  EXPECT_EQ(credit(3), "50.00");
  EXPECT_EQ(told(4), "settled 500.00 0.00");
  EXPECT_EQ(credit(4), "500.00");
  EXPECT_EQ(told(5), "open 0.00 500.00");
  EXPECT_EQ(bill(1).version, 2);
  EXPECT_EQ(bill(5).version, 1);
  EXPECT_EQ(suspense(), "100.00 no_reference, 100.00 unknown_reference");
  EXPECT_EQ(balance("bank:50501055"), "2450.00");
  EXPECT_EQ(balance("suspense"), "-200.00");
  EXPECT_EQ(balance("prepayment"), "-550.00");
  EXPECT_EQ(balance("receivables"), "1300.00");
  const auto& sums = report->sums.at(base::Currency());
  EXPECT_EQ(sums.came, kronor(2'450));
  EXPECT_EQ(sums.to_bills, kronor(1'700));
  EXPECT_EQ(sums.to_credit, kronor(550));
  EXPECT_EQ(sums.suspense, kronor(200));
  EXPECT_EQ(problems(), "");
}

TEST_P(BankImportTest, TheSameMoneyCountsOnce) {
  for (int n = 1; n <= 3; ++n) add_bill(n, 500);
  const std::string first = bgmax_file({{500, reference(1), "1"}, {100, "", "2"}});
  const std::string second =
      bgmax_file({{500, reference(1), "1"}, {100, "", "2"}, {500, reference(2), "3"}});
  EXPECT_EQ(counts(first), "2 new 0 known 0 left out");
  const std::string after = dump();
  EXPECT_TRUE(import(first, {}, "again.txt")->was_imported);
  EXPECT_EQ(dump(), after);
  // Read anew because somebody asks for it, nothing is new.
  const auto anew = import(first, {.take_anyway = true});
  ASSERT_OK(anew);
  EXPECT_EQ(anew->file.repeated, 2);
  EXPECT_EQ(balance("bank:50501055"), "600.00");
  const auto overlapping = import(second, {}, "overlap.txt");
  ASSERT_OK(overlapping);
  EXPECT_EQ(overlapping->file.payments, 1);
  EXPECT_EQ(overlapping->file.repeated, 2);
  {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto told = transaction->payments().problems_of(overlapping->file.id, 9).value();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().code, "entries_known");
    EXPECT_GT(told.front().line, 0);
    // The file that was read anew says it too, and nothing else does.
    EXPECT_EQ(transaction->payments().problems_of(anew->file.id, 9).value().size(), 1U);
  }
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(told(2), "settled 500.00 0.00");
  EXPECT_EQ(balance("bank:50501055"), "1100.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(BankImportTest, EqualPaymentsOfOneDayAreTwo) {
  add_bill(1, 500);
  const std::string two = bgmax_file({{250, reference(1)}, {250, reference(1)}});
  EXPECT_EQ(counts(two), "2 new 0 known 0 left out");
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(counts(two + "\n", "a byte longer.txt"), "0 new 2 known 0 left out");
}

TEST_P(BankImportTest, TheOrderOfFilesDoesNotMatter) {
  add_bill(1, 500);
  add_bill(2, 500);
  const std::vector<std::string> files = {
      bgmax_file({{300, reference(1), "1"}, {500, reference(2), "2"}}),
      bgmax_file({{300, reference(1), "3"}, {70, "", "4"}}, "50501055"),
      bgmax_file({{500, reference(2), "2"}, {70, "", "4"}})};
  for (const std::string& file : {files[2], files[0], files[1]}) ASSERT_OK(import(file));
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(credit(1), "100.00");
  EXPECT_EQ(told(2), "settled 500.00 0.00");
  EXPECT_EQ(suspense(), "70.00 no_reference");
  EXPECT_EQ(balance("bank:50501055"), "1170.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(BankImportTest, SmallBatchesGiveTheSameBooks) {
  for (int n = 1; n <= 9; ++n) add_bill(n, 500);
  std::vector<tests::Paid> paid;
  for (int n = 1; n <= 9; ++n) paid.push_back({500, reference(n), std::to_string(n)});
  BankImportRequest request;
  request.batch_entries_max = 2;
  const auto report = import(bgmax_file(paid), request);
  ASSERT_OK(report);
  EXPECT_EQ(report->file.payments, 9);
  EXPECT_EQ(report->file.next_entry, 10);
  EXPECT_EQ(report->sums.at(base::Currency()).came, kronor(4'500));
  for (int n = 1; n <= 9; ++n) EXPECT_EQ(told(n), "settled 500.00 0.00");
  EXPECT_EQ(problems(), "");
}

// Batches are planned before the ones before them are written: what they do to one bill is what
// they would do one after another.
TEST_P(BankImportTest, NeighbouringBatchesShareBills) {
  for (const std::size_t size : {1U, 2U, 3U}) {
    const int first = static_cast<int>(size) * 10 + 1, second = first + 1;
    add_bill(first, 500);
    add_bill(second, 500);
    const auto name = [&](int at) { return std::to_string(first * 100 + at); };
    BankImportRequest request;
    request.batch_entries_max = size;
    const auto report = import(bgmax_file({{200, reference(first), name(1)},
                                           {500, reference(second), name(2)},
                                           {200, reference(first), name(3)},
                                           {-500, reference(second), name(4)},
                                           {200, reference(first), name(5)},
                                           {10, "", name(6)},
                                           {500, reference(second), name(7)}}),
                               request, name(0));
    ASSERT_OK(report);
    EXPECT_EQ(report->file.payments, 7);
    EXPECT_EQ(told(first), "settled 500.00 0.00") << size;
    EXPECT_EQ(credit(first), "100.00") << size;
    EXPECT_EQ(told(second), "settled 500.00 0.00") << size;
    EXPECT_EQ(credit(second), "0.00") << size;
    EXPECT_EQ(problems(), "") << size;
  }
}

// What the payments of one account's bills come to, by the allocations of the last one.
struct SumRow {
  std::string_view what;
  std::vector<std::int64_t> bills;     // The first one's reference is given.
  std::vector<std::int64_t> paid;      // One after another.
  std::vector<std::string_view> told;  // Of each bill.
  std::string_view credit;
};
const SumRow kSumRows[] = {
    {"the rest of the other",
     {339, 798},
     {1'137},
     {"settled 339.00 0.00", "settled 798.00 0.00"},
     "0.00"},
    {"all of them",
     {100, 200, 400},
     {700},
     {"settled 100.00 0.00", "settled 200.00 0.00", "settled 400.00 0.00"},
     "0.00"},
    {"two of three",
     {100, 200, 400, 800},
     {1'100},
     {"settled 100.00 0.00", "settled 200.00 0.00", "open 0.00 400.00", "settled 800.00 0.00"},
     "0.00"},
    {"nearly the other",
     {339, 798},
     {1'136},
     {"settled 339.00 0.00", "open 0.00 798.00"},
     "797.00"},
    {"of alike ones the first due",
     {100, 200, 200},
     {300},
     {"settled 100.00 0.00", "settled 200.00 0.00", "open 0.00 200.00"},
     "0.00"},
    {"two ways",
     {100, 200, 300, 500},
     {600},
     {"settled 100.00 0.00", "open 0.00 200.00", "open 0.00 300.00", "open 0.00 500.00"},
     "500.00"},
    {"last month's reference",
     {339, 798},
     {339, 798},
     {"settled 339.00 0.00", "settled 798.00 0.00"},
     "0.00"},
    {"last month's reference, alike ones",
     {339, 798, 798},
     {339, 798},
     {"settled 339.00 0.00", "open 0.00 798.00", "open 0.00 798.00"},
     "798.00"},
    {"last month's reference, too little",
     {339, 798},
     {339, 700},
     {"settled 339.00 0.00", "open 0.00 798.00"},
     "700.00"},
};

TEST_P(BankImportTest, ASurplusPaysTheBillsThatItIsExactlyFor) {
  // In one batch, and planned before the batch before it is written.
  int first = 0;
  for (const std::size_t size : {100U, 1U}) {
    for (const SumRow& row : kSumRows) {
      const int count = static_cast<int>(row.bills.size());
      first += 10;
      for (int at = 0; at < count; ++at) {
        add_debt(first + at, {.kronor = row.bills[static_cast<std::size_t>(at)],
                              .of_account = at == 0 ? 0 : first,
                              .due = "2026-12-0" + std::to_string(at + 1)});
      }
      std::vector<tests::Paid> paid;
      for (const std::int64_t each : row.paid) {
        const std::string id = std::to_string(first) + std::to_string(paid.size());
        paid.push_back({each, ocr(first), id, "2026-11-20", ""});
      }
      BankImportRequest request;
      request.batch_entries_max = size;
      ASSERT_OK(import(bgmax_file(paid), request));
      for (int at = 0; at < count; ++at) {
        EXPECT_EQ(told(first + at), row.told[static_cast<std::size_t>(at)]) << row.what << at;
      }
      EXPECT_EQ(credit(first), row.credit) << row.what;
    }
  }
  EXPECT_EQ(problems(), "");
}

TEST_P(BankImportTest, ASumOfBillsSaysSoAndGoesBackWhole) {
  add_debt(1, {.kronor = 339});
  add_debt(2, {.kronor = 798, .of_account = 1});
  ASSERT_OK(import(bgmax_file({{1'137, ocr(1), "1"}})));
  {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto payment = payments("allocated").at(0).id;
    std::map<domain::BillId, std::string> by;
    const auto rows = transaction->payments().allocations_of_payment(payment).value();
    for (const auto& row : rows) {
      by[row.bill] = row.by;
    }
    EXPECT_EQ(by[bill_id(1)], "exact_reference");
    EXPECT_EQ(by[bill_id(2)], "sum_of_bills");
  }
  ASSERT_OK(import(bgmax_file({{-1'137, ocr(1), "2", "2026-11-23"}}), {}, "back.txt"));
  EXPECT_EQ(told(1), "open 0.00 339.00");
  EXPECT_EQ(told(2), "open 0.00 798.00");
  EXPECT_EQ(problems(), "");
}

// An agent pays a bill from other money while the batch that pays it, too, is planned already.
TEST_P(BankImportTest, WhatIsPlannedGivesWayToWhoWasFirst) {
  for (int n = 1; n <= 5; ++n) add_bill(n, 500);
  ASSERT_OK(import(bgmax_file({{200, "", "1"}})));
  const auto other = payments("suspense").at(0).id;
  std::vector<tests::Paid> paid;
  for (int n = 1; n <= 5; ++n) paid.push_back({500, reference(n), "p" + std::to_string(n)});
  BankImportRequest request;
  request.batch_entries_max = 1;
  bool assigned = false;
  const auto report = import_bank_file(
      store(), clock(), Snapshot::of_text("day.txt", bgmax_file(paid)), request,
      [&](const BankImportProgress&) {
        if (std::exchange(assigned, true)) return;
        EXPECT_OK(assign_payment(store(), clock(),
                                 {other, account(2), bill_id(2), {}, "she said so", "user_x"}));
      });
  ASSERT_OK(report);
  EXPECT_EQ(report->file.payments, 5);
  for (int n = 1; n <= 5; ++n) EXPECT_EQ(told(n), "settled 500.00 0.00");
  EXPECT_EQ(credit(2), "200.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(BankImportTest, MoneyThatGoesBackIsOwedAgain) {
  add_bill(1, 500);
  add_bill(2, 500);
  ASSERT_OK(import(bgmax_file({{550, reference(1), "1"}, {500, reference(2), "2"}})));
  ASSERT_OK(import(bgmax_file({{-550, reference(1), "9", "2026-11-23"},
                               {-70, reference(2), "8", "2026-11-23"},
                               {700, "", "7", "2026-11-23"}}),
                   {}, "back.txt"));
  EXPECT_EQ(told(1), "open 0.00 500.00");
  EXPECT_EQ(credit(1), "0.00");
  // No payment of that amount: a person looks.
  EXPECT_EQ(told(2), "settled 500.00 0.00");
  EXPECT_EQ(suspense(), "-70.00 return_not_found, 700.00 no_reference");
  EXPECT_EQ(payments("returned").size(), 2U);
  EXPECT_EQ(balance("bank:50501055"), "1130.00");
  EXPECT_EQ(problems(), "");
}

// An entry of camt.053: what came, or what a bank tells of what went back.
struct Told {
  int kronor = 500;  // Below zero: went back.
  std::string day = "2026-11-20";
  std::string bank_reference = {};
  std::string end_to_end_id = "NOTPROVIDED";
  std::string reference = {}, text = {}, payer_account = {};
};

std::string camt_file(const std::string& name, const std::vector<Told>& all) {
  std::string file = R"(<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">)"
                     "<BkToCstmrStmt><GrpHdr><MsgId>" +
                     name + "</MsgId><CreDtTm>2026-11-24T06:00:00</CreDtTm></GrpHdr><Stmt><Id>" +
                     name +
                     "</Id><Acct><Id><Othr><Id>50501055</Id></Othr></Id><Ccy>SEK</Ccy></Acct>";
  for (const Told& told : all) {
    const bool back = told.kronor < 0;
    const std::string direction = back ? "DBIT" : "CRDT";
    const std::string amount =
        "<Amt Ccy=\"SEK\">" + std::to_string(std::abs(told.kronor)) + ".00</Amt>";
    file += "<Ntry>" + amount + "<CdtDbtInd>" + direction +
            "</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>" + told.day +
            "</Dt></BookgDt><AcctSvcrRef>" + told.bank_reference +
            "</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>" + told.end_to_end_id +
            "</EndToEndId></Refs>" + amount + "<CdtDbtInd>" + direction + "</CdtDbtInd>";
    if (!told.payer_account.empty()) {
      file += "<RltdPties><DbtrAcct><Id><Othr><Id>" + told.payer_account +
              "</Id></Othr></Id></DbtrAcct></RltdPties>";
    }
    file += "<RmtInf>";
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

// One after another; what was found once does not go back again.
TEST_P(BankImportTest, WhatWentBackIsFoundByAnyOfItsNames) {
  struct Case {
    std::string what;
    Told back;
    std::string returned;  // Of the payment that it was: its bank's reference.
  };
  const std::vector<Case> cases = {
      {"its end-to-end id alone", {-500, "2026-11-23", "X1000001", "E2E-1"}, "CAME0001"},
      {"the bank's reference", {-501, "2026-11-23", "CAME0002"}, "CAME0002"},
      {"a reference in the text",
       {.kronor = -500, .bank_reference = "X1000003", .text = "Retur 70004"},
       "CAME0009"},
      {"the bank's reference in the text",
       {.kronor = -506, .bank_reference = "X1000004", .text = "Retur av CAME0010, fel konto"},
       "CAME0010"},
      {"of several nobody knows which", {-502, "2026-11-23", "X1000007", "SAME"}, ""},
      {"of several that of the payer",
       {-502, "2026-11-23", "X1000005", "SAME", "", "", "5555"},
       "CAME0004"},
      {"of several of one payer the newest before it",
       {-504, "2026-11-22", "X1000006", "TWICE"},
       "CAME0006"},
      {"what has gone back already", {-500, "2026-11-23", "X1000011", "E2E-1"}, ""},
      {"another sum", {-499, "2026-11-23", "X1000008", "E2E-5"}, ""},
      {"a counter is no name", {-503, "2026-11-23", "X1000009", "1"}, ""},
      {"what came later", {-505, "2026-11-19", "X1000010", "E2E-5"}, ""},
  };
  for (int n = 1; n <= 4; ++n) add_bill(n, 500);
  ASSERT_OK(import(camt_file("came", {{500, "2026-11-20", "CAME0001", "E2E-1", reference(1)},
                                      {501, "2026-11-20", "CAME0002", "E2E-2", reference(2)},
                                      {502, "2026-11-20", "CAME0003", "SAME", "", "", "4444"},
                                      {502, "2026-11-20", "CAME0004", "SAME", "", "", "5555"},
                                      {504, "2026-11-19", "CAME0005", "TWICE", "", "", "6666"},
                                      {504, "2026-11-20", "CAME0006", "TWICE", "", "", "6666"},
                                      {504, "2026-11-23", "CAME0007", "TWICE", "", "", "6666"},
                                      {503, "2026-11-20", "CAME0008", "1", reference(3)},
                                      {500, "2026-11-20", "CAME0009", "E2E-4", reference(4)},
                                      {506, "2026-11-20", "CAME0010", "E2E-6"},
                                      {505, "2026-11-20", "CAME0011", "E2E-5"}}),
                   {}, "came.xml"));
  for (const Case& each : cases) {
    std::set<domain::PaymentId> before;
    for (const auto& payment : payments("returned")) before.insert(payment.id);
    ASSERT_OK(import(camt_file(each.what, {each.back}), {}, each.what));
    std::string returned;
    for (const auto& payment : payments("returned")) {
      if (before.contains(payment.id) || payment.amount.is_negative()) continue;
      returned += payment.bank_reference;
    }
    EXPECT_EQ(returned, each.returned) << each.what;
    EXPECT_EQ(problems(), "") << each.what;
  }
  for (const int n : {1, 2, 4}) EXPECT_EQ(told(n), "open 0.00 500.00") << n;
  EXPECT_EQ(told(3), "settled 500.00 0.00");
}

// A debit of 503 that gives back 500, for which the bank took 3.
std::string returned_with_charges(const std::string& reference) {
  return R"(<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-24T06:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><Acct><Id><Othr><Id>50501055</Id></Othr></Id><Ccy>SEK</Ccy></Acct>
<Ntry><Amt Ccy="SEK">503.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-23</Dt></BookgDt><AcctSvcrRef>R1</AcctSvcrRef><NtryDtls><TxDtls>
<Amt Ccy="SEK">503.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>
<AmtDtls><InstdAmt><Amt Ccy="SEK">500.00</Amt></InstdAmt></AmtDtls>
<Chrgs><Rcrd><Amt Ccy="SEK">3.00</Amt></Rcrd></Chrgs>
<RmtInf><Strd><CdtrRefInf><Ref>)" +
         reference +
         R"(</Ref></CdtrRefInf></Strd></RmtInf>
<RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>)";
}

TEST_P(BankImportTest, WhatTheBankTakesForAReturnIsApart) {
  add_bill(1, 500);
  ASSERT_OK(import(bgmax_file({{500, reference(1), "1"}})));
  ASSERT_OK(import(returned_with_charges(reference(1)), {}, "back.xml"));
  EXPECT_EQ(told(1), "open 0.00 500.00");
  EXPECT_EQ(suspense(), "-3.00 bank_charges");
  EXPECT_EQ(payments("returned").size(), 2U);
  EXPECT_EQ(balance("bank:50501055"), "-3.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(BankImportTest, AFileThatContradictsItselfIsRefused) {
  add_bill(1, 500);
  const std::string whole = bgmax_file({{500, reference(1), "1"}});
  const std::string cut = whole.substr(0, whole.rfind("70"));
  const auto refused = import(cut);
  ASSERT_OK(refused);
  EXPECT_EQ(refused->file.state, "refused");
  EXPECT_GT(refused->file.problems, 0);
  EXPECT_EQ(told(1), "open 0.00 500.00");
  EXPECT_EQ(import(cut)->file.state, "refused");
  const auto taken = import(cut, {.take_anyway = true});
  ASSERT_OK(taken);
  EXPECT_EQ(taken->file.state, "done");
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(code_of(import("what is this")), "bank_file_not_recognised");
  EXPECT_EQ(code_of(import("")), "bank_file_empty");
}

TEST_P(BankImportTest, WhatMayNotBeReadIsNotTakenAnyway) {
  add_bill(1, 500);
  const std::string file = "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>" +
                           returned_with_charges("&x;");
  for (const bool anyway : {false, true, true}) {
    const auto report = import(file, {.take_anyway = anyway}, "bomb.xml");
    ASSERT_OK(report);
    EXPECT_EQ(report->file.state, "refused") << anyway;
    EXPECT_EQ(report->unreadable, "entity_not_allowed") << anyway;
  }
  EXPECT_TRUE(payments("suspense").empty());
}

TEST_P(BankImportTest, AnEntryOfNothingIsLeftOutAndSaysSo) {
  std::string file = returned_with_charges("1");
  const std::size_t begin = file.find("<NtryDtls>"), end = file.find("</Ntry>");
  file.erase(begin, end - begin);
  file.replace(file.find("503.00"), 6, "0.00");
  file.replace(file.find("DBIT"), 4, "CRDT");
  const auto report = import(file, {}, "zero.xml");
  ASSERT_OK(report);
  EXPECT_EQ(report->left_out, (std::map<std::string, std::int64_t>{{"zero_amount", 1}}));
}

TEST_P(BankImportTest, EntriesOfAForeignAccountAreLeftOut) {
  add_bill(1, 500);
  EXPECT_EQ(counts(bgmax_file({{500, reference(1), "1"}}, "9912346")), "0 new 0 known 1 left out");
  EXPECT_EQ(told(1), "open 0.00 500.00");
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto file = transaction->payments().list_files(1).value().at(0);
  EXPECT_EQ(transaction->payments().problems_of(file.id, 9).value().at(0).code,
            "bank_account_foreign");
}

TEST_P(BankImportTest, SeveralWorkersTakeAFileOnce) {
  constexpr int kBills = 40;
  std::vector<tests::Paid> paid;
  for (int n = 1; n <= kBills; ++n) {
    add_bill(n, 500);
    paid.push_back({500, reference(n), std::to_string(n)});
  }
  const std::string file = bgmax_file(paid);
  std::vector<std::thread> workers;
  std::vector<std::string> codes(3);
  // Each in parts of its own size: what one has begun, another ends in the middle of a part.
  for (std::size_t worker = 0; worker < codes.size(); ++worker) {
    workers.emplace_back([&, worker] {
      BankImportRequest request;
      request.batch_entries_max = 3 + 2 * worker;
      codes[worker] = code_of(import(file, request));
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(codes, std::vector<std::string>(3));
  for (int n = 1; n <= kBills; ++n) EXPECT_EQ(told(n), "settled 500.00 0.00");
  EXPECT_EQ(balance("bank:50501055"), "20000.00");
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  EXPECT_EQ(transaction->payments().list_files(9).value().at(0).payments, kBills);
  EXPECT_EQ(problems(), "");
}

TEST_P(BankImportTest, AnAgentAssignsAndTakesBack) {
  add_bill(1, 500);
  add_bill(2, 300);
  ASSERT_OK(import(bgmax_file({{600, "", "1"}})));
  const auto payment = payments("suspense").at(0).id;
  const auto assign = [&](int n, std::optional<base::Money> amount, std::string reason) {
    return assign_payment(store(), clock(),
                          {payment, account(n), bill_id(n), amount, std::move(reason), "user_x"});
  };
  EXPECT_EQ(code_of(assign(1, {}, "")), "missing_reason");
  EXPECT_EQ(code_of(assign(1, kronor(700), "why")), "amount_too_large");
  EXPECT_EQ(code_of(assign(1, kronor(0), "why")), "amount_not_positive");
  ASSERT_OK(assign(1, kronor(200), "she said so"));
  EXPECT_EQ(told(1), "open 200.00 300.00");
  ASSERT_OK(assign(2, {}, "and the rest"));
  EXPECT_EQ(told(2), "settled 300.00 0.00");
  EXPECT_EQ(credit(2), "100.00");
  EXPECT_EQ(code_of(assign(1, {}, "more")), "payment_not_open");
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(problems(), "");

  const auto undone = undo_allocation(store(), clock(), {payment, {}, "not hers", "user_x"});
  ASSERT_OK(undone);
  EXPECT_EQ(undone->open(), kronor(600));
  EXPECT_EQ(told(1), "open 0.00 500.00");
  EXPECT_EQ(told(2), "open 0.00 300.00");
  EXPECT_EQ(credit(2), "0.00");
  EXPECT_EQ(suspense(), "600.00 undone");
  EXPECT_EQ(code_of(undo_allocation(store(), clock(), {payment, {}, "again", "user_x"})),
            "allocation_not_found");
  ASSERT_OK(assign(1, {}, "hers after all"));
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(credit(1), "100.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(BankImportTest, CreditThatWasUsedIsNotTakenBack) {
  add_bill(1, 500);
  ASSERT_OK(import(bgmax_file({{600, reference(1), "1"}})));
  ports::AccountCredit used;
  used.account = account(1);
  used.id = domain::CreditId(base::IdBytes{77});
  used.amount = kronor(-100);
  used.reason = "used";
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
    return transaction.credits().add({&used, 1});
  }));
  const auto payment = payments("allocated").at(0).id;
  EXPECT_EQ(code_of(undo_allocation(store(), clock(), {payment, {}, "why", "user_x"})),
            "credit_used");
  EXPECT_EQ(told(1), "settled 500.00 0.00");
}

TELGIRO_ON_BOTH_ENGINES(BankImportTest);

}  // namespace
}  // namespace flows
