// Mobile and streaming: services with their plans in time, and usage that is rated as it comes in.
#include <algorithm>
#include <filesystem>

#include "domain/intake/usage.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_catalogue.h"
#include "flows/operations/link_customers.h"
#include "flows/operations/load_operator.h"
#include "flows/operations/rerate_usage.h"
#include "ports/usage.h"
#include "storage/dump.h"
#include "tests/flows/import_fixture.h"
#include "tests/support/shipped_rules.h"

namespace flows {
namespace {

using base::Date;

class UsageImportTest : public tests::ImportFixture {
 protected:
  std::string take(std::string_view source, const std::string& text,
                   const std::string& name = "file") {
    const auto mapping = tests::find_mapping(source);
    EXPECT_OK(mapping);
    return counts(import_source_file(store(), clock(), Snapshot::of_text(name, text),
                                     {.mapping = **mapping, .operator_code = "aurora"}, {}));
  }
  std::string take_subscriptions(const std::string& lines) {
    return take("mobile.subscriptions", lines);
  }
  std::string take_calls(const std::string& lines, const std::string& name = "calls.csv") {
    return take("mobile.calls",
                "record_id,msisdn,started_at,kind,destination,zone,duration_s,volume_bytes,"
                "premium_price_incl_vat\n" +
                    lines,
                name);
  }

  // "record plan item quantity amount" a line, by record; reversed rows with a sign.
  std::string usage(std::string_view month) {
    std::vector<std::string> lines;
    EXPECT_OK(read()->usage().for_each(
        {.month = *base::Month::parse(month)}, [&](const ports::UsageRow& row) {
          lines.push_back(row.record_id + " " + row.plan + " " + row.item + " " +
                          row.quantity.to_string() + " " + row.amount.to_string() +
                          (row.includes_vat ? " incl" : "") + "\n");
          return base::Result<>();
        }));
    std::ranges::sort(lines);
    std::string text;
    for (const std::string& line : lines) text += line;
    return text;
  }
  // "revision plan add-ons from" of each revision.
  std::string revisions(std::string_view service) {
    std::string text;
    for (const domain::Service& each : services()) {
      if (each.id != service_id("mobile", service)) continue;
      text += std::to_string(each.revision) + " " + each.plan;
      for (const std::string& add_on : each.add_ons) text += " " + add_on;
      if (each.holds_from) text += " from " + each.holds_from->to_string();
      if (each.ends) text += " until " + each.ends->to_string();
      text += "\n";
    }
    return text;
  }
};
TELGIRO_ON_BOTH_ENGINES(UsageImportTest);

// A SIM that differs in what a test is about.
struct Sim {
  std::string id = "S1";
  std::string customer = "M1";
  std::string name = "Karin";
  std::string national_id = "null";
  std::string number = "+46709000017";
  std::string plan = "MOBKONTANT";
  std::string from = "2026-01-02";
  std::string until = "null";
  std::string changes = "";
  std::string add_ons = "";

  [[nodiscard]] std::string text() const {
    const auto quoted = [](const std::string& value) {
      return value == "null" ? value : "\"" + value + "\"";
    };
    return R"({"subscriber_id": ")" + id + R"(", "customer": {"id": ")" + customer +
           R"(", "given_name": ")" + name + R"(", "family_name": "Björk", "national_id": )" +
           quoted(national_id) +
           R"(, "email": null, "contact_msisdn": null, "address": {"line1": "Hamngatan 43", )" +
           R"("postal_code": "903 26", "city": "Umeå", "country": "SE"}}, "msisdn": ")" + number +
           R"(", "plan_code": ")" + plan + R"(", "activated_on": ")" + from +
           R"(", "terminated_on": )" + quoted(until) + R"(, "plan_changes": [)" + changes +
           R"(], "add_ons": [)" + add_ons + R"(], "label": "iPad"})" + "\n";
  }
};

constexpr std::string_view kChange = R"({"at": "2026-10-10", "to": "MOB5"})";

