// What entries of bank files tell of: which payments, what makes each that one, what is left out,
// and that the same money is the same however it is told.
#include "domain/payment/money_item.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

using base::Money;

Money kr(std::int64_t kronor) { return Money(kronor * 100, base::Currency()); }
base::Date day(std::string_view text) { return base::Date::parse(text).value(); }

BankEntry entry(std::int64_t kronor, std::string bank_reference = "", std::string reference = "") {
  BankEntry entry;
  entry.account = "5050-1055";
  entry.amount = kr(kronor);
  entry.booking_date = day("2026-11-20");
  entry.bank_reference = std::move(bank_reference);
  entry.reference = std::move(reference);
  return entry;
}
BankEntryDetail detail(std::int64_t kronor, std::string reference,
                       MoneyDirection direction = MoneyDirection::kCredit) {
  BankEntryDetail detail;
  detail.amount = kr(kronor);
  detail.reference = std::move(reference);
  detail.direction = direction;
  return detail;
}
BankEntry with(BankEntry entry, std::vector<BankEntryDetail> details) {
  entry.details = std::move(details);
  return entry;
}
BankEntry debit(BankEntry entry) {
  entry.direction = MoneyDirection::kDebit;
  return entry;
}

// "500.00 70001, 300.00 70002 (reason)" or "left out: outgoing".
std::string told(const BankEntry& entry, std::string_view format = "camt.053") {
  const auto made = ItemMaker(format).make(entry, std::nullopt);
  if (!made.left_out.empty()) return "left out: " + made.left_out;
  std::string text;
  for (const MoneyItem& item : made.items) {
    text += (text.empty() ? "" : ", ") + item.amount.to_decimal_string();
    if (!item.reference.empty()) text += " " + item.reference;
    if (!item.reason.empty()) text += " (" + item.reason + ")";
  }
  return text;
}

TEST(MoneyItem, WhatAnEntryTellsOf) {
  BankEntry pending = entry(100);
  pending.booked = false;
  BankEntry undated = entry(100);
  undated.booking_date.reset();
  BankEntry reversed = debit(entry(100, "B1", "70001"));
  reversed.reversal = true;
  BankEntry returned = debit(entry(100, "", "70001"));
  returned.returned = BankReturn{"AC04", "closed"};
  BankEntry with_charges = with(returned, {detail(100, "70001", MoneyDirection::kDebit)});
  with_charges.details.front().instructed = kr(97);
  with_charges.details.front().charges = kr(3);
  BankEntry without_share = with(returned, {detail(97, "70001", MoneyDirection::kDebit)});
  without_share.details.front().charges = kr(3);
  BankEntry charges_above = with(returned, {detail(97, "70001", MoneyDirection::kDebit)});
  charges_above.charges = kr(3);
  BankEntry odd_charges = with_charges;
  odd_charges.details.front().charges = kr(5);
  BankEntry without_charges = with_charges;
  without_charges.details.front().charges.reset();
  BankEntry more_than_taken = without_charges;
  more_than_taken.details.front().instructed = kr(110);
  BankEntry refund = entry(100, "", "70001");
  refund.reversal = true;
  BankEntryDetail silent = detail(0, "70001");
  silent.amount.reset();
  BankEntry interest = entry(12);
  interest.code = "ACMT-MDOP-INTR";
  BankEntry taken_back = debit(interest);
  taken_back.reversal = true;
  const BankEntry several = entry(800);
  struct Row {
    std::string_view what;
    std::string expected;
    std::string actual;
  };
  const Row rows[] = {
      {"one payment", "500.00 70001", told(entry(500, "", "70001"))},
      {"its detail says it", "500.00 70001", told(with(entry(500), {detail(500, "70001")}))},
      {"a sum of two", "500.00 70001, 300.00 70002",
       told(with(several, {detail(500, "70001"), detail(300, "70002")}))},
      {"parts that miss some", "800.00 (details_do_not_add_up)",
       told(with(several, {detail(500, "70001"), detail(200, "70002")}))},
      {"parts without shares", "800.00 (several_references)",
       told(with(several, {silent, silent}))},
      {"a part taken off", "800.00 (negative_reference)",
       told(with(several, {detail(900, "70001"), detail(100, "70002", MoneyDirection::kDebit)}))},
      {"announced only", "left out: not_booked", told(pending)},
      {"no day at all", "left out: no_date", told(undated)},
      {"a fee", "left out: outgoing", told(debit(entry(100)))},
      {"nothing", "left out: zero_amount", told(entry(0))},
      {"interest", "left out: interest", told(interest)},
      {"interest on what lies there, below zero", "left out: outgoing", told(debit(interest))},
      {"interest that is taken back", "left out: outgoing", told(taken_back)},
      {"went back", "-100.00 70001", told(reversed)},
      {"was returned", "-100.00 70001", told(returned)},
      {"was returned, and the bank took its charge", "-97.00 70001, -3.00 (bank_charges)",
       told(with_charges)},
      {"where the bank says what came back, and not its charge",
       "-97.00 70001, -3.00 (bank_charges)", told(without_charges)},
      {"more came than goes back: no charge", "-100.00 70001", told(more_than_taken)},
      {"where the detail says only what was paid", "-97.00 70001, -3.00 (bank_charges)",
       told(without_share)},
      {"where the entry says the charge", "-97.00 70001, -3.00 (bank_charges)",
       told(charges_above)},
      {"charges that do not explain the sum", "-100.00 70001", told(odd_charges)},
      {"a bankgiro deduction", "-100.00", told(debit(entry(100)), "bgmax")},
      {"our own payment came back", "100.00 70001 (reversal)", told(refund)},
  };
  for (const Row& row : rows) EXPECT_EQ(row.actual, row.expected) << row.what;
}

