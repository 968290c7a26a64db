// What an order to a bank is made of, and what no bank could carry out: each row is a value that
// is changed in one thing, and the error that this is refused with.
#include "domain/bank/payment_order.h"

#include <gtest/gtest.h>

#include <functional>

namespace domain {
namespace {

using base::Currency;
using base::Date;
using base::Money;

BankId id(std::string_view text) { return BankId::parse(text).value(); }
Money kr(std::int64_t minor) { return {minor, Currency::parse("SEK").value()}; }

// "" or the error's code and place.
template <class T>
std::string refusal(const base::Result<T>& made) {
  if (made) return "";
  return made.error().code + (made.error().place.empty() ? "" : " " + made.error().place);
}

TEST(BankId, ComesBackAsItWent) {
  struct Row {
    std::string text, error;
  };
  const Row rows[] = {
      {"BILL-1000117", ""},       {"a/b c:d.(e),f+g?h'i", ""},        {std::string(35, 'X'), ""},
      {"", "too_short"},          {std::string(36, 'X'), "too_long"}, {"/A", "wrong_characters"},
      {"A/", "wrong_characters"}, {"A//B", "wrong_characters"},       {" A", "wrong_characters"},
      {"Å", "wrong_characters"},  {"A&B", "wrong_characters"},        {"A_B", "wrong_characters"},
  };
  for (const Row& row : rows) EXPECT_EQ(refusal(BankId::parse(row.text)), row.error) << row.text;
}

TEST(SwedishAccount, ClearingNumberAndAccount) {
  struct Row {
    std::string text, read;
  };
  const Row rows[] = {
      {"8901-3232323232", "8901-3232323232"},
      {"8901, 32 323 232 32", "8901-3232323232"},
      {"8327-9, 123456789", "8327-123456789"},
      {"83279-123456789", "8327-123456789"},
      {"3300-121212121212", "3300-121212121212"},
      {"33001212121212", "wrong_structure"},
      {"330-1212121212", "too_short"},
      {"3300-", "too_short"},
      {"33001-1212121212", "too_long"},
      {"3300-1234567890123", "too_long"},
      {"3300-12A", "not_digits"},
  };
  for (const Row& row : rows) {
    const auto account = SwedishAccount::parse(row.text);
    EXPECT_EQ(account ? account->text() : account.error().code, row.read) << row.text;
  }
}

TEST(SepaText, OneLetterForOne) {
  struct Row {
    std::string text, sepa;
  };
  const Row rows[] = {
      {"Aurora Telekom AB", "Aurora Telekom AB"},
      {"Åsa Öberg", "Asa Oberg"},
      {"Bjørn Ærlig", "Bjorn Arlig"},
      {"Müller & Söhne <GmbH>", "Muller + Sohne .GmbH."},
      {"Straße 5; 2. Stock", "Strase 5, 2. Stock"},
      {"Señor Nuñez [x] {y}", "Senor Nunez (x) (y)"},
      {"Łódź, Žižkov, İzmir", "Lodz, Zizkov, Izmir"},
      {"50 €", "50 E"},
      {"A_B~C|D\\E", "A-B-C/D/E"},
      {"日本 \xF0\x9F\x98\x80", ".. ."},
      {"bytes \xC3", "bytes ."},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(to_sepa_text(row.text), row.sepa);
    EXPECT_TRUE(is_sepa_text(to_sepa_text(row.text)));
    EXPECT_EQ(is_sepa_text(row.text), row.text == row.sepa);
  }
  EXPECT_TRUE(is_latin1_text("Ålesund 50 ½"));
  EXPECT_FALSE(is_latin1_text("50 €"));
  EXPECT_FALSE(is_latin1_text("a\tb"));
  EXPECT_EQ(letters_in("Åsa"), 3U);
}

Debit::Parts debit() { return {.end_to_end_id = id("E"), .amount = kr(100), .mandate = id("117")}; }

TEST(Debit, WhatNoBankCouldCollect) {
  struct Row {
    std::string error;
    std::function<void(Debit::Parts&)> change;
  };
  const Row rows[] = {
      {"", [](auto&) {}},
      {"amount_not_positive amount", [](auto& parts) { parts.amount = kr(0); }},
      {"amount_not_positive amount", [](auto& parts) { parts.amount = kr(-1); }},
      {"reference_and_remittance remittance",
       [](auto& parts) { parts.reference = parts.remittance = "1000117"; }},
      {"amendment_contradicts_itself amendment",
       [](auto& parts) {
         parts.amendment.other_bank = true;
         parts.amendment.original_account = Iban::parse("SE4550000000058398257466").value();
       }},
      {"", [](auto& parts) { parts.repeat = Repeat::kMonthly; }},
      {"",
       [](auto& parts) {
         parts.repeat = Repeat::kMonthly;
         parts.times = 12;
       }},
      {"repeat_contradicts_itself times", [](auto& parts) { parts.times = 12; }},
      {"repeat_contradicts_itself times",
       [](auto& parts) {
         parts.repeat = Repeat::kYearly;
         parts.times = 1'000;
       }},
  };
  for (const Row& row : rows) {
    auto parts = debit();
    row.change(parts);
    EXPECT_EQ(refusal(Debit::make(parts)), row.error);
  }
}

TEST(CreditTransfer, NeedsSomebody) {
  CreditTransfer::Parts parts{.end_to_end_id = id("E"), .amount = kr(100)};
  EXPECT_EQ(refusal(CreditTransfer::make(parts)), "payee_missing payee");
  parts.payee.name = "Bo Ek";
  EXPECT_EQ(refusal(CreditTransfer::make(parts)), "");
  parts.amount = kr(0);
  EXPECT_EQ(refusal(CreditTransfer::make(parts)), "amount_not_positive amount");
}

TEST(Reversal, UpToTheDebit) {
  const Debit original = Debit::make(debit()).value();
  const auto made = [&](Money amount, std::string reason) {
    return refusal(Reversal::make(
        {.id = id("R"), .original = original, .amount = amount, .reason = std::move(reason)}));
  };
  EXPECT_EQ(made(kr(100), "MS02"), "");
  EXPECT_EQ(made(kr(1), "AM05"), "");
  EXPECT_EQ(made(kr(101), "MS02"), "reversal_above_original amount");
  EXPECT_EQ(made(Money(100, Currency::parse("EUR").value()), "MS02"),
            "reversal_above_original amount");
  EXPECT_EQ(made(kr(0), "MS02"), "amount_not_positive amount");
  EXPECT_EQ(made(kr(1), "ms02"), "wrong_characters reason");
  EXPECT_EQ(made(kr(1), ""), "wrong_characters reason");
}

TEST(MandateOrder, WhichFieldsGoWithWhichAction) {
  struct Row {
    MandateAction action;
    std::string payer, account, identity, new_payer, error;
  };
  const std::string account = "8901-3232323232";
  const Row rows[] = {
      {MandateAction::kNew, "117", account, "199001011239", "", ""},
      {MandateAction::kNew, "50501055", "", "", "", ""},
      {MandateAction::kNew, "117", "", "", "", "mandate_contradicts_itself payer_number"},
      {MandateAction::kNew, "50501056", "", "", "", "mandate_contradicts_itself payer_number"},
      {MandateAction::kNew, "0", account, "199001011239", "", "payer_number_zero payer_number"},
      {MandateAction::kRenumber, "117", "", "", "000", "payer_number_zero new_payer_number"},
      {MandateAction::kNew, "117", account, "199001611236", "", ""},  // Co-ordination number.
      {MandateAction::kNew, "117", account, "005560005216", "", ""},
      {MandateAction::kNew, "117", account, "5560005217", "", "wrong_check_digit identity"},
      {MandateAction::kNew, "117", account, "199001011238", "", "wrong_check_digit identity"},
      {MandateAction::kNew, "117", account, "199013011239", "", "no_such_date identity"},
      {MandateAction::kNew, "117", account, "9001011239", "", "is_a_person_number identity"},
      {MandateAction::kNew, "117", account, "009001011239", "", "is_a_person_number identity"},
      {MandateAction::kNew, "117", account, "55600052", "", "too_short identity"},
      {MandateAction::kAccept, "117", "", "", "", ""},
      {MandateAction::kReject, "117", account, "5560005216", "", ""},
      {MandateAction::kRenumber, "117", "", "", "118", ""},
      {MandateAction::kCancel, "117", "", "", "", ""},
      {MandateAction::kNew, "117", account, "", "", "mandate_contradicts_itself action"},
      {MandateAction::kNew, "117", "", "5560005216", "", "mandate_contradicts_itself action"},
      {MandateAction::kNew, "117", "", "", "118", "mandate_contradicts_itself action"},
      {MandateAction::kRenumber, "117", "", "", "", "mandate_contradicts_itself action"},
      {MandateAction::kCancel, "117", account, "5560005216", "",
       "mandate_contradicts_itself action"},
      {MandateAction::kNew, "A17", "", "", "", "not_digits payer_number"},
      {MandateAction::kNew, "12345678901234567", "", "", "", "too_long payer_number"},
      {MandateAction::kRenumber, "117", "", "", "1-8", "not_digits new_payer_number"},
      {MandateAction::kNew, "117", account, "19900101-1239", "", "not_digits identity"},
      {MandateAction::kNew, "117", account, "1990010112391", "", "too_long identity"},
  };
  for (const Row& row : rows) {
    MandateOrder::Parts parts{.action = row.action, .payer_number = id(row.payer)};
    if (!row.account.empty()) parts.account = SwedishAccount::parse(row.account).value();
    parts.identity = row.identity;
    if (!row.new_payer.empty()) parts.new_payer_number = id(row.new_payer);
    EXPECT_EQ(refusal(MandateOrder::make(parts)), row.error) << row.payer << row.new_payer;
  }
}

TEST(DebitChange, EachKindNeedsItsOwn) {
  struct Row {
    ChangeKind kind;
    std::string needs;
  };
  const Row rows[] = {
      {ChangeKind::kCancelPayer, "payer_number"},
      {ChangeKind::kCancelDay, "day"},
      {ChangeKind::kCancelOne, "payer_number day amount"},
      {ChangeKind::kMoveAll, "new_day"},
      {ChangeKind::kMoveDay, "day new_day"},
      {ChangeKind::kMovePayerDay, "payer_number day new_day"},
      {ChangeKind::kMoveOne, "payer_number day amount new_day"},
  };
  const Date day = Date::make(2026, 11, 27).value();
  const std::vector<std::string> fields = {"payer_number", "day", "amount", "new_day"};
  for (const Row& row : rows) {
    const auto needs = [&row](const std::string& field) {
      return (" " + row.needs + " ").contains(" " + field + " ");
    };
    // What it needs, but for one field that is turned round: left out, or said too much.
    const auto told = [&](const std::string& turned) {
      const auto says = [&](const std::string& field) { return needs(field) != (field == turned); };
      DebitChange::Parts parts{.kind = row.kind};
      if (says("payer_number")) parts.payer_number = id("117");
      if (says("day")) parts.day = day;
      if (says("amount")) parts.amount = kr(100);
      if (says("new_day")) parts.new_day = day + 3;
      return refusal(DebitChange::make(parts));
    };
    EXPECT_EQ(told("nothing"), "") << row.needs;
    for (const std::string& field : fields) {
      EXPECT_EQ(told(field),
                (needs(field) ? "change_lacks_value " : "change_contradicts_itself ") + field)
          << row.needs;
    }
  }
  EXPECT_EQ(refusal(DebitChange::make(
                {.kind = ChangeKind::kCancelDay, .day = day, .direction = MoneyDirection::kDebit})),
            "change_contradicts_itself direction");
}

TEST(Claim, KidAndNotice) {
  struct Row {
    std::string kid, error;
  };
  const Row rows[] = {
      {"1000116", ""},  // Mod 10.
      {"1000101", ""},  // Mod 11.
      {"100011-", ""},
      {"1000117", "wrong_check_digit kid"},
      {"100012-", "wrong_check_digit kid"},
      {"1", "too_short kid"},
      {std::string(26, '1'), "too_long kid"},
      {"10-0117", "wrong_characters kid"},
      {"100011X", "wrong_characters kid"},
  };
  Claim::Parts parts{.amount = {100, Currency::parse("NOK").value()}};
  for (const Row& row : rows) {
    parts.kid = row.kid;
    EXPECT_EQ(refusal(Claim::make(parts)), row.error) << row.kid;
  }
  parts.kid = "1000116";
  parts.specification = {"Mobile"};
  EXPECT_EQ(refusal(Claim::make(parts)), "specification_without_notice specification");
  parts.notice = ClaimNotice::kByBank;
  EXPECT_EQ(refusal(Claim::make(parts)), "");
}

TEST(OrderItems, TheSameEachTimeAndStopAtAnError) {
  const OrderItems<int> listed(std::vector<int>{1, 2, 3});
  const auto counted = OrderItems<int>::from([](const OrderItems<int>::Visitor& visit) {
    base::Result<> state;
    for (int item = 1; state && item <= 3; ++item) state = visit(item);
    return state;
  });
  for (const auto& items : {listed, counted}) {
    for (int time = 0; time < 2; ++time) {
      int sum = 0;
      EXPECT_TRUE(items.for_each([&](int item) -> base::Result<> {
        sum += item;
        return {};
      }));
      EXPECT_EQ(sum, 6);
    }
    int seen = 0;
    const auto stopped = items.for_each([&](int item) -> base::Result<> {
      ++seen;
      if (item == 2) return base::fail("disk_full", "full");
      return {};
    });
    EXPECT_EQ(refusal(stopped), "disk_full");
    EXPECT_EQ(seen, 2);
  }
  EXPECT_TRUE(OrderItems<int>().for_each(
      [](int) -> base::Result<> { return base::fail("disk_full", "never asked"); }));
}

}  // namespace
}  // namespace domain