TEST_P(UsageImportTest, ACustomerWithSeveralServices) {
  ASSERT_EQ(take_subscriptions(Sim{}.text() + Sim{.id = "S2",
                                                  .name = "Krin",
                                                  .national_id = "19520720-9809",
                                                  .number = "+46709000034",
                                                  .add_ons = R"("UTLAND", "SAKER")"}
                                                  .text()),
            "2/0/0/1");
  const std::map<std::string, int> expected = {{"customer_differs notice customer.id", 1}};
  EXPECT_EQ(rejects(), expected);
  ASSERT_EQ(customers().size(), 1U);
  EXPECT_EQ(customers().front().party.name, "Karin Björk");  // What came first stands.
  EXPECT_EQ(customers().front().party.national_id, "195207209809");
  EXPECT_EQ(accounts().size(), 1U);
  ASSERT_EQ(services().size(), 2U);
  EXPECT_EQ(revisions("S2"), "1 MOBKONTANT SAKER UTLAND\n");
  EXPECT_EQ(services().front().label, "iPad");
  // D13: the identity number joins, in whichever line it stands.
  ASSERT_EQ(counts(import_customers(tests::Line{.identity = "19520720-9809"}.text())), "1/0/0/0");
  EXPECT_EQ(customers().size(), 1U);
}

TEST_P(UsageImportTest, AnAddOnThatIsListedTwiceIsTakenOnceAndTold) {
  ASSERT_EQ(take_subscriptions(Sim{.add_ons = R"("SAKER", "UTLAND", "SAKER")"}.text()), "1/0/0/1");
  EXPECT_EQ(revisions("S1"), "1 MOBKONTANT SAKER UTLAND\n");
  EXPECT_EQ(rejects(), (std::map<std::string, int>{{"add_on_twice notice add_ons", 1}}));
}

// The same SIM under another customer's number is another service with its telephone number.
TEST_P(UsageImportTest, ASimAtTwoCustomersIsRefused) {
  ASSERT_EQ(take_subscriptions(Sim{}.text()), "1/0/0/0");
  const Sim other{.customer = "M2", .name = "Eva"};
  EXPECT_EQ(take_subscriptions(other.text()), "0/0/1/0");
  EXPECT_EQ(rejects(), (std::map<std::string, int>{{"service_overlaps open service_number", 1}}));
  EXPECT_EQ(services().size(), 1U);
  renew();
  EXPECT_EQ(take_subscriptions(Sim{}.text() + other.text()), "1/0/1/0") << "in one file, too";
  EXPECT_EQ(services().size(), 1U);
  // It moves when it has ended at the one before.
  EXPECT_EQ(take_subscriptions(Sim{.until = "2026-09-30"}.text()), "1/0/0/0");
  Sim moved = other;
  moved.id = "S2";
  moved.from = "2026-10-01";
  EXPECT_EQ(take_subscriptions(moved.text()), "1/0/0/0");
}

// A call to nobody: the price would be that of the farthest country.
TEST_P(UsageImportTest, WhatIsNoTelephoneNumberIsRefused) {
  ASSERT_EQ(take_subscriptions(Sim{}.text()), "1/0/0/0");
  EXPECT_EQ(take_calls("a,+46709000017,2026-10-05T10:00:00Z,voice,abc,SE,60,0,\n"
                       "b,+46709000017,2026-10-05T10:00:00Z,voice,---,SE,60,0,\n"
                       "c,+46709000017,2026-10-05T10:00:00Z,voice,+,SE,60,0,\n"
                       "d,+46709000017,2026-10-05T10:00:00Z,voice,+12025550123,SE,60,0,\n"
                       "e,+46709000017,2026-10-05T10:00:00Z,data,internet.example,SE,0,1000000,\n"),
            "2/0/3/0");
  EXPECT_EQ(rejects(), (std::map<std::string, int>{{"bad_destination open destination", 3}}));
}

