// R07 over HTTP: with full detail a bill's link leads on to each record of usage; else it does not.
#include <gtest/gtest.h>

#include "flows/billing/run_billing.h"
#include "flows/care/links.h"
#include "flows/care/show_usage.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_source_file.h"
#include "ports/billing.h"
#include "ports/parties.h"
#include "ports/profiles.h"
#include "ports/usage.h"
#include "ports/work.h"
#include "tests/flows/aurora.h"
#include "tests/support/shipped_rules.h"
#include "tests/web/web_world.h"

namespace web {
namespace {

using tests::HttpAnswer;

// One line of mobil_cdr.
std::string record(const std::string& id, const std::string& number, const std::string& at,
                   const std::string& kind, const std::string& to, const std::string& amount) {
  return id + "," + number + "," + at + "," + kind + "," + to + ",SE," + amount + ",\n";
}

constexpr std::string_view kHead =
    "record_id,msisdn,started_at,kind,destination,zone,duration_s,volume_bytes,"
    "premium_price_incl_vat\n";

// The words of a page, a bar where tags were between them.
std::string words_of(std::string_view html) {
  std::string words;
  bool in_tag = false;
  for (const char c : html) {
    if (c == '<') {
      in_tag = true;
      if (!words.ends_with('|')) words += '|';
    } else if (c == '>') {
      in_tag = false;
    } else if (!in_tag && c != '\n') {
      words += c;
    }
  }
  return words;
}

constexpr std::string_view kTablet = "+46709000017", kPhone = "+46709000034",
                           kOthers = "+46709000051";

// M1 has two SIMs with a bill each and full detail; M2 one, with standard detail.
class UsageTest : public testing::Test {
 protected:
  UsageTest() : world_({.with_bills = false}), anybody_(world_.anybody()) {
    tests::load_aurora(world_.store(), world_.clock());
    take("mobile.subscriptions",
         sim("S1", "M1", kTablet) + sim("S2", "M1", kPhone) + sim("S3", "M2", kOthers));
    const std::string tablet(kTablet);
    std::string lines =
        record("c1", tablet, "2026-10-12T10:00:00Z", "voice", "+46701740605", "61,0") +
        record("c2", tablet, "2026-10-12T09:59:00Z", "voice", "+469001234567", "60,0") +
        record("c3", tablet, "2026-10-31T23:30:00Z", "voice", "+46701111111", "60,0") +
        record("d1", tablet, "2026-10-13T10:00:00Z", "data", "", "0,6000000000") +
        record("b1", tablet, "2026-10-14T10:00:00Z", "voice", "+46703333333", "60,0") +
        record("p1", std::string(kPhone), "2026-10-12T10:00:00Z", "voice", "+46707654321", "60,0") +
        record("o1", std::string(kOthers), "2026-10-12T10:00:00Z", "voice", "+46702222222", "9,0");
    for (int each = 0; each < 100; ++each) {
      lines += record("s" + std::to_string(each), tablet, "2026-10-20T08:00:00Z", "sms",
                      "+46701740605", "0,0");
    }
    take("mobile.calls", std::string(kHead) + lines);
    take_back("b1");
    choose("M1", {.grouping = "service", .detail = "full"});
    run_billing("2026-10");
  }

  void run_billing(std::string_view period) {
    flows::RunRequest request;
    request.day = flows::closing_day(*base::Month::parse(period));
    static const crypto::Key kLinkKey = tests::test_master_key();
    const auto run = flows::run_billing(
        {world_.store(), world_.clock(), formats::law::shipped_book(), kLinkKey}, request, nullptr);
    EXPECT_TRUE(run) << base::describe(run.error());
  }

