// R03: how full an allowance is, and one alert at 80 and one at 100 %, however often it is asked.
#include "flows/care/usage_levels.h"

#include "flows/operations/derived_ids.h"
#include "tests/flows/import_fixture.h"

namespace flows {
namespace {

constexpr std::string_view kHead =
    "record_id,msisdn,started_at,kind,destination,zone,duration_s,volume_bytes,"
    "premium_price_incl_vat\n";

// Two SIMs of two customers, each with 5 GB a month. 2026-11-01 is the day of the clock.
class UsageLevelsTest : public tests::ImportFixture {
 protected:
  void SetUp() override {
    ImportFixture::SetUp();
    ASSERT_EQ(take("mobile.subscriptions",
                   sim("S1", "M1", "+46709000017") + sim("S2", "M2", "+46709000034")),
              "2/0/0/0");
  }
  static std::string sim(const std::string& id, const std::string& customer,
                         const std::string& number) {
    return R"({"subscriber_id": ")" + id + R"(", "customer": {"id": ")" + customer +
           R"(", "given_name": "Karin", "family_name": "Björk", "national_id": null, )" +
           R"("email": null, "contact_msisdn": null, "address": {"line1": "Hamngatan 43", )" +
           R"("postal_code": "903 26", "city": "Umeå", "country": "SE"}}, "msisdn": ")" + number +
           R"(", "plan_code": "MOB5", "activated_on": "2026-01-02", "terminated_on": null, )" +
           R"("plan_changes": [], "add_ons": [], "label": "iPad"})" + "\n";
  }
  std::string take(std::string_view source, const std::string& text) {
    const auto mapping = tests::find_mapping(source);
    EXPECT_OK(mapping);
    const std::string name = "file" + std::to_string(++files_);
    return counts(import_source_file(store(), clock(), Snapshot::of_text(name, text),
                                     {.mapping = **mapping, .operator_code = "aurora"}, {}));
  }
  void use(const std::string& number, const std::string& bytes) {
    ASSERT_EQ(
        take("mobile.calls", std::string(kHead) + "r" + std::to_string(files_) + "," + number +
                                 ",2026-10-12T10:00:00Z,data,,SE,0," + bytes + ",\n"),
        "1/0/0/0");
  }
  static domain::AccountId account(std::string_view number) { return account_id("mobile", number); }
  // "data 4.5 of 5 GB alert 80" of the pools of M1 that were used.
  std::string levels() {
    const auto shown = show_usage_levels(*read(), clock(), account("M1"), october());
    EXPECT_OK(shown);
    std::string text;
    for (const NumberedLevel& each : shown->levels) {
      if (each.level.used == base::Decimal()) continue;
      text += each.number + " " + each.level.pool + " " + each.level.used.to_string() + " of " +
              each.level.of.to_string() + " " + each.level.unit + " alert " +
              std::to_string(each.percent) + "\n";
    }
    return text;
  }
  // "percent pool" of every alert of M1.
  std::string alerts() {
    std::string text;
    const auto events = read()->events().list(account("M1"), 0, 1'000);
    EXPECT_OK(events);
    for (const ports::Event& event : *events) {
      if (event.fact.kind != "usage_level_reached") continue;
      text += std::to_string(event.fact.data.integer("percent")) + " " +
              event.fact.data.text("pool") + " " + event.fact.data.text("month") + "\n";
    }
    return text;
  }
  std::int64_t alert() {
    const auto report = alert_usage(store(), clock(), {.month = october(), .batch_accounts = 1});
    EXPECT_OK(report);
    return report ? report->alerts : -1;
  }
  static base::Month october() { return *base::Month::parse("2026-10"); }

  int files_ = 0;
};
TELGIRO_ON_BOTH_ENGINES(UsageLevelsTest);

TEST_P(UsageLevelsTest, R03EachStepAlertsOnce) {
  EXPECT_EQ(levels(), "");
  EXPECT_EQ(alert(), 0);
  use("+46709000017", "3900000000");
  EXPECT_EQ(levels(), "+46709000017 data 3.9 of 5 GB alert 0\n");
  EXPECT_EQ(alert(), 0);
  use("+46709000017", "100000000");
  EXPECT_EQ(levels(), "+46709000017 data 4 of 5 GB alert 80\n");
  EXPECT_EQ(alert(), 1);
  EXPECT_EQ(alert(), 0) << "asked again";
  use("+46709000017", "500000000");
  EXPECT_EQ(alert(), 0) << "between the steps";
  use("+46709000017", "2000000000");
  EXPECT_EQ(levels(), "+46709000017 data 5 of 5 GB alert 100\n");
  EXPECT_EQ(alert(), 1);
  EXPECT_EQ(alert(), 0);
  EXPECT_EQ(alerts(), "80 data 2026-10\n100 data 2026-10\n");
  EXPECT_OK(read()->events().verify(account("M1")));
}

TEST_P(UsageLevelsTest, ALeapOverBothStepsAlertsAtTheHigher) {
  use("+46709000017", "6000000000");
  use("+46709000034", "1000000000");
  const auto report = alert_usage(store(), clock(), {.month = october()});
  ASSERT_OK(report);
  EXPECT_EQ(report->accounts, 2);
  EXPECT_EQ(report->alerts, 1);
  EXPECT_EQ(report->not_checked, 0);
  EXPECT_EQ(alerts(), "100 data 2026-10\n");
}

TEST_P(UsageLevelsTest, AMonthWithoutUsageHasNoAlerts) {
  use("+46709000017", "6000000000");
  const auto report = alert_usage(store(), clock(), {});
  ASSERT_OK(report);
  EXPECT_EQ(report->month.to_string(), "2026-11");
  EXPECT_EQ(report->accounts, 0);
  EXPECT_EQ(alerts(), "");
  EXPECT_EQ(
      show_usage_levels(*read(), clock(), domain::AccountId(base::IdBytes{9}), {}).error().code,
      "unknown_account");
}

}  // namespace
}  // namespace flows
