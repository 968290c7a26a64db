// What each field of a customer's record may hold, what refuses the record and what is left out.
#include "domain/intake/subscription.h"

#include <gtest/gtest.h>

#include <map>

namespace domain {
namespace {

Catalogue catalogue() {
  const PriceRow price{.valid_from = *base::Date::make(2020, 1, 1),
                       .price = {},
                       .includes_vat = false,
                       .vat_class = "standard"};
  CatalogueItem fiber{.code = "FIBER",
                      .kind = ItemKind::kPlan,
                      .division = "broadband",
                      .names = {},
                      .prices = {price},
                      .campaign = {}};
  CatalogueItem dsl = fiber, mobile = fiber, half = fiber;
  dsl.code = "DSL";
  mobile.code = "MOB5";
  mobile.division = "mobile";
  half.code = "HALF";
  half.kind = ItemKind::kCampaign;
  half.prices.clear();
  half.campaign = {{"FIBER"}, {base::Decimal::from_integer(50)}, 3};
  return *Catalogue::make({fiber, dsl, mobile, half});
}

using Fields = std::map<std::string, std::string>;

const Fields kGood = {
    {"number", "B1"},
    {"name", "Karin Björk"},
    {"identity_number", "19520720-9809"},
    {"street", "Hamngatan 43"},
    {"postal_code", "90326"},
    {"city", "UMEÅ"},
    {"email", "karin@example.com"},
    {"phone", "0700990000"},
    {"plan", "FIBER"},
    {"starts", "2025-05-28"},
};

Intake<Subscription> read(const Fields& changes) {
  static const Catalogue kCatalogue = catalogue();
  Fields fields = kGood;
  for (const auto& [name, text] : changes) fields[name] = text;
  Record record;
  for (const auto& [name, text] : fields) record.fields.push_back({name, "file_" + name, text});
  return read_subscription(record, {.catalogue = kCatalogue,
                                    .division = "broadband",
                                    .country = "SE",
                                    .today = *base::Date::make(2026, 11, 1)});
}

TEST(Subscription, GoodRecord) {
  const auto intake = read({});
  ASSERT_TRUE(intake.value);
  EXPECT_TRUE(intake.notices.empty());
  const Subscription& value = *intake.value;
  EXPECT_EQ(value.party.national_id, "195207209809");
  EXPECT_EQ(value.party.kind, PartyKind::kPerson);
  EXPECT_EQ(value.segment, Segment::kConsumer);
  EXPECT_EQ(value.party.phone, "+46700990000");
  EXPECT_EQ(value.party.address.postal_code, "903 26");
  EXPECT_EQ(value.party.address.city, "Umeå");
  EXPECT_EQ(value.label, "Hamngatan 43, Umeå");
  EXPECT_EQ(identity_key(value.party, "SE"), "SE:person:195207209809");
}

TEST(Subscription, OrganisationsAreBusiness) {
  const auto intake = read({{"identity_number", "556999-1424"}});
  ASSERT_TRUE(intake.value);
  EXPECT_EQ(intake.value->party.kind, PartyKind::kOrganisation);
  EXPECT_EQ(intake.value->segment, Segment::kBusiness);
}

TEST(Subscription, WhatRefusesARecord) {
  const struct {
    Fields changes;
    std::string field, code;
  } rows[] = {
      {{{"number", ""}}, "number", "missing_value"},
      {{{"number", std::string(65, '1')}}, "number", "number_too_long"},
      {{{"name", ""}}, "name", "missing_value"},
      {{{"plan", ""}}, "plan", "missing_value"},
      {{{"plan", "FIBER9999"}}, "plan", "unknown_plan"},
      {{{"plan", "MOB5"}}, "plan", "unknown_plan"},  // Of another division.
      {{{"plan", "HALF"}}, "plan", "unknown_plan"},  // No plan at all.
      {{{"campaign", "HALVA4"}}, "campaign", "unknown_campaign"},
      {{{"campaign", "HALF"}, {"plan", "DSL"}}, "campaign", "campaign_not_for_plan"},
      {{{"starts", ""}}, "starts", "missing_value"},
      {{{"starts", "2026-13-45"}}, "starts", "no_such_date"},
      {{{"starts", "2025-02-29"}}, "starts", "no_such_date"},
      {{{"starts", "1989-12-31"}}, "starts", "year_out_of_range"},
      {{{"starts", "2101-01-01"}}, "starts", "year_out_of_range"},
      {{{"starts", "9999-01-01"}}, "starts", "year_out_of_range"},
      {{{"last_day", "2026-13-45"}}, "last_day", "no_such_date"},
      {{{"ends", "2025-05-27"}}, "ends", "service_ends_before_start"},
      {{{"last_day", "2025-05-27"}}, "last_day", "service_ends_before_start"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.field + " " + row.code);
    const auto intake = read(row.changes);
    EXPECT_FALSE(intake.value);
    ASSERT_EQ(intake.refusals.size(), 1U);
    EXPECT_EQ(intake.refusals[0].field, "file_" + row.field);
    EXPECT_EQ(intake.refusals[0].code, row.code);
  }
}

TEST(Subscription, WhatIsLeftOut) {
  const struct {
    Fields changes;
    std::string field, code;
  } rows[] = {
      {{{"identity_number", "19990230-9999"}}, "identity_number", "bad_national_id"},
      {{{"identity_number", "19520720-9808"}}, "identity_number", "bad_national_id"},
      {{{"email", "inte-en-adress"}}, "email", "bad_email"},
      {{{"phone", "12"}}, "phone", "bad_phone"},
      {{{"postal_code", "9032"}}, "postal_code", "bad_postal_code"},
      {{{"delivery", "paper"}, {"city", ""}}, "delivery", "address_incomplete"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.code);
    const auto intake = read(row.changes);
    ASSERT_TRUE(intake.value);
    ASSERT_EQ(intake.notices.size(), 1U);
    EXPECT_EQ(intake.notices[0].field, "file_" + row.field);
    EXPECT_EQ(intake.notices[0].code, row.code);
  }
  EXPECT_EQ(read({{"identity_number", "19990230-9999"}}).value->party.national_id, "");
  EXPECT_EQ(read({{"email", "inte-en-adress"}}).value->party.email, "");
  EXPECT_EQ(read({{"postal_code", "9032"}}).value->party.address.postal_code, "9032");
}

TEST(Subscription, WhatMayBeAbsent) {
  const auto intake = read({{"identity_number", ""},
                            {"street", ""},
                            {"postal_code", ""},
                            {"city", ""},
                            {"email", ""},
                            {"phone", ""}});
  ASSERT_TRUE(intake.value);
  EXPECT_TRUE(intake.notices.empty());
  EXPECT_EQ(intake.value->party.address, PostalAddress());
  EXPECT_EQ(intake.value->segment, Segment::kConsumer);
  EXPECT_EQ(identity_key(intake.value->party, "SE"), "");
}

TEST(Subscription, LastDayIsTheDayBefore) {
  EXPECT_EQ(read({{"last_day", "2026-10-21"}}).value->ends, *base::Date::make(2026, 10, 22));
  EXPECT_EQ(read({{"ends", "2026-10-21"}}).value->ends, *base::Date::make(2026, 10, 21));
  // A service of one day.
  EXPECT_TRUE(read({{"last_day", "2025-05-28"}}).value);
}

// What the reader found wrong with a field's form is said once, by the field's weight.
TEST(Subscription, ProblemsOfForm) {
  static const Catalogue kCatalogue = catalogue();
  Record record;
  for (const auto& [name, text] : kGood) record.fields.push_back({name, "file_" + name, text});
  record.fields.push_back({"delivery", "file_delivery", ""});
  record.problems = {{"file_starts", "not_a_date", "?"}, {"file_delivery", "unknown_value", "?"}};
  for (auto& field : record.fields) {
    if (field.name == "starts") field.text.clear();
  }
  const auto intake = read_subscription(
      record, {.catalogue = kCatalogue, .division = "broadband", .country = "SE", .today = {}});
  ASSERT_EQ(intake.refusals.size(), 1U);
  EXPECT_EQ(intake.refusals[0].code, "not_a_date");
  ASSERT_EQ(intake.notices.size(), 1U);
  EXPECT_EQ(intake.notices.back().code, "unknown_value");
}

TEST(Record, ContentIsTheSameForRecordsThatSayTheSame) {
  const Record a{.fields = {{"name", "namn", "X"}, {"city", "ort", ""}}, .problems = {}};
  const Record b{.fields = {{"city", "stad", ""}, {"name", "Namn", "X"}, {"email", "", ""}},
                 .problems = {}};
  const Record c{.fields = {{"city", "ort", "X"}, {"name", "namn", ""}}, .problems = {}};
  EXPECT_EQ(a.content(), b.content());
  EXPECT_NE(a.content(), c.content());
}

}  // namespace
}  // namespace domain
