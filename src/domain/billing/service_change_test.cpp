// R12: what an agent does to a service, from a day on, and what he cannot do.
#include "domain/billing/service_change.h"

#include <gtest/gtest.h>

#include "base/result/check.h"

namespace domain {
namespace {

using Kind = ServiceChangeKind;

base::Date day(std::string_view text) { return *base::Date::parse(text); }

CatalogueItem item(std::string code, ItemKind kind, std::string division = "mobile") {
  CatalogueItem made;
  made.code = std::move(code);
  made.kind = kind;
  made.division = std::move(division);
  if (kind == ItemKind::kCampaign) {
    made.campaign.plans = {"L"};
    made.campaign.off = {base::Decimal::from_integer(20)};
    made.campaign.whole_months = 3;
  } else {
    made.prices.push_back(
        {.valid_from = day("2024-01-01"), .price = {base::Decimal::from_integer(100)}});
  }
  return made;
}

const Catalogue& catalogue() {
  static const Catalogue kCatalogue = [] {
    CatalogueItem old = item("OLD", ItemKind::kPlan);
    old.ends = day("2026-01-01");
    CatalogueItem late = item("LATE", ItemKind::kPlan);
    late.prices.front().valid_from = day("2026-11-01");
    CatalogueItem seat = item("SEAT", ItemKind::kAddOn);
    seat.plan.counted = true;
    auto made = Catalogue::make(
        {item("S", ItemKind::kPlan), item("M", ItemKind::kPlan), item("L", ItemKind::kPlan), old,
         late, item("FIBER", ItemKind::kPlan, "broadband"), item("DATA", ItemKind::kAddOn), seat,
         item("TV", ItemKind::kAddOn, "broadband"), item("START", ItemKind::kCampaign)});
    CHECK(made.has_value());
    return *made;
  }();
  return kCatalogue;
}

// Plan S from 2026-03-10, M from 2026-06-01, paused from 2026-09-01.
std::vector<Service> service(std::string_view ends = "") {
  Service first;
  first.division = "mobile";
  first.source_number = "4670";
  first.plan = "S";
  first.starts = day("2026-03-10");
  if (!ends.empty()) first.ends = day(ends);
  Service second = first;
  second.revision = 2;
  second.plan = "M";
  second.holds_from = day("2026-06-01");
  Service third = second;
  third.revision = 3;
  third.paused = true;
  third.holds_from = day("2026-09-01");
  return {first, second, third};
}

// "2026-03-10 S, 2026-06-01 M+DATA, 2026-09-01 M paused, ends 2027-01-01".
std::string told(Revisions revisions) {
  std::string text;
  for (const TermSpan& span : whole_timeline(revisions)) {
    text += (text.empty() ? "" : ", ") + span.days.from().to_string() + " " + span.terms->plan;
    for (const std::string& code : span.terms->add_ons) text += "+" + code;
    if (!span.terms->campaign.empty()) text += " " + span.terms->campaign;
    if (span.terms->paused) text += " paused";
    if (!is_open(span)) text += " to " + span.days.last_day().to_string();
  }
  return text;
}

std::string changed(std::vector<Service> revisions, const ServiceChange& change,
                    std::span<const ServiceTerms> same_number = {}) {
  const ServiceChangeTerms terms{
      .catalogue = catalogue(), .today = day("2026-10-15"), .same_number = same_number};
  const auto made = change_service(revisions, change, terms);
  if (!made) return "!" + made.error().code;
  std::int64_t number = revisions.back().revision;
  for (const Service& revision : *made) {
    EXPECT_EQ(revision.revision, ++number);
    revisions.push_back(revision);
  }
  return told(revisions);
}

TEST(ServiceChange, R12HoldsFromItsDayOn) {
  ASSERT_EQ(told(service()),
            "2026-03-10 S to 2026-05-31, 2026-06-01 M to 2026-08-31, 2026-09-01 M paused");
  const struct {
    ServiceChange change;
    std::string timeline;
  } rows[] = {
      {{Kind::kPlan, day("2026-10-01"), "L"},
       "2026-03-10 S to 2026-05-31, 2026-06-01 M to 2026-08-31, 2026-09-01 M paused to "
       "2026-09-30, 2026-10-01 L paused"},
      // What is later is of this plan as well; the pause stays.
      {{Kind::kPlan, day("2026-05-01"), "L"},
       "2026-03-10 S to 2026-04-30, 2026-05-01 L to 2026-08-31, 2026-09-01 L paused"},
      {{Kind::kPlan, day("2026-03-10"), "L", "START"},
       "2026-03-10 L START to 2026-08-31, 2026-09-01 L START paused"},
      // S from the day on which M was to come: the change is taken back.
      {{Kind::kPlan, day("2026-06-01"), "S"}, "2026-03-10 S to 2026-08-31, 2026-09-01 S paused"},
      {{Kind::kPause, day("2026-08-01")},
       "2026-03-10 S to 2026-05-31, 2026-06-01 M to 2026-07-31, 2026-08-01 M paused"},
      {{Kind::kResume, day("2026-11-01")},
       "2026-03-10 S to 2026-05-31, 2026-06-01 M to 2026-08-31, 2026-09-01 M paused to "
       "2026-10-31, 2026-11-01 M"},
      {{Kind::kResume, day("2026-09-01")}, "2026-03-10 S to 2026-05-31, 2026-06-01 M"},
      {{Kind::kAddAddOn, day("2026-05-15"), "DATA"},
       "2026-03-10 S to 2026-05-14, 2026-05-15 S+DATA to 2026-05-31, 2026-06-01 M+DATA to "
       "2026-08-31, 2026-09-01 M+DATA paused"},
      {{Kind::kEnd, day("2026-07-31")}, "2026-03-10 S to 2026-05-31, 2026-06-01 M to 2026-07-31"},
      {{Kind::kEnd, day("2026-03-10")}, "2026-03-10 S to 2026-03-10"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(changed(service(), row.change), row.timeline)
        << to_text(row.change.kind) << " " << row.change.day.to_string();
  }
}

TEST(ServiceChange, WhatIsCountedComesAndGoesOneByOne) {
  std::vector<Service> revisions = service("2026-06-01");
  const auto change = [&](Kind kind, std::string_view from) {
    const auto made =
        change_service(revisions, {kind, day(from), "SEAT"}, {catalogue(), day("2026-10-15")});
    ASSERT_TRUE(made) << base::describe(made.error());
    revisions.insert(revisions.end(), made->begin(), made->end());
  };
  change(Kind::kAddAddOn, "2026-04-01");
  change(Kind::kAddAddOn, "2026-04-11");
  change(Kind::kRemoveAddOn, "2026-05-01");
  EXPECT_EQ(told(revisions),
            "2026-03-10 S to 2026-03-31, 2026-04-01 S+SEAT to 2026-04-10, 2026-04-11 S+SEAT+SEAT "
            "to 2026-04-30, 2026-05-01 S+SEAT to 2026-05-31");
  change(Kind::kRemoveAddOn, "2026-05-01");
  EXPECT_EQ(changed(revisions, {Kind::kRemoveAddOn, day("2026-05-01"), "SEAT"}), "!add_on_absent");
}

TEST(ServiceChange, SeveralCampaignsAreEachJudged) {
  EXPECT_EQ(changed(service(), {Kind::kPlan, day("2026-03-10"), "L", "START GONE"}),
            "!unknown_campaign");
  EXPECT_EQ(changed(service(), {Kind::kPlan, day("2026-03-10"), "M", "START"}),
            "!campaign_without_effect");
}

TEST(ServiceChange, AnEndIsTakenBackWithWhatWasToHoldAfterIt) {
  const std::vector<Service> ended = service("2026-07-01");
  EXPECT_EQ(told(ended), "2026-03-10 S to 2026-05-31, 2026-06-01 M to 2026-06-30");
  EXPECT_EQ(changed(ended, {.kind = Kind::kKeep}), told(service()));
  // A change before the end keeps what was said of days after it.
  std::vector<Service> revisions = ended;
  const auto made = change_service(revisions, {Kind::kAddAddOn, day("2026-06-15"), "DATA"},
                                   {catalogue(), day("2026-10-15")});
  ASSERT_TRUE(made);
  revisions.insert(revisions.end(), made->begin(), made->end());
  EXPECT_EQ(changed(revisions, {.kind = Kind::kKeep}),
            "2026-03-10 S to 2026-05-31, 2026-06-01 M to 2026-06-14, 2026-06-15 M+DATA to "
            "2026-08-31, 2026-09-01 M+DATA paused");
  EXPECT_EQ(changed(ended, {Kind::kEnd, day("2026-06-15")}),
            "2026-03-10 S to 2026-05-31, 2026-06-01 M to 2026-06-15");
}

TEST(ServiceChange, WhatCannotBeDone) {
  const struct {
    std::string ends;
    ServiceChange change;
    std::string code;
  } rows[] = {
      {"", {Kind::kPlan, day("2026-03-09"), "L"}, "change_before_start"},
      {"2026-07-01", {Kind::kPlan, day("2026-07-01"), "L"}, "change_after_end"},
      {"", {Kind::kPlan, day("2024-10-14"), "L"}, "change_too_far_back"},
      {"", {Kind::kPlan, day("2024-10-15"), "L"}, "change_before_start"},
      {"", {Kind::kPlan, day("2036-10-16"), "L"}, "change_too_far_ahead"},
      {"", {Kind::kPlan, day("2026-10-01"), "XL"}, "unknown_plan"},
      {"", {Kind::kPlan, day("2026-10-01"), "DATA"}, "unknown_plan"},
      {"", {Kind::kPlan, day("2026-10-01"), "FIBER"}, "other_division"},
      {"", {Kind::kPlan, day("2026-10-01"), "OLD"}, "not_sold"},
      {"", {Kind::kPlan, day("2026-10-01"), "LATE"}, "no_price"},
      {"", {Kind::kPlan, day("2026-06-01"), "M"}, "plan_unchanged"},
      {"", {Kind::kPlan, day("2026-10-01"), "L", "NONE"}, "unknown_campaign"},
      // April to June, and for plan L.
      {"", {Kind::kPlan, day("2026-07-01"), "L", "START"}, "campaign_without_effect"},
      {"", {Kind::kPlan, day("2026-06-30"), "M", "START"}, "campaign_without_effect"},
      {"", {Kind::kPause, day("2026-09-01")}, "already_paused"},
      {"2026-09-01", {Kind::kResume, day("2026-03-10")}, ""},
      {"", {Kind::kAddAddOn, day("2026-10-01"), "TV"}, "other_division"},
      {"", {Kind::kAddAddOn, day("2026-10-01"), "L"}, "unknown_add_on"},
      {"", {Kind::kRemoveAddOn, day("2026-10-01"), "DATA"}, "add_on_absent"},
      {"", {Kind::kEnd, day("2026-03-09")}, "change_before_start"},
      {"2026-07-01", {Kind::kEnd, day("2026-06-30")}, "end_unchanged"},
      {"", {.kind = Kind::kKeep}, "service_not_ended"},
  };
  for (const auto& row : rows) {
    const std::string outcome = changed(service(row.ends), row.change);
    EXPECT_EQ(outcome.starts_with("!") ? outcome.substr(1) : "", row.code)
        << to_text(row.change.kind) << " " << row.change.day.to_string() << " " << row.change.code;
  }
  std::vector<Service> running = service();
  running.pop_back();
  EXPECT_EQ(changed(running, {Kind::kResume, day("2026-03-10")}), "!not_paused");
}

TEST(ServiceChange, AnAddOnIsThereOnce) {
  std::vector<Service> revisions = service();
  for (Service& revision : revisions) revision.add_ons = {"DATA"};
  EXPECT_EQ(changed(revisions, {Kind::kAddAddOn, day("2026-04-01"), "DATA"}), "!add_on_present");
  EXPECT_EQ(changed(revisions, {Kind::kRemoveAddOn, day("2026-09-01"), "DATA"}),
            "2026-03-10 S+DATA to 2026-05-31, 2026-06-01 M+DATA to 2026-08-31, 2026-09-01 M "
            "paused");
}

TEST(ServiceChange, ALongerLifeMeetsNoOtherServiceOfTheNumber) {
  const struct {
    std::string starts, ends;
    ServiceChange change;
    bool is_free;
  } rows[] = {
      {"2026-08-01", "", {.kind = Kind::kKeep}, false},
      {"2026-08-01", "", {Kind::kEnd, day("2026-07-31")}, true},
      {"2026-08-01", "", {Kind::kEnd, day("2026-08-01")}, false},
      {"2026-01-01", "2026-03-10", {.kind = Kind::kKeep}, true},
      {"2026-08-01", "2026-08-01", {.kind = Kind::kKeep}, true},  // It never began.
      {"2026-08-01", "", {Kind::kEnd, day("2026-05-31")}, true},
  };
  for (const auto& row : rows) {
    ServiceTerms other;
    other.service = ServiceId(base::IdBytes{1});
    other.starts = day(row.starts);
    if (!row.ends.empty()) other.ends = day(row.ends);
    const std::string outcome = changed(service("2026-07-01"), row.change, {&other, 1});
    EXPECT_EQ(outcome != "!number_in_use", row.is_free) << row.starts << " " << row.ends;
  }
}

TEST(ServiceChange, KindsHaveNames) {
  for (const Kind kind : {Kind::kPlan, Kind::kPause, Kind::kResume, Kind::kEnd, Kind::kKeep,
                          Kind::kAddAddOn, Kind::kRemoveAddOn}) {
    const auto read = parse_service_change_kind(to_text(kind));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, kind);
  }
  EXPECT_EQ(parse_service_change_kind("upgrade").error().code, "unknown_value");
}

}  // namespace
}  // namespace domain