// The identities of entries told one after another in one statement; 1 is the first.
std::vector<std::size_t> classes(const std::vector<BankEntry>& entries, bool one_statement = true,
                                 std::string_view format = "camt.053") {
  ItemMaker maker(format);
  std::vector<std::string> known;
  std::vector<std::size_t> classes;
  for (const BankEntry& each : entries) {
    if (!one_statement) maker.statement_begins();
    for (const MoneyItem& item : maker.make(each, std::nullopt).items) {
      const auto found = std::ranges::find(known, item.identity);
      classes.push_back(static_cast<std::size_t>(found - known.begin()) + 1);
      if (found == known.end()) known.push_back(item.identity);
    }
  }
  return classes;
}

TEST(MoneyItem, WhatMakesItThatPayment) {
  BankEntry later = entry(100, "", "70001");
  later.booking_date = day("2026-11-21");
  BankEntry same_bank_reference = entry(100, "B1", "other");
  same_bank_reference.booking_date = day("2026-11-21");
  BankEntry elsewhere = entry(100, "B1");
  elsewhere.account = "99112233";
  using Classes = std::vector<std::size_t>;
  // Told twice over by two statements.
  EXPECT_EQ(classes({entry(100, "B1"), same_bank_reference}, false), (Classes{1, 1}));
  EXPECT_EQ(classes({entry(100, "", "70001"), entry(100, "", "70001")}, false), (Classes{1, 1}));
  // Equals in one statement are two payments.
  EXPECT_EQ(classes({entry(100, "", "70001"), entry(100, "", "70001")}), (Classes{1, 2}));
  EXPECT_EQ(classes({entry(100, "B1"), entry(100, "B2"), entry(200, "B1"), elsewhere}, false),
            (Classes{1, 2, 3, 4}));
  EXPECT_EQ(classes({entry(100, "", "70001"), later, entry(100, "", "70002")}, false),
            (Classes{1, 2, 3}));
  EXPECT_EQ(classes({entry(100, "B1"), debit(entry(100, "B1"))}, false), (Classes{1}));
  // Giro numbers with zeros and hyphens are the same account.
  BankEntry padded = entry(100, "B1");
  padded.account = "0050501055";
  EXPECT_EQ(classes({entry(100, "B1"), padded}, false), (Classes{1, 1}));
}