  static std::string sim(const std::string& id, const std::string& customer,
                         std::string_view number) {
    return R"({"subscriber_id": ")" + id + R"(", "customer": {"id": ")" + customer +
           R"(", "given_name": "Karin", "family_name": "Björk", "national_id": null, )" +
           R"("email": null, "contact_msisdn": null, "address": {"line1": "Hamngatan 43", )" +
           R"("postal_code": "903 26", "city": "Umeå", "country": "SE"}}, "msisdn": ")" +
           std::string(number) +
           R"(", "plan_code": "MOB5", "activated_on": "2026-01-02", "terminated_on": null, )" +
           R"("plan_changes": [], "add_ons": [], "label": null})" + "\n";
  }
  void take(std::string_view source, std::string text) {
    const auto mapping = tests::find_mapping(source);
    ASSERT_TRUE(mapping);
    const auto taken =
        flows::import_source_file(world_.store(), world_.clock(),
                                  flows::Snapshot::of_text(std::string(source), std::move(text)),
                                  {.mapping = **mapping, .operator_code = "aurora"}, {});
    ASSERT_TRUE(taken) << base::describe(taken.error());
  }
  void choose(std::string_view customer, const domain::ProfileChoice& chosen) {
    const auto kept = ports::run_in_transaction(
        world_.store(), [&](ports::Transaction& transaction) -> base::Result<> {
          ports::ProfileRevision revision;
          revision.account = flows::account_id("mobile", customer);
          revision.holds_from = base::Month::parse("2026-11")->period().from();
          revision.chosen = chosen;
          revision.changed_by = "command";
          const std::int64_t epoch = TRY(transaction.work().hold_epoch());
          return transaction.profiles().add({&revision, 1}, {world_.clock().now(), epoch});
        });
    ASSERT_TRUE(kept) << base::describe(kept.error());
  }
  // Reverses a record of M1.
  void take_back(std::string_view record_id) {
    const auto done = ports::run_in_transaction(
        world_.store(), [&](ports::Transaction& transaction) -> base::Result<> {
          const auto account = flows::account_id("mobile", "M1");
          const auto owner = TRY(transaction.parties().find_account(account));
          std::vector<ports::UsageRow> rows;
          TRY(transaction.usage().for_each(
              {.month = *base::Month::parse("2026-10"), .account = account},
              [&](const ports::UsageRow& row) -> base::Result<> {
                if (row.record_id == record_id) rows.push_back(row);
                return {};
              }));
          EXPECT_EQ(rows.size(), 1U) << record_id;
          for (ports::UsageRow& row : rows) {
            row.reverses = row.id;
            row.id = domain::UsageId(base::IdBytes{++taken_back_});
            row.customer = owner->customer;
            row.quantity = -row.quantity;
            row.amount = -row.amount;
          }
          const std::int64_t epoch = TRY(transaction.work().hold_epoch());
          return transaction.usage().add(rows, {world_.clock().now(), epoch});
        });
    ASSERT_TRUE(done) << base::describe(done.error());
  }
  // The address of the bill of a day on which a service stands; empty where there is none.
  std::string page_of(std::string_view customer, std::string_view number,
                      std::string_view issued = "2026-11-01") {
    const auto read = std::move(*world_.store().begin(ports::TransactionKind::kRead));
    const auto account = flows::account_id("mobile", customer);
    const auto bills = read->billing().list_bills({.account = account});
    for (const domain::Bill& bill : *bills) {
      if (bill.issued.to_string() != issued) continue;
      const std::string page =
          "/b/" + flows::link_token(tests::test_master_key(), bill.id, flows::kIssueAttempt);
      if (anybody_->get(page).body.contains(number)) return page;
    }
    return {};
  }

  std::uint8_t taken_back_ = 0;
  tests::WebWorld world_;
  std::unique_ptr<tests::HttpClient> anybody_;
};

