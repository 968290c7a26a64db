// Allowances that roll over, through import, store and runs, on both engines: what is left of a
// month depends on months that were billed long before, and the run looks back at them (R03).
#include <gtest/gtest.h>

#include "flows/billing/run_billing.h"
#include "flows/care/usage_levels.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_catalogue.h"
#include "formats/document/invoice_json.h"
#include "tests/flows/import_fixture.h"
#include "tests/support/shipped_rules.h"

namespace flows {
namespace {

constexpr std::string_view kHead =
    "record_id,msisdn,started_at,kind,destination,zone,duration_s,volume_bytes,"
    "premium_price_incl_vat\n";

// One SIM since July with 5 GB a month; what is left may be used for two months more.
class RollOverTest : public tests::ImportFixture {
 protected:
  void SetUp() override {
    ImportFixture::SetUp();
    const domain::CatalogueItem* found =
        tests::aurora_catalogue().find("MOB5", domain::ItemKind::kPlan);
    ASSERT_TRUE(found);
    domain::CatalogueItem plan = *found;
    ASSERT_EQ(plan.plan.allowances.front().pool, "data");
    plan.plan.allowances.front().months_rolled_over = 2;
    ASSERT_OK(import_catalogue(store(), clock(), {plan}));
    take("mobile.subscriptions",
         R"({"subscriber_id": "S1", "customer": {"id": "M1", "given_name": "Karin", )"
         R"("family_name": "Björk", "national_id": null, "email": null, "contact_msisdn": null, )"
         R"("address": {"line1": "Hamngatan 43", "postal_code": "903 26", "city": "Umeå", )"
         R"("country": "SE"}}, "msisdn": "+46709000017", "plan_code": "MOB5", )"
         R"("activated_on": "2026-07-01", "terminated_on": null, "plan_changes": [], )"
         R"("add_ons": [], "label": null})"
         "\n");
  }
  void take(std::string_view source, const std::string& text) {
    const auto mapping = tests::find_mapping(source);
    ASSERT_OK(mapping);
    const std::string name = "file" + std::to_string(++files_);
    ASSERT_EQ(counts(import_source_file(store(), clock(), Snapshot::of_text(name, text),
                                        {.mapping = **mapping, .operator_code = "aurora"}, {})),
              "1/0/0/0");
  }
  void use(const std::string& month, int gigabytes) {
    take("mobile.calls", std::string(kHead) + "r" + std::to_string(files_) + ",+46709000017," +
                             month + "-12T10:00:00Z,data,,SE,0," + std::to_string(gigabytes) +
                             "000000000,\n");
  }
  // What the run charges for data over the allowance: "month quantity net" a line.
  std::string charged_over(std::string_view period) {
    static const crypto::Key kLinkKey = tests::test_master_key();
    RunRequest request;
    request.day = closing_day(*base::Month::parse(period));
    const auto outcome =
        run_billing({store(), clock(), formats::law::shipped_book(), kLinkKey}, request, nullptr);
    EXPECT_OK(outcome);
    std::string text;
    const auto transaction = read();
    const auto account = account_id("mobile", "M1");
    const auto bills = transaction->billing().list_bills({.account = account});
    for (const domain::Bill& bill : *bills) {
      if (bill.run != outcome->run) continue;
      const auto documents = transaction->billing().documents_of(account, bill.id);
      for (const auto& document : *documents) {
        const auto invoice = formats::document::read_invoice_json(document.content);
        for (const domain::InvoiceLine& line : invoice->lines) {
          if (line.item != "DATA-OVER-MOB5") continue;
          text += base::Month::of(line.period.from()).to_string() + " " +
                  line.quantity.to_string() + " " + line.net.to_decimal_string() + "\n";
        }
      }
    }
    return text;
  }

  int files_ = 0;
};
TELGIRO_ON_BOTH_ENGINES(RollOverTest);

// July leaves 4, August uses 2 of them and leaves its 5, September uses 6: July's 2, which are lost
// otherwise, and 4 of August. October has 1 of August, 5 of September and 5 of its own: 11.
TEST_P(RollOverTest, R03ARunLooksBackAtMonthsThatWereBilled) {
  use("2026-07", 1);
  use("2026-08", 2);
  use("2026-09", 6);
  use("2026-10", 12);
  EXPECT_EQ(charged_over("2026-07"), "");
  EXPECT_EQ(charged_over("2026-08"), "");
  EXPECT_EQ(charged_over("2026-09"), "");
  const auto levels = show_usage_levels(*read(), clock(), account_id("mobile", "M1"),
                                        base::Month::parse("2026-10").value());
  ASSERT_OK(levels);
  std::string data;
  for (const NumberedLevel& each : levels->levels) {
    if (each.level.pool == "data")
      data = each.level.used.to_string() + " of " + each.level.of.to_string();
  }
  EXPECT_EQ(data, "11 of 11") << "what is shown is what the bill counts";
  EXPECT_EQ(charged_over("2026-10"), "2026-10 1 47.20\n");
}

// A GB of July that comes in when October was billed takes one from October.
TEST_P(RollOverTest, R03ALateRecordOfAnEarlierMonthMovesTheLaterOnes) {
  use("2026-07", 1);
  use("2026-08", 2);
  use("2026-09", 6);
  use("2026-10", 12);
  EXPECT_EQ(charged_over("2026-10"), "2026-10 1 47.20\n") << "all four months on one bill";
  use("2026-07", 1);
  clock().set(base::Instant::parse("2026-12-01T12:00:00Z").value());
  EXPECT_EQ(charged_over("2026-11"), "2026-10 1 47.20\n");
}

}  // namespace
}  // namespace flows