// A subscriber pays the same each month, and the bank's numbers begin anew: both are money.
TEST(MoneyItem, NumbersThatBeginAnewAreOtherPayments) {
  const auto on = [](std::string_view booked, std::string statement) {
    BankEntry one = entry(399, "000000000012", "70001");
    one.booking_date = day(booked);
    one.statement = std::move(statement);
    return one;
  };
  const BankEntry first = on("2026-11-02", "50501055/2026-11-02/00074");
  const BankEntry same_day = on("2026-11-02", "50501055/2026-11-02/00075");
  const BankEntry next_day = on("2026-11-03", "50501055/2026-11-03/00074");
  using Classes = std::vector<std::size_t>;
  struct Row {
    std::string_view format;
    Classes expected;
  };
  const Row rows[] = {
      {"bgmax", {1, 1, 2, 3}},   {"ktl", {1, 1, 1, 2}},      {"ocrgiro", {1, 1, 1, 2}},
      {"norma43", {1, 1, 1, 2}}, {"camt.054", {1, 1, 1, 1}},  // An AcctSvcrRef is the bank's for
                                                              // good.
  };
  for (const Row& row : rows) {
    EXPECT_EQ(classes({first, first, same_day, next_day}, false, row.format), row.expected)
        << row.format;
  }
}

TEST(MoneyItem, ASumAndItsPartsAreTheSameMoney) {
  BankEntry sum = entry(800, "B1");
  sum.batch = BankEntry::Batch{"", 2};
  const auto whole = ItemMaker("camt.053").make(sum, std::nullopt).items;
  const auto parts =
      ItemMaker("camt.054")
          .make(with(sum, {detail(500, "70001"), detail(300, "70002")}), std::nullopt)
          .items;
  ASSERT_EQ(whole.size(), 1U);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(whole[0].told_otherwise, parts[0].identity);
  EXPECT_EQ(parts[0].told_otherwise, whole[0].identity);
  EXPECT_EQ(parts[1].told_otherwise, whole[0].identity);
  EXPECT_NE(parts[0].identity, parts[1].identity);
  // Where the statement does not say that it is a batch, the bank's reference does.
  const auto plain = ItemMaker("camt.053").make(entry(800, "B1"), std::nullopt).items;
  EXPECT_EQ(plain.at(0).told_otherwise, parts[0].identity);
  // A part of nothing counts for none.
  const auto more =
      ItemMaker("camt.054")
          .make(with(sum, {detail(0, "x"), detail(500, "70001"), detail(300, "70002")}),
                std::nullopt)
          .items;
  EXPECT_EQ(more.at(0).identity, parts[0].identity);
  EXPECT_EQ(ItemMaker("bgmax").make(entry(800, "B1"), std::nullopt).items.at(0).told_otherwise, "");
}

TEST(MoneyItem, WhatGoesBackNamesWhatCame) {
  BankEntry back = debit(entry(100, "B1"));
  back.reversal = true;
  const auto came = ItemMaker("camt.053").make(entry(100, "B1"), std::nullopt).items.at(0);
  const auto went = ItemMaker("camt.053").make(back, std::nullopt).items.at(0);
  EXPECT_EQ(went.original, came.identity);
  EXPECT_NE(went.identity, came.identity);
}

TEST(OwnAccounts, WhoseTheyAre) {
  const OwnAccounts own({"5050-1055", "SE45 5000 0000 0583 9825 7466", ""});
  using enum OwnAccounts::Answer;
  EXPECT_EQ(own.asks("50501055"), kOurs);
  EXPECT_EQ(own.asks("0050501055"), kOurs);
  EXPECT_EQ(own.asks("se4550000000058398257466"), kOurs);
  EXPECT_EQ(own.asks("99112346"), kForeign);
  EXPECT_EQ(own.asks("FI2112345600000785"), kForeign);
  EXPECT_EQ(OwnAccounts({"5050-1055"}).asks("FI2112345600000785"), kNotSaid);
  EXPECT_EQ(OwnAccounts().asks("50501055"), kNotSaid);
}

}  // namespace
}  // namespace domain
