// R01-R07: what an account chooses holds from its next bill day, is shown before it is kept, and
// who pays is not who uses.
#include "flows/care/change_profile.h"

#include "domain/billing/profile.h"
#include "flows/care/arrange_accounts.h"
#include "flows/operations/derived_ids.h"
#include "ports/access.h"
#include "tests/flows/import_fixture.h"

namespace flows {
namespace {

using tests::Line;

// 2026-11-01 is the day on which the clock begins.
class ChoiceTest : public tests::ImportFixture {
 protected:
  void SetUp() override {
    ImportFixture::SetUp();
    ASSERT_OK(import_customers(Line{.number = "B1"}.text() +
                               Line{.number = "B2", .name = "Åke Ek"}.text()));
  }
  static domain::AccountId account(std::string_view number) {
    return account_id("broadband", number);
  }
  static domain::CustomerId customer(std::string_view number) {
    return customer_id("broadband", number);
  }
  // A second later each time: seeded randomness tells rows of the audit trail apart by it.
  AccessPorts access() {
    clock().set(clock().now() + base::kMicrosPerSecond);
    return {store(), clock(), random_};
  }

  base::Result<ProfilePreview> change(const ProfileWish& wish) {
    ProfilePreview kept;
    TRY(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> base::Result<> {
      kept = TRY(change_profile(transaction, access(), {}, wish));
      return {};
    }));
    return kept;
  }
  base::Result<ProfilePreview> choose(const domain::ProfileChoice& set,
                                      std::vector<std::string> forget = {}) {
    return change({account("B1"), set, std::move(forget), "user_anna"});
  }
  AccountBilling billing(std::string_view number = "B1") {
    return *show_account(*read(), clock(), account(number));
  }
  void set_day(std::string_view day) {
    clock().set(base::Instant::at_start_of(*base::Date::parse(day)) +
                12 * 3600 * base::kMicrosPerSecond);
  }
  // "group issued due following" of each.
  static std::vector<std::string> texts(const std::vector<PreviewBill>& bills) {
    std::vector<std::string> rows;
    for (const PreviewBill& bill : bills) {
      rows.push_back(bill.group + " " + bill.issued.to_string() + " " + bill.due.to_string() + " " +
                     bill.following.to_string());
    }
    return rows;
  }

