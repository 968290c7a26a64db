// Plans, kept methods and their charges as they are kept, on both engines: as they were given,
// changed by one writer at a time, and a forgotten method without what its provider calls it.
#include "ports/plans.h"

#include <gtest/gtest.h>

#include "ports/parties.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Result;
using domain::KeptMethod;
using domain::KeptMethodState;
using domain::MethodCharge;
using domain::Plan;
using domain::PlanState;

template <class Id>
Id id(std::uint8_t n) {
  return Id(base::IdBytes{n});
}
base::Date day(std::string_view text) { return *base::Date::parse(text); }
base::Money euro(std::int64_t whole) {
  return base::Money(whole * 100, *base::Currency::parse("EUR"));
}

Plan plan(std::uint8_t n) {
  Plan made;
  made.id = id<domain::PlanId>(n);
  made.account = id<domain::AccountId>(1);
  made.bill = id<domain::BillId>(n);
  made.rows = {{day("2026-12-01"), euro(10)}, {day("2027-01-01"), euro(5)}};
  made.agreed_on = day("2026-11-22");
  made.agreed_by = "customer";
  made.due_day = 25;
  made.grace_days = 5;
  made.moves_left = 1;
  made.last_day = day("2027-06-01");
  made.recorded = {9};
  return made;
}

KeptMethod method(std::uint8_t n) {
  KeptMethod made;
  made.id = id<domain::KeptMethodId>(n);
  made.account = id<domain::AccountId>(1);
  made.intent = id<domain::IntentId>(n);
  made.gateway = "practice";
  made.method = "card";
  made.token = "token-" + std::to_string(n);
  made.title = "•••• 4242";
  made.until = *base::Month::parse("2028-03");
  made.for_bills = true;
  made.state = KeptMethodState::kKept;
  made.consent_text = "keep this";
  made.consent_ip = "192.0.2.1";
  made.consent_at = {7};
  made.recorded = {9};
  return made;
}

MethodCharge charge(std::uint8_t n, std::string_view on) {
  MethodCharge made;
  made.key = {id<domain::AccountId>(1), id<domain::BillId>(n), day("2026-12-01")};
  made.method = id<domain::KeptMethodId>(1);
  made.amount = euro(n);
  made.announced = day("2026-11-28");
  made.day = made.first_day = day(on);
  made.recorded = {9};
  return made;
}

class PlansTest : public tests::StoreTest {
 protected:
  void SetUp() override {
    domain::Customer customer;
    customer.id = id<domain::CustomerId>(1);
    customer.number = 1;
    domain::Account account;
    account.id = id<domain::AccountId>(1);
    account.customer = customer.id;
    account.country = "SE";
    ASSERT_OK(write([&](ports::Transaction& transaction) -> Result<> {
      TRY(transaction.parties().add_customers({&customer, 1}, {clock().now(), 1}));
      return transaction.parties().add_accounts({&account, 1}, {clock().now(), 1});
    }));
  }
  Result<> write(const std::function<Result<>(ports::Transaction&)>& work) {
    return ports::run_in_transaction(store(), work);
  }
  std::unique_ptr<ports::Transaction> reading() {
    return *store().begin(ports::TransactionKind::kRead);
  }
};

TEST_P(PlansTest, APlanIsAsItWasGivenAndChangedByOne) {
  Plan kept = plan(1);
  ASSERT_OK(write([&](ports::Transaction& t) { return t.plans().add(kept); }));
  kept.state = PlanState::kBroken;
  kept.rows.back().amount = euro(4);
  kept.reminded_row = day("2026-12-01");
  kept.reminded_on = day("2026-12-02");
  kept.ended_on = day("2026-12-08");
  kept.reason = "missed_row";
  kept.moves_left = 0;
  kept.version = 2;
  ASSERT_OK(write([&](ports::Transaction& t) { return t.plans().update(kept); }));
  const auto back = reading()->plans().find(kept.account, kept.id);
  ASSERT_TRUE(back && *back);
  const Plan& read = **back;
  EXPECT_EQ(read.bill, kept.bill);
  EXPECT_EQ(read.rows, kept.rows);
  EXPECT_EQ(read.state, PlanState::kBroken);
  EXPECT_EQ(read.agreed_on, kept.agreed_on);
  EXPECT_EQ(read.agreed_by, "customer");
  EXPECT_EQ(read.due_day, 25);
  EXPECT_EQ(read.grace_days, 5);
  EXPECT_EQ(read.last_day, kept.last_day);
  EXPECT_EQ(read.reminded_row, kept.reminded_row);
  EXPECT_EQ(read.reminded_on, kept.reminded_on);
  EXPECT_EQ(read.ended_on, kept.ended_on);
  EXPECT_EQ(read.reason, "missed_row");
  // Who read it before that change does not overwrite it.
  const auto late = write([&](ports::Transaction& t) { return t.plans().update(kept); });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "database_busy");
}

