// Money without a reference that holds, on both engines: what finds its bills by itself, what waits
// with which suggestions, what a person's yes teaches, and each odd case by its name (R10, R65,
// MOON11).
#include "flows/payments/match_payments.h"

#include <set>

#include "flows/payments/assign_payment.h"
#include "flows/payments/payer_worklist.h"
#include "flows/payments/undo_allocation.h"
#include "ports/catalogue.h"
#include "tests/flows/payment_world.h"

namespace flows {
namespace {

using tests::code_of;
using tests::kronor;

// One payment as a bank's file tells it: {500, "OCR 2026...", "Anna Ek", "SE35..."}.
struct Told {
  std::int64_t kronor = 0;
  std::string text = {};
  std::string payer = {};
  std::string account = {};
  std::string reference = {};
  std::int64_t minor = 0;  // Besides.
  std::string currency = "SEK";
  std::string day = "2026-11-27";
};

constexpr std::string_view kAnnas = "SE3550000000054910000003";

class MatchTest : public tests::PaymentWorld {
 protected:
  // The n-th file of a test: its payments have the bank's references n.1, n.2, ...
  [[nodiscard]] BankImportReport tell(int n, const std::vector<Told>& payments) {
    formats::bank::WrittenFile file;
    file.id = "FILE" + std::to_string(n);
    file.created = "2026-11-28T18:00:00";
    auto& part = file.statements.emplace_back();
    part.statement.id = std::to_string(n);
    part.statement.account = "SE4550000000058398257466";
    part.statement.currency = "SEK";
    for (const Told& told : payments) {
      domain::BankEntry entry;
      const auto currency = base::Currency::parse(told.currency).value();
      entry.amount = base::Money(told.kronor * 100 + told.minor, currency);
      entry.booking_date = entry.value_date = base::Date::parse(told.day).value();
      entry.reference = told.reference;
      if (!told.text.empty()) entry.remittance = {told.text};
      entry.bank_reference = std::to_string(n) + "." + std::to_string(part.entries.size() + 1);
      entry.payer.name = told.payer;
      entry.payer.account = told.account;
      part.entries.push_back(std::move(entry));
    }
    auto report = import(formats::bank::write_camt053(file), {}, "camt" + std::to_string(n));
    EXPECT_OK(report);
    return report.value_or(BankImportReport{});
  }