// 6 January 2026 is a Tuesday: a holiday in Sweden, an ordinary day in Norway. 25 May is Whit
// Monday: the other way round.
TEST_P(UsageImportTest, HolidaysAreAsTheCatalogueSays) {
  domain::CatalogueItem calm =
      *tests::aurora_catalogue().find("VOICE-MOBKONTANT", domain::ItemKind::kUsage);
  calm.code = "VOICE-CALM";
  calm.usage.match.windows = {domain::TimeWindow::parse("weekends_and_holidays").value()};
  calm.prices.front().price = {base::Decimal::parse("0.1").value()};
  const auto rated_in = [&](std::string_view country) {
    renew();
    domain::Operator seller = tests::aurora().value;
    seller.country = country;
    if (country == "NO") seller.organisation_number = "988077917";
    EXPECT_OK(load_operator(store(), clock(), seller, tests::aurora_catalogue()));
    EXPECT_OK(import_catalogue(store(), clock(), {calm}));
    std::string sim = Sim{}.text();
    constexpr std::string_view kSweden = R"("country": "SE")";
    sim.replace(sim.find(kSweden), kSweden.size(), "\"country\": \"" + std::string(country) + "\"");
    // In Norway its postal code is noticed.
    EXPECT_TRUE(take_subscriptions(sim).starts_with("1/0/0/"));
    const auto mapping = tests::find_mapping("mobile.calls");
    const std::string text =
        "record_id,msisdn,started_at,kind,destination,zone,duration_s,volume_bytes,"
        "premium_price_incl_vat\n"
        "a,+46709000017,2026-01-06T10:00:00Z,voice,+46701234567,SE,60,0,\n"
        "b,+46709000017,2026-05-25T10:00:00Z,voice,+46701234567,SE,60,0,\n"
        "c,+46709000017,2026-05-26T10:00:00Z,voice,+46701234567,SE,60,0,\n"
        "d,+46709000017,2026-05-30T10:00:00Z,voice,+46701234567,SE,60,0,\n";
    EXPECT_EQ(counts(import_source_file(store(), clock(), Snapshot::of_text("calls", text),
                                        {.mapping = **mapping,
                                         .operator_code = "aurora",
                                         .rules = &formats::law::shipped_book()},
                                        {})),
              "4/0/0/0");
    return usage("2026-01") + usage("2026-05");
  };
  const std::string at_peak = " MOBKONTANT VOICE-MOBKONTANT 1 1.104\n";
  const std::string off_peak = " MOBKONTANT VOICE-CALM 1 0.652\n";
  EXPECT_EQ(rated_in("SE"), "a" + off_peak + "b" + at_peak + "c" + at_peak + "d" + off_peak);
  EXPECT_EQ(rated_in("NO"), "a" + at_peak + "b" + off_peak + "c" + at_peak + "d" + off_peak);
}

TEST_P(UsageImportTest, PlanChangesAreRevisionsThatHoldFromTheirDay) {
  ASSERT_EQ(take_subscriptions(Sim{.changes = std::string(kChange)}.text()), "1/0/0/0");
  EXPECT_EQ(revisions("S1"), "1 MOBKONTANT\n2 MOB5 from 2026-10-10\n");
  // The same in another file adds nothing.
  ASSERT_EQ(take_subscriptions("\n" + Sim{.changes = std::string(kChange)}.text()), "0/1/0/0");
  // A change that comes in late, before the other: from its day on, all is said anew.
  const std::string both = std::string(kChange) + R"(, {"at": "2026-10-05", "to": "MOB20"})";
  ASSERT_EQ(take_subscriptions(Sim{.changes = both}.text()), "1/0/0/0");
  EXPECT_EQ(revisions("S1"),
            "1 MOBKONTANT\n2 MOB5 from 2026-10-10\n"
            "3 MOB20 from 2026-10-05\n4 MOB5 from 2026-10-10\n");
  // Only the end is new: the terms stay as they are.
  ASSERT_EQ(take_subscriptions(Sim{.until = "2026-10-30", .changes = both}.text()), "1/0/0/0");
  EXPECT_TRUE(revisions("S1").ends_with("5 MOB5 from 2026-10-10 until 2026-10-31\n"))
      << revisions("S1");
}

