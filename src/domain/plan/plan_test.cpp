// Bills paid in parts (D3, R83): how they are split, within which limits, what a payment, a recall
// and a credit note do to the rows, and what becomes of a plan whose row is missed.
#include "domain/plan/plan.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "domain/law/rule_book.h"

namespace domain {
namespace {

using base::Date;
using base::Money;

Date day(std::string_view text) { return Date::parse(text).value(); }
Money kr(std::int64_t minor) { return Money(minor, base::Currency()); }

Bill bill_of(std::int64_t total) {
  Bill bill;
  bill.total = kr(total);
  bill.fees = bill.paid = bill.credited = kr(0);
  bill.issued = day("2026-11-01");
  bill.due = day("2026-12-01");
  return bill;
}

// "2026-12-25 100.00, 2027-01-25 50.00 of 100.00": what is left of each.
std::string text_of(const std::vector<OpenRow>& rows) {
  std::string text;
  for (const OpenRow& row : rows) {
    if (!text.empty()) text += ", ";
    text += row.due.to_string() + " " + row.left.to_decimal_string();
    if (row.left != row.amount) text += " of " + row.amount.to_decimal_string();
  }
  return text;
}
std::string text_of(const std::vector<PlanRow>& rows) {
  std::string text;
  for (const PlanRow& row : rows) {
    text += (text.empty() ? "" : ", ") + row.due.to_string() + " " + row.amount.to_decimal_string();
  }
  return text;
}

TEST(SplitRows, R83_AmountsAndDays) {
  struct Row {
    std::int64_t payable;
    int parts;
    std::string_view first;
    int due_day;
    std::string_view rows;
  };
  const Row rows[] = {
      {30000, 3, "2026-12-01", 0, "2026-12-01 100.00, 2027-01-01 100.00, 2027-02-01 100.00"},
      {10000, 3, "2026-12-01", 0, "2026-12-01 33.34, 2027-01-01 33.33, 2027-02-01 33.33"},
      {3, 2, "2026-12-01", 0, "2026-12-01 0.02, 2027-01-01 0.01"},
      // The customer's due day, from the second part on.
      {20000, 2, "2026-12-01", 25, "2026-12-01 100.00, 2027-01-25 100.00"},
      // A month that lacks the day has its last.
      {30000, 3, "2027-01-31", 0, "2027-01-31 100.00, 2027-02-28 100.00, 2027-03-31 100.00"},
      {30000, 3, "2027-01-15", 31, "2027-01-15 100.00, 2027-02-28 100.00, 2027-03-31 100.00"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(text_of(split_rows(kr(row.payable), row.parts, day(row.first), row.due_day)),
              row.rows);
  }
}

// A bill of 300.00 in three parts, of which the sums in the row were paid, credited or added.
TEST(OpenRows, WhatIsPaidFillsTheOldestRow) {
  struct Row {
    std::string_view what;
    std::int64_t paid, fees;
    std::string_view rows;
    std::int64_t next, asked_before, asked_in_january;
  };
  const Row rows[] = {
      {"nothing", 0, 0, "2026-12-01 100.00, 2027-01-01 100.00, 2027-02-01 100.00", 10000, 10000,
       20000},
      {"a part of the first", 4000, 0,
       "2026-12-01 60.00 of 100.00, 2027-01-01 100.00, 2027-02-01 100.00", 6000, 6000, 16000},
      {"the first", 10000, 0, "2026-12-01 0.00 of 100.00, 2027-01-01 100.00, 2027-02-01 100.00",
       10000, 10000, 10000},
      {"more than two", 25000, 0,
       "2026-12-01 0.00 of 100.00, 2027-01-01 0.00 of 100.00, 2027-02-01 50.00 of 100.00", 5000,
       5000, 5000},
      {"too much", 40000, 0,
       "2026-12-01 0.00 of 100.00, 2027-01-01 0.00 of 100.00, 2027-02-01 0.00 of 100.00", 0, 0, 0},
      {"a fee came later", 0, 6000,
       "2026-12-01 160.00 of 100.00, 2027-01-01 100.00, 2027-02-01 100.00", 16000, 16000, 26000},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    Bill bill = bill_of(30000);
    bill.plan = split_rows(kr(30000), 3, day("2026-12-01"), 0);
    bill.paid = kr(row.paid);
    bill.fees = kr(row.fees);
    EXPECT_EQ(text_of(open_rows(bill)), row.rows);
    EXPECT_EQ(next_row_amount(bill).value_or(kr(0)), kr(row.next));
    EXPECT_EQ(asked_on(bill, day("2026-11-15")), kr(row.asked_before));
    EXPECT_EQ(asked_on(bill, day("2027-01-01")), kr(row.asked_in_january));
  }
}

TEST(OpenRows, WithoutAPlanTheBillIsOneSum) {
  Bill bill = bill_of(30000);
  EXPECT_FALSE(has_plan(bill));
  EXPECT_EQ(next_row_amount(bill), std::nullopt);
  EXPECT_EQ(effective_due(bill), day("2026-12-01"));
  // Moved to another day: still one sum.
  bill.plan = {{day("2026-12-20"), kr(30000)}};
  EXPECT_FALSE(has_plan(bill));
  EXPECT_EQ(next_row_amount(bill), std::nullopt);
  EXPECT_EQ(view_bill(bill, day("2026-12-10")).face, BillFace::kOpen);
  EXPECT_EQ(view_bill(bill, day("2026-12-10")).asked_by, day("2026-12-20"));
  EXPECT_EQ(view_bill(bill, day("2026-12-21")).face, BillFace::kOverdue);
}

TEST(AfterCredit, TheLastRowsGrowLess) {
  struct Row {
    std::int64_t paid, credited;
    std::string_view rows;  // What is left of them.
  };
  const Row rows[] = {
      {0, 5000, "2026-12-01 100.00, 2027-01-01 100.00, 2027-02-01 50.00"},
      {0, 10000, "2026-12-01 100.00, 2027-01-01 100.00"},
      {0, 25000, "2026-12-01 50.00"},
      // What was paid of a row stays.
      {14000, 5000, "2026-12-01 0.00 of 100.00, 2027-01-01 60.00 of 100.00, 2027-02-01 50.00"},
      {14000, 12000, "2026-12-01 0.00 of 100.00, 2027-01-01 40.00 of 80.00"},
      {30000, 5000,
       "2026-12-01 0.00 of 100.00, 2027-01-01 0.00 of 100.00, 2027-02-01 0.00 of 100.00"},
  };
  for (const Row& row : rows) {
    Bill bill = bill_of(30000);
    bill.plan = split_rows(kr(30000), 3, day("2026-12-01"), 0);
    bill.paid = kr(row.paid);
    const Money before = bill.rest();
    bill.credited = kr(row.credited);
    bill.plan = after_credit(bill.plan, before, bill.rest());
    EXPECT_EQ(text_of(open_rows(bill)), row.rows);
  }
}

RuleBook law() {
  CountryRule rule;
  rule.country = "EU";
  rule.segment = RuleSegment::kConsumer;
  rule.area = "collection";
  rule.unit = "days";
  rule.valid = base::Period::make(day("2026-11-20"), day("9999-12-31")).value();
  rule.enforced = Enforced::kDefault;
  rule.verified = Verified::kWeak;
  rule.source_title = "Directive (EU) 2023/2225";
  rule.key = "ccd2_large_online_supplier_exempt_days";
  rule.value = "14";
  CountryRule longer = rule;
  longer.key = "ccd2_supplier_deferral_exempt_days";
  longer.value = "50";
  return RuleBook::make({rule, longer}).value();
}

TEST(InstalmentTerms, TheLawsLastDay) {
  struct Row {
    std::string_view country;
    Segment segment;
    ConsumerGround ground;
    std::string_view today, last_day;
  };
  constexpr auto kConsumer = Segment::kConsumer, kBusiness = Segment::kBusiness;
  constexpr auto kSale = ConsumerGround::kDistanceSale;
  constexpr auto kDeferral = ConsumerGround::kSupplierDeferral;
  constexpr auto kDebt = ConsumerGround::kExistingDebt;
  const Row rows[] = {
      {"SE", kConsumer, kSale, "2026-11-22", "2026-11-15"},
      {"SE", kConsumer, kDeferral, "2026-11-22", "2026-12-21"},
      {"SE", kConsumer, kDebt, "2026-11-22", "2027-05-22"},
      {"SE", kBusiness, kSale, "2026-11-22", "2027-05-22"},
      {"NO", kConsumer, kSale, "2026-11-22", "2027-05-22"},  // No member of the Union.
      {"SE", kConsumer, kSale, "2026-11-19", "2027-05-19"},  // A day before it holds.
  };
  const RuleBook book = law();
  InstalmentRules rules{.parts_max = 6, .months_max = 6};
  for (const Row& row : rows) {
    rules.consumer_ground = row.ground;
    const auto terms = instalment_terms({book, rules, base::Currency(), row.country, row.segment,
                                         day("2026-11-01"), day(row.today)});
    ASSERT_TRUE(terms) << terms.error().text;
    EXPECT_EQ(terms->last_day, day(row.last_day)) << row.country;
  }
  rules.parts_max = 0;
  EXPECT_EQ(instalment_terms({book, rules, base::Currency(), "SE", kBusiness, day("2026-11-01"),
                              day("2026-11-22")})
                .error()
                .code,
            "plans_not_offered");
}

struct Agreement {
  Bill bill = bill_of(30000);
  InstalmentTerms terms{6, kr(5000), day("2027-05-22"), false};
  InstalmentRules rules{.parts_max = 6, .grace_days = 5};
  int parts = 3, due_day = 0;
  std::optional<Date> first_due;
  Money pending = kr(0);
  Date today = day("2026-11-22");

  [[nodiscard]] PlanAsk ask() const {
    return {bill, terms, rules, parts, first_due, due_day, pending, today};
  }
  [[nodiscard]] std::string answer() const {
    const auto plan = make_plan(ask());
    return plan ? text_of(plan->rows) : plan.error().code;
  }
};

TEST(MakePlan, WithinTheLimits) {
  Agreement agreed;
  EXPECT_EQ(agreed.answer(), "2026-12-01 100.00, 2027-01-01 100.00, 2027-02-01 100.00");
  EXPECT_EQ(possible_parts(agreed.ask()), (std::vector<int>{2, 3, 4, 5, 6}));
  struct Row {
    std::string_view what;
    std::function<void(Agreement&)> change;
    std::string_view answer;
  };
  const Row rows[] = {
      {"one part is no plan", [](Agreement& a) { a.parts = 1; }, "plan_parts_wrong"},
      {"too many parts", [](Agreement& a) { a.parts = 7; }, "plan_parts_wrong"},
      {"parts too small", [](Agreement& a) { a.terms.part_min = kr(10001); },
       "plan_part_too_small"},
      {"a sum that cannot be divided",
       [](Agreement& a) { a.bill.total = kr(2), a.terms.part_min = kr(0); }, "plan_part_too_small"},
      {"longer than allowed", [](Agreement& a) { a.terms.last_day = day("2027-01-31"); },
       "plan_too_long"},
      {"first day passed", [](Agreement& a) { a.first_due = day("2026-11-21"); },
       "plan_first_day_wrong"},
      {"first day too far", [](Agreement& a) { a.first_due = day("2027-01-23"); },
       "plan_first_day_wrong"},
      {"paid", [](Agreement& a) { a.bill.paid = kr(30000); }, "bill_not_payable"},
      {"written off", [](Agreement& a) { a.bill.state = BillState::kWrittenOff; },
       "bill_not_payable"},
      {"being paid", [](Agreement& a) { a.pending = kr(1); }, "already_being_paid"},
      {"a plan runs", [](Agreement& a) { a.bill.plan = split_rows(kr(30000), 2, a.today, 0); },
       "plan_active"},
      {"a first day of their own", [](Agreement& a) { a.first_due = day("2026-11-30"); },
       "2026-11-30 100.00, 2026-12-30 100.00, 2027-01-30 100.00"},
      {"only the rest", [](Agreement& a) { a.bill.paid = kr(10000), a.parts = 2; },
       "2026-12-01 100.00, 2027-01-01 100.00"},
      {"of an overdue bill in a week", [](Agreement& a) { a.today = day("2026-12-10"); },
       "2026-12-17 100.00, 2027-01-17 100.00, 2027-02-17 100.00"},
      {"or on their next day after it",
       [](Agreement& a) { a.today = day("2026-12-10"), a.due_day = 15; },
       "2027-01-15 100.00, 2027-02-15 100.00, 2027-03-15 100.00"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    Agreement changed;
    row.change(changed);
    EXPECT_EQ(changed.answer(), row.answer);
  }
}

// Follows a plan of 300.00 in three parts, due on the first of December, January and February.
class Followed {
 public:
  explicit Followed(int moves) {
    Agreement agreed;
    if (moves > 0) agreed.rules.missed = MissedRow::kMove, agreed.rules.moves_max = moves;
    plan_ = make_plan(agreed.ask()).value();
    bill_ = agreed.bill;
    bill_.plan = plan_.rows;
  }
  std::string_view on(std::string_view date, std::int64_t paid = 0, std::int64_t pending = 0) {
    bill_.paid += kr(paid);
    bill_.state = bill_.rest().is_zero() ? BillState::kSettled : BillState::kOpen;
    const PlanStep step = next_plan_step(plan_, bill_, kr(pending), day(date));
    take_plan_step(step, plan_, bill_, kr(pending), day(date));
    return to_text(step);
  }
  [[nodiscard]] const Plan& plan() const { return plan_; }
  Bill& bill() { return bill_; }

 private:
  Plan plan_;
  Bill bill_;
};

TEST(FollowPlan, AMissedRowIsToldOnceThenThePlanBreaks) {
  Followed plan(0);
  EXPECT_EQ(plan.on("2026-12-01"), "nothing");
  EXPECT_EQ(plan.on("2026-12-02"), "remind");
  EXPECT_EQ(plan.on("2026-12-03"), "nothing");
  EXPECT_EQ(plan.on("2026-12-07"), "nothing");
  EXPECT_EQ(plan.on("2026-12-08"), "break");
  EXPECT_EQ(plan.plan().state, PlanState::kBroken);
  EXPECT_EQ(plan.plan().reason, "missed_row");
  // The whole rest is due, from the day on which the plan broke.
  EXPECT_EQ(view_bill(plan.bill(), day("2026-12-08")).asked, kr(30000));
  EXPECT_EQ(view_bill(plan.bill(), day("2026-12-08")).days_left, 0);
  EXPECT_EQ(plan.on("2026-12-09"), "nothing");
}

TEST(FollowPlan, GraceBeginsWithALateReminder) {
  Followed plan(0);
  EXPECT_EQ(plan.on("2026-12-20"), "remind");
  EXPECT_EQ(plan.on("2026-12-25"), "nothing");
  EXPECT_EQ(plan.on("2026-12-26"), "break");
}

TEST(FollowPlan, AMissedRowGoesToTheEndOnce) {
  Followed plan(1);
  EXPECT_EQ(plan.on("2026-12-02", 4000), "remind");
  EXPECT_EQ(plan.on("2026-12-08"), "move");
  EXPECT_EQ(text_of(open_rows(plan.bill())),
            "2026-12-01 0.00 of 40.00, 2027-01-01 100.00, 2027-02-01 100.00, 2027-03-01 60.00");
  EXPECT_EQ(plan.on("2027-01-02"), "remind");
  EXPECT_EQ(plan.on("2027-01-08"), "break");
}

TEST(FollowPlan, WhatIsUnderWayIsNotMissed) {
  Followed plan(0);
  EXPECT_EQ(plan.on("2026-12-02", 0, 10000), "nothing");
  EXPECT_EQ(plan.on("2026-12-20", 0, 10000), "nothing");
  EXPECT_EQ(plan.on("2026-12-21"), "remind");
}

TEST(FollowPlan, KeptAndOpenAgainAfterARecall) {
  Followed plan(0);
  EXPECT_EQ(plan.on("2026-12-01", 30000), "keep");
  EXPECT_EQ(plan.plan().state, PlanState::kKept);
  EXPECT_EQ(plan.on("2027-01-20", -10000), "reopen");
  EXPECT_EQ(plan.plan().state, PlanState::kActive);
  // The row that was paid last is open again.
  EXPECT_EQ(effective_due(plan.bill()), day("2027-02-01"));
  EXPECT_EQ(plan.on("2027-02-02"), "remind");
}

TEST(EndPlan, TheBillIsDueAsItsDocumentSays) {
  Followed plan(0);
  Plan ended = plan.plan();
  Bill bill = plan.bill();
  ASSERT_TRUE(end_plan(ended, bill, "customer", day("2026-12-05")));
  EXPECT_EQ(ended.state, PlanState::kEnded);
  EXPECT_EQ(effective_due(bill), day("2026-12-01"));
  EXPECT_EQ(end_plan(ended, bill, "customer", day("2026-12-05")).error().code, "plan_not_active");
}

// Payments, recalls, fees and credit notes in any order: what is left of the rows is the rest.
RC_GTEST_PROP(PlanProperty, RowsSumToThePayableAndFollowTheRest, ()) {
  const auto total = *rc::gen::inRange<std::int64_t>(100, 1'000'000);
  const int parts = *rc::gen::inRange(2, 12);
  Bill bill = bill_of(total);
  bill.plan = split_rows(bill.rest(), parts, day("2026-12-31"), *rc::gen::inRange(0, 32));
  Money sum = kr(0);
  for (const PlanRow& row : bill.plan) sum += row.amount;
  RC_ASSERT(sum == kr(total));
  const auto steps = *rc::gen::inRange(1, 20);
  for (int step = 0; step < steps; ++step) {
    const Money rest = bill.rest();
    const auto amount = kr(*rc::gen::inRange<std::int64_t>(1, total + 1));
    switch (*rc::gen::inRange(0, 5)) {
      case 0: bill.paid += amount; break;
      case 1: bill.paid -= std::min(amount, bill.paid); break;
      case 2: bill.fees += amount; break;
      case 3:
        bill.credited += std::min(amount, bill.total + bill.fees - bill.credited);
        bill.plan = after_credit(bill.plan, rest, bill.rest());
        break;
      default:
        if (!bill.plan.empty() && rest > kr(0)) {
          const auto at = *rc::gen::inRange<std::size_t>(0, bill.plan.size());
          bill.plan = move_to_end(bill.plan, rest, at, 31);
        }
        break;
    }
    if (bill.plan.empty()) return;  // All is credited.
    Money left = kr(0);
    for (const OpenRow& row : open_rows(bill)) {
      RC_ASSERT(row.left >= kr(0));
      left += row.left;
    }
    RC_ASSERT(left == std::max(bill.rest(), kr(0)));
    RC_ASSERT(std::ranges::is_sorted(bill.plan, {}, &PlanRow::due));
  }
}

}  // namespace
}  // namespace domain
