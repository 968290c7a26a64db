// R12: an agent's change of a service is kept once, with its event and audit, and known to imports.
#include "flows/care/change_service.h"

#include "flows/operations/derived_ids.h"
#include "ports/access.h"
#include "tests/flows/import_fixture.h"

namespace flows {
namespace {

using Kind = domain::ServiceChangeKind;
using tests::Line;

// 2026-11-01 is the day on which the clock begins.
class ChangeServiceTest : public tests::ImportFixture {
 protected:
  void SetUp() override {
    ImportFixture::SetUp();
    ASSERT_OK(import_customers(Line{.number = "B1"}.text() +
                               Line{.number = "B2", .name = "Åke Ek"}.text()));
  }
  static domain::AccountId account(std::string_view number) {
    return account_id("broadband", number);
  }
  static base::Date day(std::string_view text) { return *base::Date::parse(text); }
  // A second later each time: seeded randomness tells rows of the audit trail apart by it.
  AccessPorts access() {
    clock().set(clock().now() + base::kMicrosPerSecond);
    return {store(), clock(), random_};
  }
  base::Result<ServicePreview> change(const domain::ServiceChange& wished) {
    ServicePreview made;
    TRY(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> base::Result<> {
      made =
          TRY(change_service(transaction, access(), {{account("B1"), "B1"}, wished, "user_anna"}));
      return {};
    }));
    return made;
  }
  ServiceView shown(std::string_view number = "B1") {
    return *show_service(*read(), clock(), {account(number), std::string(number)});
  }

  crypto::SeededRandom random_{7};
};
TELGIRO_ON_BOTH_ENGINES(ChangeServiceTest);

TEST_P(ChangeServiceTest, R12IsKeptWithItsEvent) {
  const ServiceView before = shown();
  const auto events = event_kinds(account("B1")).size();
  const ServiceWish wish{{account("B1"), before.newest().id.to_string()},
                         {Kind::kPlan, day("2026-11-16"), "FIBER100"}};
  const auto preview = preview_service_change(*read(), clock(), wish);
  ASSERT_OK(preview);
  EXPECT_FALSE(preview->kept);
  EXPECT_EQ(shown().revisions.size(), before.revisions.size()) << "a preview keeps nothing";

  const auto made = change(wish.change);
  ASSERT_OK(made);
  EXPECT_TRUE(made->kept);
  EXPECT_EQ(to_json(made->after).dump(), to_json(preview->after).dump());
  EXPECT_EQ(to_json(shown()).dump(), to_json(made->after).dump());
  EXPECT_EQ(to_json(made->before).dump(), to_json(before).dump());
  EXPECT_EQ(shown().newest().label, before.newest().label);
  EXPECT_EQ(event_kinds(account("B1")).size(), events + 1);
  EXPECT_EQ(event_kinds(account("B1")).back(), "service_changed");
  EXPECT_OK(read()->events().verify(account("B1")));
  EXPECT_EQ(shown("B2").revisions.size(), 1U);
}

TEST_P(ChangeServiceTest, ARefusedChangeLeavesNoTrace) {
  const auto events = event_kinds(account("B1")).size();
  const struct {
    domain::ServiceChange change;
    std::string code;
  } rows[] = {
      {{Kind::kPlan, day("2026-11-16"), "NONE"}, "unknown_plan"},
      {{Kind::kResume, day("2026-11-16")}, "not_paused"},
      {{Kind::kPause, day("2020-11-16")}, "change_too_far_back"},
      {{.kind = Kind::kKeep}, "service_not_ended"},
  };
  for (const auto& row : rows) {
    const auto made = change(row.change);
    ASSERT_FALSE(made) << row.code;
    EXPECT_EQ(made.error().code, row.code);
  }
  EXPECT_EQ(shown().revisions.size(), 1U);
  EXPECT_EQ(event_kinds(account("B1")).size(), events);
  const auto unknown = show_service(*read(), clock(), {account("B1"), "B2"});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "unknown_service");
  EXPECT_EQ(show_service(*read(), clock(), {account("B9"), "B9"}).error().code, "unknown_account");
}

TEST_P(ChangeServiceTest, AnEndedServiceIsFoundAndGoesOn) {
  ASSERT_OK(change({Kind::kEnd, day("2026-10-15")}));
  ASSERT_EQ(shown().newest().ends, day("2026-10-16"));
  ASSERT_OK(change({.kind = Kind::kKeep}));
  EXPECT_FALSE(shown().newest().ends);
}

// What moved to another account took its number along.
TEST_P(ChangeServiceTest, WhatGoesOnElsewhereIsNotTakenBackHere) {
  ASSERT_OK(move_service(access(), {account("B1"), "B1"}, account("B2"), "user_anna"));
  const auto made = change({.kind = Kind::kKeep});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, "number_in_use");
}

}  // namespace
}  // namespace flows
