// To what payments are assigned: rows of a reference, an amount and a bill, and what becomes of the
// bill; and that whatever is paid and taken back, the sums hold (R52).
#include "domain/payment/allocate.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace domain {
namespace {

using base::Money;
using enum BillState;

Money kr(std::int64_t kronor) { return Money(kronor * 100, base::Currency()); }

Bill bill(std::int64_t total, std::int64_t paid = 0, std::int64_t credited = 0,
          BillState state = kOpen) {
  Bill bill;
  bill.id = BillId(base::IdBytes{1});
  bill.total = kr(total);
  bill.fees = kr(0);
  bill.paid = kr(paid);
  bill.credited = kr(credited);
  bill.state = state;
  return bill;
}

MoneyItem item(std::int64_t kronor, std::string reference = "7000016") {
  MoneyItem item;
  item.amount = kr(kronor);
  item.reference = std::move(reference);
  return item;
}

// "bill 500.00 exact_reference, credit 50.00 overpaid; settled paid 500.00 rest 0.00"
std::string told(const MoneyItem& item, Bill bill) {
  const Bill* const found[] = {&bill};
  const AllocationPlan plan = plan_allocation(item, found);
  if (!plan.reason.empty()) return plan.reason;
  std::string text;
  for (const AllocationPart& part : plan.parts) {
    text += (text.empty() ? "" : ", ") + std::string(part.bill.is_nil() ? "credit " : "bill ") +
            part.amount.to_decimal_string() + " " + std::string(part.by);
  }
  for (const AllocationPart& part : plan.parts) {
    if (!part.bill.is_nil()) pay(bill, part.amount);
  }
  return text + "; " + std::string(to_text(bill.state)) + " paid " + bill.paid.to_decimal_string() +
         " rest " + bill.rest().to_decimal_string();
}

TEST(Allocate, WhatAPaymentDoes) {
  MoneyItem reversed = item(500);
  reversed.reason = "reversal";
  MoneyItem euros = item(500);
  euros.amount = Money(50'000, base::Currency::parse("EUR").value());
  struct Row {
    std::string_view what;
    MoneyItem item;
    Bill bill;
    std::string expected;
  };
  const Row rows[] = {
      {"all of it", item(500), bill(500),
       "bill 500.00 exact_reference; settled paid 500.00 rest 0.00"},
      {"a part", item(200), bill(500), "bill 200.00 exact_reference; open paid 200.00 rest 300.00"},
      {"the rest", item(300), bill(500, 200),
       "bill 300.00 exact_reference; settled paid 500.00 rest 0.00"},
      {"too much", item(550), bill(500),
       "bill 500.00 exact_reference, credit 50.00 overpaid; settled paid 500.00 rest 0.00"},
      {"what a credit note left", item(500), bill(500, 0, 100),
       "bill 400.00 exact_reference, credit 100.00 overpaid; settled paid 400.00 rest 0.00"},
      {"twice", item(500), bill(500, 500, 0, kSettled),
       "credit 500.00 nothing_owed; settled paid 500.00 rest 0.00"},
      {"credited already", item(500), bill(500, 0, 500, kCredited),
       "credit 500.00 nothing_owed; credited paid 0.00 rest 0.00"},
      {"written off", item(500), bill(500, 0, 0, kWrittenOff), "not_ours_any_more"},
      {"ceded", item(500), bill(500, 0, 0, kCeded), "not_ours_any_more"},
      {"another currency", euros, bill(500), "other_currency"},
      {"our own money", reversed, bill(500), "reversal"},
      {"no reference", item(500, " 000 "), bill(500), "no_reference"},
  };
  for (const Row& row : rows) EXPECT_EQ(told(row.item, row.bill), row.expected) << row.what;
}

TEST(Allocate, OneBillOrNone) {
  const Bill first = bill(500), second = bill(300);
  const Bill* const both[] = {&first, &second};
  EXPECT_EQ(plan_allocation(item(500), {}).reason, "unknown_reference");
  EXPECT_EQ(plan_allocation(item(500), both).reason, "ambiguous_reference");
}

TEST(Allocate, FormsOfAReference) {
  struct Row {
    std::string_view reference;
    bool rf;
    std::vector<std::string> forms;
  };
  const Row rows[] = {
      {"7000 016", false, {"7000016"}},
      {"0000007000016", false, {"0000007000016", "7000016"}},
      {"RF71 2348 231", false, {"RF712348231", "2348231"}},
      {"rf33 0000 1234 1", false, {"RF33000012341", "000012341", "12341"}},
      {"2348231", true, {"2348231", "RF712348231"}},
      {"", false, {}},
      {"0000000", false, {}},
  };
  for (const Row& row : rows) EXPECT_EQ(reference_forms(row.reference, row.rf), row.forms);
}

TEST(Allocate, AnAgentAssignsWithinWhatIsOurs) {
  const auto parts = assign_to(bill(500), kr(600)).value();
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].amount, kr(500));
  EXPECT_EQ(parts[0].by, "agent");
  EXPECT_TRUE(parts[1].bill.is_nil());
  EXPECT_EQ(assign_to(bill(500, 0, 0, kCeded), kr(1)).error().code, "bill_not_payable");
  const Money euro(100, base::Currency::parse("EUR").value());
  EXPECT_EQ(assign_to(bill(500), euro).error().code, "other_currency");
}

