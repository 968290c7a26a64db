// What becomes of subscriptions, without any database.
#include "domain/intake/plan_subscriptions.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

base::Date day(std::string_view text) { return *base::Date::parse(text); }

const Operator& seller() {
  static const Operator kSeller = [] {
    Operator value;
    value.country = "SE";
    value.language = "sv";
    return value;
  }();
  return kSeller;
}

SubscriptionPlanner planner(KnownParties known = {}) {
  return {{.division = "broadband", .seller = seller(), .today = day("2026-11-01")},
          std::move(known)};
}

// Ids of which a test sees whose they are.
SubscriptionPlanner::NewIds ids(std::uint8_t nth) {
  return {CustomerId(base::IdBytes{nth}), AccountId(base::IdBytes{nth}),
          ServiceId(base::IdBytes{nth})};
}

Subscription record(std::string number, std::string id = "", std::string name = "Karin") {
  Subscription value;
  value.number = std::move(number);
  value.party.name = std::move(name);
  value.party.national_id = std::move(id);
  value.plan = "FIBER";
  value.starts = day("2025-05-28");
  return value;
}

std::string kinds(const SubscriptionPlan& plan) {
  std::string text;
  for (const auto& fact : plan.facts) text += fact.kind + " ";
  return text;
}

TEST(PlanSubscriptions, R08NumbersFollowTheOrderOfRecords) {
  auto all = planner();
  EXPECT_FALSE(all.take(record("B1"), ids(9)).refusal);
  EXPECT_FALSE(all.take(record("B2"), ids(1)).refusal);
  EXPECT_EQ(all.new_customer_count(), 2);
  const auto plan = std::move(all).finish(100'000);
  ASSERT_EQ(plan.new_customers.size(), 2U);
  EXPECT_EQ(plan.new_customers[0].id, ids(9).customer);
  EXPECT_EQ(plan.new_customers[0].number, 1000009);
  EXPECT_EQ(plan.new_customers[1].number, 1000017);
  EXPECT_EQ(plan.facts[0].data.integer("number"), 1000009);
  EXPECT_EQ(kinds(plan),
            "customer_created account_opened service_started "
            "customer_created account_opened service_started ");
}

TEST(PlanSubscriptions, D13OnlyEqualNumbersJoin) {
  auto all = planner();
  EXPECT_FALSE(all.take(record("B1", "195207209809"), ids(1)).refusal);
  EXPECT_FALSE(all.take(record("B2", "195207209809", "Somebody Else"), ids(2)).refusal);
  EXPECT_FALSE(all.take(record("B3", ""), ids(3)).refusal);
  EXPECT_FALSE(all.take(record("B4", ""), ids(4)).refusal);
  const auto plan = std::move(all).finish(1);
  EXPECT_EQ(plan.new_customers.size(), 3U);
  ASSERT_EQ(plan.new_sources.size(), 4U);
  EXPECT_EQ(plan.new_sources[1].second.customer, ids(1).customer);
  EXPECT_EQ(plan.new_sources[1].second.joined_by, kJoinedByIdentity);
  EXPECT_EQ(plan.services[1].account, ids(1).account);
  EXPECT_EQ(plan.new_customers[0].party.name, "Karin");  // The first word stays.
}

// What is known: one customer with one service, from the record "B1".
KnownParties known(std::string id = "", std::string joined_by = std::string(kJoinedAsOwn)) {
  auto first = planner();
  EXPECT_FALSE(first.take(record("B1", id), ids(1)).refusal);
  const auto plan = std::move(first).finish(1);
  KnownParties parties;
  parties.sources["B1"] = {ids(1).customer, ids(1).account, std::move(joined_by)};
  parties.customers[ids(1).customer] = plan.new_customers[0];
  parties.accounts[ids(1).account] = plan.new_accounts[0];
  parties.first_accounts[ids(1).customer] = ids(1).account;
  parties.services[ids(1).service] = plan.services[0];
  for (const auto& [key, customer] : plan.new_identities) parties.identities[key] = customer;
  return parties;
}

TEST(PlanSubscriptions, ChangesOfAService) {
  const struct {
    std::string about;
    Subscription after;
    std::string facts;  // Or "!code".
  } rows[] = {
      {"nothing", record("B1"), ""},
      {"another plan",
       [] {
         auto r = record("B1");
         r.plan = "DSL";
         return r;
       }(),
       "service_changed "},
      {"an end",
       [] {
         auto r = record("B1");
         r.ends = day("2026-12-01");
         return r;
       }(),
       "service_changed "},
      {"a campaign",
       [] {
         auto r = record("B1");
         r.campaign = "X";
         return r;
       }(),
       "service_changed "},
      {"another start",
       [] {
         auto r = record("B1");
         r.starts = day("2025-06-01");
         return r;
       }(),
       "!start_changed"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.about);
    auto again = planner(known());
    const auto outcome = again.take(row.after, ids(1));
    const auto plan = std::move(again).finish(1);
    EXPECT_EQ(outcome.refusal ? "!" + outcome.refusal->code : kinds(plan), row.facts);
    for (const Service& service : plan.services) EXPECT_EQ(service.revision, 2);
  }
}

TEST(PlanSubscriptions, AServiceThatHasNotBegunCanBePostponed) {
  KnownParties parties = known();
  parties.services[ids(1).service].starts = day("2026-11-15");
  auto again = planner(std::move(parties));
  Subscription later = record("B1");
  later.starts = day("2026-12-15");
  EXPECT_FALSE(again.take(later, ids(1)).refusal);
  EXPECT_EQ(std::move(again).finish(1).services[0].starts, day("2026-12-15"));
}

// A service that was separated keeps the day from which its new account has it.
TEST(PlanSubscriptions, SeparatedServicesKeepTheirStart) {
  KnownParties parties = known("", std::string(kJoinedAfterSeparation));
  parties.services[ids(1).service].starts = day("2026-10-01");
  auto again = planner(std::move(parties));
  Subscription changed = record("B1");
  changed.plan = "DSL";
  EXPECT_FALSE(again.take(changed, ids(1)).refusal);
  const auto plan = std::move(again).finish(1);
  EXPECT_EQ(plan.services[0].starts, day("2026-10-01"));
  EXPECT_EQ(plan.services[0].plan, "DSL");
}

TEST(PlanSubscriptions, PersonalChangesOfTheOwnRecord) {
  auto again = planner(known());
  Subscription after = record("B1", "", "Karin Berg");
  after.party.email = "karin@example.com";
  EXPECT_FALSE(again.take(after, ids(1)).refusal);
  after.party.email = "";  // What is left empty erases nothing.
  EXPECT_FALSE(again.take(after, ids(1)).refusal);
  const auto plan = std::move(again).finish(1);
  ASSERT_EQ(plan.changed_customers.size(), 1U);
  EXPECT_EQ(plan.changed_customers[0].party.name, "Karin Berg");
  EXPECT_EQ(plan.changed_customers[0].party.email, "karin@example.com");
  EXPECT_EQ(plan.facts[0].data.dump(), "{\"customer\":\"" + ids(1).customer.to_string() +
                                           "\",\"fields\":[\"name\",\"email\"]}");
}

// A record that was joined to somebody fills in what is missing and replaces nothing.
TEST(PlanSubscriptions, PersonalChangesOfAJoinedRecord) {
  auto again = planner(known("195207209809", std::string(kJoinedByIdentity)));
  Subscription after = record("B1", "196001019805", "Karin Berg");
  after.party.email = "karin@example.com";
  const auto outcome = again.take(after, ids(1));
  ASSERT_EQ(outcome.notices.size(), 1U);
  EXPECT_EQ(outcome.notices[0].code, "identity_number_differs");
  const auto plan = std::move(again).finish(1);
  EXPECT_EQ(plan.changed_customers[0].party.name, "Karin");
  EXPECT_EQ(plan.changed_customers[0].party.email, "karin@example.com");
  EXPECT_EQ(plan.changed_customers[0].party.national_id, "195207209809");
}

TEST(PlanSubscriptions, AnotherIdentityNumber) {
  auto again = planner(known("195207209809"));
  EXPECT_FALSE(again.take(record("B1", "196001019805"), ids(1)).refusal);
  // The old number is free for its true owner.
  EXPECT_FALSE(again.take(record("B2", "195207209809"), ids(2)).refusal);
  // And a number that is somebody else's joins nobody by itself.
  const auto taken = again.take(record("B1", "195207209809"), ids(1));
  ASSERT_EQ(taken.notices.size(), 1U);
  EXPECT_EQ(taken.notices[0].code, "identity_number_taken");
  const auto plan = std::move(again).finish(1);
  EXPECT_EQ(plan.dropped_identities, std::vector<std::string>{"SE:person:195207209809"});
  ASSERT_EQ(plan.new_identities.size(), 2U);
  EXPECT_EQ(plan.new_identities[0].first, "SE:person:196001019805");
  EXPECT_EQ(plan.new_identities[1].second, ids(2).customer);
}

TEST(PlanSubscriptions, TheAccountsOwnDeliveryIsKept) {
  auto again = planner(known());
  Subscription after = record("B1");
  after.delivery = "paper";
  const auto outcome = again.take(after, ids(1));
  ASSERT_EQ(outcome.notices.size(), 1U);
  EXPECT_EQ(outcome.notices[0].code, "delivery_differs");
}

TEST(PlanSubscriptions, WhoWasErasedIsNotWrittenToAgain) {
  KnownParties parties = known("195207209809");
  parties.customers[ids(1).customer].party = {};
  auto again = planner(std::move(parties));
  EXPECT_EQ(again.take(record("B1"), ids(1)).refusal->code, "customer_erased");
  EXPECT_FALSE(again.take(record("B2", "195207209809"), ids(2)).refusal);
  EXPECT_EQ(again.new_customer_count(), 1);
}

}  // namespace
}  // namespace domain