  [[nodiscard]] Worklist worklist() {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return load_worklist(*transaction, {.state = "suspense"}).value();
  }
  // "2: 0.999" of the best suggestion of what waits first: the bill, or "credit", and how likely.
  [[nodiscard]] std::string best() {
    const Worklist list = worklist();
    if (list.rows.empty() || list.rows.front().suggestions.empty()) return "none";
    const PayerSuggestion& first = list.rows.front().suggestions.front();
    std::string text;
    for (const domain::Bill& each : first.bills) {
      for (int n = 1; n < 100; ++n) {
        if (each.id == bill_id(n)) text += (text.empty() ? "" : " ") + std::to_string(n);
      }
    }
    return text.empty() ? "credit" : text;
  }
  [[nodiscard]] std::vector<std::string> reasons() {
    std::vector<std::string> keys;
    const Worklist list = worklist();
    if (list.rows.empty() || list.rows.front().suggestions.empty()) return keys;
    for (const auto& reason : list.rows.front().suggestions.front().reasons) {
      keys.push_back(reason.key);
    }
    return keys;
  }
  [[nodiscard]] bool has_reason(const std::string& key) {
    const auto keys = reasons();
    return std::ranges::find(keys, key) != keys.end();
  }
  void accept_best() {
    const Worklist list = worklist();
    ASSERT_FALSE(list.rows.empty());
    const WorklistRow& row = list.rows.front();
    ASSERT_FALSE(row.suggestions.empty());
    ASSERT_OK(accept_candidate(store(), clock(),
                               {.payment = row.payment.id,
                                .candidate = row.suggestions.front().code,
                                .reason = "looks right",
                                .actor = "anna"}));
  }
  void take_back(domain::PaymentId payment) {
    UndoRequest request;
    request.payment = payment;
    request.reason = "it was not for this";
    request.actor = "anna";
    ASSERT_OK(undo_allocation(store(), clock(), request));
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
  // The bills of a street and what is left in suspense, after matching in batches of that size.
  [[nodiscard]] std::string booked_of_many(std::size_t payments_a_batch);
  [[nodiscard]] std::int64_t confirmed() { return worklist().confirmed; }
  // Neighbours whose numbers, amounts and names are near.
  void add_street() {
    add_debt(1, {.kronor = 613, .name = "Anna Lindkvist"});
    add_debt(2, {.kronor = 299, .name = "Erik Svensson"});
    add_debt(3, {.kronor = 299, .name = "Eva Svensson"});
    add_debt(4, {.kronor = 847, .name = "Åsa Öhman-Müller"});
    for (int n = 5; n <= 12; ++n) {
      add_debt(n, {.kronor = 100 + 10 * n, .name = "Granne Nr" + std::to_string(n)});
    }
  }
};

std::string with_wrong_digit(std::string reference) {
  reference[3] = reference[3] == '9' ? '0' : static_cast<char>(reference[3] + 1);
  return reference;
}

std::string MatchTest::booked_of_many(std::size_t payments_a_batch) {
  add_street();
  add_debt(13, {.kronor = 631, .of_account = 1});
  add_debt(14, {.kronor = 847, .of_account = 4, .issued = "2026-08-15", .due = "2026-09-14"});
  (void)tell(1, {{847, "", "Åsa Öhman-Müller", "", ocr(14)}});
  set_rules({.automatic = false});
  const std::string annas(kAnnas), same_digits = with_wrong_digit(ocr(1));
  (void)tell(2, {{613, "", "Anna Lindkvist", annas, same_digits},
                 {613, "", "Anna Lindkvist", annas, same_digits},
                 {.kronor = 631,
                  .account = annas,
                  .reference = with_wrong_digit(ocr(13)),
                  .day = "2026-11-20"},
                 {.kronor = 847, .text = "ref " + ocr(4), .payer = "Aasa Oehman Mueller"},
                 {.kronor = 847, .payer = "Åsa Öhman-Müller", .day = "2026-11-18"},
                 {299, "bredband", "Svensson"},
                 {.kronor = 299, .payer = "Erik Svensson", .reference = with_wrong_digit(ocr(2))}});
  set_rules({});
  const auto report = match_payments(store(), clock(), {.payments_a_batch = payments_a_batch});
  EXPECT_OK(report);
  std::string text = std::to_string(report ? report->matched : 0) + " of " +
                     std::to_string(report ? report->looked_at : 0);
  for (const int n : {1, 2, 3, 4, 13}) text += "; " + std::to_string(n) + " " + told(n);
  EXPECT_EQ(problems(), "");
  return text;
}
constexpr std::string_view kBookedOfMany =
    "4 of 7; 1 settled 613.00 0.00; 2 settled 299.00 0.00; 3 open 0.00 299.00; "
    "4 settled 847.00 0.00; 13 settled 631.00 0.00";

TEST_P(MatchTest, AWrongDigitIsForgivenWhereAmountAndNameFit) {
  add_street();
  const auto report = tell(1, {{613, "", "Lindkvist Anna", "", with_wrong_digit(ocr(1))}});
  EXPECT_EQ(report.matched, 1);
  EXPECT_EQ(report.sums.at(base::Currency()).to_bills, kronor(613));
  EXPECT_EQ(report.sums.at(base::Currency()).suspense, kronor(0));
  EXPECT_TRUE(report.suspense.empty());
  EXPECT_EQ(told(1), "settled 613.00 0.00");
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(balance("suspense"), "0.00");
  EXPECT_EQ(problems(), "");
  // It was nobody's word: nothing is learned of it, but it is kept why.
  EXPECT_EQ(confirmed(), 0);
}

TEST_P(MatchTest, TheReferenceWithinTheTextIsFound) {
  add_street();
  const std::string in_groups = ocr(4).substr(0, 4) + " " + ocr(4).substr(4);
  EXPECT_EQ(tell(1, {{847, "ref " + in_groups + " tack", "Aasa Oehman Mueller"}}).matched, 1);
  EXPECT_EQ(told(4), "settled 847.00 0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(MatchTest, RelativesWithTheSameAmountWait) {
  add_street();
  EXPECT_EQ(tell(1, {{299, "bredband", "Svensson"}}).matched, 0);
  EXPECT_EQ(told(2), "open 0.00 299.00");
  EXPECT_EQ(told(3), "open 0.00 299.00");
  EXPECT_EQ(worklist().rows.front().suggestions.size(), kSuggestionsMax);
  EXPECT_TRUE(has_reason("payer.amount.equal"));
}

TEST_P(MatchTest, ANeighboursReferenceIsTheNeighbours) {
  add_street();
  // Valid by itself: booked exactly, whoever paid.
  EXPECT_EQ(tell(1, {{299, "", "Anna Lindkvist", "", ocr(2)}}).matched, 0);
  EXPECT_EQ(told(2), "settled 299.00 0.00");
  EXPECT_EQ(told(1), "open 0.00 613.00");
}

TEST_P(MatchTest, ANeighboursReferenceWithOnesOwnAmountWaitsForPeople) {
  add_street();
  // Anna has copied Erik's reference, and pays just what she owes.
  const auto report = tell(1, {{613, "", "Anna Lindkvist", "", ocr(2)}});
  EXPECT_EQ(report.matched, 0);
  EXPECT_EQ(suspense(), "613.00 another_payer");
  EXPECT_EQ(told(1), "open 0.00 613.00");
  EXPECT_EQ(told(2), "open 0.00 299.00");
  const Worklist list = worklist();
  std::set<domain::BillId> offered;
  for (const auto& each : list.rows.front().suggestions) {
    for (const domain::Bill& bill : each.bills) offered.insert(bill.id);
  }
  EXPECT_TRUE(offered.contains(bill_id(1)) && offered.contains(bill_id(2)));
  EXPECT_EQ(best(), "1");
  EXPECT_TRUE(has_reason("payer.name.equal"));
  // Nobody but people books it, however often it is looked at.
  EXPECT_EQ(match_payments(store(), clock(), {})->matched, 0);
  accept_best();
  EXPECT_EQ(told(1), "settled 613.00 0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(MatchTest, WhoPaysForAnotherIsNotDoubted) {
  add_street();
  struct Row {
    const char* what;
    Told payment;
    int bill;
    const char* becomes;
  };
  const Row rows[] = {
      {"all of a relative's", {299, "", "Erik Svensson", "", ocr(3)}, 3, "settled 299.00 0.00"},
      {"a part, no bill of that amount",
       {100, "", "Anna Lindkvist", "", ocr(2)},
       2,
       "open 100.00 199.00"},
      {"too much, no bill of that amount",
       {900, "", "Anna Lindkvist", "", ocr(4)},
       4,
       "settled 847.00 0.00"},
      {"one's own, and another's amount",
       {299, "", "Anna Lindkvist", "", ocr(1)},
       1,
       "open 299.00 314.00"},
      {"nobody is said", {160, "", "", "", ocr(5)}, 5, "settled 150.00 0.00"}};
  int file = 0;
  for (const Row& row : rows) {
    (void)tell(++file, {row.payment});
    EXPECT_EQ(told(row.bill), row.becomes) << row.what;
  }
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(problems(), "");
}

TEST_P(MatchTest, LastMonthsReferencePaysWhatIsOwedNow) {
  add_street();
  add_debt(13, {.kronor = 613, .of_account = 1, .issued = "2026-10-01", .due = "2026-10-31"});
  ASSERT_EQ(tell(1, {{613, "", "Anna Lindkvist", std::string(kAnnas), ocr(13)}}).matched, 0);
  EXPECT_EQ(told(13), "settled 613.00 0.00");
  // The bank has kept it as the payee's.
  EXPECT_EQ(tell(2, {{613, "", "Anna Lindkvist", std::string(kAnnas), ocr(13)}}).matched, 1);
  EXPECT_EQ(told(1), "settled 613.00 0.00");
  EXPECT_EQ(credit(1), "0.00");
  // Once more, with nothing owed: a credit, as of any bill that is paid.
  EXPECT_EQ(tell(3, {{613, "", "Anna Lindkvist", std::string(kAnnas), ocr(13)}}).matched, 0);
  EXPECT_EQ(credit(1), "613.00");
  EXPECT_EQ(problems(), "");
}

// Each way in which a reference is spoilt, as clerks know them, all in one file.
TEST_P(MatchTest, WhatClerksSee) {
  for (int n = 1; n <= 12; ++n) {
    add_debt(n, {.kronor = 700 + n, .name = "Person Nr" + std::to_string(n)});
  }
  add_debt(13, {.kronor = 713, .name = "Åke Öström-Müller"});
  add_debt(21, {.kronor = 421, .of_account = 8, .issued = "2026-10-01", .due = "2026-10-31"});
  std::string swapped = ocr(3), lost = ocr(4);
  std::swap(swapped[6], swapped[7]);
  lost.erase(3, 1);
  struct Row {
    const char* what;
    Told payment;
    int bill;
    const char* becomes;
  };
  const Row rows[] = {
      {"free text",
       {701, "Hej! Betalar " + ocr(1) + ", mvh", "Person Nr1"},
       1,
       "settled 701.00 0.00"},
      {"a wrong digit", {702, with_wrong_digit(ocr(2)), "Person Nr2"}, 2, "settled 702.00 0.00"},
      {"swapped digits", {703, swapped, "Nr3 Person"}, 3, "settled 703.00 0.00"},
      {"a digit lost", {704, lost, "Person Nr4"}, 4, "settled 704.00 0.00"},
      {"spaces",
       {705, ocr(5).substr(0, 4) + " " + ocr(5).substr(4), "P Nr5"},
       5,
       "settled 705.00 0.00"},
      {"leading zeros", {706, "nr 0000" + ocr(6), ""}, 6, "settled 706.00 0.00"},
      {"a sign between",
       {707, "ref." + ocr(7).substr(0, 5) + "-" + ocr(7).substr(5), "Person Nr7"},
       7,
       "settled 707.00 0.00"},
      {"two references, their sum",
       {708 + 421, ocr(8) + " och " + ocr(21), "Person Nr8"},
       21,
       "settled 421.00 0.00"},
      {"a little less, as after a charge",
       {700, "ref " + ocr(9), "Person Nr9"},
       9,
       "open 700.00 9.00"},
      {"a wrong digit, nobody's name, another amount",
       {77, with_wrong_digit(ocr(10))},
       10,
       "open 0.00 710.00"},
      {"a day and a telephone number",
       {720, "2026-11-20 tel 070-123 45 67", "Person Nr11"},
       11,
       "open 0.00 711.00"},
      {"as banks write it",
       {713, "OCR" + ocr(13), "AAKE OESTROEM-MUELLER"},
       13,
       "settled 713.00 0.00"}};
  std::vector<Told> payments;
  for (const Row& row : rows) payments.push_back(row.payment);
  const auto report = tell(1, payments);
  EXPECT_EQ(report.file.payments, static_cast<std::int64_t>(payments.size()));
  std::string waits;
  for (const WorklistRow& row : worklist().rows) {
    waits += row.payment.reason + " " + row.payment.remittance + ": ";
    for (const auto& each : row.suggestions) waits += std::to_string(each.millionths) + " ";
  }
  for (const Row& row : rows) EXPECT_EQ(told(row.bill), row.becomes) << row.what << "; " << waits;
  EXPECT_EQ(told(8), "settled 708.00 0.00");
  EXPECT_EQ(report.matched, 10);
  for (const WorklistRow& row : worklist().rows) {
    EXPECT_LE(row.suggestions.size(), kSuggestionsMax);
    for (const auto& each : row.suggestions) EXPECT_FALSE(each.reasons.empty());
  }
  EXPECT_EQ(problems(), "");
}

TEST_P(MatchTest, NothingIsBookedByItselfWhereTheOperatorSaysSo) {
  add_street();
  set_rules({.automatic = false});
  EXPECT_EQ(tell(1, {{613, "", "Anna Lindkvist", "", with_wrong_digit(ocr(1))}}).matched, 0);
  EXPECT_EQ(best(), "1");
  EXPECT_TRUE(has_reason("payer.reference.wrong_digit"));
  EXPECT_TRUE(has_reason("payer.name.equal"));
  set_rules({});
  EXPECT_EQ(match_payments(store(), clock(), {})->matched, 1);
  EXPECT_EQ(told(1), "settled 613.00 0.00");
}

TEST_P(MatchTest, AnAcceptedSuggestionIsLearnedAndAnUndoneOneIsNot) {
  add_street();
  ASSERT_EQ(tell(1, {{613, "tack", "Nils Holm", std::string(kAnnas)}}).matched, 0);
  EXPECT_EQ(best(), "1");
  accept_best();
  EXPECT_EQ(told(1), "settled 613.00 0.00");
  EXPECT_EQ(confirmed(), 1);
  EXPECT_EQ(suspense(), "");
  EXPECT_EQ(problems(), "");
  // The account that paid is known from now on.
  add_debt(13, {.kronor = 631, .of_account = 1});
  ASSERT_EQ(tell(2, {{631, "tack", "", std::string(kAnnas)}}).matched, 0);
  EXPECT_EQ(best(), "13");
  EXPECT_TRUE(has_reason("payer.account.known"));
  accept_best();
  EXPECT_EQ(told(13), "settled 631.00 0.00");
  EXPECT_EQ(confirmed(), 2);
  // Taken back: nothing of it is known any more.
  const auto all = payments("allocated");
  for (const auto& each : all) {
    take_back(each.id);
  }
  EXPECT_EQ(confirmed(), 0);
  EXPECT_EQ(told(1), "open 0.00 613.00");
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const std::string account(kAnnas);
  EXPECT_TRUE(transaction->payments().payer_search().find_payers({&account, 1})->empty());
  EXPECT_EQ(problems(), "");
}

TEST_P(MatchTest, AnExactReferenceTeachesWhoPays) {
  add_street();
  ASSERT_EQ(tell(1, {{613, "", "Bank AB", std::string(kAnnas), ocr(1)}}).matched, 0);
  add_debt(13, {.kronor = 631, .of_account = 1});
  // Who pays is known; that it is for this bill says its amount alone, which is not enough.
  EXPECT_EQ(tell(2, {{631, "", "Anna Lindkvist", std::string(kAnnas)}}).matched, 0);
  EXPECT_EQ(best(), "13");
  EXPECT_TRUE(has_reason("payer.account.known"));
  // With a reference that is damaged it is.
  add_debt(14, {.kronor = 655, .of_account = 1});
  EXPECT_EQ(tell(3, {{655, "", "", std::string(kAnnas), with_wrong_digit(ocr(14))}}).matched, 1);
  EXPECT_EQ(told(14), "settled 655.00 0.00");
}

TEST_P(MatchTest, AnAgentsAssignmentIsLearned) {
  add_street();
  ASSERT_EQ(tell(1, {{299, "", "Svensson"}}).matched, 0);
  const auto waiting = payments("suspense");
  ASSERT_OK(assign_payment(store(), clock(),
                           {.payment = waiting.front().id,
                            .account = account(3),
                            .bill = bill_id(3),
                            .reason = "called",
                            .actor = "anna"}));
  EXPECT_EQ(confirmed(), 1);
  EXPECT_EQ(told(3), "settled 299.00 0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(MatchTest, OnePaymentForSeveralBills) {
  add_street();
  add_debt(13, {.kronor = 451, .of_account = 4, .issued = "2026-10-01", .due = "2026-10-31"});
  ASSERT_EQ(
      tell(1, {{847 + 451, "båda fakturorna", "Åsa Öhman Müller", std::string(kAnnas)}}).matched,
      0);
  EXPECT_EQ(best(), "13 4");
  EXPECT_TRUE(has_reason("payer.amount.several"));
  accept_best();
  EXPECT_EQ(told(4), "settled 847.00 0.00");
  EXPECT_EQ(told(13), "settled 451.00 0.00");
  EXPECT_EQ(problems(), "");
  // The bank takes it back: each of them is owed again.
  const auto paid = payments("allocated");
  take_back(paid.front().id);
  EXPECT_EQ(told(4), "open 0.00 847.00");
  EXPECT_EQ(told(13), "open 0.00 451.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(MatchTest, TooMuchGoesToCredit) {
  add_street();
  set_rules({.automatic = false});
  ASSERT_EQ(tell(1, {{620, "", "Anna Lindkvist", "", with_wrong_digit(ocr(1))}}).matched, 0);
  EXPECT_TRUE(has_reason("payer.amount.more"));
  accept_best();
  EXPECT_EQ(told(1), "settled 613.00 0.00");
  EXPECT_EQ(credit(1), "7.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(MatchTest, TooLittleIsCarriedOrLetGoAsTheOperatorSays) {
  add_street();
  ASSERT_EQ(tell(1, {{610, "", "", "", ocr(1)}}).matched, 0);
  EXPECT_EQ(told(1), "open 610.00 3.00");
  set_rules({.write_off_minor = 500});
  // Exactly, and as an agent's choice: a rest of up to 5.00 is let go.
  ASSERT_EQ(tell(2, {{845, "", "", "", ocr(4)}}).matched, 0);
  EXPECT_EQ(told(4), "settled 847.00 0.00");
  EXPECT_EQ(balance("write_off"), "2.00");
  ASSERT_EQ(tell(3, {{290, "", "", "", ocr(2)}}).matched, 0);
  EXPECT_EQ(told(2), "open 290.00 9.00");
  EXPECT_EQ(balance("write_off"), "2.00");
  EXPECT_EQ(problems(), "");
  // The money goes back: what was let go is owed too.
  for (const auto& each : payments("allocated")) {
    take_back(each.id);
  }
  EXPECT_EQ(told(4), "open 0.00 847.00");
  EXPECT_EQ(balance("write_off"), "0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(MatchTest, PaidTwiceGoesToCreditAndSaysSo) {
  add_street();
  ASSERT_EQ(tell(1, {{613, "", "Anna Lindkvist", "", ocr(1)}}).matched, 0);
  // Again, with a digit wrong: nobody books that by itself.
  ASSERT_EQ(tell(2, {{613, "", "Anna Lindkvist", "", with_wrong_digit(ocr(1))}}).matched, 0);
  EXPECT_EQ(best(), "1");
  EXPECT_TRUE(has_reason("payer.bill.paid"));
  accept_best();
  EXPECT_EQ(told(1), "settled 613.00 0.00");
  EXPECT_EQ(credit(1), "613.00");
  EXPECT_EQ(problems(), "");
}

// One of a couple pays for both, with both references in the text.
TEST_P(MatchTest, BillsOfTwoCustomersAreProposedTogether) {
  add_street();
  ASSERT_EQ(tell(1, {{912, "OCR " + ocr(1) + " och OCR " + ocr(3), "Anna Lindkvist"}}).matched, 0);
  EXPECT_EQ(best(), "1 3");
  EXPECT_EQ(reasons(), std::vector<std::string>{"payer.amount.several_customers"});
  const PayerSuggestion first = worklist().rows.front().suggestions.front();
  EXPECT_GT(first.millionths, 990'000);
  EXPECT_EQ(first.customer_name, "Anna Lindkvist, Eva Svensson");
  accept_best();
  EXPECT_EQ(told(1), "settled 613.00 0.00");
  EXPECT_EQ(told(3), "settled 299.00 0.00");
  EXPECT_EQ(problems(), "");
  take_back(payments("allocated").front().id);
  EXPECT_EQ(told(1), "open 0.00 613.00");
  EXPECT_EQ(told(3), "open 0.00 299.00");
  EXPECT_EQ(confirmed(), 0);
  EXPECT_EQ(problems(), "");
}

TEST_P(MatchTest, BillsOfTwoCustomersThatAreNotTheSumAreNotProposed) {
  add_street();
  ASSERT_EQ(tell(1, {{900, "OCR " + ocr(1) + " och OCR " + ocr(3), "Anna Lindkvist"}}).matched, 0);
  EXPECT_EQ(best(), "1");
  EXPECT_FALSE(has_reason("payer.amount.several_customers"));
}

TEST_P(MatchTest, TwoPaymentsOfOneBatchDoNotPayOneBillTwice) {
  add_street();
  const Told told_once{613, "", "Anna Lindkvist", "", with_wrong_digit(ocr(1))};
  EXPECT_EQ(tell(1, {told_once, told_once}).matched, 1);
  EXPECT_EQ(told(1), "settled 613.00 0.00");
  EXPECT_EQ(suspense(), "613.00 unknown_reference");
  EXPECT_EQ(problems(), "");
}

// What is booked first says whose account it was, which the next needs to be sure. Two pay one
// bill. A bill was paid too long before one payment, and not before the other.
TEST_P(MatchTest, WhatIsBookedInOneBatchIsWhatIsBookedOneByOne) {
  EXPECT_EQ(booked_of_many(kPaymentsMatchedAtOnce), kBookedOfMany);
}
TEST_P(MatchTest, WhatIsBookedOneByOneIsTheSame) { EXPECT_EQ(booked_of_many(1), kBookedOfMany); }
TEST_P(MatchTest, WhatIsBookedTwoByTwoIsTheSame) { EXPECT_EQ(booked_of_many(2), kBookedOfMany); }

TEST_P(MatchTest, AWrongPayerIsUndoneAndReassigned) {
  add_street();
  ASSERT_EQ(tell(1, {{613, "", "Lindkvist Anna", "", with_wrong_digit(ocr(1))}}).matched, 1);
  const auto paid = payments("allocated");
  take_back(paid.front().id);
  ASSERT_OK(assign_payment(store(), clock(),
                           {.payment = paid.front().id,
                            .account = account(4),
                            .bill = bill_id(4),
                            .reason = "was for 4",
                            .actor = "anna"}));
  EXPECT_EQ(told(1), "open 0.00 613.00");
  EXPECT_EQ(told(4), "open 613.00 234.00");
  // What a person has taken back is not booked again by itself.
  EXPECT_EQ(match_payments(store(), clock(), {})->matched, 0);
  EXPECT_EQ(problems(), "");
}

TEST_P(MatchTest, AnotherCurrencyWaitsWithItsReason) {
  add_street();
  const Told in_euro{
      .kronor = 613, .payer = "Anna Lindkvist", .reference = ocr(1), .currency = "EUR"};
  ASSERT_EQ(tell(1, {in_euro}).matched, 0);
  EXPECT_EQ(suspense(), "613.00 other_currency");
  EXPECT_EQ(told(1), "open 0.00 613.00");
}

TEST_P(MatchTest, ABanksChargeIsSeen) {
  add_street();
  set_rules({.automatic = false});
  ASSERT_EQ(tell(1, {{.kronor = 605, .payer = "Anna Lindkvist"}}).matched, 0);
  EXPECT_EQ(best(), "1");
  EXPECT_TRUE(has_reason("payer.amount.less"));
}

TEST_P(MatchTest, ACandidateThatIsGoneIsNotAccepted) {
  add_street();
  ASSERT_EQ(tell(1, {{299, "", "Svensson"}}).matched, 0);
  const auto waiting = payments("suspense");
  const AcceptRequest request{waiting.front().id, "0000000000", "", "anna"};
  EXPECT_EQ(code_of(accept_candidate(store(), clock(), request)), "candidate_gone");
}

TELGIRO_ON_BOTH_ENGINES(MatchTest);

}  // namespace
}  // namespace flows