TEST_P(UsageImportTest, SubscriptionsThatCannotBe) {
  const struct {
    Sim sim;
    std::string reject;
  } rows[] = {
      {{.plan = "MOB6"}, "unknown_plan open plan_code"},
      {{.add_ons = R"("SUFR")"}, "unknown_add_on open add_ons"},
      {{.number = "12"}, "bad_phone open msisdn"},
      {{.until = "2026-01-01"}, "service_ends_before_start open terminated_on"},
      {{.from = "9999-12-31"}, "year_out_of_range open activated_on"},
      {{.from = "0001-01-01"}, "year_out_of_range open activated_on"},
      {{.from = "0000-01-01"}, "no_such_date open activated_on"},
      {{.from = "2031-01-01"}, "in_the_future open activated_on"},
      {{.changes = R"({"at": "2025-10-10", "to": "MOB5"})"},
       "plan_change_before_start open plan_changes"},
      {{.changes = std::string(kChange) + ", " + std::string(kChange)},
       "plan_changes_twice open plan_changes"},
      {{.changes = R"({"at": "2026-10-10", "to": "MOB6"})"}, "unknown_plan open plan_changes"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.reject);
    renew();
    // The rest goes on.
    const Sim good{.id = "S9", .customer = "M9", .number = "+46709000051"};
    EXPECT_EQ(take_subscriptions(row.sim.text() + good.text()), "1/0/1/0");
    EXPECT_EQ(rejects(), (std::map<std::string, int>{{row.reject, 1}}));
  }
}

TEST_P(UsageImportTest, ANumberIsOneServicesAtATime) {
  ASSERT_EQ(take_subscriptions(Sim{.until = "2026-09-30"}.text()), "1/0/0/0");
  const Sim other{.id = "S2", .customer = "M2", .name = "Eva", .from = "2026-09-30"};
  EXPECT_EQ(take_subscriptions(other.text()), "0/0/1/0");
  EXPECT_EQ(rejects(), (std::map<std::string, int>{{"service_overlaps open service_number", 1}}));
  Sim later = other;
  later.from = "2026-10-01";
  EXPECT_EQ(take_subscriptions(later.text()), "1/0/0/0");
  // Usage falls to whom the number was on the day.
  ASSERT_EQ(take_calls("a,+46709000017,2026-09-30T21:59:59Z,sms,+46701234567,SE,0,0,\n"
                       "b,+46709000017,2026-09-30T22:00:00Z,sms,+46701234567,SE,0,0,\n"),
            "2/0/0/0");
  std::map<std::string, domain::ServiceId> service_of;
  for (const std::string_view month : {"2026-09", "2026-10"}) {
    EXPECT_OK(read()->usage().for_each({.month = *base::Month::parse(month)},
                                       [&](const ports::UsageRow& row) {
                                         service_of[row.record_id] = row.service;
                                         return base::Result<>();
                                       }));
  }
  EXPECT_EQ(service_of["a"], service_id("mobile", "S1"));
  EXPECT_EQ(service_of["b"], service_id("mobile", "S2"));
}

TEST_P(UsageImportTest, ANumberThatIsSeparatedTakesAllItsServices) {
  const std::string id = "19520720-9809";
  const std::string planned = R"({"at": "2026-12-01", "to": "MOB5"})";
  ASSERT_EQ(counts(import_customers(tests::Line{.identity = id}.text())), "1/0/0/0");
  ASSERT_EQ(take_subscriptions(Sim{.national_id = id, .changes = planned}.text() +
                               Sim{.id = "S2", .number = "+46709000034"}.text()),
            "2/0/0/0");
  ASSERT_EQ(accounts().size(), 1U);
  ASSERT_OK(separate_number(store(), clock(), {"mobile", "M1", *Date::make(2026, 11, 1), "test"}));
  ASSERT_EQ(accounts().size(), 2U);
  std::map<std::string, int> revisions_at;
  for (const domain::Service& each : services()) {
    const bool moved = each.account == account_id("mobile", "M1");
    ++revisions_at[each.source_number + (moved ? " moved" : "")];
  }
  // Ended where it was; begun anew, with the plan that is still to come.
  EXPECT_EQ(revisions_at, (std::map<std::string, int>{{"B1", 1},
                                                      {"+46709000017", 3},
                                                      {"+46709000017 moved", 2},
                                                      {"+46709000034", 2},
                                                      {"+46709000034 moved", 1}}));
  ASSERT_EQ(take_calls("a,+46709000034,2026-10-31T22:59:59Z,sms,+46701234567,SE,0,0,\n"
                       "b,+46709000034,2026-10-31T23:00:00Z,sms,+46701234567,SE,0,0,\n"),
            "2/0/0/0");
  const auto count = [&](std::string_view month, domain::AccountId account) {
    return read()->usage().sums_of(account, *base::Month::parse(month), INT64_MAX)->size();
  };
  EXPECT_EQ(count("2026-10", account_id("broadband", "B1")), 1U);
  EXPECT_EQ(count("2026-11", account_id("mobile", "M1")), 1U);
}

