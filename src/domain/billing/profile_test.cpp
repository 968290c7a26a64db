// R01-R05: what may be chosen, and what a choice makes of the operator's default.
#include "domain/billing/profile.h"

#include <gtest/gtest.h>

#include "domain/billing/due_date.h"

namespace domain {
namespace {

base::Date day(std::string_view text) { return *base::Date::parse(text); }

TEST(Profile, R01IsJudgedInOnePlace) {
  const struct {
    ProfileChoice chosen;
    std::string code, place;
  } rows[] = {
      {{}, "", ""},
      {{.grouping = "one_off:each, division", .frequency = "weekly#1"}, "", ""},
      {{.due_days = 0, .due_day = 31, .minimum_minor = 5000, .detail = "full"}, "", ""},
      {{.grouping = "some"}, "bad_grouping", "grouping"},
      {{.frequency = "weekly#9"}, "bad_frequency", "frequency"},
      {{.due_days = -1}, "bad_profile", "due_days"},
      {{.due_days = 366}, "bad_profile", "due_days"},
      {{.due_day = 32}, "bad_profile", "due_day"},
      {{.due_day = -1}, "bad_profile", "due_day"},
      {{.minimum_minor = -1}, "bad_profile", "minimum_minor"},
      {{.minimum_minor = 100'000'001}, "bad_profile", "minimum_minor"},
      {{.detail = "much"}, "bad_profile", "detail"},
      {{.delivery = ""}, "bad_profile", "delivery"},
  };
  for (const auto& row : rows) {
    const auto profile = check_profile(effective_profile(BillingProfile(), row.chosen));
    EXPECT_EQ(profile ? "" : profile.error().code, row.code) << to_json(row.chosen).dump();
    EXPECT_EQ(profile ? "" : profile.error().place, row.place);
  }
  const auto written = check_profile({.grouping = " mobile = sim ,all", .frequency = "monthly#1"});
  ASSERT_TRUE(written);
  EXPECT_EQ(written->grouping, "mobile=sim, all");
  EXPECT_EQ(written->frequency, "monthly");
}

TEST(Profile, R01NamesOnlyDivisionsThatThereAre) {
  const OperatorDivision divisions[] = {{"mobile", "Mobile"}, {"broadband", "Broadband"}};
  const struct {
    std::string grouping, code;
  } rows[] = {
      {"all", ""},
      {"mobile:service, division broadband=home, division", ""},
      {"mobil:service", "bad_grouping"},
      {"mobile:service, division streaming=home", "bad_grouping"},
  };
  for (const auto& row : rows) {
    const auto checked = check_divisions({.grouping = row.grouping}, divisions);
    EXPECT_EQ(checked ? "" : checked.error().code, row.code) << row.grouping;
  }
}

TEST(Profile, R02WhatIsNotChosenFollowsTheOperator) {
  const BillingProfile defaults{.grouping = "division", .due_days = 20, .delivery = "email"};
  Account account;
  account.profile = {.grouping = "all", .due_days = 30, .delivery = "paper"};
  EXPECT_EQ(account_profile(defaults, account, {}),
            (BillingProfile{.grouping = "division", .due_days = 20, .delivery = "paper"}));
  EXPECT_EQ(account_profile(defaults, account, {.grouping = "all", .delivery = "kivra"}),
            (BillingProfile{.grouping = "all", .due_days = 20, .delivery = "kivra"}));
}

TEST(Profile, R02AChoiceIsChangedMemberByMember) {
  const ProfileChoice before{.grouping = "all", .due_day = 25};
  using Names = std::vector<std::string>;
  EXPECT_EQ(change_choice(before, {.frequency = "daily"}, Names{}),
            (ProfileChoice{.grouping = "all", .frequency = "daily", .due_day = 25}));
  EXPECT_EQ(change_choice(before, {.due_day = 28}, Names{"grouping"}),
            (ProfileChoice{.due_day = 28}));
  EXPECT_EQ(change_choice(before, {}, Names{"grouping", "due_day", "detail"}), ProfileChoice());
  EXPECT_EQ(change_choice(before, {}, Names{"colour"}).error().place, "colour");
  EXPECT_EQ(change_choice(before, {.due_day = 1}, Names{"due_day"}).error().code, "bad_profile");
}

TEST(Profile, OnlyWhatIsChosenIsWritten) {
  const ProfileChoice chosen{.grouping = "service", .due_day = 0, .minimum_minor = 5000};
  EXPECT_EQ(to_json(chosen).dump(), R"({"grouping":"service","due_day":0,"minimum_minor":5000})");
  EXPECT_EQ(read_choice(to_json(chosen), "profile"), chosen);
  EXPECT_EQ(read_choice(to_json(ProfileChoice()), "profile"), ProfileChoice());
  EXPECT_FALSE(read_choice(base::Json::object().set("due_day", "25"), "profile"));
  EXPECT_FALSE(read_choice(base::Json::object().set("colour", "red"), "profile"));
}

TEST(DueDate, R04FollowsTheChoiceAndNeverTheLawsLeast) {
  const struct {
    std::string issued;
    int due_days, due_day, least;
    std::string due;
  } rows[] = {
      {"2026-11-01", 30, 0, 0, "2026-12-01"},
      {"2026-11-01", 0, 0, 0, "2026-11-01"},
      {"2026-11-01", 10, 0, 14, "2026-11-15"},
      {"2026-11-01", 20, 0, 14, "2026-11-21"},
      // The first 25th with a fortnight's notice.
      {"2026-11-01", 30, 25, 0, "2026-11-25"},
      {"2026-11-11", 30, 25, 0, "2026-11-25"},
      {"2026-11-12", 30, 25, 0, "2026-12-25"},
      {"2026-12-20", 30, 25, 0, "2027-01-25"},
      // Who has ten days has ten days' notice of a fixed day too.
      {"2026-11-12", 10, 25, 0, "2026-11-25"},
      {"2026-11-12", 10, 25, 21, "2026-12-25"},
      {"2026-11-25", 0, 25, 0, "2026-11-25"},
      // The 31st is the last day of shorter months.
      {"2026-11-01", 30, 31, 0, "2026-11-30"},
      {"2026-02-20", 30, 31, 0, "2026-03-31"},
      {"2028-02-01", 30, 31, 0, "2028-02-29"},
      {"2027-02-01", 30, 30, 0, "2027-02-28"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.issued + " " + std::to_string(row.due_days) + " " +
                 std::to_string(row.due_day) + " " + std::to_string(row.least));
    const BillingProfile profile{.due_days = row.due_days, .due_day = row.due_day};
    EXPECT_EQ(due_date(day(row.issued), profile, row.least).to_string(), row.due);
  }
}

TEST(DueDate, TheLawsLeastDaysAreARow) {
  CountryRule rule;
  rule.country = "SE";
  rule.area = "bill";
  rule.key = "due_days_min";
  rule.value = "21";
  rule.unit = "days";
  rule.segment = RuleSegment::kConsumer;
  rule.valid = *base::Period::make(day("2026-01-01"), day("2027-01-01"));
  const RuleBook rules = *RuleBook::make({rule});
  EXPECT_EQ(least_due_days(rules, "SE", Segment::kConsumer, day("2026-11-01")), 21);
  EXPECT_EQ(least_due_days(rules, "SE", Segment::kBusiness, day("2026-11-01")), 0);
  EXPECT_EQ(least_due_days(rules, "SE", Segment::kConsumer, day("2027-01-01")), 0);
  EXPECT_EQ(least_due_days(rules, "FI", Segment::kConsumer, day("2026-11-01")), 0);
  rule.unit = "SEK";
  EXPECT_EQ(least_due_days(*RuleBook::make({rule}), "SE", Segment::kConsumer, day("2026-11-01"))
                .error()
                .code,
            "wrong_rule_unit");
}

}  // namespace
}  // namespace domain
