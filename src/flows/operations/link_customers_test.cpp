// D13: linking and separating customers moves accounts and numbers, and nothing that was issued.
#include "flows/operations/link_customers.h"

#include "domain/intake/plan_subscriptions.h"
#include "flows/operations/derived_ids.h"
#include "tests/flows/import_fixture.h"

namespace flows {
namespace {

using base::Date;
using tests::Line;

class LinkTest : public tests::ImportFixture {
 protected:
  static domain::CustomerId customer(std::string_view number) {
    return customer_id("broadband", number);
  }
  static domain::AccountId account(std::string_view number) {
    return account_id("broadband", number);
  }
  ports::SourceIdentity source(const std::string& number) {
    return read()->parties().find_sources("broadband", {&number, 1})->front();
  }
  base::Result<SeparateReport> separate(const std::string& number,
                                        Date from = *Date::make(2026, 12, 1)) {
    return separate_number(store(), clock(), {"broadband", number, from, "user_anna"});
  }
};
TELGIRO_ON_BOTH_ENGINES(LinkTest);

constexpr std::string_view kIdentity = "19520720-9809";

TEST_P(LinkTest, D13LinkMovesAccountsAndNumbers) {
  ASSERT_OK(import_customers(Line{.number = "B1"}.text() +
                             Line{.number = "B2", .identity = std::string(kIdentity)}.text()));
  const auto number = read()->parties().find_customers(std::array{customer("B2")})->front().number;
  const auto report = link_customers(store(), clock(), customer("B1"), customer("B2"), "user_anna");
  ASSERT_OK(report);
  EXPECT_EQ(report->accounts, 1);
  EXPECT_EQ(report->numbers, 1);
  EXPECT_EQ(read()->parties().accounts_of(customer("B1"))->size(), 2U);
  EXPECT_TRUE(read()->parties().accounts_of(customer("B2"))->empty());
  EXPECT_EQ(source("B2").customer, customer("B1"));
  EXPECT_EQ(source("B2").account, account("B2")) << "the account stays what it was";
  EXPECT_EQ(source("B2").joined_by, "user_anna");
  // R08: the old unified number still finds the customer, and so does the identity number.
  EXPECT_EQ(*read()->parties().find_customer_number(number), customer("B1"));
  const std::string key = "SE:person:195207209809";
  EXPECT_EQ(read()->parties().find_identities({&key, 1})->front().customer, customer("B1"));
  const auto kinds = event_kinds(account("B2"));
  EXPECT_EQ(kinds[kinds.size() - 2], "account_moved");
  EXPECT_EQ(kinds.back(), "identity_joined");
  EXPECT_OK(read()->events().verify(account("B2")));
  // What was sealed for the one is still read at the other.
  EXPECT_EQ(services().size(), 2U);
  EXPECT_EQ(services()[0].label, "Hamngatan 43, Umeå");
}

TEST_P(LinkTest, D13SeparateGivesTheAccountBack) {
  ASSERT_OK(import_customers(Line{.number = "B1"}.text() +
                             Line{.number = "B2", .identity = std::string(kIdentity)}.text()));
  const auto number = read()->parties().find_customers(std::array{customer("B2")})->front().number;
  ASSERT_OK(link_customers(store(), clock(), customer("B1"), customer("B2"), "user_anna"));
  const auto report = separate("B2");
  ASSERT_OK(report);
  EXPECT_EQ(report->customer, customer("B2"));
  EXPECT_EQ(report->account, account("B2"));
  EXPECT_EQ(read()->parties().find_account(account("B2")).value()->customer, customer("B2"));
  EXPECT_EQ(source("B2").joined_by, domain::kJoinedAfterSeparation);
  EXPECT_EQ(*read()->parties().find_customer_number(number), customer("B2"));
  const std::string key = "SE:person:195207209809";
  EXPECT_EQ(read()->parties().find_identities({&key, 1})->front().customer, customer("B2"));
  EXPECT_EQ(event_kinds(account("B2")).back(), "identity_separated");
  EXPECT_EQ(tests::code_of(separate("B2")), "not_joined");
}

// What an equal identity number joined shares an account: the service moves to one of its own.
TEST_P(LinkTest, D13SeparateOpensAnAccount) {
  ASSERT_OK(import_customers(Line{.number = "B1", .identity = std::string(kIdentity)}.text() +
                             Line{.number = "B2", .identity = std::string(kIdentity)}.text()));
  ASSERT_EQ(source("B2").account, account("B1"));
  ASSERT_OK(separate("B2"));
  EXPECT_EQ(source("B2").account, account("B2"));
  const auto owner = read()->parties().find_customers(std::array{customer("B2")})->front();
  EXPECT_EQ(owner.number, 1000017);
  EXPECT_EQ(owner.party.name, "Karin Björk");
  EXPECT_EQ(owner.party.national_id, "") << "it is the other's";
  std::vector<std::string> moved;
  for (const auto& service : services()) {
    if (service.source_number != "B2") continue;
    moved.push_back((service.account == account("B1") ? "old " : "new ") +
                    std::to_string(service.revision) + " " + service.starts.to_string() + " " +
                    (service.ends ? service.ends->to_string() : ""));
  }
  std::ranges::sort(moved);
  const std::vector<std::string> expected = {"new 1 2026-12-01 ", "old 1 2025-05-28 ",
                                             "old 2 2025-05-28 2026-12-01"};
  EXPECT_EQ(moved, expected);
  // Records of the division go on to the new account.
  ASSERT_EQ(counts(import_customers(Line{.number = "B2", .plan = "DSL24"}.text())), "1/0/0/0");
  ASSERT_EQ(counts(import_orders("7;B2;2026-12-03;MESH-2;1;399,20;faktura\n")), "1/0/0/0");
  EXPECT_EQ(charges().front().account, account("B2"));
}

TEST_P(LinkTest, D13WhatCannotBeDone) {
  ASSERT_OK(import_customers(Line{.number = "B1", .identity = std::string(kIdentity)}.text() +
                             Line{.number = "B2", .identity = std::string(kIdentity)}.text() +
                             Line{.number = "B3"}.text()));
  const auto link = [&](domain::CustomerId kept, domain::CustomerId other) {
    return tests::code_of(link_customers(store(), clock(), kept, other, "user_anna"));
  };
  EXPECT_EQ(link(customer("B1"), customer("B1")), "same_customer");
  EXPECT_EQ(link(customer("B1"), customer("B9")), "unknown_customer");
  EXPECT_EQ(tests::code_of(separate("B9")), "unknown_source");
  EXPECT_EQ(tests::code_of(separate("B1")), "not_joined");
  // B1's account carries B2 as well: B1 cannot leave with it.
  EXPECT_EQ(link(customer("B3"), customer("B1")), "");
  EXPECT_EQ(tests::code_of(separate("B1")), "account_is_shared");
  EXPECT_OK(separate("B2"));
  EXPECT_OK(separate("B1"));
}

}  // namespace
}  // namespace flows