TEST(Allocate, ChargesAreBorneUpToALimit) {
  struct Row {
    std::int64_t total, paid, charges;
    std::int64_t borne;  // Zero: nothing is.
  };
  const Row rows[] = {
      {500, 495, 5, 5}, {500, 450, 50, 50}, {500, 449, 51, 0}, {267, 1, 266, 0}, {80, 40, 40, 40},
      {80, 39, 41, 0},  {500, 498, 5, 2},   {500, 500, 5, 0},  {500, 0, 5, 0},
  };
  for (const Row& row : rows) {
    const auto part = borne_charge(bill(row.total, row.paid), kr(row.charges));
    EXPECT_EQ(part ? part->amount : kr(0), kr(row.borne)) << row.total << " " << row.charges;
  }
}

TEST(Allocate, MoneyForSeveralBillsGoesInTheirOrder) {
  Bill first = bill(300), second = bill(500);
  const Bill both[] = {first, second};
  const auto less = split_among(both, kr(600), "accepted");
  ASSERT_EQ(less.size(), 2U);
  EXPECT_EQ(less[0].amount, kr(300));
  EXPECT_EQ(less[1].amount, kr(300));
  const auto more = split_among(both, kr(850), "accepted");
  ASSERT_EQ(more.size(), 3U);
  EXPECT_EQ(more[2].amount, kr(50));
  EXPECT_EQ(more[2].by, "overpaid");
  EXPECT_EQ(split_among({}, kr(50), "accepted")[0].by, "accepted");
}

TEST(Allocate, ASmallRestIsLetGoUpToWhatTheOperatorSays) {
  struct Row {
    int total, paid;
    std::int64_t write_off_minor;
    bool let_go;
  };
  const Row rows[] = {{500, 498, 200, true},
                      {500, 498, 199, false},
                      {500, 500, 200, false},
                      {500, 498, 0, false},
                      {2, 0, 200, false}};
  for (const Row& row : rows) {
    const auto rest = small_rest(bill(row.total, row.paid), row.write_off_minor);
    EXPECT_EQ(rest.has_value(), row.let_go) << row.total << " " << row.paid;
    if (!rest) continue;
    const auto entries = allocation_entries(*rest);
    EXPECT_EQ(entries[0].ledger_account, "write_off");
    EXPECT_EQ(entries[1].ledger_account, "receivables");
  }
}

TEST(Allocate, WhatIsTakenBackIsOwedAgain) {
  Bill settled = bill(500, 500, 0, kSettled);
  take_back(settled, kr(500));
  EXPECT_EQ(settled.state, kOpen);
  EXPECT_EQ(settled.rest(), kr(500));
  Bill half = bill(500, 300, 200, kCredited);
  take_back(half, kr(300));
  EXPECT_EQ(half.state, kOpen);
  Bill ceded = bill(500, 500, 0, kCeded);
  take_back(ceded, kr(500));
  EXPECT_EQ(ceded.state, kCeded);
}

// Bank = suspense + assigned, whatever comes, and the bill's rest is what was not paid of it.
RC_GTEST_PROP(Allocate, EveryKronaStandsSomewhere, ()) {
  Bill debt = bill(*rc::gen::inRange(0, 500));
  const auto amounts = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 300));
  Money bank = kr(0), to_bill = kr(0), to_credit = kr(0), suspense = kr(0), ledger = kr(0);
  for (const int kronor : amounts) {
    const bool known = *rc::gen::arbitrary<bool>();
    const Bill* const found[] = {&debt};
    const MoneyItem came = item(kronor, known ? "7000016" : "");
    const AllocationPlan plan = plan_allocation(came, found);
    bank += came.amount;
    for (const Entry& entry : bank_entries("1", came.amount)) ledger += entry.amount;
    Money assigned = kr(0);
    for (const AllocationPart& part : plan.parts) {
      RC_ASSERT(part.amount > kr(0));
      assigned += part.amount;
      (part.bill.is_nil() ? to_credit : to_bill) += part.amount;
      if (!part.bill.is_nil()) pay(debt, part.amount);
      for (const Entry& entry : allocation_entries(part)) ledger += entry.amount;
    }
    RC_ASSERT(assigned == kr(0) || assigned == came.amount);
    suspense += came.amount - assigned;
  }
  RC_ASSERT(bank == to_bill + to_credit + suspense);
  RC_ASSERT(ledger.is_zero());
  RC_ASSERT(debt.paid == to_bill);
  RC_ASSERT(!debt.rest().is_negative());
  RC_ASSERT((debt.state == kSettled) == (debt.rest().is_zero() && !to_bill.is_zero()));
}

}  // namespace
}  // namespace domain
