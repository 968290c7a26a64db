// Charges to kept methods (R83): when their owner is told, what is charged on the day or why not,
// and what a refusal means for the next try.
#include "domain/plan/method_charge.h"

#include <functional>

#include <gtest/gtest.h>

#include "domain/plan/rows.h"

namespace domain {
namespace {

using base::Date;
using base::Money;

Date day(std::string_view text) { return Date::parse(text).value(); }
Money kr(std::int64_t minor) { return Money(minor, base::Currency()); }

// A bill of 500.00, due on the first of December, of an account whose card works until then.
struct Scene {
  Bill bill;
  KeptMethod method;
  bool has_mandate = false;
  Money pending = kr(0);
  Date today = day("2026-11-28");

  Scene() {
    bill.total = kr(50'000);
    bill.fees = bill.paid = bill.credited = kr(0);
    bill.issued = day("2026-11-01");
    bill.due = day("2026-12-01");
    method.state = KeptMethodState::kKept;
    method.for_bills = true;
    method.until = base::Month::parse("2026-12").value();
  }
  [[nodiscard]] ChargeAsk ask() const { return {bill, method, has_mandate, 3, pending, today}; }
};

using Change = std::function<void(Scene&)>;

TEST(PlanCharge, R83WhenItsOwnerIsTold) {
  struct Row {
    std::string_view what;
    Change change;
    std::string_view charge;
  };
  const Row rows[] = {
      {"three days before", [](Scene&) {}, "announced 500.00 2026-12-01"},
      {"too early", [](Scene& s) { s.today = day("2026-11-27"); }, ""},
      {"one that is late has the notice first", [](Scene& s) { s.today = day("2026-12-05"); },
       "announced 500.00 2026-12-08"},
      {"a mandate goes first", [](Scene& s) { s.has_mandate = true; }, ""},
      {"only what is not under way", [](Scene& s) { s.pending = kr(20'000); },
       "announced 300.00 2026-12-01"},
      {"paid", [](Scene& s) { s.bill.paid = kr(50'000); }, ""},
      {"written off", [](Scene& s) { s.bill.state = BillState::kWrittenOff; }, ""},
      {"the card will have run out",
       [](Scene& s) { s.method.until = base::Month::parse("2026-11").value(); },
       "dropped 500.00 2026-12-01"},
      {"a plan's next part",
       [](Scene& s) { s.bill.plan = split_rows(kr(50'000), 2, day("2026-12-01"), 0); },
       "announced 250.00 2026-12-01"},
      {"a plan's next part is not due yet",
       [](Scene& s) { s.bill.plan = split_rows(kr(50'000), 2, day("2026-12-02"), 0); }, ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    Scene scene;
    row.change(scene);
    const auto charge = plan_charge(scene.ask());
    EXPECT_EQ(charge ? std::string(to_text(charge->state)) + " " +
                           charge->amount.to_decimal_string() + " " + charge->day.to_string()
                     : "",
              row.charge);
  }
}

TEST(DecideCharge, WhatIsChargedOnTheDay) {
  struct Row {
    std::string_view what;
    Change change;
    std::string_view decision;
  };
  const Row rows[] = {
      {"all", [](Scene&) {}, "500.00"},
      {"a part was paid", [](Scene& s) { s.bill.paid = kr(10'000); }, "400.00"},
      {"never more than was told", [](Scene& s) { s.bill.fees = kr(6'000); }, "500.00"},
      {"paid meanwhile", [](Scene& s) { s.bill.paid = kr(50'000); }, "nothing_owed"},
      {"being paid meanwhile", [](Scene& s) { s.pending = kr(50'000); }, "waits"},
      {"a mandate came", [](Scene& s) { s.has_mandate = true; }, "mandate_goes_first"},
      {"forgotten", [](Scene& s) { s.method.state = KeptMethodState::kForgotten; }, "method_over"},
      {"not for bills any more", [](Scene& s) { s.method.for_bills = false; }, "method_over"},
      {"run out", [](Scene& s) { s.method.until = base::Month::parse("2026-11").value(); },
       "method_expired"},
      {"a plan was agreed, with a later day",
       [](Scene& s) { s.bill.plan = split_rows(kr(50'000), 2, day("2026-12-25"), 0); }, "not_due"},
  };
  const MethodCharge charge = plan_charge(Scene().ask()).value();
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    Scene scene;
    scene.today = day("2026-12-01");
    row.change(scene);
    const ChargeDecision decision = decide_charge(charge, scene.ask());
    EXPECT_EQ(decision.waits             ? "waits"
              : decision.dropped.empty() ? decision.amount.to_decimal_string()
                                         : decision.dropped,
              row.decision);
  }
}

TEST(TakeAnswer, WhatARefusalMeans) {
  struct Row {
    IntentState state;
    Decline decline;
    int tries;
    ChargeAnswer answer;
    std::string_view charge;
  };
  const Row rows[] = {
      {IntentState::kPending, Decline::kNone, 1, ChargeAnswer::kWait, "announced 2026-12-01 "},
      {IntentState::kSettled, Decline::kNone, 1, ChargeAnswer::kSettled, "settled 2026-12-01 "},
      {IntentState::kCancelled, Decline::kNone, 1, ChargeAnswer::kSettled,
       "dropped 2026-12-01 nothing_owed"},
      // Swedish pay day.
      {IntentState::kFailed, Decline::kRetryLater, 1, ChargeAnswer::kTryAgain,
       "announced 2026-12-25 refused"},
      {IntentState::kFailed, Decline::kRetryLater, 3, ChargeAnswer::kAskOwner,
       "failed 2026-12-01 refused_too_often"},
      {IntentState::kExpired, Decline::kNone, 1, ChargeAnswer::kTryAgain,
       "announced 2026-12-25 refused"},
      {IntentState::kFailed, Decline::kNeedsCustomer, 1, ChargeAnswer::kAskOwner,
       "failed 2026-12-01 needs_customer"},
      {IntentState::kFailed, Decline::kStop, 1, ChargeAnswer::kMethodOver,
       "failed 2026-12-01 refused_for_good"},
      {IntentState::kFailed, Decline::kOurMistake, 1, ChargeAnswer::kOurMistake,
       "failed 2026-12-01 our_mistake"},
  };
  for (const Row& row : rows) {
    MethodCharge charge = plan_charge(Scene().ask()).value();
    charge.tries = row.tries;
    const std::string key = request_key_of(charge);
    EXPECT_EQ(take_answer(charge, row.state, row.decline, PaydayRetry(), "SE", day("2026-12-01")),
              row.answer);
    EXPECT_EQ(
        std::string(to_text(charge.state)) + " " + charge.day.to_string() + " " + charge.reason,
        row.charge);
    EXPECT_EQ(request_key_of(charge) != key, row.answer == ChargeAnswer::kTryAgain)
        << "another try has another key";
  }
}

}  // namespace
}  // namespace domain