TEST_F(UsageTest, R07FullDetailShowsEachRecord) {
  const std::string page = page_of("M1", kTablet);
  EXPECT_TRUE(anybody_->get(page).body.contains("href=\"" + page + "/usage\""));
  const HttpAnswer first = anybody_->get(page + "/usage?l=en");
  ASSERT_EQ(first.status, 200);
  EXPECT_EQ(first.header("Cache-Control"), "no-store");
  EXPECT_FALSE(first.header("Content-Security-Policy").empty());
  const std::string words = words_of(first.body);
  const struct {
    std::string_view row;
    bool is_shown;
    std::string_view why;
  } rows[] = {
      {"|+46709000017, October 2026|", true, "the service and the month"},
      {"|12\u00A0October, 12:00|Calls|+46 70 174 0•••|1.02 min|included|", true,
       "at Stockholm's clock, covered by the plan"},
      {"|12\u00A0October, 11:59|Calls to 0900 numbers|+46 90 012 34•••|1 min|SEK\u00A09.90|", true,
       "7.92 and VAT: not covered by any plan"},
      {"|13\u00A0October, 12:00|Data|6,000 MB|see the bill|", true,
       "five of six GB are included; data has no number"},
      {"0605", false, "digits that are hidden"},
      {"70 111", false, "already November at Stockholm's clock"},
      {"70 333", false, "taken back before the bill"},
      {"70 765", false, "on the other bill of the account"},
      {"70 222", false, "of another customer"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(words.contains(row.row), row.is_shown) << row.row << ": " << row.why;
  }
  EXPECT_LT(first.body.find("+46 90 012"), first.body.find("+46 70 174")) << "in order of time";
}

TEST_F(UsageTest, R07AHundredRowsAPageWithoutScript) {
  const std::string page = page_of("M1", kTablet) + "/usage?l=en";
  const auto rows_on = [&](const std::string& query) {
    const std::string body = anybody_->get(page + query).body;
    int rows = 0;
    for (std::size_t at = 0; (at = body.find("scope=\"row\"", at)) != std::string::npos; ++at) {
      ++rows;
    }
    return rows;
  };
  EXPECT_EQ(rows_on(""), 100);
  EXPECT_EQ(rows_on("&page=2"), 3);
  EXPECT_EQ(rows_on("&page=99"), 3) << "the last one";
  EXPECT_EQ(rows_on("&page=x"), 100);
  EXPECT_TRUE(anybody_->get(page).body.contains("?l=en&amp;page=2"));
  EXPECT_TRUE(anybody_->get(page + "&page=2").body.contains("?l=en&amp;page=1"));
  EXPECT_TRUE(anybody_->get(page + "&page=2").body.contains("Rows 101 to 103 of 103"));
}

TEST_F(UsageTest, R07EachBillShowsItsOwnServices) {
  const HttpAnswer phone = anybody_->get(page_of("M1", kPhone) + "/usage");
  EXPECT_EQ(phone.status, 200);
  EXPECT_TRUE(phone.body.contains("+46 70 765 4•••"));
  EXPECT_FALSE(phone.body.contains("70 174"));
}

TEST_F(UsageTest, R07WhatComesInLateIsForALaterBill) {
  const std::string page = page_of("M1", kPhone) + "/usage";
  const std::string before = anybody_->get(page).body;
  take("mobile.calls",
       std::string(kHead) + record("late", std::string(kPhone), "2026-10-30T10:00:00Z", "voice",
                                   "+46704444444", "60,0"));
  EXPECT_EQ(anybody_->get(page).body, before);
}

// October was billed with one call; then it was taken back, and another one came in late.
TEST_F(UsageTest, R07ACorrectionShowsWhatChangedAndNotTheWholeMonth) {
  world_.clock().set(*base::Instant::parse("2026-12-01T12:00:00Z"));
  take("mobile.calls", std::string(kHead) +
                           record("late", std::string(kPhone), "2026-10-30T10:00:00Z", "voice",
                                  "+469001234567", "60,0") +
                           record("now", std::string(kPhone), "2026-11-30T10:00:00Z", "voice",
                                  "+46705555555", "60,0"));
  take_back("p1");
  run_billing("2026-11");
  const std::string page = page_of("M1", kPhone, "2026-12-01");
  ASSERT_FALSE(page.empty());
  const HttpAnswer answer = anybody_->get(page + "/usage?l=en");
  ASSERT_EQ(answer.status, 200);
  const std::string words = words_of(answer.body);
  const struct {
    std::string_view row;
    bool is_shown;
  } rows[] = {
      {"|+46709000034, October 2026: what changed since the earlier bill|", true},
      {"|30\u00A0October, 11:00|Calls to 0900 numbers|+46 90 012 34•••|1 min|SEK\u00A09.90|", true},
      {"|12\u00A0October, 12:00|Calls, taken back|+46 70 765 4•••|", true},
      {"|+46709000034, November 2026|", true},
      {"|30\u00A0November, 11:00|Calls|+46 70 555 5•••|", true},
      {"|Calls|+46 70 765 4•••|", false},
  };
  for (const auto& row : rows) EXPECT_EQ(words.contains(row.row), row.is_shown) << row.row << words;
  const std::string first = anybody_->get(page_of("M1", kPhone) + "/usage?l=en").body;
  EXPECT_TRUE(words_of(first).contains("|Calls|+46 70 765 4•••|")) << "the first bill stays";
}

TEST_F(UsageTest, R07WithStandardDetailTheAddressIsUnknown) {
  const std::string page = page_of("M2", kOthers);
  ASSERT_FALSE(page.empty());
  EXPECT_FALSE(anybody_->get(page).body.contains("/usage"));
  EXPECT_EQ(anybody_->get(page + "/usage").status, 404);
  EXPECT_EQ(anybody_->get("/b/nothing/usage").status, 404);
  choose("M2", {.detail = "full"});
  EXPECT_EQ(anybody_->get(page + "/usage").status, 404) << "chosen after the bill was made";
}

TEST_F(UsageTest, LastDigitsAreHidden) {
  const struct {
    std::string_view number, shown;
  } rows[] = {{"+46701740605", "+46 70 174 0•••"},
              {"+358401234567", "+358 40 123 4•••"},
              {"070-174 06 05", "0701740•••"},
              {"118118", "118•••"},
              {"112", "•••"},
              {"", ""},
              {"internet.example", ""}};
  for (const auto& row : rows) {
    EXPECT_EQ(flows::hide_last_digits(row.number), row.shown) << row.number;
  }
}

}  // namespace
}  // namespace web