constexpr std::string_view kCalls =
    "a,+46709000017,2026-10-01T10:00:00Z,voice,+46701234567,SE,61,0,\n"
    "b,0709000017,2026-10-01T12:00:00+02:00,sms,+46701234567,SE,0,0,\n"
    "c,+46709000017,2026-10-25T00:30:00Z,data,internet,SE,0,2000000,\n"
    "d,+46709000017,2026-10-25T01:30:00Z,premium,+46701234567,SE,0,0,19.90\n";
constexpr std::string_view kRated =
    "a MOBKONTANT VOICE-MOBKONTANT 2 1.656\n"
    "b MOBKONTANT SMS-MOBKONTANT 1 0.552\n"
    "c MOBKONTANT DATA-MOBKONTANT 2 0.3024\n"
    "d MOBKONTANT PREMIUM 1 19.9 incl\n";

TEST_P(UsageImportTest, RecordsCountOnce) {
  ASSERT_EQ(take_subscriptions(Sim{}.text()), "1/0/0/0");
  const std::string calls(kCalls);
  ASSERT_EQ(take_calls(calls), "4/0/0/0");
  EXPECT_EQ(usage("2026-10"), kRated);
  // Repeated in the next file, and within it; the same id with other content is refused.
  EXPECT_EQ(take_calls("e,+46709000017,2026-10-26T10:00:00Z,sms,+46701234567,SE,0,0,\n" +
                       std::string(kCalls.substr(0, kCalls.find('\n') + 1)) +
                       "e,+46709000017,2026-10-26T10:00:00Z,sms,+46701234567,SE,0,0,\n"
                       "e,+46709000017,2026-10-26T10:00:01Z,sms,+46701234567,SE,0,0,\n"
                       "a,+46709000017,2026-10-01T10:00:00Z,voice,+46701234567,SE,62,0,\n"),
            "1/2/2/0");
  EXPECT_EQ(rejects(), (std::map<std::string, int>{{"record_changed open record_id", 2}}));
}

TEST_P(UsageImportTest, WhatCannotBeBilledIsRefusedAndTakenAgain) {
  const std::string records =
      "a,+46709999999,2026-10-01T10:00:00Z,voice,+46701234567,SE,61,0,\n"
      "b,+46709000017,not-a-time,voice,+46701234567,SE,61,0,\n"
      "c,+46709000017,2026-10-01T10:00:00Z,voice,+46701234567,SE,-60,0,\n"
      "d,+46709000017,2025-10-01T10:00:00Z,voice,+46701234567,SE,61,0,\n"
      "e,+46709000017,2026-10-01T10:00:00Z,mms,+46701234567,SAT,0,0,\n"
      "f,+46709000017,2031-10-01T10:00:00Z,voice,+46701234567,SE,61,0,\n"
      "g,+46709000017,2026-10-01T10:00:00,voice,+46701234567,SE,61,0,\n"
      "h,+46709000017,2026-10-01T10:00:00Z,fax,+46701234567,SE,61,0,\n";
  ASSERT_EQ(take_subscriptions(Sim{}.text()), "1/0/0/0");
  EXPECT_EQ(take_calls(records), "0/0/8/0");
  const std::map<std::string, int> expected = {
      {"unknown_service open msisdn", 1},
      {"not_a_time open started_at", 1},
      {"impossible_usage open duration_s", 1},
      {"service_not_active open msisdn", 1},
      {"no_price open kind", 1},
      {"in_the_future open started_at", 1},
      {"time_without_zone open started_at", 1},
      {"unknown_value open kind", 1},
  };
  EXPECT_EQ(rejects(), expected);
  EXPECT_EQ(usage("2026-10"), "");
  // The customer came in after his records.
  ASSERT_EQ(take_subscriptions(Sim{.id = "S2", .number = "+46709999999"}.text()), "1/0/0/0");
  const RejectTools tools{store(), clock(), tests::find_mapping, "aurora"};
  const auto report = retake_rejects(tools, {}, "test");
  ASSERT_OK(report);
  EXPECT_EQ(report->tried, 8);
  EXPECT_EQ(report->taken, 1);
  EXPECT_EQ(usage("2026-10"), "a MOBKONTANT VOICE-MOBKONTANT 2 1.656\n");
}