  crypto::SeededRandom random_{7};
};
TELGIRO_ON_BOTH_ENGINES(ChoiceTest);

using Texts = std::vector<std::string>;

TEST_P(ChoiceTest, R02AChangeIsShownAndHoldsFromTheNextBillDay) {
  const auto shown = preview_profile(
      *read(), clock(), {},
      {account("B1"), {.grouping = "category", .frequency = "weekly#1", .due_day = 25}});
  ASSERT_OK(shown);
  EXPECT_EQ(shown->holds_from.to_string(), "2026-12-01");
  EXPECT_TRUE(shown->changes);
  EXPECT_EQ(texts(shown->bills_before), (Texts{"all 2026-12-01 2026-12-31 2027-01-01"}));
  EXPECT_EQ(texts(shown->bills_after), (Texts{"category:fixed 2026-12-01 2026-12-25 2026-12-07",
                                              "category:one_off 2026-12-01 2026-12-25 2026-12-07",
                                              "category:usage 2026-12-01 2026-12-25 2026-12-07"}));
  EXPECT_TRUE(billing().revisions.empty()) << "a preview keeps nothing";

  ASSERT_OK(choose({.grouping = "category", .frequency = "weekly#1", .due_day = 25}));
  EXPECT_EQ(billing().now.grouping, "all");
  EXPECT_EQ(billing().next.grouping, "category");
  EXPECT_EQ(billing().next_from->to_string(), "2026-12-01");
  set_day("2026-12-01");
  EXPECT_EQ(billing().now.grouping, "category");
  EXPECT_FALSE(billing().next_from);
  // Billed weekly now: the next change need not wait for the month.
  const auto again = choose({}, {"grouping", "due_day"});
  ASSERT_OK(again);
  EXPECT_EQ(again->holds_from.to_string(), "2026-12-07");
  EXPECT_EQ(billing().chosen, (domain::ProfileChoice{.frequency = "weekly#1"}));
  EXPECT_EQ(event_kinds(account("B1")).back(), "profile_changed");
  EXPECT_OK(read()->events().verify(account("B1")));
  EXPECT_EQ(billing("B2").revisions.size(), 0U);
}

TEST_P(ChoiceTest, R02SecondThoughtsBeforeTheBillDayReplaceTheFirst) {
  ASSERT_OK(choose({.grouping = "service", .due_days = 10}));
  const auto second = choose({.grouping = "division"});
  ASSERT_OK(second);
  EXPECT_EQ(second->holds_from.to_string(), "2026-12-01");
  EXPECT_EQ(second->before.grouping, "service");
  set_day("2026-12-01");
  EXPECT_EQ(billing().now.grouping, "division");
  EXPECT_EQ(billing().now.due_days, 10);
  EXPECT_EQ(billing().revisions.size(), 2U);
}

TEST_P(ChoiceTest, AWishThatChangesNothingLeavesNoTrace) {
  ASSERT_OK(choose({.frequency = "monthly#15"}));
  const auto events = event_kinds(account("B1")).size();
  const auto same = choose({.frequency = "monthly#15"});
  ASSERT_OK(same);
  EXPECT_FALSE(same->changes);
  EXPECT_EQ(billing().revisions.size(), 1U);
  EXPECT_EQ(event_kinds(account("B1")).size(), events);
}

TEST_P(ChoiceTest, OneOffsEachAreOneRowOfThePreview) {
  const auto shown =
      preview_profile(*read(), clock(), {}, {account("B1"), {.grouping = "one_off:each, all"}});
  ASSERT_OK(shown);
  EXPECT_EQ(texts(shown->bills_after), (Texts{"all 2026-12-01 2026-12-31 2027-01-01",
                                              "order:* 2026-12-01 2026-12-31 2027-01-01"}));
}

TEST_P(ChoiceTest, WhatCannotBeChosen) {
  const struct {
    domain::ProfileChoice set;
    Texts forget;
    std::string code, place;
  } rows[] = {
      {{.grouping = "some"}, {}, "bad_grouping", "grouping"},
      {{.grouping = "kiosk:service"}, {}, "bad_grouping", "grouping"},
      {{.frequency = "hourly"}, {}, "bad_frequency", "frequency"},
      {{.due_day = 32}, {}, "bad_profile", "due_day"},
      {{}, {"colour"}, "bad_profile", "colour"},
  };
  for (const auto& row : rows) {
    const auto refused = choose(row.set, row.forget);
    EXPECT_EQ(tests::code_of(refused), row.code);
    EXPECT_EQ(refused ? "" : refused.error().place, row.place);
  }
  EXPECT_EQ(tests::code_of(change({account("B9"), {.due_day = 1}, {}, "user_anna"})),
            "unknown_account");
  EXPECT_TRUE(billing().revisions.empty());
}

TEST_P(ChoiceTest, R06ASecondAccountTakesAService) {
  const auto second = open_account(access(), customer("B1"), "user_anna");
  ASSERT_OK(second);
  EXPECT_EQ(read()->parties().accounts_of(customer("B1"))->size(), 2U);
  const auto number = read()->parties().find_customers(std::array{customer("B1")})->front().number;
  EXPECT_EQ(tests::code_of(find_account(*read(), std::to_string(number))), "several_accounts");
  EXPECT_EQ(find_account(*read(), second->to_string()), *second);

  const auto from = move_service(access(), {account("B1"), "B1"}, *second, "user_anna");
  ASSERT_OK(from);
  EXPECT_EQ(from->to_string(), "2026-12-01");
  EXPECT_EQ(show_account(*read(), clock(), *second)->services.front().starts.to_string(),
            "2026-12-01");
  EXPECT_EQ(billing().services.front().ends->to_string(), "2026-12-01");
  // The division's records go on to the new account.
  ASSERT_EQ(counts(import_orders("7;B1;2026-12-03;MESH-2;1;399,20;faktura\n")), "1/0/0/0");
  EXPECT_EQ(charges().front().account, *second);
  EXPECT_OK(read()->events().verify(*second));

  EXPECT_EQ(tests::code_of(move_service(access(), {account("B2"), "B9"}, *second, "a")),
            "unknown_service");
  EXPECT_EQ(tests::code_of(move_service(access(), {account("B2"), "B2"}, account("B2"), "a")),
            "same_account");
  EXPECT_EQ(tests::code_of(move_service(access(), {account("B2"), "B2"}, account("B9"), "a")),
            "unknown_account");
}

TEST_P(ChoiceTest, R06AServiceHasAUserApartFromWhoPays) {
  const std::string service = service_id("broadband", "B1").to_string();
  ASSERT_OK(set_service_user(access(), {account("B1"), service}, customer("B2"), "user_anna"));
  ASSERT_EQ(billing().users.size(), 1U);
  EXPECT_EQ(billing().users.front().customer, customer("B2"));
  EXPECT_EQ(event_kinds(account("B1")).back(), "service_user_set");
  ASSERT_OK(set_service_user(access(), {account("B1"), "B1"}, std::nullopt, "user_anna"));
  EXPECT_TRUE(billing().users.empty());
  EXPECT_EQ(tests::code_of(set_service_user(access(), {account("B1"), "B1"}, customer("B9"), "a")),
            "unknown_customer");
}

TEST_P(ChoiceTest, R07PrivateOrBusinessIsSaidNotGuessed) {
  ASSERT_OK(change_segment(access(), customer("B1"), domain::Segment::kBusiness, "user_anna"));
  EXPECT_EQ(billing().customer.segment, domain::Segment::kBusiness);
  EXPECT_EQ(event_kinds(account("B1")).back(), "customer_changed");
  EXPECT_EQ(read()->access().list_audit(1)->front().action, "customer.segment_changed");
  EXPECT_EQ(tests::code_of(
                change_segment(access(), customer("B9"), domain::Segment::kBusiness, "user_anna")),
            "unknown_customer");
}

TEST_P(ChoiceTest, AccountsAreListedFilteredAndInPages) {
  ASSERT_OK(choose({.grouping = "service"}));
  ASSERT_OK(change_segment(access(), customer("B2"), domain::Segment::kBusiness, "user_anna"));
  set_day("2026-12-01");
  const auto found = [&](const AccountFilter& filter, domain::CustomerId after, std::size_t limit) {
    const auto page = list_accounts(store(), clock(), filter, after, limit);
    EXPECT_OK(page);
    std::string text;
    for (const AccountRow& row : page->rows) {
      text += row.customer.party.name + " " + row.profile.grouping + "; ";
    }
    return text + (page->next == domain::CustomerId() ? "end" : "more");
  };
  const bool b1_first = customer("B1") < customer("B2");
  const std::string b1 = "Karin Björk service; ", b2 = "Åke Ek all; ";
  EXPECT_EQ(found({}, {}, 10), (b1_first ? b1 + b2 : b2 + b1) + "end");
  EXPECT_EQ(found({}, {}, 1), (b1_first ? b1 : b2) + "more");
  EXPECT_EQ(found({}, std::min(customer("B1"), customer("B2")), 1), (b1_first ? b2 : b1) + "end");
  EXPECT_EQ(found({.search = "KARIN"}, {}, 10), b1 + "end");
  EXPECT_EQ(found({.segment = domain::Segment::kBusiness}, {}, 10), b2 + "end");
  EXPECT_EQ(found({.only_chosen = true}, {}, 10), b1 + "end");
  EXPECT_EQ(found({.search = "nobody"}, {}, 10), "end");
}

}  // namespace
}  // namespace flows