TEST_P(PlansTest, ThoseToFollowAreActiveOrWereKeptNotLongAgo) {
  struct Row {
    std::uint8_t n;
    PlanState state;
    std::string_view ended;
  };
  const Row rows[] = {{1, PlanState::kActive, ""},
                      {2, PlanState::kKept, "2026-01-01"},
                      {3, PlanState::kKept, "2026-10-01"},
                      {4, PlanState::kBroken, "2026-10-01"},
                      {5, PlanState::kActive, ""}};
  for (const Row& row : rows) {
    Plan made = plan(row.n);
    made.state = row.state;
    if (!row.ended.empty()) made.ended_on = day(row.ended);
    ASSERT_OK(write([&](ports::Transaction& t) { return t.plans().add(made); }));
  }
  const auto ids = [](const auto& plans) {
    std::string text;
    for (const Plan& each : *plans) text += std::to_string(each.id.bytes()[0]) + " ";
    return text;
  };
  const auto transaction = reading();
  ports::Plans& plans = transaction->plans();
  EXPECT_EQ(ids(plans.to_follow(day("2026-09-01"), std::nullopt, 10)), "1 3 5 ");
  EXPECT_EQ(ids(plans.to_follow(day("2026-09-01"), id<domain::PlanId>(1), 1)), "3 ");
  EXPECT_EQ(ids(plans.list({.state = "active"})), "1 5 ");
  EXPECT_EQ(ids(plans.list({.account = id<domain::AccountId>(1), .bill = id<domain::BillId>(4)})),
            "4 ");
  EXPECT_EQ(ids(plans.of_bill(id<domain::AccountId>(1), id<domain::BillId>(3))), "3 ");
}

TEST_P(PlansTest, AForgottenMethodHasNoToken) {
  ASSERT_OK(write([&](ports::Transaction& t) -> Result<> {
    TRY(t.plans().keep(method(1)));
    return t.plans().keep(method(2));
  }));
  bool first = false, again = true;
  ASSERT_OK(write([&](ports::Transaction& t) -> Result<> {
    first = TRY(t.plans().forget(id<domain::AccountId>(1), id<domain::KeptMethodId>(1)));
    again = TRY(t.plans().forget(id<domain::AccountId>(1), id<domain::KeptMethodId>(1)));
    return {};
  }));
  EXPECT_TRUE(first);
  EXPECT_FALSE(again);
  const auto transaction = reading();
  const auto methods = transaction->plans().of_account(id<domain::AccountId>(1));
  ASSERT_TRUE(methods);
  ASSERT_EQ(methods->size(), 2U);
  EXPECT_EQ(methods->front().state, KeptMethodState::kForgotten);
  EXPECT_EQ(methods->front().token, "");
  EXPECT_EQ(methods->front().title, "•••• 4242");
  EXPECT_EQ(methods->front().consent_text, "keep this");
  EXPECT_EQ(methods->back().token, "token-2");
  EXPECT_EQ(methods->back().until, base::Month::parse("2028-03").value());
  EXPECT_EQ(methods->back().consent_at.micros, 7);
  const auto charged = transaction->plans().for_bills({});
  ASSERT_TRUE(charged);
  ASSERT_EQ(charged->size(), 1U);
  EXPECT_EQ(charged->front().id, id<domain::KeptMethodId>(2));
}

TEST_P(PlansTest, ARowHasOneCharge) {
  MethodCharge first = charge(1, "2026-12-01");
  ASSERT_OK(write([&](ports::Transaction& t) -> Result<> {
    TRY(t.plans().add_charge(first));
    TRY(t.plans().add_charge(charge(2, "2026-12-03")));
    return t.plans().add_charge(charge(3, "2026-12-01"));
  }));
  const auto second = write([&](ports::Transaction& t) { return t.plans().add_charge(first); });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "constraint_violated");
  first.state = domain::ChargeState::kSettled;
  first.intent = id<domain::IntentId>(4);
  first.tries = 2;
  first.version = 2;
  ASSERT_OK(write([&](ports::Transaction& t) { return t.plans().update_charge(first); }));
  const auto transaction = reading();
  const auto read = transaction->plans().find_charge(first.key);
  ASSERT_TRUE(read && *read);
  EXPECT_EQ((*read)->state, domain::ChargeState::kSettled);
  EXPECT_EQ((*read)->intent, id<domain::IntentId>(4));
  EXPECT_EQ((*read)->tries, 2);
  EXPECT_EQ((*read)->amount, euro(1));
  const auto due = transaction->plans().charges_due(day("2026-12-01"), std::nullopt, 10);
  ASSERT_TRUE(due);
  ASSERT_EQ(due->size(), 1U);
  EXPECT_EQ(due->front().key.bill, id<domain::BillId>(3));
  EXPECT_EQ(transaction->plans().charges_due(day("2026-12-09"), due->front().key, 10)->size(), 0U);
}

TELGIRO_ON_BOTH_ENGINES(PlansTest);

}  // namespace
}  // namespace storage