// A line of JSON stands for itself, also where it has to be corrected.
TEST_P(UsageImportTest, LinesOfJsonAreCorrected) {
  ASSERT_EQ(take_subscriptions(Sim{}.text() + "rubbish\n{\"subscriber_id\": \"S2\""), "1/0/2/0");
  EXPECT_EQ(rejects(), (std::map<std::string, int>{{"bad_json open ", 2}}));
  const RejectTools tools{store(), clock(), tests::find_mapping, "aurora"};
  const auto again = retake_rejects(tools, {}, "test");
  ASSERT_OK(again);
  EXPECT_EQ(again->tried, 2);
  EXPECT_EQ(again->taken, 0);
  const auto page = list_rejects(store(), {}, {}, 10);
  const auto id = page->rejects.back().id;
  EXPECT_EQ(tests::code_of(correct_reject(tools, id, "rubbish", "test")), "not_one_record");
  const Sim sim{.id = "S2", .number = "+46709000034"};
  const auto correction = correct_reject(tools, id, sim.text(), "test");
  ASSERT_OK(correction);
  EXPECT_TRUE(correction->taken);
  EXPECT_EQ(services().size(), 2U);
}

// Division into files and order of arrival make no difference to what is kept.
TEST_P(UsageImportTest, AnyOrderAndDivisionGivesTheSameRows) {
  std::vector<std::string> lines;
  for (int n = 0; n < 60; ++n) {
    const std::string number = std::to_string(n);
    lines.push_back("r" + number + ",+46709000017,2026-" + (n % 2 == 0 ? "09" : "10") + "-" +
                    (n % 28 < 9 ? "0" : "") + std::to_string(n % 28 + 1) + "T10:00:00Z," +
                    (n % 3 == 0 ? "sms" : "voice") + ",+46701234567,SE," + number + ",0,\n");
  }
  const auto dump = [&] {
    std::string text;
    EXPECT_OK(storage::dump_canonical(store(), [&](std::string_view line) -> base::Result<> {
      if (line.starts_with(R"({"table":"usage)")) text += line;
      return {};
    }));
    return text;
  };
  const auto taken = [&](const std::vector<std::vector<std::string>>& files) {
    renew();
    EXPECT_EQ(take_subscriptions(Sim{.changes = std::string(kChange)}.text()), "1/0/0/0");
    int number = 0;
    for (const auto& file : files) {
      std::string text;
      for (const std::string& line : file) text += line;
      take_calls(text, "calls" + std::to_string(number++));
    }
    return dump();
  };
  const std::string whole = taken({lines});
  EXPECT_GT(whole.size(), 10'000U);
  std::vector<std::string> backwards(lines.rbegin(), lines.rend());
  EXPECT_EQ(taken({backwards}), whole);
  const auto middle = lines.begin() + 17;
  EXPECT_EQ(taken({{middle, lines.end()}, {lines.begin(), middle}, {backwards}}), whole);
}

TEST_P(UsageImportTest, RatedAnewAfterAPriceWasMended) {
  ASSERT_EQ(take_subscriptions(Sim{}.text()), "1/0/0/0");
  ASSERT_EQ(take_calls(std::string(kCalls)), "4/0/0/0");
  const RerateRequest request{.month = *base::Month::parse("2026-10")};
  const auto nothing = rerate_usage(store(), clock(), request);
  ASSERT_OK(nothing);
  EXPECT_EQ(nothing->records, 4);
  EXPECT_EQ(nothing->changed, 0);

  // A message costs twice as much.
  std::vector<domain::CatalogueItem> items(tests::aurora_catalogue().items().begin(),
                                           tests::aurora_catalogue().items().end());
  const auto sms = std::ranges::find(items, "SMS-MOBKONTANT", &domain::CatalogueItem::code);
  ASSERT_NE(sms, items.end());
  sms->prices.front().price = {*base::Decimal::parse("1.104")};
  const auto catalogue = domain::Catalogue::make(items);
  ASSERT_OK(catalogue);
  ASSERT_OK(load_operator(store(), clock(), tests::aurora().value, *catalogue));

  RerateRequest dry = request;
  dry.dry_run = true;
  EXPECT_EQ(rerate_usage(store(), clock(), dry)->changed, 1);
  EXPECT_EQ(usage("2026-10"), kRated);
  const auto report = rerate_usage(store(), clock(), request);
  ASSERT_OK(report);
  EXPECT_EQ(report->changed, 1);
  EXPECT_EQ(report->accounts, 1);
  EXPECT_EQ(report->before.to_string(), "0.552");
  EXPECT_EQ(report->after.to_string(), "1.104");
  const std::string sms_rows =
      "b MOBKONTANT SMS-MOBKONTANT -1 -0.552\n"
      "b MOBKONTANT SMS-MOBKONTANT 1 0.552\n"
      "b MOBKONTANT SMS-MOBKONTANT 1 1.104\n";
  EXPECT_TRUE(usage("2026-10").contains(sms_rows)) << usage("2026-10");
  EXPECT_EQ(rerate_usage(store(), clock(), request)->changed, 0);
  // A record that comes again is still the one that was taken.
  EXPECT_EQ(take_calls(std::string(kCalls) + "\n", "again"), "0/4/0/0");
  // By the service's number, and of one that nobody has.
  RerateRequest one = request;
  one.division = "mobile";
  one.service_number = "+46709000017";
  EXPECT_EQ(rerate_usage(store(), clock(), one)->records, 4);
  one.service_number = "+46709000018";
  EXPECT_EQ(tests::code_of(rerate_usage(store(), clock(), one)), "unknown_service");
}

// The fictional operator's own files, to the last record: accepted/repeated/refused/notices.
TEST_P(UsageImportTest, AuroraToTheLastRecord) {
  const struct {
    std::string file, source, counts;
  } rows[] = {
      {"bredband_kunder.csv", "broadband.customers", "718/0/1/34"},
      {"bredband_order.csv", "broadband.orders", "60/0/0/34"},
      {"mobil_abonnemang.jsonl", "mobile.subscriptions", "1683/0/1/445"},
      {"play_konton.csv", "streaming.accounts", "532/0/1/284"},
      {"mobil_cdr_2026-09.csv", "mobile.calls", "73169/0/44/0"},
      {"mobil_cdr_2026-10.csv", "mobile.calls", "74211/197/41/0"},
      {"play_kop.jsonl", "streaming.purchases", "711/0/35/0"},
  };
  if (tests::shared_operator_file("play_kop.jsonl").empty()) {
    GTEST_SKIP() << "../shared/data/operator is absent";
  }
  for (const auto& row : rows) {
    SCOPED_TRACE(row.file);
    const auto source = Snapshot::of_file(tests::shared_operator_file(row.file), "/tmp");
    ASSERT_OK(source);
    const auto mapping = tests::find_mapping(row.source);
    ASSERT_OK(mapping);
    EXPECT_EQ(counts(import_source_file(store(), clock(), *source,
                                        {.mapping = **mapping, .operator_code = "aurora"}, {})),
              row.counts);
  }
  const std::map<std::string, int> expected = {
      {"unknown_plan open plan", 1},
      {"bad_email notice epost", 34},
      {"bad_email notice customer.email", 72},
      {"bad_email notice email", 28},
      {"customer_differs notice customer.id", 373},
      {"payment_not_taken_over notice pay_with", 256},
      {"price_differs notice pris_exkl_moms", 33},
      {"ordered_after_service_end notice datum", 1},
      {"bad_json open ", 1},
      {"service_ends_before_start open cancelled_date", 1},
      {"unknown_service open msisdn", 3},
      {"unknown_service open account_no", 2},
      {"service_not_active open msisdn", 1},
      {"service_not_active open account_no", 33},
      {"not_a_time open started_at", 3},
      {"impossible_usage open duration_s", 3},
      {"no_price open kind", 75},
  };
  EXPECT_EQ(rejects(), expected);
}

}  // namespace
}  // namespace flows
