// Collections: what is debited and when, what an answer of the bank does, and when to try again.
#include "domain/collection/collection.h"

#include <map>

#include <gtest/gtest.h>

#include "domain/collection/plan.h"
#include "domain/collection/reasons.h"
#include "domain/collection/retry.h"

namespace domain {
namespace {

base::Date day(std::string_view text) { return *base::Date::parse(text); }
base::Currency euros() { return *base::Currency::parse("EUR"); }
base::Money euro(std::int64_t whole) { return base::Money(whole * 100, euros()); }

const BankCalendar& target() {
  static const BankCalendar::Row kRow{*base::Period::make(day("2020-01-01"), day("2030-01-01")),
                                      "01-01;GOODFRIDAY;EASTERMONDAY;05-01;12-25;12-26"};
  static const BankCalendar kCalendar = *BankCalendar::make("TARGET", {&kRow, 1});
  return kCalendar;
}

CollectionTerms core() {
  CollectionTerms terms;
  terms.calendar = "TARGET";
  terms.currency = euros();
  terms.notice_days = 14;
  terms.lead_days = 1;
  terms.amount_max = euro(10'000);
  terms.dormant_months = 36;
  terms.refund_days = 56;
  terms.unauthorised_months = 13;
  return terms;
}

Mandate mandate() {
  Mandate made;
  made.state = MandateState::kActive;
  made.signed_on = day("2026-01-15");
  made.debits = 1;
  return made;
}

Bill bill(std::int64_t total, std::string_view due) {
  Bill made;
  made.total = euro(total);
  made.fees = made.paid = made.credited = euro(0);
  made.issued = day("2026-11-01");
  made.due = day(due);
  return made;
}

struct Setting {
  Bill bill = domain::bill(100, "2026-12-01");
  Mandate mandate = domain::mandate();
  CollectionTerms terms = core();
  base::Date today = day("2026-11-02");
  base::Money disputed = euro(0), pending = euro(0);
  HolidayMove move = HolidayMove::kLater;
  std::optional<base::Date> wanted = {};
  std::optional<base::Money> amount = {};

  // "100.00 2026-12-01 by 2026-11-30", "nothing", or the error's code.
  [[nodiscard]] std::string planned() const {
    const auto plan = plan_debit(
        {bill, mandate, terms, target(), today, disputed, pending, move, wanted, amount});
    if (!plan) return plan.error().code;
    if (!*plan) return "nothing";
    return (*plan)->amount.to_decimal_string() + " " + (*plan)->day.to_string() + " by " +
           (*plan)->hand_in.to_string();
  }
};

TEST(PlanDebit, WhatAndWhen) {
  struct Row {
    std::string what;
    std::function<void(Setting&)> change;
    std::string expected;
  };
  const Row rows[] = {
      {"on the due day", [](Setting&) {}, "100.00 2026-12-01 by 2026-11-30"},
      {"a Sunday is moved to Monday", [](Setting& s) { s.bill.due = day("2026-12-06"); },
       "100.00 2026-12-07 by 2026-12-04"},
      {"Christmas is moved behind the weekend", [](Setting& s) { s.bill.due = day("2026-12-25"); },
       "100.00 2026-12-28 by 2026-12-24"},
      {"before it where that was agreed",
       [](Setting& s) {
         s.bill.due = day("2026-12-06");
         s.move = HolidayMove::kEarlier;
       },
       "100.00 2026-12-04 by 2026-12-03"},
      {"too short for the notice: later", [](Setting& s) { s.today = day("2026-11-24"); },
       "100.00 2026-12-08 by 2026-12-07"},
      {"a shorter notice was agreed",
       [](Setting& s) {
         s.today = day("2026-11-24");
         s.mandate.notice_days = 5;
       },
       "100.00 2026-12-01 by 2026-11-30"},
      {"a part was paid", [](Setting& s) { s.bill.paid = euro(30); },
       "70.00 2026-12-01 by 2026-11-30"},
      {"a part is disputed", [](Setting& s) { s.disputed = euro(25); },
       "75.00 2026-12-01 by 2026-11-30"},
      {"all is disputed", [](Setting& s) { s.disputed = euro(100); }, "nothing"},
      {"all is under way", [](Setting& s) { s.pending = euro(100); }, "nothing"},
      {"it was paid",
       [](Setting& s) {
         s.bill.paid = euro(100);
         s.bill.state = BillState::kSettled;
       },
       "nothing"},
      {"it was written off", [](Setting& s) { s.bill.state = BillState::kWrittenOff; }, "nothing"},
      {"the next part of a plan",
       [](Setting& s) {
         s.bill.plan = {{day("2026-12-01"), euro(40)}, {day("2027-01-04"), euro(60)}};
         s.bill.paid = euro(40);
       },
       "60.00 2027-01-04 by 2026-12-31"},
      {"further ahead than the scheme takes orders",
       [](Setting& s) {
         s.terms.ahead_months = 12;
         s.bill.due = day("2027-11-03");
       },
       "nothing"},
      {"the mandate is suspended", [](Setting& s) { s.mandate.state = MandateState::kSuspended; },
       "mandate_not_active"},
      {"the mandate is asleep", [](Setting& s) { s.mandate.signed_on = day("2023-11-01"); },
       "mandate_dormant"},
      {"above the payer's limit", [](Setting& s) { s.mandate.limit = euro(99); },
       "amount_above_mandate"},
      {"at the payer's limit", [](Setting& s) { s.mandate.limit = euro(100); },
       "100.00 2026-12-01 by 2026-11-30"},
      {"above the scheme's", [](Setting& s) { s.bill.total = euro(10'001); },
       "amount_above_scheme"},
      {"another currency", [](Setting& s) { s.terms.currency = *base::Currency::parse("SEK"); },
       "other_currency"},
      {"a named day", [](Setting& s) { s.wanted = day("2026-11-18"); },
       "100.00 2026-11-18 by 2026-11-17"},
      {"a named holiday", [](Setting& s) { s.wanted = day("2026-12-25"); }, "debit_on_holiday"},
      {"a named Saturday", [](Setting& s) { s.wanted = day("2026-12-05"); }, "debit_on_holiday"},
      {"a named day too soon", [](Setting& s) { s.wanted = day("2026-11-13"); },
       "notice_too_short"},
      {"a named part", [](Setting& s) { s.amount = euro(10); }, "10.00 2026-12-01 by 2026-11-30"},
      {"a named sum above what is open", [](Setting& s) { s.amount = euro(101); },
       "amount_above_open"},
      {"a year without a calendar",
       [](Setting& s) {
         s.bill.due = day("2030-03-01");
         s.today = day("2030-01-02");
         s.mandate.signed_on = day("2029-12-01");
       },
       "no_rule_for_day"},
  };
  for (const Row& row : rows) {
    Setting setting;
    row.change(setting);
    EXPECT_EQ(setting.planned(), row.expected) << row.what;
  }
}

TEST(Terms, Days) {
  CollectionTerms weekdays = core();
  weekdays.notice_days = 8;
  weekdays.notice_in_weekdays = true;
  weekdays.cut_off_minute = 19 * 60;
  CollectionTerms calendar_lead = core();
  calendar_lead.lead_days = 4;
  calendar_lead.lead_in_bank_days = false;
  const auto text = [](const base::Result<base::Date>& value) { return value->to_string(); };
  EXPECT_EQ(text(earliest_debit(core(), target(), day("2026-11-02"), {})), "2026-11-16");
  EXPECT_EQ(text(earliest_debit(weekdays, target(), day("2026-11-02"), {})), "2026-11-12");
  EXPECT_EQ(text(earliest_debit(core(), target(), day("2026-11-05"), 2)), "2026-11-09");
  EXPECT_EQ(text(hand_in_by(core(), target(), day("2026-11-16"))), "2026-11-13");
  EXPECT_EQ(text(hand_in_by(calendar_lead, target(), day("2026-11-16"))), "2026-11-12");
  EXPECT_EQ(text(hand_in_by(calendar_lead, target(), day("2026-11-12"))), "2026-11-06");
  // On a Friday evening, before and after 19:00; on a Saturday.
  EXPECT_EQ(text(first_day_in_time(weekdays, target(), day("2026-11-13"), 1139)), "2026-11-16");
  EXPECT_EQ(text(first_day_in_time(weekdays, target(), day("2026-11-13"), 1140)), "2026-11-17");
  EXPECT_EQ(text(first_day_in_time(weekdays, target(), day("2026-11-14"), 0)), "2026-11-17");
  const RefundWindow window = refund_window(core(), day("2026-11-30"));
  EXPECT_EQ(window.refund->to_string(), "2027-01-25");
  EXPECT_EQ(window.unauthorised->to_string(), "2027-12-30");
  EXPECT_FALSE(refund_window({}, day("2026-11-30")).refund);
}

TEST(DecideOrder, LooksAgain) {
  struct Row {
    std::string what;
    std::function<void(Setting&, Collection&)> change;
    std::string expected;
  };
  const Row rows[] = {
      {"nothing has changed", [](Setting&, Collection&) {}, "100.00 2026-12-01 "},
      {"a part was paid meanwhile", [](Setting& s, Collection&) { s.bill.paid = euro(60); },
       "40.00 2026-12-01 "},
      {"more is owed than was told", [](Setting& s, Collection&) { s.bill.fees = euro(5); },
       "100.00 2026-12-01 "},
      {"all was paid meanwhile", [](Setting& s, Collection&) { s.bill.paid = euro(100); },
       "0.00 2026-12-01 nothing_owed"},
      {"all is disputed by now", [](Setting& s, Collection&) { s.disputed = euro(100); },
       "0.00 2026-12-01 nothing_owed"},
      {"the mandate was cancelled",
       [](Setting& s, Collection&) { s.mandate.state = MandateState::kCancelled; },
       "100.00 2026-12-01 mandate_not_active"},
      {"the limit was lowered", [](Setting& s, Collection&) { s.mandate.limit = euro(50); },
       "100.00 2026-12-01 amount_above_mandate"},
      {"the run is late", [](Setting& s, Collection&) { s.today = day("2026-12-03"); },
       "100.00 2026-12-04 "},
  };
  for (const Row& row : rows) {
    Setting setting;
    setting.today = day("2026-11-27");
    Collection collection;
    collection.amount = euro(100);
    collection.day = day("2026-12-01");
    row.change(setting, collection);
    const auto decision =
        decide_order({collection, setting.bill, setting.mandate, setting.terms, target(),
                      setting.today, 0, setting.disputed, setting.pending});
    ASSERT_TRUE(decision) << row.what;
    EXPECT_EQ(decision->amount.to_decimal_string() + " " + decision->day.to_string() + " " +
                  decision->dropped,
              row.expected)
        << row.what;
  }
}

// Every state with every answer of the bank: the state afterwards, "=" where it was known before,
// or the problem.
TEST(Answers, Table) {
  constexpr CollectionState kStates[] = {CollectionState::kPlanned,  CollectionState::kOrdered,
                                         CollectionState::kAccepted, CollectionState::kSettled,
                                         CollectionState::kFailed,   CollectionState::kReturned,
                                         CollectionState::kDropped};
  constexpr DebitAnswer kAnswers[] = {DebitAnswer::kAccepted, DebitAnswer::kPending,
                                      DebitAnswer::kRefused, DebitAnswer::kPaid,
                                      DebitAnswer::kReturned};
  const std::map<std::string, std::string> expected = {
      {"planned",
       "debit_not_ordered debit_not_ordered debit_not_ordered debit_not_ordered "
       "debit_not_ordered"},
      {"ordered", "accepted = failed settled returned"},
      {"accepted", "= = failed settled returned"},
      {"settled", "= = answer_contradicts = returned"},
      {"failed", "= = = settled answer_contradicts"},
      {"returned", "= = = answer_contradicts debit_already_returned"},
      {"dropped",
       "debit_not_ordered debit_not_ordered debit_not_ordered debit_not_ordered "
       "debit_not_ordered"},
  };
  for (const CollectionState state : kStates) {
    std::string row;
    for (const DebitAnswer answer : kAnswers) {
      Collection collection;
      collection.state = state;
      const auto effect = apply_answer(collection, answer);
      const std::string told = !effect ? effect.error().code
                               : *effect == AnswerEffect::kRepeated
                                   ? "="
                                   : std::string(to_text(collection.state));
      row += (row.empty() ? "" : " ") + told;
    }
    EXPECT_EQ(row, expected.at(std::string(to_text(state))));
  }
}

TEST(Retry, WaitsForPayday) {
  struct Row {
    std::string country, first, failed;
    int tries;
    std::string expected;  // A day, or "no".
  };
  const Row rows[] = {
      {"SE", "2026-12-01", "2026-12-02", 1, "2026-12-25"},
      {"SE", "2026-11-20", "2026-11-21", 1, "2026-11-25"},
      {"SE", "2026-11-20", "2026-11-23", 1, "2026-12-25"},  // Three days are not left.
      {"FI", "2026-12-01", "2026-12-02", 1, "2026-12-15"},
      {"DE", "2027-02-01", "2027-02-02", 1, "2027-02-28"},
      {"IT", "2026-12-01", "2026-12-02", 2, "2026-12-27"},
      {"FR", "2026-12-01", "2026-12-02", 1, "2027-01-01"},
      {"SE", "2026-12-01", "2026-12-28", 3, "no"},  // Three tries were enough.
      {"SE", "2026-10-01", "2026-11-28", 2, "no"},  // It is too long ago.
  };
  const PaydayRetry strategy;
  for (const Row& row : rows) {
    const auto wanted =
        strategy.wanted({day(row.first), day(row.failed), row.tries, euro(10), row.country});
    EXPECT_EQ(wanted ? wanted->to_string() : "no", row.expected) << row.country << row.failed;
  }
}

TEST(Reasons, CodesOfAutogiroAreOnesByTheirRecord) {
  struct Row {
    std::string code;
    bool after_payment;
    FailureAction expected;
    bool known;
  };
  const Row rows[] = {
      {"1", false, FailureAction::kRetry, true},
      {"2", false, FailureAction::kNewMandate, true},
      {"01", false, FailureAction::kNewMandate, true},
      {"01", true, FailureAction::kStop, true},
      {"02", true, FailureAction::kStop, true},
      {"03", false, FailureAction::kStop, true},
      {"03", true, FailureAction::kContact, true},
      {"12", false, FailureAction::kOurFault, true},
      {"24", false, FailureAction::kContact, true},
      {"77", false, FailureAction::kContact, false},
      {"", false, FailureAction::kContact, false},
  };
  for (const Row& row : rows) {
    const FailureReason reason = classify({}, {.scheme = MandateScheme::kAutogiro,
                                               .code = row.code,
                                               .after_payment = row.after_payment,
                                               .payer_country = "SE",
                                               .day = day("2026-11-20")});
    EXPECT_EQ(to_text(reason.action), to_text(row.expected)) << row.code;
    EXPECT_EQ(!reason.source.empty(), row.known) << row.code;
  }
}

}  // namespace
}  // namespace domain
